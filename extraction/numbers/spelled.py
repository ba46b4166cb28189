"""Spelled cardinals: "one hundred and twelve", "two and a half million", "twelve hundred".

Belongs here: how number words, hyphens and "and" combine into one value. Does not belong here:
digits, fractions that stand alone, vague words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from extraction.numbers.number_words import CARDINAL_KINDS, WORDS, Word
from extraction.sentences import Token

_LONGEST_TAIL = 6
"""How many tokens after "and" are looked at to see which number they belong to."""


class Reading(NamedTuple):
    """A value and the token position behind its last word; `magnitude` is the last multiplier."""

    value: float
    last: int
    magnitude: float


class _Sum:
    """The value read so far: finished powers, the part below the next power, the last power."""

    __slots__ = ("chunk", "limit", "magnitude", "term", "total")

    def __init__(self) -> None:
        self.total = 0.0
        self.chunk = 0.0
        self.term = 0.0
        self.limit = float("inf")
        self.magnitude = 1.0

    def accepts(self, word: Word, via: str) -> bool:
        kind, below = word.kind, self.chunk % 100
        if via == "and" and not (self.chunk >= 100 or (self.chunk == 0 and self.total)):
            return False
        if kind == "digit":
            free = below == 0 or (below >= 20 and below % 10 == 0)
            return free and not (via == "and" and below)
        if kind in ("teen", "ten"):
            return below == 0
        if kind == "hundred":
            return 0 < self.chunk < 100 and via != "and"
        if kind == "power":
            return via != "and" and (self.chunk > 0 or self.total > 0) and self._power_fits(word)
        return False

    def _power_fits(self, word: Word) -> bool:
        return word.value < self.limit if self.chunk else word.value > self.limit

    def add(self, word: Word) -> None:
        if word.kind == "hundred":
            self.chunk *= 100
            self.magnitude = 100.0
        elif word.kind == "power":
            if self.chunk:
                self.term = self.chunk * word.value
            else:  # "three lakh crore"
                self.total -= self.term
                self.term *= word.value
            self.total += self.term
            self.chunk = 0.0
            self.limit = self.magnitude = word.value
        else:
            self.chunk += word.value
            self.magnitude = 1.0


def read_cardinal(
    tokens: Sequence[Token], first: int, start_value: float = 0.0, joined: bool = True
) -> Reading | None:
    """The longest spelled cardinal at token `first`; None where there is none.

    `start_value` is a number already read ("3" of "3 hundred thousand", 1 for "a hundred");
    with `joined` false "and" ends the number, as in "between one hundred and two hundred".
    """
    state = _Sum()
    state.chunk = start_value
    position, via, last = first, "", first
    while position < len(tokens):
        word = WORDS.get(tokens[position].lower)
        if word is None or word.kind not in CARDINAL_KINDS or not state.accepts(word, via):
            break
        if via == "and" and not _tail_belongs(tokens, position, state):
            break
        state.add(word)
        last = position + 1
        position, via = _bridge(tokens, last, joined)
    if last == first:
        return None
    return Reading(state.total + state.chunk, last, state.magnitude)


def _bridge(tokens: Sequence[Token], position: int, joined: bool) -> tuple[int, str]:
    """The next word's position, past a hyphen without spaces or past "and"."""
    if position + 1 >= len(tokens):
        return position, ""
    token = tokens[position]
    if token.text == "-" and is_hyphen(tokens, position):
        return position + 1, "-"
    if joined and token.lower == "and":
        return position + 1, "and"
    return position, ""


def is_hyphen(tokens: Sequence[Token], position: int) -> bool:
    """Whether the token at `position` is a hyphen that joins its neighbours without spaces."""
    return (
        0 < position < len(tokens) - 1
        and tokens[position].text in "-‐‑"
        and tokens[position - 1].end == tokens[position].start
        and tokens[position].end == tokens[position + 1].start
    )


def _tail_belongs(tokens: Sequence[Token], position: int, state: _Sum) -> bool:
    """Whether the words after "and" go on with this number, instead of beginning the next one."""
    for token in tokens[position : position + _LONGEST_TAIL]:
        word = WORDS.get(token.lower)
        if word is None:
            if token.text != "-":
                return True
        elif word.kind == "hundred" and state.chunk:
            return False
        elif word.kind == "power":
            return state.chunk > 0 or word.value < state.limit
    return True
