"""Lemmas of parsed tokens.

Belongs here: the lemma of a token, given its tag. Does not belong here: the tag itself.
Source: lemminflect's dictionary and rules; contracted forms from `contractions.tsv`.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from spacy.tokens import Token

CONTRACTIONS = Path(__file__).parent / "contractions.tsv"
_CLASSES = {"NN": "NOUN", "VB": "VERB", "JJ": "ADJ", "RB": "ADV"}


def lemma(token: Token) -> str:
    """The lemma of a token, lower-cased; a name keeps its spelling.

    A word that has no lemma of that class (a verb tag on "of") is its own lemma.
    """
    return _lemma(token.text, token.tag_)


def lemma_of(word: str, tag: str) -> str:
    """The lemma of a word with a PTB tag, by the same rules."""
    return _lemma(word, tag)


@lru_cache(maxsize=65_536)
def _lemma(word: str, tag: str) -> str:
    if tag.startswith("NNP"):
        return word
    lowered = word.lower().replace("’", "'")
    contracted = _contractions().get((lowered, tag[:2])) or _contractions().get((lowered, "*"))
    upos = _CLASSES.get(tag[:2])
    if contracted or upos is None:
        return contracted or lowered
    return _lemma_in_class(lowered, upos)


@lru_cache(maxsize=65_536)
def _lemma_in_class(word: str, upos: str) -> str:
    """The first lemma in the dictionary, else the one that the rules give; one call for all tags of
    the class, since a rule takes 80 µs."""
    known = lemmas_by_class(word).get(upos)
    if known is None:
        from lemminflect import getAllLemmasOOV

        known = getAllLemmasOOV(word, upos).get(upos)
    return str(known[0]) if known else word


@lru_cache(maxsize=65_536)
def lemmas_by_class(word: str) -> dict[str, tuple[str, ...]]:
    """The dictionary's lemmas of a word in small letters, by UD word class; not to be changed."""
    from lemminflect import getAllLemmas  # half a second: only once a word is asked for

    found: dict[str, tuple[str, ...]] = getAllLemmas(word)
    return found


@lru_cache(maxsize=1)
def _contractions() -> dict[tuple[str, str], str]:
    lines = CONTRACTIONS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(form, tag): full for form, tag, full in rows}
