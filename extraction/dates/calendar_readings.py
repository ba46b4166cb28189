"""Readings of calendar dates: days, months, seasons, quarters, years, decades, centuries.

Belongs here: one rule a kind of date_patterns.tsv that names a place in the calendar. Does not belong
here: dates that only point from another day (`relative_readings`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from extraction.dates.calendar import day_of, month_span, season_span, unit_span, year_span
from extraction.dates.named import Context, Named, partial, resolved, unresolved
from extraction.dates.symbols import Symbol

_SEASON_FRAMES = frozenset(
    ("IN", "BY", "SINCE", "UNTIL", "THROUGH", "PREP", "EDGE", "PART", "BEFORE")
)
_FAR_DAYS = 240
"""Beyond this many days the tense no longer outweighs a candidate of the last month."""

Parts = dict[str, str]
"""First value of each class in a core."""


def iso(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """2024-05-01 or 01.05.2024."""
    year, month, day = (int(piece) for piece in parts["ISO"].split("-"))
    found = day_of(year, month, day)
    return resolved((found, found), "day", "explicit") if found else None


def slashed(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """13/05/2024; partial where day and month could change places."""
    first, second, year = (int(piece) for piece in parts["SLASHED"].split("/"))
    if year < 100:
        year += 1900 if year > 68 else 2000
    british, american = day_of(year, second, first), day_of(year, first, second)
    found = british or american
    if found is None:
        return None
    if british and american and british != american:
        return partial("day", f"{year:04}")
    return resolved((found, found), "day", "explicit")


def day(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """A day of a month, with its year or without."""
    month = int(parts["MONTH"])
    number = int(parts.get("DAYNUM") or parts["ORDINAL"])
    weekday = int(parts["WEEKDAY"]) if "WEEKDAY" in parts else None
    year = _year_in(parts)
    if year is not None:
        found = day_of(year, month, number)
        if found is None:
            return None
        if weekday is not None and found.weekday() != weekday:
            return partial("day", found.isoformat() + "?")
        return resolved((found, found), "day", "explicit")
    if day_of(2000, month, number) is None:
        return None
    if context.anchor is None:
        return partial("day", f"XXXX-{month:02}-{number:02}")
    days = [day_of(context.anchor.year + k, month, number) for k in (-1, 0, 1)]
    fitting = [d for d in days if d and (weekday is None or d.weekday() == weekday)]
    if not fitting:
        return partial("day", f"XXXX-{month:02}-{number:02}")
    found = _nearest(fitting, context)
    return resolved((found, found), "day", context.anchor_name)


def days(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """Several days of one month: "March 4-6"."""
    numbers = [symbol for symbol in core if symbol.kind == "DAYNUM"]
    ends = [
        day(parts | {"DAYNUM": symbol.value}, core, context) for symbol in (numbers[0], numbers[-1])
    ]
    first, last = ends
    if first is None or last is None or int(numbers[0].value) >= int(numbers[-1].value):
        return None
    if first.first and last.last:
        return resolved((first.first, last.last), "interval", first.anchor)
    return partial("interval", f"{first.edtf}/{last.edtf}")


def _year_in(parts: Parts) -> int | None:
    if "YEAR" in parts:
        return int(parts["YEAR"])
    if "YY" in parts:
        short = int(parts["YY"])
        return short + (1900 if short > 30 else 2000)
    return None


def _nearest(days: list[dt.date], context: Context) -> dt.date:
    """The candidate that the tense asks for: the next, the last, or the nearest one."""
    anchor = context.anchor or days[0]
    tense = context.tense()
    nearest = min(days, key=lambda d: abs((d - anchor).days))
    if tense is True:
        coming = min((d for d in days if d >= anchor), default=days[-1])
        just_past = (coming - anchor).days > _FAR_DAYS and (anchor - nearest).days < 31
        return nearest if just_past else coming
    if tense is False:
        return max((d for d in days if d <= anchor), default=days[0])
    return nearest


def month(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """A month, with its year, with "last" or "next", or bare."""
    number = int(parts["MONTH"])
    year = _year_in(parts)
    if year is not None:
        return resolved(month_span(year, number), "month", "explicit")
    if "THAT" in parts or "FOLLOWING" in parts or "PREVIOUS" in parts or context.anchor is None:
        return partial("month", f"XXXX-{number:02}")
    anchor = context.anchor
    shift = _shift_in(parts)
    if "UNIT" in parts:
        return resolved(
            month_span(anchor.year + (shift or 0), number), "month", context.anchor_name
        )
    if shift is not None:
        year = _year_by_shift(anchor, number, shift)
    else:
        # a month is over or to come by its own length: the running one is the nearest
        middles = [dt.date(anchor.year + k, number, min(anchor.day, 28)) for k in (-1, 0, 1)]
        year = _nearest(middles, context).year
    return resolved(month_span(year, number), "month", context.anchor_name)


def _shift_in(parts: Parts) -> int | None:
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


def year(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """A full year; a fiscal year keeps its calendar bounds unknown."""
    number = int(parts["YEAR"])
    if "FISCAL" in parts:
        return partial("year", f"{number:04}~")
    return resolved(year_span(number), "year", "explicit")


def year_range(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """2019-20: from the first of January of the one to the end of the other."""
    first, short = int(parts["YEAR"]), core[-1].value
    written = core[-1].end - core[-1].start
    last = first // 100 * 100 + int(short or 0)
    if written != 2 or not first < last <= first + 30:
        return resolved(year_span(first), "year", "explicit") if written > 2 else None
    return resolved(year_span(first, last - first + 1), "interval", "explicit")


def decade(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """The 1990s, the '90s, the nineties (those of the last century)."""
    number = int(parts["DECADE"])
    first = number if number >= 1000 else 1900 + number // 10 * 10
    if number < 1000 and number % 10:
        return None
    years = 100 if first % 100 == 0 and first < 2000 else 10
    return resolved(year_span(first, years), "decade" if years == 10 else "interval", "explicit")


def century(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """The 20th century, counted as 1900 to 1999."""
    if parts["UNIT"] != "century":
        return None
    number = int(parts.get("ORDINAL") or parts["DAYNUM"])
    return (
        resolved(year_span((number - 1) * 100, 100), "interval", "explicit") if number > 1 else None
    )


def season(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """A season with its year, or the last, running or next one from the anchor."""
    number = int(parts["SEASON"])
    if "YEAR" in parts:
        return resolved(season_span(int(parts["YEAR"]), number), "season", "explicit")
    if context.anchor is None or "THAT" in parts:
        return unresolved("season")
    anchor, shift = context.anchor, _shift_in(parts) or 0
    if "UNIT" in parts or shift == 0:
        return resolved(season_span(anchor.year + shift, number), "season", context.anchor_name)
    spans = [season_span(anchor.year + k, number) for k in (-2, -1, 0, 1)]
    if shift < 0:
        past = [span for span in spans if span and span[1] < anchor]
        return resolved(past[-1] if past else None, "season", context.anchor_name)
    coming = [span for span in spans if span and span[0] > anchor]
    return resolved(coming[0] if coming else None, "season", context.anchor_name)


def the_season(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """ "in the summer": a season of a year that nobody names."""
    return unresolved("season") if context.frame & _SEASON_FRAMES else None


def quarter(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """A quarter or half of a year; fiscal ones keep their bounds unknown."""
    fiscal = "FISCAL" in parts
    if "ORDINAL" not in parts and "DAYNUM" not in parts:
        return _deictic_quarter(parts, context)
    number = int(parts.get("ORDINAL") or parts["DAYNUM"])
    months = 6 if "HALF" in parts else 3
    if number * months > 12:
        return None
    if "YEAR" in parts:
        base, anchor = int(parts["YEAR"]), "explicit"
    elif context.anchor is not None and parts.get("UNIT") == "year" and "PREVIOUS" not in parts:
        base, anchor = context.anchor.year + (_shift_in(parts) or 0), context.anchor_name or ""
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
    shift = _shift_in(parts) or 0
    if running is None:
        return unresolved("quarter")
    first = running[0].year * 12 + running[0].month - 1 + 3 * shift
    span = month_span(first // 12, first % 12 + 1, 3)
    return resolved(span, "quarter", context.anchor_name)


def named_day(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """A day with a name and a fixed place in the calendar: Christmas Eve."""
    month_number, number = parts["NAMED_DAY"].split("-")
    fixed = {"MONTH": month_number, "DAYNUM": number}
    return day({k: v for k, v in parts.items() if k == "YEAR"} | fixed, core, context)


def yearend(parts: Parts, core: list[Symbol], context: Context) -> Named | None:
    """ "year end", "month-end": the last day of the running unit."""
    unit = parts.get("UNIT", "year")
    if unit not in ("year", "month", "week"):
        return None
    if context.anchor is None:
        return unresolved("day")
    span = unit_span(context.anchor, unit)
    return resolved((span[1], span[1]), "day", context.anchor_name) if span else None


CALENDAR: dict[str, Callable[[Parts, list[Symbol], Context], Named | None]] = {
    rule.__name__: rule
    for rule in (
        iso,
        slashed,
        day,
        days,
        month,
        year,
        year_range,
        decade,
        century,
        season,
        the_season,
        quarter,
        named_day,
        yearend,
    )
}
"""Kind of date_patterns.tsv → its rule; a rule returns None where the words are no date after all."""
