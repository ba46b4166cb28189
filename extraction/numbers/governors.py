"""The word that governs a number: the verb or preposition before it.

Belongs here: the way left over approximators, articles and adverbs. Does not belong here: what the
governing word means (`measure_cues`, `quantity_kinds`).
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import QUOTES, Surroundings

_APPROX = counting_words("approx")
_GOVERNING = frozenset(("of", "by", "from", "between"))
"""Approximators that are prepositions of their own: killed by 3 men."""


def governor(view: Surroundings, quantity: Quantity) -> int:
    """The position of the word that governs `quantity`; -1 where the sentence begins with it."""
    at = quantity.first - 1
    while at >= 0 and _may_pass(view, at):
        at -= 1
    return at


def _may_pass(view: Surroundings, at: int) -> bool:
    word = view.word(at)
    if word in _GOVERNING:
        return False
    if word == "to":
        return view.word(at - 1) == "up"
    if word == "at":
        return view.word(at + 1) in ("least", "most")
    return word in _APPROX or view.tag(at) in ("RB", "DT") or word in QUOTES
