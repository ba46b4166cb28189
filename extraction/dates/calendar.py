"""Calendar arithmetic: first and last day of a week, month, season, year, and moves between them.

Belongs here: pure functions on days. Does not belong here: any reading of text.
Weeks run from Monday to Sunday; seasons are meteorological and northern (spring = March to May).
Every function returns None instead of a day outside the calendar that Python knows.
"""

from __future__ import annotations

import calendar
import datetime as dt

Span = tuple[dt.date, dt.date]

_SEASON_MONTH = {1: 3, 2: 6, 3: 9, 4: 12}


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """The day, or None where the calendar has none (30 February, year 0)."""
    try:
        return dt.date(year, month, day)
    except (ValueError, OverflowError):
        return None


def add_days(day: dt.date, count: float) -> dt.date | None:
    """`day` moved by whole days."""
    try:
        return day + dt.timedelta(days=int(count))
    except OverflowError:
        return None


def add_months(day: dt.date, count: int) -> dt.date | None:
    """`day` moved by months; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + count
    year, month = divmod(index, 12)
    if not dt.MINYEAR <= year <= dt.MAXYEAR:
        return None
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_span(year: int, month: int, months: int = 1) -> Span | None:
    """First and last day of `months` months from the given one."""
    first = day_of(year, month, 1)
    after = first and add_months(first, months)
    return (first, after - dt.timedelta(days=1)) if first and after else None


def year_span(year: int, years: int = 1) -> Span | None:
    """First and last day of `years` years from the given one."""
    first, last = day_of(year, 1, 1), day_of(year + years - 1, 12, 31)
    return (first, last) if first and last else None


def week_span(day: dt.date) -> Span | None:
    """Monday to Sunday around `day`."""
    first = add_days(day, -day.weekday())
    last = first and add_days(first, 6)
    return (first, last) if first and last else None


def weekend_span(day: dt.date) -> Span | None:
    """Saturday and Sunday of the week of `day`."""
    week = week_span(day)
    return (week[1] - dt.timedelta(days=1), week[1]) if week else None


def season_span(year: int, season: int) -> Span | None:
    """The season (1 spring … 4 winter) that begins in `year`; winter ends in the next."""
    return month_span(year, _SEASON_MONTH[season], 3)


def unit_span(day: dt.date, unit: str) -> Span | None:
    """The whole unit (day, week, month, quarter, year, decade, century, weekend) around `day`."""
    if unit == "week":
        return week_span(day)
    if unit == "weekend":
        return weekend_span(day)
    if unit == "month":
        return month_span(day.year, day.month)
    if unit == "quarter":
        return month_span(day.year, (day.month - 1) // 3 * 3 + 1, 3)
    if unit == "year":
        return year_span(day.year)
    if unit == "decade":
        return year_span(day.year // 10 * 10, 10)
    if unit == "century":
        return year_span(day.year // 100 * 100, 100)
    return (day, day)


_DAYS = {"day": 1, "week": 7, "weekend": 7}
_MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}


def shift(day: dt.date, unit: str, count: int) -> dt.date | None:
    """`day` moved by `count` units; a unit shorter than a day moves nothing."""
    if abs(count) > 100_000:
        return None
    if unit in _DAYS:
        return add_days(day, _DAYS[unit] * count)
    if unit in _MONTHS:
        return add_months(day, _MONTHS[unit] * count)
    return day
