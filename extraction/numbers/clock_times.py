"""Numbers of the clock: 6:42, 4 a.m., 0300 GMT, half past six, 10 at night.

Belongs here: how a time of day is written. Does not belong here: durations ("four hours").
"""

from __future__ import annotations

import re

from extraction.numbers.ledger_words import words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.surroundings import DASHES, Surroundings

_ERAS, _ZONES = words_with("era"), words_with("zone")
_MERIDIEM, _DAY_PARTS = words_with("meridiem"), words_with("day_part")
_AT = frozenset(("at", "by", "until", "around", "approximately", "about", "since", "from"))
_HOUR = re.compile(r"\d{1,2}(?:[.]\d\d)?\Z")
_LINKS = frozenset(("and", "to", "or", ",", "through", "until", "till", *DASHES))
_OCLOCK = frozenset(("o'clock", "o’clock"))
_CLOCK_UNITS = frozenset(("local", "hours", "hrs"))
_BEFORE_PART = frozenset(("at", "until", "by", "around", "since"))
_BEFORE = _AT | _BEFORE_PART | {":", "past", "to"}
_BEHIND = _MERIDIEM | _ZONES | _OCLOCK | _CLOCK_UNITS | _LINKS | {":", "a", "p", "past"}
"""Words right before and right behind a number, one of which every time of day has."""


def is_clock(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number belongs to a time of day: 6:42, 4 a.m., 0300 GMT, half past six."""
    first, last = numeral.first, numeral.last
    if last - first > 1 or numeral.form == "ordinal":
        return False
    if view.word(last) not in _BEHIND and view.word(first - 1) not in _BEFORE:
        return False  # most numbers: no rule below has its word
    return (
        _has_colon(view, first)
        or _before_meridiem(view, last, view.text(first))
        or _military(view, first)
        or view.word(last) in _OCLOCK
        or (view.word(first - 1) in ("past", "to") and view.word(first - 2) in ("half", "quarter"))
        or (view.word(first) in ("half", "quarter") and view.word(last) == "past")
        or _part_of_day(view, numeral)
        or _range_of_hours(view, numeral)
    )


def _has_colon(view: Surroundings, at: int) -> bool:
    """Two digits of minutes after a colon, or hours before them."""
    if view.text(at + 1) != ":" and view.text(at - 1) != ":":
        return False
    for hour in (at, at - 2, at - 4):
        if hour < 0 or view.text(hour + 1) != ":" or not view.glued(hour + 1):
            continue
        hours, minutes = view.text(hour), view.text(hour + 2)
        if hours.isdecimal() and len(hours) <= 2 and int(hours) <= 24 and view.glued(hour + 2):
            whole = minutes.split(".")[0].split(",")[0]
            if len(whole) == 2 and whole.isdecimal() and int(whole) < 60:
                return True
    return False


def _before_meridiem(view: Surroundings, after: int, text: str) -> bool:
    word = view.word(after)
    if word not in _MERIDIEM and not (word in ("a", "p") and view.spells(after + 1, (".", "m"))):
        return False
    if text.isdecimal():
        return int(text) <= 24
    return _HOUR.match(text) is not None or view.tag(after - 1) == "CD"


def _military(view: Surroundings, at: int) -> bool:
    text, word = view.text(at), view.word(at + 1)
    if text[0] == "0" and len(text) == 4 and text.isdecimal() and view.word(at - 1) in _AT:
        return int(text) % 100 < 60  # "at 0730"
    if word not in _ZONES and word not in _CLOCK_UNITS:
        return False
    if len(text) <= 2:
        return text.isdecimal() and word in ("gmt", "utc")
    if not text.isdecimal() or len(text) != 4 or int(text) > 2400 or int(text) % 100 >= 60:
        return False
    return (
        (word in _ZONES and view.capital(at + 1))
        or (word == "local" and view.word(at + 2) == "time")
        or (text[0] == "0" and word in ("hours", "hrs"))
    )


def _part_of_day(view: Surroundings, numeral: Numeral) -> bool:
    """6 in the evening, 10 at night, 7 tonight; after "at", "until", "by" or "around"."""
    value = numeral.value
    if value is None or value > 12 or view.word(numeral.first - 1) not in _BEFORE_PART:
        return False
    after = numeral.last
    if view.spells(after, ("in", "the")):
        return view.word(after + 2) in _DAY_PARTS
    if view.word(after) in ("at", "on", "this") and view.word(after + 1) in (*_DAY_PARTS, "night"):
        return True
    return view.word(after) == "tonight"


def _range_of_hours(view: Surroundings, numeral: Numeral) -> bool:
    """The first hour of "from 8 to 10 p.m." or "2–4am"."""
    other = view.owner.get(numeral.last + 1)
    if (
        other is None
        or view.text(numeral.last) not in _LINKS
        or not _HOUR.match(view.text(numeral.first))
    ):
        return False
    return _before_meridiem(view, other.last, view.text(other.first))
