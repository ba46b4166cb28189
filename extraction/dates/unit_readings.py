"""Readings of weeks, months and years near another day: "last week", "two years ago", "a day
earlier".

Belongs here: one rule a kind of date_patterns.tsv that counts units from an anchor or an
antecedent. Does not belong here: weekdays and parts of a day (`near_readings`).
"""

from __future__ import annotations

from dataclasses import replace

from extraction.dates.calendar import shift, unit_span
from extraction.dates.named import Context, Named, Words, partial, resolved, unresolved
from extraction.dates.near_readings import shift_of
from extraction.dates.symbols import Symbol

_GRANULARITY = {"weekend": "interval", "century": "interval", "hour": "time", "minute": "time"}
_UNIT_FRAMES = frozenset(("EDGE", "PART", "EARLIER", "LATER", "HALF"))
_CLOCK_UNITS = ("hour", "minute")
"""Units too short for a date: "three hours later" is a figure only."""


def _granularity(unit: str) -> str:
    return _GRANULARITY.get(unit, unit)


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
        words.context.anchor, name, -1 if "LAST" in words.parts else int(shift_of(words.parts))
    )
    return resolved(
        unit_span(moved, name) if moved else None, granularity, words.context.anchor_name
    )


def the_unit(words: Words) -> Named | None:
    """The month of "by the end of the month"; "the month" alone is no date."""
    if not words.context.frame & _UNIT_FRAMES:
        return None
    return unit(words.of({"UNIT": _unit_of(words.symbols)}))
