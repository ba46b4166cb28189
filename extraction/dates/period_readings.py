"""Readings of months, seasons, quarters, years, decades, centuries.

Belongs here: one rule a kind of date_patterns.tsv that names a stretch of the calendar. Does not
belong here: days (`day_readings`), and dates that only point from another day.
"""

from __future__ import annotations

import datetime as dt

from extraction.dates.calendar import month_span, season_span, unit_span, year_span
from extraction.dates.day_readings import nearest, year_in
from extraction.dates.named import Context, Named, Parts, Words, partial, resolved, unresolved

_SEASON_FRAMES = frozenset(
    ("IN", "BY", "SINCE", "UNTIL", "THROUGH", "PREP", "EDGE", "PART", "BEFORE")
)


def month(words: Words) -> Named | None:
    """A month, with its year, with "last" or "next", or bare."""
    number = int(words.parts["MONTH"])
    year = year_in(words.parts)
    if year is not None:
        return resolved(month_span(year, number), "month", "explicit")
    if (
        "THAT" in words.parts
        or "FOLLOWING" in words.parts
        or "PREVIOUS" in words.parts
        or words.context.anchor is None
    ):
        return partial("month", f"XXXX-{number:02}")
    anchor = words.context.anchor
    shift = shift_in(words.parts)
    if "UNIT" in words.parts:
        return resolved(
            month_span(anchor.year + (shift or 0), number), "month", words.context.anchor_name
        )
    if shift is not None:
        year = _year_by_shift(anchor, number, shift)
    else:
        # a month is over or to come by its own length: the running one is the nearest
        middles = [dt.date(anchor.year + k, number, min(anchor.day, 28)) for k in (-1, 0, 1)]
        year = nearest(middles, words.context).year
    return resolved(month_span(year, number), "month", words.context.anchor_name)


def shift_in(parts: Parts) -> int | None:
    """-1 for "last", 0 for "this", 1 for "next"; None without such a word."""
    for kind in ("LAST", "NEXT", "THIS"):
        if kind in parts:
            return int(parts[kind])
    return None


def _year_by_shift(anchor: dt.date, month_number: int, shift: int) -> int:
    if shift < 0:
        return anchor.year - (month_number >= anchor.month)
    if shift > 0:
        return anchor.year + (month_number <= anchor.month)
    return anchor.year


def year(words: Words) -> Named | None:
    """A full year; a fiscal year keeps its calendar bounds unknown."""
    number = int(words.parts["YEAR"])
    if "FISCAL" in words.parts:
        return partial("year", f"{number:04}~")
    return resolved(year_span(number), "year", "explicit")


def year_range(words: Words) -> Named | None:
    """2019-20: from the first of January of the one to the end of the other."""
    first, short = int(words.parts["YEAR"]), words.symbols[-1].value
    written = words.symbols[-1].end - words.symbols[-1].start
    last = first // 100 * 100 + int(short or 0)
    if written != 2 or not first < last <= first + 30:
        return resolved(year_span(first), "year", "explicit") if written > 2 else None
    return resolved(year_span(first, last - first + 1), "interval", "explicit")


def decade(words: Words) -> Named | None:
    """The 1990s, the '90s, the nineties (those of the last century)."""
    number = int(words.parts["DECADE"])
    first = number if number >= 1000 else 1900 + number // 10 * 10
    if number < 1000 and number % 10:
        return None
    years = 100 if first % 100 == 0 and first < 2000 else 10
    return resolved(year_span(first, years), "decade" if years == 10 else "interval", "explicit")


def century(words: Words) -> Named | None:
    """The 20th century, counted as 1900 to 1999."""
    if words.parts["UNIT"] != "century":
        return None
    number = int(words.parts.get("ORDINAL") or words.parts["DAYNUM"])
    return (
        resolved(year_span((number - 1) * 100, 100), "interval", "explicit") if number > 1 else None
    )


def season(words: Words) -> Named | None:
    """A season with its year, or the last, running or next one from the anchor."""
    number = int(words.parts["SEASON"])
    if "YEAR" in words.parts:
        return resolved(season_span(int(words.parts["YEAR"]), number), "season", "explicit")
    if words.context.anchor is None or "THAT" in words.parts:
        return unresolved("season")
    anchor, shift = words.context.anchor, shift_in(words.parts) or 0
    if "UNIT" in words.parts or shift == 0:
        return resolved(
            season_span(anchor.year + shift, number), "season", words.context.anchor_name
        )
    spans = [season_span(anchor.year + k, number) for k in (-2, -1, 0, 1)]
    if shift < 0:
        past = [span for span in spans if span and span[1] < anchor]
        return resolved(past[-1] if past else None, "season", words.context.anchor_name)
    coming = [span for span in spans if span and span[0] > anchor]
    return resolved(coming[0] if coming else None, "season", words.context.anchor_name)


def the_season(words: Words) -> Named | None:
    """As in "in the summer": a season of a year that nobody names."""
    return unresolved("season") if words.context.frame & _SEASON_FRAMES else None


def quarter(words: Words) -> Named | None:
    """A quarter or half of a year; fiscal ones keep their bounds unknown."""
    fiscal = "FISCAL" in words.parts
    if "ORDINAL" not in words.parts and "DAYNUM" not in words.parts:
        return _deictic_quarter(words.parts, words.context)
    number = int(words.parts.get("ORDINAL") or words.parts["DAYNUM"])
    months = 6 if "HALF" in words.parts else 3
    if number * months > 12:
        return None
    if "YEAR" in words.parts:
        base, anchor = int(words.parts["YEAR"]), "explicit"
    elif (
        words.context.anchor is not None
        and words.parts.get("UNIT") == "year"
        and "PREVIOUS" not in words.parts
    ):
        base, anchor = (
            words.context.anchor.year + (shift_in(words.parts) or 0),
            words.context.anchor_name or "",
        )
    else:
        return unresolved("quarter")
    if fiscal:
        return partial("quarter", None)
    span = month_span(base, (number - 1) * months + 1, months)
    return resolved(span, "quarter" if months == 3 else "interval", anchor)


def _deictic_quarter(parts: Parts, context: Context) -> Named:
    if context.anchor is None:
        return unresolved("quarter")
    running = unit_span(context.anchor, "quarter")
    shift = shift_in(parts) or 0
    if running is None:
        return unresolved("quarter")
    first = running[0].year * 12 + running[0].month - 1 + 3 * shift
    span = month_span(first // 12, first % 12 + 1, 3)
    return resolved(span, "quarter", context.anchor_name)
