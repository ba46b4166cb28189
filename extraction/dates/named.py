"""What a date's words name: an interval of days, or as much of it as is known.

Belongs here: the shapes that readings return and get, and EDTF. Does not belong here: grammar.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, replace

from extraction.dates.calendar import Span
from extraction.dates.symbols import Symbol


@dataclass(frozen=True, slots=True)
class Named:
    """The days that the words name; `first` and `last` are inclusive, None where unknown."""

    first: dt.date | None = None
    last: dt.date | None = None
    granularity: str = "day"
    edtf: str | None = None
    resolution: str = "unresolved"
    anchor: str | None = None
    is_duration: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """What a relative date is read against."""

    anchor: dt.date | None
    """The day on which the article speaks; None where nobody knows it."""
    anchor_name: str | None
    """`published` or `dateline`."""
    antecedent: Named | None
    """The date last named in this sentence or the one before: what "a day earlier" starts from."""
    is_same_sentence: bool
    """Whether the antecedent stands in the date's own sentence."""
    tense: Callable[[], bool | None]
    """True: the date is to come, False: it is past, None: the sentence does not tell."""
    frame: frozenset[str] = frozenset()
    """Classes of the words that frame the date: prepositions, early/late, the end of."""


Parts = dict[str, str]
"""First value of each class among a date's words."""


@dataclass(frozen=True, slots=True)
class Words:
    """What a reading gets: the words of the date without its frame, and the context."""

    parts: Parts
    symbols: list[Symbol]
    context: Context

    def of(self, parts: Parts) -> Words:
        """The same words read with other values."""
        return replace(self, parts=parts)


def edtf_of(span: Span, granularity: str) -> str:
    """The interval in Extended Date/Time Format, in the notation of its granularity."""
    first, last = span
    if granularity == "year":
        return f"{first.year:04}"
    if granularity == "month":
        return f"{first.year:04}-{first.month:02}"
    if granularity == "season":
        return f"{first.year:04}-{first.month // 3 + 20}"
    if granularity == "quarter":
        return f"{first.year:04}-{(first.month - 1) // 3 + 33}"
    if granularity == "decade":
        return f"{first.year // 10:03}X"
    if first == last:
        return first.isoformat()
    return f"{first.isoformat()}/{last.isoformat()}"


def resolved(span: Span | None, granularity: str, anchor: str | None) -> Named:
    """A fully known interval; unresolved where the calendar has no such days."""
    if span is None:
        return Named(granularity=granularity)
    return Named(*span, granularity, edtf_of(span, granularity), "resolved", anchor)


def partial(granularity: str, edtf: str | None) -> Named:
    """A date of which a part is known ("June 17" of an unknown year)."""
    return Named(granularity=granularity, edtf=edtf, resolution="partial")


def unresolved(granularity: str) -> Named:
    """A date that cannot be placed without an anchor."""
    return Named(granularity=granularity)
