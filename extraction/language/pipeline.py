"""Loading the spaCy pipeline and parsing texts with it.

Belongs here: which weights are loaded, how texts become documents, and the guarantee that equal
texts give equal parses. Does not belong here: tokenisation rules (`tokenizer`), training.

Rules of `parse`
- One document per text, in the order given, with `doc.text == text`: offsets are characters of it.
- The parser sees words only. White space other than single spaces between words stays in the
  document as tokens with the tag `_SP`, attached to the word before them.
- The texts of one call are the sentences of one article, in order. The last bits of the network's
  sums depend on how sentences are grouped (`matrix`); this way the group depends on the article
  alone, and so does every parse.
- A text is parsed in stretches of at most `MAX_WORDS` words; a longer one is cut after its last
  clause-ending mark within the limit, or at the limit. It is tokenised in pieces of at most
  `MAX_PIECE` characters, cut at white space where there is some.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import spacy
from spacy.attrs import IS_SPACE  # type: ignore[attr-defined]
from spacy.language import Language
from spacy.pipeline import Tagger
from spacy.tokens import Doc, Span

from extraction.language import (
    tokenizer,
    transitions,
    word_features,  # noqa: F401  (features register themselves)
)
from extraction.language.encoder import encoder_of
from extraction.language.matrix import one_thread, use_matmul

MODEL = Path(__file__).parent / "model"
BATCH_SIZE = 128
MAX_WORDS = 150
MAX_PIECE = 2_000
CLAUSE_ENDS = frozenset(".!?;:…")


@lru_cache(maxsize=4)
def load_pipeline(path: Path | str | None = None) -> Language:
    """The bundled pipeline, or the UD-labelled spaCy pipeline at a path or of a package's name.

    A folder without tokenisation rules of its own, as the bundled one is, gets the project's.
    Raises OSError where there is none, ValueError where it has no tagger or parser.
    """
    source = MODEL if path is None else path
    if Path(source).is_dir() and not (Path(source) / "tokenizer").exists():
        nlp = spacy.load(source, exclude=["tokenizer"])
        nlp.tokenizer = tokenizer.tokenizer(nlp.vocab)
    else:
        nlp = spacy.load(source)
    missing = [name for name in ("tagger", "parser") if name not in nlp.pipe_names]
    if missing:
        raise ValueError(f"pipeline {source} has no {' and no '.join(missing)}")
    use_matmul(nlp)
    return nlp


def parse(
    texts: Sequence[str], pipeline: Language | None = None, batch_size: int = BATCH_SIZE
) -> list[Doc]:
    """A document per text, in order; equal lists of texts give equal documents."""
    nlp = pipeline or load_pipeline()
    tokenised = [_tokenise(nlp, text) for text in texts]
    stretches = [_stretches(doc) for doc in tokenised]
    wanted = [doc for group in stretches for doc in group]
    with one_thread():
        if all(_is_quick(component) for _, component in nlp.pipeline):
            for start in range(0, len(wanted), batch_size):
                _annotate(nlp, wanted[start : start + batch_size])
        else:
            wanted = list(nlp.pipe(wanted, batch_size=batch_size))
    parsed = iter(wanted)
    return [
        _joined(doc, [next(parsed) for _ in group])
        for doc, group in zip(tokenised, stretches, strict=True)
    ]


def _is_quick(component: Any) -> bool:
    """Whether `_annotate` knows the component."""
    return (
        isinstance(component, Tagger)
        or transitions.is_greedy(component)
        or encoder_of(component) is not None
    )


def _annotate(nlp: Language, docs: list[Doc]) -> None:
    """What `nlp.pipe` does, in half of its time."""
    for _, component in nlp.pipeline:
        if encoder := encoder_of(component):
            component.set_annotations(docs, encoder(docs))
        elif transitions.is_greedy(component):
            transitions.annotate(component, docs)
        else:
            component.set_annotations(docs, component.predict(docs))


def _tokenise(nlp: Language, text: str) -> Doc:
    pieces = [nlp.tokenizer(piece) for piece in _pieces(text)]
    if len(pieces) == 1:
        return pieces[0]
    words = [token.text for doc in pieces for token in doc]
    spaces = [bool(token.whitespace_) for doc in pieces for token in doc]
    return Doc(nlp.vocab, words=words, spaces=spaces)


def _pieces(text: str) -> Iterator[str]:
    """The text cut to lengths that the tokenizer handles in linear time."""
    start = 0
    while len(text) - start > MAX_PIECE:
        end = start + MAX_PIECE
        space = max(text.rfind(" ", start, end), text.rfind("\n", start, end))
        end = space + 1 if space > start else end
        yield text[start:end]
        start = end
    yield text[start:]


def _stretches(doc: Doc) -> list[Doc]:
    """What the parser sees of a document: itself, or its words in documents of limited length."""
    if len(doc) <= MAX_WORDS and not doc.to_array(IS_SPACE).any():
        return [doc] if len(doc) else []
    words = [token for token in doc if not token.is_space]
    found = []
    while words:
        end = _cut([token.text for token in words[: MAX_WORDS + 1]])
        texts = [token.text for token in words[:end]]
        spaces = [_is_spaced(doc, token.i) for token in words[:end]]
        found.append(Doc(doc.vocab, words=texts, spaces=spaces))
        words = words[end:]
    return found


def _cut(words: list[str]) -> int:
    """Where to cut: after the last clause-ending mark in the second half, else at the limit."""
    if len(words) <= MAX_WORDS:
        return len(words)
    for end in range(MAX_WORDS, MAX_WORDS // 2, -1):
        if words[end - 1] in CLAUSE_ENDS:
            return end
    return MAX_WORDS


def _is_spaced(doc: Doc, position: int) -> bool:
    following = position + 1
    return bool(doc[position].whitespace_) or (following < len(doc) and doc[following].is_space)


def _joined(doc: Doc, parsed: list[Doc]) -> Doc:
    """The annotation of the stretches on the whole document, white-space tokens included."""
    if len(parsed) == 1 and len(parsed[0]) == len(doc):
        return parsed[0]
    words = [token for stretch in parsed for token in stretch]
    places = [token.i for token in doc if not token.is_space]
    offsets = [before for before, stretch in _with_lengths(parsed) for _ in stretch]
    tags = ["_SP"] * len(doc)
    deps = ["dep"] * len(doc)
    heads = [max(position - 1, 0) for position in range(len(doc))]
    for place, token, offset in zip(places, words, offsets, strict=True):
        tags[place], deps[place] = token.tag_, token.dep_
        heads[place] = places[offset + token.head.i]
    if places and places[0] > 0:
        heads[: places[0]] = [places[0]] * places[0]
    elif not places and len(doc):
        deps[0] = "ROOT"
    texts = [token.text for token in doc]
    spaces = [bool(token.whitespace_) for token in doc]
    whole = Doc(doc.vocab, words=texts, spaces=spaces, tags=tags, heads=heads, deps=deps)
    whole.set_ents(list(_entities(whole, parsed, places)))
    return whole


def _entities(whole: Doc, parsed: list[Doc], places: list[int]) -> Iterator[Span]:
    for offset, stretch in _with_lengths(parsed):
        for entity in stretch.ents:
            first, last = places[offset + entity.start], places[offset + entity.end - 1]
            yield Span(whole, first, last + 1, label=entity.label_)


def _with_lengths(parsed: list[Doc]) -> Iterator[tuple[int, Doc]]:
    """Each stretch with the number of words before it."""
    before = 0
    for stretch in parsed:
        yield before, stretch
        before += len(stretch)
