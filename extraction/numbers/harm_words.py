"""Words that say what happened to those counted: killed, wounded, detained.

Belongs here: the compiled form of `measure_words.tsv` and `measure_phrases.tsv`. Does not belong
here: which number they belong to.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extraction.vocabulary import load_table

_BODILY = frozenset(("killed", "wounded", "missing", "casualties"))


class Cue(NamedTuple):
    """A word that gives a measure: which one, and from where it reaches the number."""

    measure: str
    roles: frozenset[str]


@cache
def cues() -> dict[str, Cue]:
    """Word in lower case → its measure and roles."""
    return {
        row["word"]: Cue(row["measure"], frozenset(row["roles"].split()))
        for row in load_table("measure_words", ("word", "measure", "roles"))
    }


@cache
def set_phrases() -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """First word → the phrases that begin with it and their measures, longest first."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for row in load_table("measure_phrases", ("phrase", "measure")):
        words = tuple(row["phrase"].split())
        found.setdefault(words[0], []).append((words, row["measure"]))
    return {
        word: tuple(sorted(group, key=lambda item: -len(item[0]))) for word, group in found.items()
    }


def is_harm_word(word: str) -> bool:
    """Whether the word tells of people killed, wounded or missing."""
    cue = cues().get(word)
    return cue is not None and cue.measure in _BODILY
