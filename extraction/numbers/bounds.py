"""How exact a number is said to be: "at least", "nearly", "up to", "or more", "an estimated".

Belongs here: the words around a quantity that bound or soften it, and what they do to value, low and
high. Does not belong here: vague words and ranges, which bring their own interval.
"""

from __future__ import annotations

from typing import NamedTuple

from extraction.numbers.mention import Quantity
from extraction.numbers.number_words import words_in
from extraction.sentences import Sentence, Token, tokenize
from extraction.vocabulary import load_table


class _Phrase(NamedTuple):
    words: tuple[str, ...]
    comparator: str
    guard: str


_NEGATIONS = words_in("negation")
_TURNED = {"more_than": "at_most", "less_than": "at_least"}
_PLACES_A_DURATION = words_in("before_over_time")
_NO_BOUND_BEFORE_OVER = words_in("before_over")
_MOST_PHRASES = 4
"""How many bounding phrases may stand in a row before a number ("at least about just …")."""


def _index(side: str, key: int) -> dict[str, list[_Phrase]]:
    index: dict[str, list[_Phrase]] = {}
    for row in load_table("bounds", ("phrase", "side", "comparator")):
        if row["side"] == side:
            words = tuple(token.lower for token in tokenize(row["phrase"]))
            index.setdefault(words[key], []).append(_Phrase(words, row["comparator"], row["guard"]))
    for phrases in index.values():
        phrases.sort(key=lambda phrase: -len(phrase.words))
    return index


_BEFORE = _index("before", -1)
_AFTER = _index("after", 0)


def read_bounds(sentence: Sentence, quantity: Quantity) -> None:
    """Set comparator, bounds and the outer token range of `quantity` from the words around it."""
    tokens = sentence.tokens
    comparator = _before(tokens, quantity)
    behind = _after(tokens, quantity)
    if comparator is None or (comparator == "approximate" and behind is not None):
        comparator = behind
    _negation(tokens, quantity)
    _apply(quantity, comparator)


def _before(tokens: list[Token], quantity: Quantity) -> str | None:
    """The bound in front; a bound outranks an approximator ("up to about 40")."""
    found: str | None = None
    position = quantity.first if quantity.outer_first < 0 else quantity.outer_first
    quantity.outer_first = position
    for _ in range(_MOST_PHRASES):
        phrase = _ending_at(tokens, position, quantity)
        if phrase is None:
            break
        position -= len(phrase.words)
        if phrase.comparator == "exact":
            continue
        comparator = phrase.comparator
        if phrase.guard == "verb" or comparator in _TURNED:
            comparator = _turned(tokens, position, comparator)
        if found is None or (found == "approximate" and comparator != "approximate"):
            found = comparator
        quantity.outer_first = position
    return found


def _ending_at(tokens: list[Token], position: int, quantity: Quantity) -> _Phrase | None:
    """The longest phrase that ends right before `position` and whose guard agrees."""
    if position == 0:
        return None
    for phrase in _BEFORE.get(tokens[position - 1].lower, ()):
        first = position - len(phrase.words)
        if first < 0 or not _spells(tokens, first, phrase.words):
            continue
        if _guard_agrees(tokens, first, phrase, quantity):
            return phrase
    return None


def _spells(tokens: list[Token], first: int, words: tuple[str, ...]) -> bool:
    for position, word in enumerate(words, first):
        if tokens[position].lower != word:
            return False
    return True


def _guard_agrees(tokens: list[Token], first: int, phrase: _Phrase, quantity: Quantity) -> bool:
    if phrase.guard == "over" and first:
        before = tokens[first - 1].lower
        if quantity.dimension == "time":
            return before in _PLACES_A_DURATION
        return before not in _NO_BOUND_BEFORE_OVER
    if phrase.guard == "measured":
        return quantity.unit != "count"
    if phrase.guard == "length":
        return quantity.dimension in ("time", "length")
    return True


def _turned(tokens: list[Token], position: int, comparator: str) -> str:
    """ "cannot exceed 5" is at most 5; "not below 5" is at least 5."""
    for token in tokens[max(0, position - 2) : position]:
        if token.lower in _NEGATIONS or token.lower.endswith(("n't", "n’t")):
            return _TURNED[comparator]
    return comparator


def _after(tokens: list[Token], quantity: Quantity) -> str | None:
    """The bound behind the number, or behind one counted noun: "two people or more"."""
    quantity.outer_last = quantity.last
    for position in (quantity.last, quantity.last + 1):
        if position >= len(tokens):
            return None
        for phrase in _AFTER.get(tokens[position].lower, ()):
            last = position + len(phrase.words)
            if last <= len(tokens) and _spells(tokens, position, phrase.words):
                if _opens_next(tokens, last):
                    continue
                quantity.outer_last = last
                return phrase.comparator
        if not tokens[position].lower.isalpha():
            return None
    return None


def _opens_next(tokens: list[Token], last: int) -> bool:
    """Whether the phrase belongs to what follows: "five, at least ten", "or more than six"."""
    if last >= len(tokens):
        return False
    after = tokens[last]
    return after.lower in ("than", "a", "the") or after.text[0].isdecimal()


def _negation(tokens: list[Token], quantity: Quantity) -> None:
    """ "14, not 12": the second number is denied."""
    first = quantity.outer_first
    if first and tokens[first - 1].lower == "not":
        quantity.polarity = "negated"


def _apply(quantity: Quantity, comparator: str | None) -> None:
    form = quantity.numerals[0].form
    if quantity.comparator == "between":
        return
    if form == "fraction" and quantity.unit == "count":
        quantity.comparator, quantity.factor = "fraction_of", quantity.value
        quantity.value = quantity.low = quantity.high = None
    elif form == "multiple":
        quantity.comparator, quantity.factor = "multiple_of", quantity.value
        quantity.value = quantity.low = quantity.high = None
    elif form == "zero":
        _apply_to_value(quantity, "exact")
    elif form == "vague":
        quantity.comparator = "vague" if quantity.value is None else "approximate"
    else:
        _apply_to_value(quantity, comparator or "exact")


def _apply_to_value(quantity: Quantity, comparator: str) -> None:
    value = quantity.value
    quantity.comparator = comparator
    quantity.low = value if comparator in ("exact", "at_least", "more_than") else None
    quantity.high = value if comparator in ("exact", "at_most", "less_than") else None
    if quantity.low is not None:
        quantity.low_inclusive = comparator != "more_than"
    if quantity.high is not None:
        quantity.high_inclusive = comparator != "less_than"
