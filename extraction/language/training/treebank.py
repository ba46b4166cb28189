"""CoNLL-U treebank files to spaCy documents, one document per sentence.

Belongs here: the file format (compressed or plain), multiword tokens, spacing, and which documents
carry entities. Does not belong here: how entity brackets become names (`named_entities`).
"""

from __future__ import annotations

import lzma
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from extraction.language.training.named_entities import Tree, named_spans

ID, FORM, XPOS, HEAD, DEPREL, MISC = 0, 1, 4, 6, 7, 9


@dataclass
class TreebankSentence:
    """One annotated sentence: parallel lists over its words, heads as 0-based positions."""

    document: str = ""
    words: list[str] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    misc: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The raw text, rebuilt from words and spacing."""
        pairs = zip(self.words, self.spaces, strict=True)
        return "".join(word + " " * space for word, space in pairs).rstrip(" ")

    @property
    def has_entities(self) -> bool:
        """Whether the document was annotated with entities at all (UD_English-GUM only)."""
        return self.document.startswith("GUM_")


def treebank_file(folder: Path, part: str) -> Path:
    """`part.conllu.xz` or `part.conllu` in a folder; raises FileNotFoundError naming both."""
    for name in (f"{part}.conllu.xz", f"{part}.conllu"):
        if (folder / name).is_file():
            return folder / name
    raise FileNotFoundError(
        f"{folder}: neither {part}.conllu.xz nor {part}.conllu; pass the treebank's folder"
    )


def read_sentences(path: Path) -> Iterator[TreebankSentence]:
    """Every sentence of a CoNLL-U file, in order."""
    document = ""
    block: list[list[str]] = []
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# newdoc id = "):
                document = line.removeprefix("# newdoc id = ")
            elif line and not line.startswith("#"):
                block.append(line.split("\t"))
            elif not line and block:
                yield _sentence(document, block)
                block = []
    if block:
        yield _sentence(document, block)


def _sentence(document: str, rows: list[list[str]]) -> TreebankSentence:
    """Words only: a multiword token's spacing goes to its last word; empty nodes are left out."""
    sentence = TreebankSentence(document)
    joined_until = 0
    joined_space = True
    for row in rows:
        if "-" in row[ID]:
            joined_until = int(row[ID].split("-")[1])
            joined_space = "SpaceAfter=No" not in row[MISC]
        elif "." not in row[ID]:
            position = int(row[ID])
            space = "SpaceAfter=No" not in row[MISC]
            if position <= joined_until:
                space = joined_space and position == joined_until
            _add_word(sentence, row, space)
    return sentence


def _add_word(sentence: TreebankSentence, row: list[str], space: bool) -> None:
    sentence.words.append(row[FORM])
    sentence.spaces.append(space)
    sentence.tags.append(row[XPOS])
    head = int(row[HEAD])
    sentence.heads.append(len(sentence.words) - 1 if head == 0 else head - 1)
    sentence.deps.append("ROOT" if head == 0 else row[DEPREL])
    sentence.misc.append(row[MISC])


def to_doc(sentence: TreebankSentence, vocab: Vocab) -> Doc:
    """A reference document; without entity annotation its entities are missing, not absent."""
    doc = Doc(
        vocab,
        words=sentence.words,
        spaces=sentence.spaces,
        tags=sentence.tags,
        heads=sentence.heads,
        deps=sentence.deps,
    )
    if sentence.has_entities:
        tree = Tree(sentence.words, sentence.tags, sentence.heads, sentence.deps)
        names = named_spans(tree, sentence.misc)
        doc.set_ents([Span(doc, start, end, label=label) for start, end, label in names])
    return doc
