"""Which words name a unit, asked before units are read.

Belongs here: one yes-or-no question. Does not belong here: which unit a word means where it
stands (`units`).
"""

from __future__ import annotations

from functools import cache

from extraction.numbers.number_words import WORDS
from extraction.vocabulary import load_table


@cache
def _unit_words() -> frozenset[str]:
    found = {word for word, entry in WORDS.items() if entry.kind in ("suffix", "letter", "power")}
    for row in load_table("unit_choices", ("unit", "dimension")):
        found.add(row["unit"])
        for cell in (row["words"], row["symbols"]):
            found.update(surface.split(":")[0].strip() for surface in cell.split("|"))
    return frozenset({*found, *(surface.lower() for surface in found)} - {""})


def is_unit_word(text: str) -> bool:
    """Whether `text` is a surface of a unit or magnitude, in its own or lower case: km, bn."""
    return text in _unit_words() or text.lower() in _unit_words()
