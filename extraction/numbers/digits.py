"""Numbers in digits: separators, signs, fractions, powers of ten.

Belongs here: how digits with commas, points, spaces and slashes make one value. Does not belong
here: spelled numbers, and what a number in digits means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from extraction.numbers.number_words import WORDS
from extraction.sentences import Token

_PLAIN = re.compile(r"\d+(?:\.\d+)?\Z")
_COMMAS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?\Z")
_INDIAN = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}(?:\.\d+)?\Z")
_POINTS = re.compile(r"[1-9]\d{0,2}(?:(?:\.\d{3}){2,}(?:,\d+)?|(?:\.\d{3})+,\d+|\.000)\Z")
_DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}\Z")
_LONGEST = 300
"""Digits beyond which a float can't hold the number."""

_DENOMINATORS = frozenset((2, 3, 4, 5, 6, 7, 8, 9, 10, 16, 32, 64, 100))
_SIGNS = frozenset("-−")
_BOTH_SIGNS = frozenset(("or", "/", "plus"))
"""Before "minus": "plus or minus three points" has no sign."""


def value_of(text: str) -> float | None:
    """The value of one token of digits, commas and points; None where it is no single number.

    "1,297" and "18.000" are thousands, "3.4" and "3,4" decimals, "12,34,567" Indian grouping.
    """
    if len(text) > _LONGEST:
        return None
    if _PLAIN.match(text) and not _POINTS.match(text):
        return float(text)
    if _COMMAS.match(text) or _INDIAN.match(text):
        return float(text.replace(",", ""))
    if _POINTS.match(text):
        return float(text.replace(".", "").replace(",", "."))
    if _DECIMAL_COMMA.match(text):
        return float(text.replace(",", "."))
    return None


def read_digits(tokens: Sequence[Token], first: int) -> tuple[float | None, int, bool]:
    """Value, position behind the last token, and whether the digits at `first` are a fraction."""
    over = _slash(tokens, first)
    if over is not None:
        return over, first + 3, True
    last = _space_groups(tokens, first)
    if last > first + 1:
        return value_of("".join(t.text for t in tokens[first:last])), last, False
    value, last = value_of(tokens[first].text), first + 1
    if value is None:
        return None, last, False
    if last < len(tokens):
        value, last = _with_fraction(tokens, value, last)
        value, last = _scientific(tokens, value, last)
    return value, last, False


def leading_point(tokens: Sequence[Token], first: int) -> bool:
    """Whether a decimal point stands right before the digits at `first`: ".50"."""
    if first == 0 or tokens[first - 1].text != "." or tokens[first - 1].end != tokens[first].start:
        return False
    apart = first == 1 or tokens[first - 2].end < tokens[first - 1].start
    return (apart or tokens[first - 2].text in "~$£€(") and tokens[first].text.isdecimal()


def sign_at(tokens: Sequence[Token], first: int) -> int:
    """Position of the minus sign or word before the number at `first`; `first` where none is."""
    if first == 0:
        return first
    before = tokens[first - 1]
    adjacent = before.end == tokens[first].start
    if before.text in _SIGNS and adjacent:
        if first > 1 and tokens[first - 2].text[-1].isdecimal():
            return first  # "60 -90": a dash
        if first == 1 or tokens[first - 2].end < before.start or tokens[first - 2].text in "($£€":
            return first - 1
        if tokens[first - 2].lower in ("minus", "negative"):
            return first - 2
    if before.lower in ("minus", "negative"):
        return first if first > 1 and tokens[first - 2].lower in _BOTH_SIGNS else first - 1
    return first


def _slash(tokens: Sequence[Token], first: int) -> float | None:
    """The fraction at "3/4"; None where the slash is no fraction bar (24/7, 5/17/2018)."""
    if first + 2 >= len(tokens) or tokens[first + 1].text != "/":
        return None
    top, bar, bottom = tokens[first : first + 3]
    if top.end != bar.start or bar.end != bottom.start or not bottom.text.isdecimal():
        return None
    if not top.text.isdecimal() or len(top.text) > 3 or len(bottom.text) > 3:
        return None
    chained = first + 3 < len(tokens) and tokens[first + 3].text == "/"
    if chained or (first and tokens[first - 1].text == "/"):
        return None
    a, b = int(top.text), int(bottom.text)
    return a / b if 0 < a < b and b in _DENOMINATORS else None


def _space_groups(tokens: Sequence[Token], first: int) -> int:
    """Position behind "18 000" or "45, 000": groups of three digits, one space apart."""
    head = tokens[first].text
    if not head.isdecimal() or len(head) > 3 or head[0] == "0":
        return first + 1
    last, count = first + 1, len(tokens)
    while last + 1 < count and tokens[last].text == "," and tokens[last + 1].text == "000":
        last += 2
    if last > first + 1:
        return last
    while last < count and _is_group(tokens[last - 1], tokens[last]):
        last += 1
        if not tokens[last - 1].text.isdecimal():
            break
    capital_before = first > 1 and tokens[first - 1].text[0].isupper()
    return first + 1 if capital_before else last


def _is_group(before: Token, token: Token) -> bool:
    whole = token.text.split(".", 1)[0] if len(token.text) < _LONGEST else ""
    return token.start == before.end + 1 and len(whole) == 3 and whole.isdecimal()


def _with_fraction(tokens: Sequence[Token], value: float, last: int) -> tuple[float, int]:
    """Add "½" or "1/2" that follows a whole number."""
    if not value.is_integer():
        return value, last
    word = WORDS.get(tokens[last].text)
    if word is not None and word.kind == "glyph":
        return value + word.value, last + 1
    if tokens[last].start == tokens[last - 1].end + 1:
        part = _slash(tokens, last) if tokens[last].text.isdecimal() else None
        if part is not None:
            return value + part, last + 3
    return value, last


def _scientific(tokens: Sequence[Token], value: float, last: int) -> tuple[float, int]:
    """Multiply by the power of ten in "6.1×10^-5" (also "× 10−5")."""
    if last + 2 >= len(tokens) or tokens[last].text not in ("×", "x"):
        return value, last
    if tokens[last + 1].text != "10":
        return value, last
    at, sign = last + 2, 1
    if tokens[at].text == "^":
        at += 1
    if at < len(tokens) and tokens[at].text in _SIGNS:
        at, sign = at + 1, -1
    if at >= len(tokens) or not tokens[at].text.isdecimal() or len(tokens[at].text) > 3:
        return value, last
    return float(f"{value!r}e{sign * int(tokens[at].text)}") if "e" not in repr(
        value
    ) else value, at + 1
