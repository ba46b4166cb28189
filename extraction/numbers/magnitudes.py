"""The multipliers behind a number: "1.2 billion", "45bn", "5 crore", "3.4m", "two dozen".

Belongs here: which word or letter multiplies the number before it. Does not belong here: how the
number itself is read.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.language.word_classes import word_class
from extraction.numbers.number_words import WORDS
from extraction.numbers.spelled import Reading, is_hyphen, read_cardinal
from extraction.sentences import Token, tokenize
from extraction.vocabulary import load_table

_MONEY_SIGNS = frozenset(
    tokenize(row["surface"])[-1].text
    for row in load_table("unit_surfaces", ("surface", "case", "place", "unit"))
    if row["place"] == "both"
)
"""Last tokens of the currency signs and codes that stand before a number."""
_MEASURED = frozenset(
    row["word"] for row in load_table("unit_cues", ("cue", "word")) if row["cue"] == "measured"
)
_FARTHEST_NOUN = 6
"""Tokens behind "3.4m" among which the counted plural is looked for."""


def scale(tokens: Sequence[Token], first: int, value: float, last: int) -> tuple[float, int, float]:
    """Value, end and multiplier of a number in digits with what multiplies it."""
    if last >= len(tokens):
        return value, last, 1.0
    at = last + 1 if is_hyphen(tokens, last) else last
    word = WORDS.get(tokens[at].lower)
    if word is None:
        return value, last, 1.0
    if word.kind in ("hundred", "power"):
        reading = read_cardinal(tokens, at, abs(value), True)
        if reading is not None:
            return (
                (reading.value if value >= 0 else -reading.value),
                reading.last,
                reading.magnitude,
            )
    near = tokens[at].start - tokens[last - 1].end <= 1
    if near and (
        word.kind == "suffix"
        or (word.kind == "letter" and _letter_multiplies(tokens, first, last, at))
    ):
        return value * word.value, at + 1, word.value
    return value, last, 1.0


def _letter_multiplies(tokens: Sequence[Token], first: int, last: int, at: int) -> bool:
    """Whether one letter behind digits multiplies: "£45m" and "4.3M" do, "1.8m tall" doesn't."""
    letter = tokens[at].text
    adjacent = tokens[at].start == tokens[last - 1].end
    money = first > 0 and _is_money(tokens, first)
    if money:
        return True
    if letter in ("k", "K"):
        return adjacent
    if letter in ("t", "T", "mm", "b"):
        return False
    if letter in ("M", "MM", "B"):
        return adjacent or letter == "B"
    return adjacent and _noun_follows(tokens, at + 1)


def _is_money(tokens: Sequence[Token], first: int) -> bool:
    """Whether a currency sign or code stands right before the number: "£45m", "USD10m"."""
    return tokens[first - 1].text in _MONEY_SIGNS


def _noun_follows(tokens: Sequence[Token], at: int) -> bool:
    """Whether a plural or "of" follows, as in "5.2m tonnes", "5m registered users"."""
    for token in tokens[at : at + _FARTHEST_NOUN]:
        if token.lower == "of" and token is tokens[at]:
            return True
        if token.lower in _MEASURED or not token.lower.isalpha():
            return False
        kind = word_class(token.text)
        if kind in ("NNS", "NNPS"):
            return True
        if kind not in ("JJ", "JJR", "JJS", "NN", "NNP", "VBN", "VBG", "CC"):
            return False
    return False


def _past_hyphen(tokens: Sequence[Token], at: int) -> int:
    return at + 1 if at < len(tokens) and is_hyphen(tokens, at) else at


def with_tail(tokens: Sequence[Token], reading: Reading) -> Reading:
    """Add "and a half" or "and three quarters", and a power behind it: "two and a half million"."""
    at = _past_hyphen(tokens, reading.last)
    if at + 1 >= len(tokens) or tokens[at].lower != "and":
        return reading
    count, at = 1.0, _past_hyphen(tokens, at + 1)
    first = WORDS.get(tokens[at].lower)
    if tokens[at].lower in ("a", "one"):
        at += 1
    elif first is not None and first.kind == "digit":
        count, at = first.value, at + 1
    if at >= len(tokens):
        return reading
    if is_hyphen(tokens, at):
        at += 1
    word = WORDS.get(tokens[at].lower)
    if word is None or word.kind not in ("half", "part", "parts", "glyph"):
        return reading
    part = word.value if word.kind in ("half", "glyph") else count / word.value
    value, last = reading.value + part * reading.magnitude, at + 1
    power = WORDS.get(tokens[last].lower) if last < len(tokens) else None
    if power is not None and power.kind == "power" and reading.magnitude == 1:
        return Reading(value * power.value, last + 1, power.value)
    return Reading(value, last, reading.magnitude)


def times_group(tokens: Sequence[Token], reading: Reading) -> Reading:
    """ "two dozen", "3 dozens"."""
    at = reading.last
    if at < len(tokens) and is_hyphen(tokens, at):
        at += 1
    word = WORDS.get(tokens[at].lower) if at < len(tokens) else None
    if word is not None and word.kind in ("group", "group_plural") and reading.value < 1000:
        return Reading(reading.value * word.value, at + 1, word.value)
    return reading
