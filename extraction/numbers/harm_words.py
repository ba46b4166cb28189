"""Words that say what happened to those counted: killed, wounded, detained.

Belongs here: the compiled form of `measure_words.tsv`. Does not belong here: which number they
belong to.
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


def is_harm_word(word: str) -> bool:
    """Whether the word tells of people killed, wounded or missing."""
    cue = cues().get(word)
    return cue is not None and cue.measure in _BODILY
