"""What the number stage passes from step to step: raw numerals, and the quantities made of them.

Belongs here: the two shapes that the steps share. Does not belong here: any rule that reads text.

Steps, in order: `numerals` finds every numeral; `ledger` says which of them are no figures, and
why; `bounds`, `ranges` and `units` make quantities of the rest; `counted` and `measures` say what
they count; `stage` turns quantities into figure rows and numerals into ledger rows.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Numeral:
    """One number as written: digits, number words, or a word that stands for a number.

    `first` and `last` are token positions in the sentence (half-open), `start` and `end` offsets
    in the article. `form` is `digits` `words` `vague` `fraction` `multiple` `zero` `ordinal`
    `half` …: how it is written, never what it means.
    """

    first: int
    last: int
    start: int
    end: int
    form: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    """For vague words ("dozens"): the documented interval; else null."""
    magnitude: float = 1.0
    """The multiplier that was written ("million" → 1e6), already part of `value`."""
    disposition: str = "figure"
    reason: str = ""


@dataclass(slots=True)
class Quantity:
    """One figure in the making: the numerals it is made of and what was read about them."""

    numerals: list[Numeral]
    first: int
    last: int
    start: int
    end: int
    """The figure's text: numeral, magnitude and unit; no approximator, no counted noun."""
    value: float | None
    low: float | None
    high: float | None
    comparator: str = "exact"
    low_inclusive: bool | None = None
    high_inclusive: bool | None = None
    outer_first: int = -1
    outer_last: int = -1
    """Token range that also covers the approximator and words between it and the numeral."""
    unit: str = "count"
    dimension: str = "count"
    change: str | None = None
    per: str | None = None
    factor: float | None = None
    counted: tuple[int, int] | None = None
    """Token range of the counted noun phrase."""
    counted_head: str | None = None
    concept: tuple[int, int] | None = None
    measure: str | None = None
    quantity_kind: str | None = None
    polarity: str = "affirmed"
    flags: set[str] = field(default_factory=set)
    """Findings that a later step needs: `each`, `ellipsis`, `dual`, `of_total`, …"""
