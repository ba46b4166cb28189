"""Numbers of the calendar and the clock: days, years, decades, hours.

Belongs here: how a date or a time of day is written, as far as the ledger needs it. Does not belong
here: which day a date is (`extraction/dates`), durations ("two weeks"), which are figures.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from extraction.article import Article
from extraction.numbers.ledger_words import Verdict, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.noun_phrase import counts_plural
from extraction.numbers.surroundings import DASHES, Surroundings

MONTHS = words_with("month")
DURATIONS = words_with("duration")
_ERAS, _ZONES = words_with("era"), words_with("zone")
_MERIDIEM, _DAY_PARTS = words_with("meridiem"), words_with("day_part")
_YEAR_BEFORE, _YEAR_ONLY = words_with("year_before"), words_with("year_only")
_DETERMINERS, _FISCAL = words_with("determiner"), words_with("fiscal")
_SEASONS = words_with("season")
_POINTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})\Z")
_HOUR = re.compile(r"\d{1,2}(?:[.]\d\d)?\Z")
_LINKS = frozenset(("and", "to", "or", ",", "through", "until", "till", *DASHES))
_DAY_FORMS = frozenset(("digits", "ordinal", "words"))
_DATE_MARKS = frozenset("/-.")
_ENDS = frozenset((".", ",", ";", ")", ""))
_LONGEST_DATE_LIST = 3
"""How many links a list of days may have between a number and the month: "4, 5 and 6 March"."""

FIRST_YEAR, LAST_YEAR = 1000, 2300
LIKELY_YEARS = range(1800, 2100)


def calendar_number(article: Article, view: Surroundings, numeral: Numeral) -> Verdict | None:
    """`time` or `date` for a number of the clock or the calendar, else None."""
    if is_clock(view, numeral):
        return "time", "a time of day"
    if counts_time(view, numeral):
        return None
    if is_day(view, numeral) or _is_written_date(view, numeral):
        return "date", "a day of the calendar"
    if is_year(view, numeral):
        return "date", "a year"
    if numeral.form != "ordinal" and _in_found_date(article, numeral):
        return "date", "part of a date"
    return None


def counts_time(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number counts hours, days, years …: "two weeks", "three-day"."""
    if numeral.form == "ordinal":
        return False
    after = numeral.last + 1 if view.joined(numeral.last) else numeral.last
    if after == numeral.last and _is_bare_year(view, numeral) and not view.word(after).endswith("s"):
        return False
    if view.word(after) in ("more", "straight", "consecutive", "full", "whole", "long"):
        after += 1
    return view.word(after) in DURATIONS and not _is_month(view, numeral.first - 1)


def _is_bare_year(view: Surroundings, numeral: Numeral) -> bool:
    """Four digits that may be a year: "the 2000 season"."""
    text = view.text(numeral.first)
    return len(text) == 4 and text.isdecimal() and int(text) in LIKELY_YEARS


def is_clock(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number belongs to a time of day: 6:42, 4 a.m., 0300 GMT, half past six."""
    first, last = numeral.first, numeral.last
    if last - first > 1 or numeral.form == "ordinal":
        return False
    return (
        _has_colon(view, first)
        or _before_meridiem(view, last, view.text(first))
        or _military(view, first)
        or view.word(last) in ("o'clock", "o’clock")
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
    if word not in _ZONES and word not in ("local", "hours", "hrs"):
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
    if (
        value is None
        or value > 12
        or view.word(numeral.first - 1) not in ("at", "until", "by", "around", "since")
    ):
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


def is_day(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number is a day beside a month: 17 June, the 5th of May, March 4 and 5."""
    if not _may_be_day(numeral):
        return False
    return _beside_month(view, numeral, -1, 0) or _beside_month(view, numeral, 1, 0)


def _may_be_day(numeral: Numeral) -> bool:
    value = numeral.value
    return value is not None and 1 <= value <= 31 and value == int(value) and numeral.form in _DAY_FORMS


def _beside_month(view: Surroundings, numeral: Numeral, step: int, links: int) -> bool:
    """Walk left (-1) or right (1) over a list of days to a month."""
    if step < 0:
        at = numeral.first - 1
        if view.text(at) == "." or view.word(at) == "the":
            at -= 1
        if _is_month(view, at):
            return not (view.word(at) in ("may", "march") and not view.capital(at))
    else:
        at = numeral.last
        at += view.word(at) == "of"
        at += view.word(at) == "the"
        if _is_month(view, at):
            return True
    link = numeral.first - 1 if step < 0 else numeral.last
    if links >= _LONGEST_DATE_LIST or view.word(link) not in _LINKS:
        return False
    other = view.owner.get(link + step)
    if other is None or other is numeral or not _may_be_day(other):
        return False
    if step < 0 and (view.tag(numeral.last) in ("NNS", "NNPS") or view.text(numeral.last) == "%"):
        return False
    return _beside_month(view, other, step, links + 1)


def _is_month(view: Surroundings, at: int) -> bool:
    return view.word(at) in MONTHS and view.capital(at)


def _is_written_date(view: Surroundings, numeral: Numeral) -> bool:
    """5/17/2018, 2024-11-25, 25.11.2024."""
    if view.text(numeral.first - 1) not in _DATE_MARKS and view.text(numeral.last) not in _DATE_MARKS:
        return _POINTED_DATE.match(view.text(numeral.first)) is not None
    for start in (numeral.first, numeral.first - 2, numeral.first - 4):
        parts = [view.text(start + step) for step in (0, 2, 4)]
        if not all(part.isdecimal() for part in parts) or start < 0:
            continue
        mark = view.text(start + 1)
        if mark not in ("/", "-", ".") or view.text(start + 3) != mark:
            continue
        lengths = [len(part) for part in parts]
        if all(view.glued(start + step) for step in range(1, 5)) and _plausible(lengths):
            return int(parts[0]) <= 31 or lengths[0] == 4
    return False


def _plausible(lengths: list[int]) -> bool:
    return lengths[1] <= 2 and (
        (lengths[0] <= 2 and lengths[2] in (2, 4)) or (lengths[0] == 4 and lengths[2] <= 2)
    )


def is_year(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number is a year, a decade or the second half of "2022-23"."""
    text = view.text(numeral.first)
    if numeral.last - numeral.first > 1 or not text.isdecimal():
        return False
    return _short_year(view, numeral, text) or (
        len(text) in (3, 4) and _long_year(view, numeral, int(text))
    )


def _short_year(view: Surroundings, numeral: Numeral, text: str) -> bool:
    before, after = numeral.first - 1, numeral.last
    if len(text) in (2, 4) and text[-1] == "0" and view.word(after) == "s" and view.glued(after):
        return (
            len(text) == 4
            or view.text(before) in ("'", "’", "‘")
            or view.word(before) in ("early", "late", "the", "-")
        )
    if len(text) == 2 and view.text(before) in ("'", "’", "‘") and view.glued(numeral.first):
        return not view.glued(before)
    if view.word(before) in _FISCAL and view.glued(numeral.first) and view.text(before).isupper():
        return len(text) in (2, 4) or int(text) <= 4
    if len(text) == 2 and (view.joined(before) or view.text(before) == "/"):
        other = view.owner.get(before - 1)
        year = view.text(before - 1)
        dated = other is not None and other.disposition == "date"
        return dated and len(year) == 4 and year.isdecimal() and int(year) % 100 < int(text)
    return False


def _long_year(view: Surroundings, numeral: Numeral, value: int) -> bool:
    first, last = numeral.first, numeral.last
    if view.word(last) in _ERAS and view.text(last).isupper():
        return True
    if view.text(first - 1) == "." and view.text(first - 2) == "D" and view.text(first - 4) == "A":
        return True
    if view.word(first - 1) == "ad" and view.text(first - 1).isupper():
        return True
    if not FIRST_YEAR <= value <= LAST_YEAR or _has_sign(view, numeral):
        return False
    if _is_month(view, first - 1) or view.word(first - 1) in _SEASONS:
        return True
    if view.word(first - 1) == "," and is_year_of_day(view, first - 2):
        return True
    return _plain_year(view, numeral, value)


def is_year_of_day(view: Surroundings, at: int) -> bool:
    """Whether the token before the comma is a day, month or weekday: June 17, 2025."""
    other = view.owner.get(at)
    return _is_month(view, at) or (other is not None and is_day(view, other))


def _plain_year(view: Surroundings, numeral: Numeral, value: int) -> bool:
    """A bare number in the range of years that counts nothing."""
    first, last = numeral.first, numeral.last
    before = view.word(first - 1)
    if value not in LIKELY_YEARS:
        linked = view.owner.get(first - 2) if before in _LINKS else None
        if linked is not None and linked.disposition == "date":
            return True
        ends = view.text(last) in _ENDS and value > 2000
        return (before in _YEAR_ONLY or (before == "by" and ends)) and not counts_plural(view, last)
    if view.joined(first - 1) and view.word(first - 2) in (
        "mid",
        "pre",
        "post",
        "early",
        "late",
        "ex",
    ):
        return True
    if before in _YEAR_ONLY:
        return True
    if before in _DETERMINERS or view.tag(first - 1) == "POS":
        return value % 1000 != 0 or not counts_plural(view, last)
    if view.tag(first - 1) == "NNP" and value % 100 and not view.opens(first - 1):
        return True
    if counts_plural(view, last):
        return False
    other = view.owner.get(first - 1)
    return before in _YEAR_BEFORE or other is None or other.disposition != "figure"


def _has_sign(view: Surroundings, numeral: Numeral) -> bool:
    """A currency sign before, or a unit glued behind: never a year."""
    if view.text(numeral.first - 1) in "$£€¥₹#" and view.text(numeral.first - 1):
        return True
    after = view.text(numeral.last)
    return after in ("%", "$", "°", "€") or (view.glued(numeral.last) and after.isalpha())


def _in_found_date(article: Article, numeral: Numeral) -> bool:
    """Whether a date of the article covers the number; dates are in text order and don't overlap."""
    dates = article.dates
    at = bisect_right(dates, numeral.start, key=lambda date: date.start) - 1
    return at >= 0 and dates[at].end >= numeral.end
