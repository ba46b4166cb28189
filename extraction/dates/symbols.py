"""The symbol: one word or number of a sentence with the class that the date grammar sees.

Belongs here: the shape that lexer, grammar and readings share. Does not belong here: any rule.
"""

from __future__ import annotations

from typing import NamedTuple

OTHER = "OTHER"


class Symbol(NamedTuple):
    """A class of date_words.tsv (or of a number), its value, and its offsets in the article."""

    kind: str
    value: str
    start: int
    end: int
    is_short: bool = False
    """Written as an abbreviation ("Feb")."""
