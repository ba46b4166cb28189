"""Readings of days near another one: weekdays, today, last night, this weekend, midnight.

Belongs here: one rule a kind of date_patterns.tsv that points to a day or a part of it. Does not
belong here: weeks and longer (`unit_readings`), dates with a place of their own in the calendar.
"""

from __future__ import annotations

import datetime as dt

from extraction.dates.calendar import add_days, week_span, weekend_span
from extraction.dates.day_readings import day
from extraction.dates.named import Context, Named, Parts, Words, edtf_of, resolved, unresolved

_NIGHT_FRAMES = frozenset(("PREP", "THROUGH"))
_CLOCK_FRAMES = frozenset(("AT", "SINCE", "BY", "UNTIL", "BEFORE", "AFTER", "PREP", "PART"))


def shift_of(parts: Parts) -> str:
    """-1 for "last", 1 for "next", 0 for "this" or none of them, as the vocabulary has it."""
    return parts.get("LAST") or parts.get("NEXT") or parts.get("THIS") or "0"


def weekday(words: Words) -> Named | None:
    """A weekday: the nearest past one, unless the tense or "next" says otherwise."""
    number = int(words.parts["WEEKDAY"])
    kinds = [symbol.kind for symbol in words.symbols]
    before = set(kinds[: kinds.index("WEEKDAY")])
    if before & {"FOLLOWING", "PREVIOUS", "SAME", "THAT"} or {"THE", "NEXT"} <= before:
        return _weekday_from_antecedent(number, before, words.context)
    anchor = words.context.anchor
    if anchor is None:
        return unresolved("day")
    if "UNIT" in words.parts:
        week = week_span(anchor + dt.timedelta(days=7 * int(shift_of(words.parts))))
        found = add_days(week[0], number) if week and words.parts["UNIT"] == "week" else None
    elif "LAST" in before:
        found = add_days(anchor, -((anchor.weekday() - number - 1) % 7 + 1))
    elif "NEXT" in before:
        found = add_days(anchor, (number - anchor.weekday() - 1) % 7 + 1)
    elif "THIS" in before:
        found = add_days(anchor, number - anchor.weekday())
    elif words.context.tense():
        found = add_days(anchor, (number - anchor.weekday()) % 7)
    else:
        found = add_days(anchor, -((anchor.weekday() - number) % 7))
    return resolved((found, found) if found else None, "day", words.context.anchor_name)


def _weekday_from_antecedent(number: int, before: set[str], context: Context) -> Named:
    start = _day_of_antecedent(context)
    if start is None:
        return unresolved("day")
    if "PREVIOUS" in before:
        found = add_days(start, -((start.weekday() - number - 1) % 7 + 1))
    elif before & {"SAME", "THAT"}:
        found = start if start.weekday() == number else None
    else:
        found = add_days(start, (number - start.weekday() - 1) % 7 + 1)
    return resolved((found, found) if found else None, "day", "explicit")


def _day_of_antecedent(context: Context) -> dt.date | None:
    named = context.antecedent
    if named is None or named.resolution != "resolved" or named.first != named.last:
        return None
    return named.first


def weekdays(words: Words) -> Named | None:
    """As in "every Friday", "on Mondays": a repeated day is no single place in the calendar."""
    return unresolved("interval") if words.symbols else None


def dayword(words: Words) -> Named | None:
    """Today, yesterday, tomorrow, tonight."""
    return _moved_day(words.context, int(words.parts["DAYWORD"]))


def _moved_day(context: Context, days: int) -> Named:
    found = add_days(context.anchor, days) if context.anchor else None
    return resolved((found, found) if found else None, "day", context.anchor_name)


def lastnight(words: Words) -> Named | None:
    """As in "last night": the evening before the anchor."""
    return _moved_day(words.context, -1)


def thispart(words: Words) -> Named | None:
    """As in "this morning": the day of the anchor."""
    return _moved_day(words.context, 0)


def part_of_day(words: Words) -> Named | None:
    """As in "the evening of Tuesday", "the morning of May 7"."""
    if "WEEKDAY" in words.parts:
        return weekday(words.of({"WEEKDAY": words.parts["WEEKDAY"]}))
    return day(words)


def overnight(words: Words) -> Named | None:
    """As in "overnight", "during the night": the day before the anchor or the anchor's own."""
    if words.context.anchor is None:
        return unresolved("time")
    first = add_days(words.context.anchor, -1)
    if first is None:
        return unresolved("time")
    span = (first, words.context.anchor)
    return Named(*span, "time", edtf_of(span, "time"), "partial", words.context.anchor_name)


def the_part(words: Words) -> Named | None:
    """As in "during the night"; a part of the day without a preposition is no date."""
    return overnight(words) if words.context.frame & _NIGHT_FRAMES else None


def clockword(words: Words) -> Named | None:
    """As in "at midnight": a time of a day that is not named."""
    return unresolved("time") if words.context.frame & _CLOCK_FRAMES else None


def weekend(words: Words) -> Named | None:
    """As in "last weekend", "this weekend"; "this" is past or to come as the tense says."""
    if words.context.anchor is None:
        return unresolved("interval")
    move = int(shift_of(words.parts))
    running = weekend_span(words.context.anchor)
    if running is None:
        return unresolved("interval")
    if move == 0 and not words.context.tense() and words.context.anchor < running[0]:
        move = -1
    if "LAST" in words.parts and words.context.anchor >= running[0]:
        move = -1
    saturday = add_days(running[0], 7 * move)
    return resolved(
        weekend_span(saturday) if saturday else None, "interval", words.context.anchor_name
    )
