"""Years: 2021, the 1990s, '80s, 2022-23, fiscal 2024, 300 BC.

Belongs here: when a bare number is a year. Does not belong here: days (`calendar_numbers`).
"""

from __future__ import annotations

from extraction.numbers.days import is_day, is_month
from extraction.numbers.ledger_words import words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.noun_phrase import counts_plural
from extraction.numbers.surroundings import DASHES, Surroundings

_ERAS, _ZONES = words_with("era"), words_with("zone")
_YEAR_BEFORE, _YEAR_ONLY = words_with("year_before"), words_with("year_only")
_DETERMINERS, _FISCAL = words_with("determiner"), words_with("fiscal")
_SEASONS = words_with("season")
_LINKS = frozenset(("and", "to", "or", ",", "through", "until", "till", *DASHES))
_PREFIXES = frozenset(("mid", "pre", "post", "early", "late", "ex"))
_ENDS = frozenset((".", ",", ";", ")", ""))
FIRST_YEAR, LAST_YEAR = 1000, 2300
LIKELY_YEARS = range(1800, 2100)


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
    if len(text) == 2 and is_month(view, before):
        day = view.owner.get(before - 1)  # "18 Aug 89"
        return day is not None and day.disposition == "date"
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
    if is_month(view, first - 1) or view.word(first - 1) in _SEASONS:
        return True
    if view.word(first - 1) == "," and _is_year_of_day(view, first - 2):
        return True
    return _plain_year(view, numeral, value)


def _is_year_of_day(view: Surroundings, at: int) -> bool:
    """Whether the token before the comma is a day, month or weekday: June 17, 2025."""
    other = view.owner.get(at)
    return is_month(view, at) or (other is not None and is_day(view, other))


def _plain_year(view: Surroundings, numeral: Numeral, value: int) -> bool:
    """A bare number in the range of years that counts nothing."""
    first, last = numeral.first, numeral.last
    before = view.word(first - 1)
    linked = view.owner.get(first - 2) if before in _LINKS else None
    if linked is not None and linked.disposition == "date":
        return True  # "in 2008 and 2012"
    if value not in LIKELY_YEARS:
        ends = view.text(last) in _ENDS and value > 2000
        led = before in _YEAR_ONLY or (before == "by" and ends)
        return led and not counts_plural(view, last)
    if view.joined(first - 1) and view.word(first - 2) in _PREFIXES:
        return True
    if before in _YEAR_ONLY or before in _DETERMINERS or view.tag(first - 1) == "POS":
        return value % 1000 != 0 or not counts_plural(view, last)
    if view.tag(first - 1) == "NNP" and value % 100 and not view.opens(first - 1):
        return True
    other = view.owner.get(first - 1)
    known = before in _YEAR_BEFORE or other is None or other.disposition != "figure"
    return known and not counts_plural(view, last)


def _has_sign(view: Surroundings, numeral: Numeral) -> bool:
    """A currency sign before, or a unit glued behind: never a year."""
    if view.text(numeral.first - 1) in "$£€¥₹#" and view.text(numeral.first - 1):
        return True
    after = view.text(numeral.last)
    return after in ("%", "$", "°", "€") or (view.glued(numeral.last) and after.isalpha())
