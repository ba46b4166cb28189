"""Readings of dates that point from another day: weekdays, "last week", "a day earlier".

Belongs here: one rule a kind of date_patterns.tsv that needs an anchor or an antecedent. Does not
belong here: dates with a place of their own in the calendar (`calendar_readings`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

from extraction.dates.calendar import add_days, shift, unit_span, week_span, weekend_span
from extraction.dates.calendar_readings import day
from extraction.dates.named import (
    Context,
    Named,
    Parts,
    Words,
    edtf_of,
    partial,
    resolved,
    unresolved,
)
from extraction.dates.symbols import Symbol

_GRANULARITY = {"weekend": "interval", "century": "interval", "hour": "time", "minute": "time"}

_NIGHT_FRAMES = frozenset(("PREP", "THROUGH"))
_CLOCK_FRAMES = frozenset(("AT", "SINCE", "BY", "UNTIL", "BEFORE", "AFTER", "PREP", "PART"))
_UNIT_FRAMES = frozenset(("EDGE", "PART", "EARLIER", "LATER", "HALF"))
_CLOCK_UNITS = ("hour", "minute")
"""Units too short for a date: "three hours later" is a figure only."""


def _granularity(unit: str) -> str:
    return _GRANULARITY.get(unit, unit)


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
        week = week_span(anchor + dt.timedelta(days=7 * int(_shift(words.parts))))
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


def _shift(parts: Parts) -> str:
    return parts.get("LAST") or parts.get("NEXT") or parts.get("THIS") or "0"


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
    move = int(_shift(words.parts))
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


def ago(words: Words) -> Named | None:
    """As in "two years ago": the whole day, week, month or year so far back."""
    unit = _unit_of(words.symbols)
    count = _count_of(words.symbols)
    if words.context.anchor is None or count is None:
        return unresolved(_granularity(unit))
    if unit in _CLOCK_UNITS:
        if unit == "minute" or count % 24:
            return unresolved("time")
        unit, count = "day", count // 24
    moved = shift(words.context.anchor, unit, -count)
    whole = "year" if unit in ("decade", "century") else unit
    span = unit_span(moved, whole) if moved else None
    return resolved(span, _granularity(whole), words.context.anchor_name)


def _unit_of(core: list[Symbol]) -> str:
    return next((s.value for s in core if s.kind in ("UNIT", "UNITS", "WEEKEND", "QUARTER")), "day")


def _count_of(core: list[Symbol]) -> int | None:
    """The number of units; None for "a few" and for ranges."""
    if any(symbol.kind == "FEW" for symbol in core):
        return None
    counts = [s.value for s in core if s.kind in ("NUMWORD", "DAYNUM", "NUM", "A")]
    return int(counts[0]) if len(counts) == 1 and counts[0].isdigit() else None


def anaphor_count(words: Words) -> Named | None:
    """As in "two days later": from the date named before; the number stays a figure."""
    count = _count_of(words.symbols)
    direction = 1 if "LATER" in words.parts else -1
    unit = _unit_of(words.symbols)
    if unit in _CLOCK_UNITS:
        return None
    if count is None:
        return replace(unresolved(_granularity(unit)), is_duration=True)
    return replace(
        _from_antecedent(unit, direction * count, words.context, far=True), is_duration=True
    )


def anaphor_unit(words: Words) -> Named | None:
    """As in "a day earlier", "the next week", "the year before", "that month"."""
    unit = _unit_of(words.symbols)
    if unit in _CLOCK_UNITS:
        return None
    if "DAYPART" in words.parts:
        unit = "day"
    back = {"EARLIER", "BEFORE", "PREVIOUS"} & words.parts.keys()
    forth = {"LATER", "AFTER", "NEXT", "FOLLOWING"} & words.parts.keys()
    far = bool(words.parts.keys() & {"EARLIER", "LATER", "BEFORE", "AFTER"})
    return _from_antecedent(unit, -1 if back else 1 if forth else 0, words.context, far)


def _from_antecedent(unit: str, count: int, context: Context, far: bool) -> Named:
    named = context.antecedent
    granularity = _granularity(unit)
    if far and not context.is_same_sentence:
        # "two days earlier" often starts from the telling, not from the date of the sentence before
        return unresolved(granularity)
    if named is None or named.resolution != "resolved" or named.first is None:
        return unresolved(granularity)
    whole = unit_span(named.first, unit)
    if whole is None or named.last is None or named.last > whole[1]:
        return unresolved(granularity)
    moved = shift(named.first, unit, count)
    return resolved(unit_span(moved, unit) if moved else None, granularity, "explicit")


def span(words: Words) -> Named | None:
    """As in "the past 30 days": the stretch up to or from the anchor; its number stays a figure."""
    unit, count = _unit_of(words.symbols), _count_of(words.symbols)
    ahead = "NEXT" in words.parts or "FOLLOWING" in words.parts
    if unit in _CLOCK_UNITS:
        return None
    if words.context.anchor is None or words.parts.keys() & {"PREVIOUS", "FOLLOWING"}:
        return replace(unresolved("interval"), is_duration=True)
    return replace(_stretch(words.context, unit, count, ahead), is_duration=count is not None)


def rolling(words: Words) -> Named | None:
    """As in "the past week": seven days up to the anchor."""
    if words.context.anchor is None:
        return unresolved("interval")
    return _stretch(words.context, _unit_of(words.symbols), 1, ahead=False)


def _stretch(context: Context, unit: str, count: int | None, ahead: bool) -> Named:
    anchor = context.anchor
    if anchor is None:
        return unresolved("interval")
    far = shift(anchor, unit, count if ahead else -count) if count is not None else None
    if far is None:
        edtf = f"{anchor.isoformat()}/.." if ahead else f"../{anchor.isoformat()}"
        first, last = (anchor, None) if ahead else (None, anchor)
        return Named(first, last, "interval", edtf, "partial", context.anchor_name)
    return resolved((anchor, far) if ahead else (far, anchor), "interval", context.anchor_name)


def recent(words: Words) -> Named | None:
    """As in "in recent weeks", "the coming days": one end is the anchor, the other is not said."""
    if _unit_of(words.symbols) in _CLOCK_UNITS:
        return None
    return _stretch(words.context, _unit_of(words.symbols), None, "NEXT" in words.parts)


def unit(words: Words) -> Named | None:
    """As in "last week" (Monday to Sunday), "this year", "next month"."""
    name = _unit_of(words.symbols)
    if name in _CLOCK_UNITS:
        return None
    granularity = _granularity(name)
    if words.context.anchor is None:
        return unresolved(granularity)
    if "FISCAL" in words.parts:
        return partial(granularity, None)
    moved = shift(
        words.context.anchor, name, -1 if "LAST" in words.parts else int(_shift(words.parts))
    )
    return resolved(
        unit_span(moved, name) if moved else None, granularity, words.context.anchor_name
    )


def the_unit(words: Words) -> Named | None:
    """The month of "by the end of the month"; "the month" alone is no date."""
    if not words.context.frame & _UNIT_FRAMES:
        return None
    return unit(words.of({"UNIT": _unit_of(words.symbols)}))


RELATIVE: dict[str, Callable[[Words], Named | None]] = {
    rule.__name__: rule
    for rule in (
        weekday,
        weekdays,
        dayword,
        lastnight,
        thispart,
        part_of_day,
        overnight,
        the_part,
        clockword,
        weekend,
        ago,
        anaphor_count,
        anaphor_unit,
        span,
        rolling,
        recent,
        unit,
        the_unit,
    )
}
RELATIVE["this_units"] = unit
RELATIVE["the_weekend"] = weekend
