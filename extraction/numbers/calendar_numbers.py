"""Numbers of the calendar and the clock, asked in order.

Belongs here: which of the questions comes first, and what is a duration instead. Does not belong
here: days (`days`), years (`years`), hours (`clock_times`).
"""

from __future__ import annotations

from bisect import bisect_right

from extraction.article import Article
from extraction.numbers.clock_times import is_clock
from extraction.numbers.days import is_day, is_month, is_written_date
from extraction.numbers.ledger_words import Verdict, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.surroundings import Surroundings
from extraction.numbers.years import LIKELY_YEARS, is_year

DURATIONS = words_with("duration")


def calendar_number(article: Article, view: Surroundings, numeral: Numeral) -> Verdict | None:
    """`time` or `date` for a number of the clock or the calendar, else None."""
    if is_clock(view, numeral):
        return "time", "a time of day"
    if counts_time(view, numeral):
        return None
    if is_year(view, numeral):
        return "date", "a year"
    if is_day(view, numeral) or is_written_date(view, numeral):
        return "date", "a day of the calendar"
    if numeral.form != "ordinal" and _in_found_date(article, numeral):
        return "date", "part of a date"
    return None


def counts_time(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number counts hours, days, years …: "two weeks", "three-day"."""
    if numeral.form == "ordinal":
        return False
    after = numeral.last + 1 if view.joined(numeral.last) else numeral.last
    if view.word(numeral.last) in ("or", "to") and view.word(numeral.last + 2) in DURATIONS:
        return numeral.last + 1 in view.owner  # "three or four years"
    if (
        after == numeral.last
        and _is_bare_year(view, numeral)
        and not view.word(after).endswith("s")
    ):
        return False
    if view.word(after) in ("more", "straight", "consecutive", "full", "whole", "long"):
        after += 1
    return view.word(after) in DURATIONS and not is_month(view, numeral.first - 1)


def _is_bare_year(view: Surroundings, numeral: Numeral) -> bool:
    """Four digits that may be a year: "the 2000 season"."""
    text = view.text(numeral.first)
    return len(text) == 4 and text.isdecimal() and int(text) in LIKELY_YEARS


def _in_found_date(article: Article, numeral: Numeral) -> bool:
    """Whether a date of the article covers the number; dates are in text order."""
    dates = article.dates
    at = bisect_right(dates, numeral.start, key=lambda date: date.start) - 1
    return at >= 0 and dates[at].end >= numeral.end
