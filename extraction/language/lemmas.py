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
    from lemminflect import getLemma  # half a second: only once a lemma is asked for

    found = getLemma(lowered, upos=upos)
    return str(found[0]) if found else lowered


@lru_cache(maxsize=1)
def _contractions() -> dict[tuple[str, str], str]:
    lines = CONTRACTIONS.read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return {(form, tag): full for form, tag, full in rows}
