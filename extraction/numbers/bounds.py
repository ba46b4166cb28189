"""How exact a number is said to be: "at least", "nearly", "up to", "or more", "an estimated".

Belongs here: the words around a quantity that bound or soften it, and what they do to value, low
and high. Does not belong here: vague words and ranges, which bring their own interval.
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


_Index = dict[str, tuple[tuple[int, dict[tuple[str, ...], _Phrase]], ...]]


def _index(side: str, key: int) -> _Index:
    """Phrases of one side by their token at `key`, then by length, longest first."""
    index: dict[str, dict[int, dict[tuple[str, ...], _Phrase]]] = {}
    for row in load_table("bounds", ("phrase", "side", "comparator")):
        if row["side"] == side:
            words = tuple(token.lower for token in tokenize(row["phrase"]))
            lengths = index.setdefault(words[key], {})
            lengths.setdefault(len(words), {})[words] = _Phrase(
                words, row["comparator"], row["guard"]
            )
    return {
        word: tuple(sorted(lengths.items(), key=lambda item: -item[0]))
        for word, lengths in index.items()
    }


_BEFORE = _index("before", -1)
_AFTER = _index("after", 0)


def read_bounds(sentence: Sentence, quantity: Quantity) -> None:
    """Set comparator, bounds and the outer token range of `quantity` from the words around it."""
    tokens = sentence.tokens
    comparator = _before(sentence, quantity)
    behind = _after(sentence, quantity)
    if comparator is None or (comparator == "approximate" and behind is not None):
        comparator = behind
    _negation(tokens, quantity)
    _apply(quantity, comparator)


def _before(sentence: Sentence, quantity: Quantity) -> str | None:
    """The bound in front; a bound outranks an approximator ("up to about 40")."""
    found: str | None = None
    position = quantity.first if quantity.outer_first < 0 else quantity.outer_first
    quantity.outer_first = position
    for _ in range(_MOST_PHRASES):
        phrase = _ending_at(sentence, position, quantity)
        if phrase is None:
            break
        position -= len(phrase.words)
        if phrase.comparator == "exact":
            continue
        comparator = phrase.comparator
        if phrase.guard == "verb" or comparator in _TURNED:
            comparator = _turned(sentence.tokens, position, comparator)
        if found is None or (found == "approximate" and comparator != "approximate"):
            found = comparator
        quantity.outer_first = position
    return found


def _ending_at(sentence: Sentence, position: int, quantity: Quantity) -> _Phrase | None:
    """The longest phrase that ends right before `position` and whose guard agrees."""
    lowers = sentence.lowers
    for length, phrases in _BEFORE.get(lowers[position - 1], ()) if position else ():
        phrase = phrases.get(lowers[position - length : position]) if length <= position else None
        if phrase and (
            not phrase.guard or _guard_agrees(lowers, position - length, phrase, quantity)
        ):
            return phrase
    return None


def _guard_agrees(lowers: tuple[str, ...], first: int, phrase: _Phrase, quantity: Quantity) -> bool:
    if phrase.guard == "over" and first:
        before = lowers[first - 1]
        if quantity.dimension == "time" and "age" not in quantity.flags:
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


def _after(sentence: Sentence, quantity: Quantity) -> str | None:
    """The bound behind the number, or behind one counted noun: "two people or more"."""
    lowers = sentence.lowers
    quantity.outer_last = quantity.last
    for position in (quantity.last, quantity.last + 1):
        if position >= len(lowers):
            return None
        for length, phrases in _AFTER.get(lowers[position], ()):
            last = position + length
            phrase = phrases.get(lowers[position:last])
            if phrase is not None and not _opens_next(lowers, last):
                quantity.outer_last = last
                return phrase.comparator
        if not lowers[position].isalpha():
            return None
    return None


def _opens_next(lowers: tuple[str, ...], last: int) -> bool:
    """Whether the phrase belongs to what follows: "five, at least ten", "or more than six"."""
    if last >= len(lowers):
        return False
    return lowers[last] in ("than", "a", "the") or lowers[last][0].isdecimal()


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
