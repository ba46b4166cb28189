"""Words for a part or a multiple: fractions, "seven in 10", "twice", "doubled", "fourfold".

Belongs here: which words make one proportion, and which of their look-alikes don't ("a third term",
"three quarters of growth in a row"). Does not belong here: what the proportion is of.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from extraction.numbers.number_words import WORDS, words_in
from extraction.numbers.spelled import Reading, is_hyphen
from extraction.sentences import Token


class Proportion(NamedTuple):
    """A value, the position behind its last token, and its form (`fraction` or `multiple`)."""

    value: float
    last: int
    form: str


_FRACTION_NEXT = words_in("fraction_next")
_FRACTION_PREV = words_in("fraction_prev")
_QUARTER_COUNT = words_in("quarter_count")
_MULTIPLE_NEXT = words_in("multiple_next")
_MULTIPLE_PREV = words_in("multiple_prev")
_PROPORTION_PREV = words_in("proportion_prev")
_ROUND = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 50, 100, 1e3, 1e4, 1e5, 1e6))
"""Totals that a proportion is stated in: "one in 20"; "two in 17" is no proportion."""


def _lower(tokens: Sequence[Token], position: int) -> str:
    return tokens[position].lower if 0 <= position < len(tokens) else ""


def fraction_after(
    tokens: Sequence[Token], first: int, count: float, last: int
) -> Proportion | None:
    """The fraction whose numerator ends before `last`: "two-thirds", "a quarter"; else None."""
    hyphen = is_hyphen(tokens, last) if last < len(tokens) else False
    at = last + 1 if hyphen else last
    word = WORDS.get(_lower(tokens, at))
    if word is None or count < 1 or not float(count).is_integer():
        return None
    if word.kind == "half":
        return Proportion(0.5, at + 1, "fraction") if count == 1 else None
    if word.kind == "parts" and word.value > 1:
        if word.value == 4 and not hyphen and not _is_part(tokens, first, at):
            return None
        return Proportion(count / word.value, at + 1, "fraction") if count < 100 else None
    if count != 1 or word.kind not in ("part", "ordinal") or word.value < 3:
        return None
    if hyphen or _is_part(tokens, first, at):
        return Proportion(1 / word.value, at + 1, "fraction")
    return None


def _is_part(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether "a third", "three quarters" with these neighbours is a part of something."""
    before, after = _lower(tokens, first - 1), _lower(tokens, at + 1)
    if before in _QUARTER_COUNT:
        return False
    if after == "-":  # "a third-party candidate"
        return False
    power = WORDS.get(after)
    if power is not None and power.kind == "power":
        return True
    return after in _FRACTION_NEXT or not after.isalpha() or before in _FRACTION_PREV


def of_a_power(tokens: Sequence[Token], last: int) -> tuple[float, int]:
    """The multiplier in "half a million", "a quarter of a million", "half-dozen"; 1 where none."""
    at = last
    if at < len(tokens) and is_hyphen(tokens, at):
        at += 1
    elif _lower(tokens, at) == "of" and _lower(tokens, at + 1) in ("a", "one"):
        at += 2
    elif _lower(tokens, at) == "a":
        at += 1
    word = WORDS.get(_lower(tokens, at))
    if word is not None and word.kind in ("power", "group", "hundred"):
        return word.value, at + 1
    return 1.0, last


def n_of_m(
    tokens: Sequence[Token],
    first: int,
    reading: Reading,
    read: Callable[[Sequence[Token], int], Reading | None],
    is_time: Callable[[str], bool],
) -> Proportion | None:
    """One proportion at "seven in 10", "three out of four", "one in every five"; else None.

    `read` reads a cardinal in words or digits; `is_time` tells "two in 10 minutes" apart.
    """
    at = reading.last
    if _lower(tokens, at) == "out" and _lower(tokens, at + 1) == "of":
        at, free = at + 2, True
    elif _lower(tokens, at) == "in":
        at, free = at + 1, reading.value == 1
    else:
        return None
    if _lower(tokens, at) == "every":
        at, free = at + 1, True
    total = read(tokens, at)
    if total is None or total.value not in _ROUND or not 0 < reading.value < total.value:
        return None
    before = _lower(tokens, first - 1)
    if not (free or not before.isalnum() or before in _PROPORTION_PREV):
        return None
    after = _lower(tokens, total.last)
    if is_time(after) or after in ("%", "percent", "-"):
        return None
    return Proportion(reading.value / total.value, total.last, "fraction")


def fold_after(tokens: Sequence[Token], last: int) -> int:
    """Position behind "fold" in "10-fold"; `last` where there is none."""
    at = last + 1 if last < len(tokens) and is_hyphen(tokens, last) else last
    return at + 1 if _lower(tokens, at) == "fold" else last


def multiple_at(tokens: Sequence[Token], at: int) -> Proportion | None:
    """The factor at "twice", "doubled", "halved", "double the …", "fourfold"; else None."""
    word = WORDS.get(_lower(tokens, at))
    if word is None:
        return None
    if word.kind == "multiple":
        after = _lower(tokens, at + 1)
        if _lower(tokens, at - 1) not in _MULTIPLE_PREV and after not in _MULTIPLE_NEXT:
            return None
        if after == "-":
            return None
    elif word.kind not in ("times", "grows", "halves", "fold"):
        return None
    return Proportion(word.value, at + 1, "multiple")
