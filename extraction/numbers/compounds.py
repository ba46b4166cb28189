"""Two numbers that add up to one: "3 dollars and 50 cents", "two years and a half".

Belongs here: what a second number adds to the quantity before it. Does not belong here: intervals
and lists (`ranges`).
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.sentences import Token

_HUNDREDTHS = frozenset(("cent", "penny", "sen", "kopeck", "paisa"))
_CLOSERS = frozenset(".,;:!?)")


def adds_minor_unit(tokens: list[Token], left: Quantity, right: Quantity) -> bool:
    """ "3 dollars and 50 cents", "15 dollars 50.": one sum; the second number is its hundredths."""
    if left.dimension != "currency" or left.value is None or right.value is None:
        return False
    if left.unit in _HUNDREDTHS or not left.value.is_integer() or not 0 < right.value < 100:
        return False
    if _gap_words(tokens, left, right) not in ((), ("and",)) or not right.value.is_integer():
        return False
    behind = tokens[right.last].text if right.last < len(tokens) else "."
    bare = (
        right.unit in ("count", left.unit) and behind in _CLOSERS and left.last > _number_end(left)
    )
    if right.unit not in _HUNDREDTHS and not bare:
        return False
    left.value += right.value / 100
    left.low = left.high = None
    left.numerals = [*left.numerals, *right.numerals]
    left.last, left.end = right.last, right.end
    return True


def adds_half(tokens: list[Token], left: Quantity, right: Quantity) -> bool:
    """ "two years and a half": the fraction belongs to the unit before it."""
    if right.numerals[0].form != "fraction" or right.unit != "count" or left.unit == "count":
        return False
    if left.value is None or right.value is None or _gap_words(tokens, left, right) != ("and",):
        return False
    left.value += right.value
    left.low = left.high = None
    left.numerals = [*left.numerals, *right.numerals]
    left.last, left.end = right.last, right.end
    return True


def _number_end(quantity: Quantity) -> int:
    return quantity.numerals[-1].last


def _gap_words(tokens: list[Token], left: Quantity, right: Quantity) -> tuple[str, ...]:
    return tuple(token.lower for token in tokens[left.last : right.first])
