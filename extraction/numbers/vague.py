"""Words for an unnamed number: "dozens", "tens of thousands", "several hundred", "no casualties".

Belongs here: vague plurals, small vague words and the words for nothing. Does not belong here:
numbers that have a value, and bounds.
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.language.word_classes import word_class
from extraction.numbers.mention import Numeral
from extraction.numbers.number_words import WORDS, Word, words_in
from extraction.sentences import Token

_SCORES_NEXT = words_in("scores_next")
_ABSTRACT = words_in("abstract_plural")
_NEGATION_SKIP = words_in("negation_skip")
_PLURAL = words_in("plural")
_FARTHEST_HEAD = 4
"""Tokens after "no" within which the counted plural must stand."""


def read(tokens: Sequence[Token], at: int) -> Numeral | None:
    """The vague numeral or zero word at token `at` (an article may come first); else None."""
    first = at
    if tokens[at].lower == "a":
        at += 1
    word = WORDS.get(tokens[at].lower)
    if word is None:
        return None
    if word.kind in ("few", "couple", "handful"):
        return _small(tokens, first, at, word)
    if first != at:
        return None
    if word.kind == "vague":
        return _small(tokens, first, at, word)
    if word.kind in ("plural", "group_plural"):
        return _plural(tokens, at, word)
    if word.kind == "none" or (word.kind == "no" and counts_nothing(tokens, at)):
        return _made(tokens, at, at + 1, "zero", 0.0, None, None, 1.0)
    return None


def _made(
    tokens: Sequence[Token],
    first: int,
    last: int,
    form: str,
    value: float | None,
    low: float | None,
    high: float | None,
    magnitude: float,
) -> Numeral:
    return Numeral(
        first, last, tokens[first].start, tokens[last - 1].end, form, value, low, high, magnitude
    )


def _small(tokens: Sequence[Token], first: int, at: int, word: Word) -> Numeral | None:
    """ "several", "a few", "a couple", each alone or before "hundred", "dozen", "million"."""
    factor, last = 1.0, at + 1
    if word.kind == "couple" and _of_a_power(tokens, last):
        last += 1
    while last < len(tokens):
        power = WORDS.get(tokens[last].lower)
        if power is None or power.kind not in ("hundred", "power", "group"):
            break
        factor, last = factor * power.value, last + 1
    if word.kind != "vague" and first == at and factor == 1.0:
        return None  # "few" and "couple" alone are no numbers
    if word.kind == "couple":
        return _made(tokens, first, last, "vague", word.value * factor, None, None, factor)
    low = None if word.low is None else word.low * factor
    high = None if word.high is None else word.high * factor
    return _made(tokens, first, last, "vague", None, low, high, factor)


def _of_a_power(tokens: Sequence[Token], at: int) -> bool:
    """ "a couple of dozen", "a couple of hundred"."""
    if at + 1 >= len(tokens) or tokens[at].lower != "of":
        return False
    power = WORDS.get(tokens[at + 1].lower)
    return power is not None and power.kind in ("hundred", "power", "group")


def _plural(tokens: Sequence[Token], at: int, word: Word) -> Numeral | None:
    """ "hundreds", "tens of thousands", "scores of"."""
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    text = tokens[at].lower
    if text == "scores" and after not in _SCORES_NEXT:
        return None
    magnitude, last = word.value, at + 1
    while last + 1 < len(tokens) and tokens[last].lower == "of":
        larger = WORDS.get(tokens[last + 1].lower)
        if larger is None or larger.kind != "plural":
            break
        magnitude, last = magnitude * larger.value, last + 2
    if text == "tens" and last == at + 1:
        return None
    return _made(tokens, at, last, "vague", None, 2 * magnitude, None, magnitude)


def counts_nothing(tokens: Sequence[Token], at: int) -> bool:
    """Whether "no" at `at` counts something: a plural follows within the same noun phrase."""
    for offset, token in enumerate(tokens[at + 1 : at + 1 + _FARTHEST_HEAD]):
        word = token.lower
        if offset == 0 and word in _NEGATION_SKIP:
            return False
        if not word.isalpha() or word in WORDS:
            return False
        if word in _PLURAL or word_class(word) == "NNS":
            return word not in _ABSTRACT
    return False
