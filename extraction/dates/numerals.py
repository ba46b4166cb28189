"""Numbers as date symbols: days of the month, years, decades, ISO and slashed dates.

Belongs here: which kind of date number a run of digits can be. Does not belong here: what it
resolves to.
"""

from __future__ import annotations

import re
from functools import cache

from extraction.dates.symbols import OTHER, Symbol
from extraction.sentences import Token
from extraction.vocabulary import load_table

_ORDINAL_ENDINGS = frozenset(("st", "nd", "rd", "th"))
_APOSTROPHES = frozenset("'’‘")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})$")
_MARKS = frozenset("-/")
_DECADE_ENDINGS = frozenset(("s", "'s", "’s"))


@cache
def _context_words(side: str) -> frozenset[str]:
    return frozenset(
        row["word"] for row in load_table("year_context", ("word", "side")) if row["side"] == side
    )


_LONGEST_NUMBER = 12
"""Digits beyond which a number is in no date; Python refuses to read thousands of them."""


def number_symbol(
    tokens: list[Token], position: int, before: list[Symbol], capitals: bool
) -> tuple[Symbol, int]:
    """The symbol that begins with the digits at `position`, and the number of tokens it takes."""
    token = tokens[position]
    digits = token.lower
    found = _compound(tokens, position)
    if found:
        return found
    plain = digits.isascii() and digits.isdigit()
    if not plain or len(digits) > _LONGEST_NUMBER or _is_name_part(tokens, position):
        return Symbol(OTHER, digits, token.start, token.end), 1
    if len(digits) == 4:
        return _year(tokens, position, before)
    value = int(digits)
    width = 1
    end = token.end
    following = _adjacent(tokens, position + 1)
    if following in _ORDINAL_ENDINGS:
        width, end = 2, tokens[position + 1].end
    if len(digits) == 2 and following == "s":
        return Symbol("DECADE", digits, token.start, tokens[position + 1].end), 2
    if len(digits) == 2 and _is_short_year(tokens, position, before, capitals):
        return Symbol("YY", digits, token.start, end), width
    if following == "%":
        return Symbol(OTHER, digits, token.start, end), width
    kind = "DAYNUM" if 1 <= value <= 31 and len(digits) <= 2 else "NUM"
    return Symbol(kind, str(value) if len(digits) < 7 else "", token.start, end), width


def _adjacent(tokens: list[Token], position: int) -> str:
    """The lower-case token at `position` if no space parts it from the one before, else ""."""
    if position >= len(tokens) or tokens[position].start != tokens[position - 1].end:
        return ""
    return tokens[position].lower


def _compound(tokens: list[Token], position: int) -> tuple[Symbol, int] | None:
    """ISO (2024-05-01), slashed (5/1/2024) and dotted (01.05.2024) dates."""
    token = tokens[position]
    dotted = _DOTTED.match(token.lower) if "." in token.lower else None
    if dotted:
        day, month, year = dotted.groups()
        return Symbol("ISO", f"{year}-{month}-{day}", token.start, token.end), 1
    if _adjacent(tokens, position + 1) not in _MARKS:
        return None
    run = [token.lower, *(_adjacent(tokens, position + k) for k in range(1, 5))]
    if not (run[2].isdigit() and run[4].isdigit() and run[2].isascii() and run[4].isascii()):
        return None
    if max(len(run[0]), len(run[2]), len(run[4])) > 4:
        return None
    end = tokens[position + 4].end
    if run[1] == run[3] == "-" and len(run[0]) == 4:
        return Symbol("ISO", f"{run[0]}-{run[2]}-{run[4]}", token.start, end), 5
    if run[1] == run[3] == "/" and len(run[4]) in (2, 4) and len(run[0]) <= 2:
        return Symbol("SLASHED", f"{run[0]}/{run[2]}/{run[4]}", token.start, end), 5
    return None


def _is_name_part(tokens: list[Token], position: int) -> bool:
    """Whether the number hangs on a word by a hyphen: the 16 of F-16."""
    if position < 2 or tokens[position - 1].text != "-":
        return False
    hyphen, word = tokens[position - 1], tokens[position - 2]
    glued = hyphen.start == word.end and tokens[position].start == hyphen.end
    return (
        glued and word.text.isalpha() and word.lower not in ("mid", "pre", "post", "end", "early")
    )


def _year(tokens: list[Token], position: int, before: list[Symbol]) -> tuple[Symbol, int]:
    token = tokens[position]
    year = int(token.lower)
    if _adjacent(tokens, position + 1) in _DECADE_ENDINGS and year % 10 == 0:
        return Symbol("DECADE", token.lower, token.start, tokens[position + 1].end), 2
    if 1000 <= year <= 2199 and _reads_as_year(tokens, position, before, year):
        return Symbol("YEAR", token.lower, token.start, token.end), 1
    return Symbol("NUM", token.lower, token.start, token.end), 1


def _reads_as_year(tokens: list[Token], position: int, before: list[Symbol], year: int) -> bool:
    left = tokens[position - 1].lower if position else ""
    if tokens[position - 1].text == "." and position > 1:
        left = tokens[position - 2].lower
    right = tokens[position + 1] if position + 1 < len(tokens) else None
    kind = before[-1].kind if before else ""
    if kind == "MONTH" or (kind == "COMMA" and len(before) > 1 and before[-2].kind == "DAYNUM"):
        return True
    if left in _context_words("left"):
        return False
    if right is not None and right.lower in _context_words("right"):
        return False
    if not 1700 <= year <= 2099:
        return kind in ("IN", "SINCE") and not (
            right and right.text.islower() and right.text.isalpha()
        )
    counts_noun = right is not None and right.text.islower() and right.lower.endswith("s")
    return not (counts_noun and kind in (OTHER, "APPROX") and left.isalpha() and left.islower())


def _is_short_year(
    tokens: list[Token], position: int, before: list[Symbol], capitals: bool
) -> bool:
    """Whether two digits are a year: '98, or the 90 of "4 FEB 90"."""
    token = tokens[position]
    if position and tokens[position - 1].text in _APOSTROPHES:
        return tokens[position - 1].end == token.start
    dated = len(before) > 1 and before[-1].kind == "MONTH" and before[-2].kind == "DAYNUM"
    return dated and (capitals or before[-1].is_short) and int(token.lower) > 31
