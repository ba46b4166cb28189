"""Dual units: one amount said twice, "30 km (19 miles)".

Belongs here: when two figures are one amount. Does not belong here: conversion factors, which the
units vocabulary has put into the rows.
"""

from __future__ import annotations

import re
from itertools import pairwise

from extraction.article import Article
from extraction.rows import Figure

TOLERANCE = 0.12
"""How far two rounded halves may lie apart: "1 mile (1.5 km)" is 7 percent off."""
_SOFTENED = r"(?:or\s+|about\s+|some\s+|roughly\s+|nearly\s+|around\s+|US\s*)*"
_OPENING = re.compile(rf"(?:[-\s]+[\w'’]+){{0,3}}\s*\(\s*{_SOFTENED}$")
_APPOSED = re.compile(rf",\s+or\s+{_SOFTENED}$")
"""20 km, or about 12 miles"""
_LONGEST_GAP = 48
_INHERITED = ("status", "polarity", "certainty", "attribution", "date", "place", "per", "change")


def link_duals(article: Article) -> None:
    """Set `equivalent_of` of each second half, and give it the comparator of the first."""
    for first, second in pairwise(article.figures):
        if (
            first.sentence == second.sentence
            and _opens(article.text, first, second)
            and _same(first, second)
        ):
            second.equivalent_of = first.equivalent_of or first.row_id
            _share(first, second)


def _opens(text: str, first: Figure, second: Figure) -> bool:
    """Whether only a bracket and a few words stand between them, and the bracket closes behind."""
    if not 0 < second.start - first.end <= _LONGEST_GAP:
        return False
    gap = text[first.end : second.start]
    if _APPOSED.match(gap) is not None or (first.equivalent_of is not None and gap.strip() == ";"):
        return True
    if _OPENING.match(gap) is None:
        return False
    return ")" in text[second.end : second.end + _LONGEST_GAP]


def _same(first: Figure, second: Figure) -> bool:
    """Whether the two can be one amount: two units that convert, or two currencies."""
    if (
        first.unit == second.unit
        or first.dimension != second.dimension
        or first.dimension == "count"
    ):
        return False
    if first.dimension == "currency":
        return True
    pairs = [
        (first.base_value, second.base_value),
        (first.base_low, second.base_low),
        (first.base_high, second.base_high),
    ]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return (bool(known) and all(_near(a, b) for a, b in known)) or _bounds_near(first, second)


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= TOLERANCE * max(abs(a), abs(b))


def _bounds_near(first: Figure, second: Figure) -> bool:
    """A bounded first half against a plain second one: "over 50 km (31 miles)"."""
    bounds = [b for b in (first.base_low, first.base_high, first.base_value) if b is not None]
    values = [b for b in (second.base_value, second.base_low, second.base_high) if b is not None]
    return bool(bounds) and bool(values) and _near(bounds[0], values[0])


def _share(first: Figure, second: Figure) -> None:
    """Both halves say the same: one comparator, one set of bounds, one claim."""
    if second.comparator == "exact" and first.comparator != "exact" and second.value is not None:
        second.comparator = first.comparator
        lower = first.comparator in ("at_least", "more_than")
        upper = first.comparator in ("at_most", "less_than")
        second.low, second.base_low = (second.value, second.base_value) if lower else (None, None)
        second.high, second.base_high = (second.value, second.base_value) if upper else (None, None)
        second.low_inclusive, second.high_inclusive = first.low_inclusive, first.high_inclusive
    for name in _INHERITED:
        if name in ("per", "change") and getattr(second, name) is not None:
            continue
        setattr(second, name, getattr(first, name))
