"""Days: 17 June, the 5th of May, March 4 and 5, 25.11.2024.

Belongs here: how a day is written, as far as the ledger needs it. Does not belong here: which day
a date is (`extraction/dates`), years (`years`).
"""

from __future__ import annotations

import re

from extraction.numbers.ledger_words import words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.surroundings import DASHES, Surroundings

MONTHS = words_with("month")
_POINTED_DATE = re.compile(r"\d{1,2}\.\d{1,2}\.(?:\d\d|\d{4})\Z")
_LINKS = frozenset(("and", "to", "or", ",", "through", "until", "till", *DASHES))
_WEEKDAYS = words_with("weekday")
_DAY_FORMS = frozenset(("digits", "ordinal", "words"))
_DATE_MARKS = frozenset("/-.")
_LONGEST_DATE_LIST = 3
"""How many links a list of days may have between a number and the month: "4, 5 and 6 March"."""


def is_day(view: Surroundings, numeral: Numeral) -> bool:
    """Whether the number is a day beside a month: 17 June, the 5th of May, March 4 and 5."""
    if not _may_be_day(numeral):
        return False
    return _beside_month(view, numeral, -1, 0) or _beside_month(view, numeral, 1, 0)


def _may_be_day(numeral: Numeral) -> bool:
    value = numeral.value
    return (
        value is not None
        and 1 <= value <= 31
        and value == int(value)
        and numeral.form in _DAY_FORMS
    )


def _beside_month(view: Surroundings, numeral: Numeral, step: int, links: int) -> bool:
    """Walk left (-1) or right (1) over a list of days to a month."""
    if step < 0:
        at = numeral.first - 1
        if view.text(at) == "." or view.word(at) == "the":
            at -= 1
        if is_month(view, at):
            return True
        if numeral.form == "ordinal" and view.word(at) in _WEEKDAYS:
            return True
    else:
        at = numeral.last
        at += view.word(at) == "of"
        at += view.word(at) == "the"
        if is_month(view, at):
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


def is_month(view: Surroundings, at: int) -> bool:
    """Whether the token is a capitalised month."""
    return view.word(at) in MONTHS and view.capital(at)


def is_written_date(view: Surroundings, numeral: Numeral) -> bool:
    """5/17/2018, 2024-11-25, 25.11.2024."""
    if (
        view.text(numeral.first - 1) not in _DATE_MARKS
        and view.text(numeral.last) not in _DATE_MARKS
    ):
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
