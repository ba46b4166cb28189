"""Readings of calendar days: "March 4, 2024", "4-6 March", 2024-05-01, Christmas Eve, year end.

Belongs here: one rule a kind of date_patterns.tsv that names days. Does not belong here: months and
longer (`period_readings`), and dates that only point from another day.
"""

from __future__ import annotations

import datetime as dt

from extraction.dates.calendar import day_of, unit_span
from extraction.dates.named import Context, Named, Parts, Words, partial, resolved, unresolved

_NAMED_DAYS = 90
"""Beyond this many days "the Oct. 7 attack" may name an event of another year."""
_FAR_DAYS = 240
"""Beyond this many days the tense no longer outweighs a candidate of the last month."""


def iso(words: Words) -> Named | None:
    """2024-05-01 or 01.05.2024."""
    year, month, day = (int(piece) for piece in words.parts["ISO"].split("-"))
    found = day_of(year, month, day)
    return resolved((found, found), "day", "explicit") if found else None


def slashed(words: Words) -> Named | None:
    """13/05/2024; partial where day and month could change places."""
    first, second, year = (int(piece) for piece in words.parts["SLASHED"].split("/"))
    if year < 100:
        year += 1900 if year > 68 else 2000
    british, american = day_of(year, second, first), day_of(year, first, second)
    found = british or american
    if found is None:
        return None
    if british and american and british != american:
        return partial("day", f"{year:04}")
    return resolved((found, found), "day", "explicit")


def day(words: Words) -> Named | None:
    """A day of a month, with its year or without."""
    month = int(words.parts["MONTH"])
    number = int(words.parts.get("DAYNUM") or words.parts["ORDINAL"])
    weekday = int(words.parts["WEEKDAY"]) if "WEEKDAY" in words.parts else None
    year = year_in(words.parts)
    if year is not None:
        found = day_of(year, month, number)
        if found is None:
            return None
        if weekday is not None and found.weekday() != weekday:
            return partial("day", found.isoformat() + "?")
        return resolved((found, found), "day", "explicit")
    if day_of(2000, month, number) is None:
        return None
    if words.context.anchor is None:
        return partial("day", f"XXXX-{month:02}-{number:02}")
    days = [day_of(words.context.anchor.year + k, month, number) for k in (-1, 0, 1)]
    fitting = [d for d in days if d and (weekday is None or d.weekday() == weekday)]
    if not fitting:
        return partial("day", f"XXXX-{month:02}-{number:02}")
    found = nearest(fitting, words.context)
    far = abs((found - words.context.anchor).days) > _NAMED_DAYS
    if far and "NAMING" in words.context.frame:
        return partial("day", f"XXXX-{month:02}-{number:02}")
    return resolved((found, found), "day", words.context.anchor_name)


def days(words: Words) -> Named | None:
    """Several days of one month: "March 4-6"."""
    numbers = [symbol for symbol in words.symbols if symbol.kind == "DAYNUM"]
    ends = [
        day(words.of(words.parts | {"DAYNUM": symbol.value}))
        for symbol in (numbers[0], numbers[-1])
    ]
    first, last = ends
    if first is None or last is None or int(numbers[0].value) >= int(numbers[-1].value):
        return None
    if first.first and last.last:
        return resolved((first.first, last.last), "interval", first.anchor)
    return partial("interval", f"{first.edtf}/{last.edtf}")


def year_in(parts: Parts) -> int | None:
    """The year written in the date; None where there is none."""
    if "YEAR" in parts:
        return int(parts["YEAR"])
    if "YY" in parts:
        short = int(parts["YY"])
        return short + (1900 if short > 30 else 2000)
    return None


def nearest(days: list[dt.date], context: Context) -> dt.date:
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


def named_day(words: Words) -> Named | None:
    """A day with a name and a fixed place in the calendar: Christmas Eve."""
    month_number, number = words.parts["NAMED_DAY"].split("-")
    fixed = {"MONTH": month_number, "DAYNUM": number}
    return day(words.of({k: v for k, v in words.parts.items() if k == "YEAR"} | fixed))


def yearend(words: Words) -> Named | None:
    """As in "year end", "month-end": the last day of the running unit."""
    unit = words.parts.get("UNIT", "year")
    if unit not in ("year", "month", "week"):
        return None
    if words.context.anchor is None:
        return unresolved("day")
    span = unit_span(words.context.anchor, unit)
    return resolved((span[1], span[1]), "day", words.context.anchor_name) if span else None
