"""Whether a sentence may hold a cue of attribution, told from its words alone.

Belongs here: the cheap test that decides which sentences are parsed. Does not belong here: the test
whether a word is a cue in its sentence (`cues`).
"""

from __future__ import annotations

from functools import cache, lru_cache

from extraction.article import Article
from extraction.attribution.lexicon import nouns, verbs, words
from extraction.attribution.quotes import quotations_of
from extraction.sentences import Sentence
from extraction.vocabulary import load_table

_ENDINGS = (
    ("s", ""),
    ("es", ""),
    ("ies", "y"),
    ("d", ""),
    ("ed", ""),
    ("ied", "y"),
    ("ing", ""),
    ("ing", "e"),
)


def has_cue(sentence: Sentence) -> bool:
    """Whether some word of the sentence is a form of a cue word; a superset of real cues."""
    return any(_is_form(token.lower) for token in sentence.tokens)


def sentences_with_cue(article: Article) -> frozenset[int]:
    """Indexes of the sentences that may hold a cue outside direct speech.

    Cues inside direct speech are the speaker's own words and no attributions of the article; nouns
    that are themselves a source ("rumors") count everywhere.
    """
    quotations = quotations_of(article.text)
    return frozenset(
        sentence.index
        for sentence in article.sentences
        if any(
            _is_form(token.lower)
            and (token.lower in _documents() or quotations.at(token.start) is None)
            for token in sentence.tokens
        )
    )


@cache
def _documents() -> frozenset[str]:
    return frozenset(
        form for word, entry in nouns().items() if entry.is_document for form in (word, word + "s")
    )


@lru_cache(maxsize=65_536)
def _is_form(word: str) -> bool:
    lemmas = _lemmas()
    if word in lemmas:
        return True
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) > len(ending) + 1:
            stem = word[: -len(ending)] + instead
            if stem in lemmas or (len(stem) > 3 and stem[-1] == stem[-2] and stem[:-1] in lemmas):
                return True
    return False


@cache
def _lemmas() -> frozenset[str]:
    irregular = {row["form"] for row in load_table("attribution_irregular", ("form", "verb"))}
    listed = (
        verbs().keys()
        | nouns().keys()
        | words("adjective").keys()
        | words("adverb").keys()
        | words("own").keys()
    )
    return frozenset(listed | irregular | {"according"})
