"""Ages: "34-year-old", "ten weeks old", "aged six to 12", "Ana Ruiz, 52,", "he will be 70".

Belongs here: which numbers are ages, and their unit. Does not belong here: whose age it is.
"""

from __future__ import annotations

from extraction.language.word_classes import word_class
from extraction.numbers.mention import Quantity
from extraction.numbers.number_words import words_in
from extraction.sentences import Sentence, Token

_OLD = words_in("age_old")
_BEFORE = words_in("age_before")
_NOUN = words_in("age_noun")
_LIMIT = words_in("age_limit")
_PRONOUN = words_in("age_pronoun")
_BE = words_in("age_be")
_CLOSERS = frozenset(",.;:)!?")
_DETERMINERS, _GOES_ON = words_in("determiner"), words_in("age_goes_on")
_LONGEST_ROLE = 3
"""Words between the article and the comma: "the former prison guard, 24,"."""
_OLDEST = 120


def read_age(sentence: Sentence, quantity: Quantity) -> None:
    """Mark an age with unit, kind and the flag `age`; its text includes "-year-old"."""
    tokens = sentence.tokens
    if quantity.dimension == "time":
        _with_unit(tokens, quantity)
    elif quantity.unit == "count" and _plausible(quantity) and _is_short_age(tokens, quantity):
        _mark(quantity, "year")


def _mark(quantity: Quantity, unit: str) -> None:
    quantity.unit, quantity.dimension, quantity.quantity_kind = unit, "time", "age"
    quantity.flags.add("age")


def _plausible(quantity: Quantity) -> bool:
    if quantity.numerals[0].form not in ("digits", "words"):
        return False
    top = quantity.high if quantity.value is None else quantity.value
    return top is not None and 0 < top <= _OLDEST


def _word(tokens: list[Token], position: int) -> str:
    return tokens[position].lower if 0 <= position < len(tokens) else ""


def _with_unit(tokens: list[Token], quantity: Quantity) -> None:
    """ "34-year-old", "five years old", "18 months of age"."""
    at = quantity.last
    hyphened = _word(tokens, at) in ("-", "‐", "‑")
    at += int(hyphened)
    if _word(tokens, at) in _OLD:
        quantity.last, quantity.end = at + 1, tokens[at].end
        _mark(quantity, quantity.unit)
    elif _word(tokens, at) == "of" and _word(tokens, at + 1) == "age":
        quantity.last, quantity.end = at + 2, tokens[at + 1].end
        _mark(quantity, quantity.unit)
    elif _word(tokens, quantity.first - 1) == "aged":
        _mark(quantity, quantity.unit)


def _is_short_age(tokens: list[Token], quantity: Quantity) -> bool:
    """Whether a number without a unit is an age by the words around it."""
    first, last = quantity.first, quantity.last
    before, earlier = _word(tokens, first - 1), _word(tokens, first - 2)
    after = _word(tokens, last)
    if before in _BEFORE and not (before in ("age", "ages") and after.isalpha() and after == "of"):
        return True
    if before == "of" and earlier == "age":
        return True
    if after == "yo" or (after == "-" and _word(tokens, last + 1) == "yo"):
        return True
    closed = not after or after in _CLOSERS
    if before in _LIMIT and earlier in _NOUN:
        return closed or word_class(after) not in ("NN", "NNS", "JJ", "CD", "NNP")
    if before in _BE and (earlier in _PRONOUN or _word(tokens, first - 3) in _PRONOUN):
        return closed or after in ("by", "when", "in", "on", "and", "at", "next", "this")
    if before != "," or not closed:
        return False
    return _is_name_before(tokens, first - 2, after) or _is_role_before(tokens, first - 2, last)


def _is_name_before(tokens: list[Token], at: int, after: str) -> bool:
    """Whether a person's name stands before the comma: "Vera Holm, 58", "Holm, 58, has"."""
    if at < 0 or not tokens[at].text[0].isupper() or not tokens[at].text[-1].isalpha():
        return False
    if at == 0:
        return after == ","
    before = tokens[at - 1]
    if before.text[0].isupper() or before.text == ".":
        return True
    return after == "," and word_class(before.lower) not in ("IN", "TO")


def _is_role_before(tokens: list[Token], at: int, last: int) -> bool:
    """Whether a person is named by role and the clause goes on: "The driver, 44, was held"."""
    if at < 1 or not tokens[at].text.islower() or _word(tokens, last) != ",":
        return False
    if word_class(tokens[at].lower) in ("IN", "TO", "CC", "DT", "VBD", "NNS"):
        return False
    introduced = not _DETERMINERS.isdisjoint(
        token.lower for token in tokens[max(0, at - _LONGEST_ROLE) : at]
    )
    return introduced and _word(tokens, last + 1) in _GOES_ON
