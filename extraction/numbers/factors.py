"""Factors: "three times larger", "12 times what …", against "fired three times".

Belongs here: whether "N times" multiplies what follows or counts occasions. Does not belong here:
the value that is multiplied (`links`).
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.numbers.number_words import words_in
from extraction.sentences import Sentence

_NEXT = words_in("multiple_next")
_LARGER = words_in("larger")


def read_factor(sentence: Sentence, quantity: Quantity) -> None:
    """Make "three times" before a comparison a factor whose text includes "times"."""
    tokens = sentence.tokens
    if quantity.unit != "count" or quantity.numerals[0].form not in ("digits", "words"):
        return
    at = quantity.last
    if at >= len(tokens) or tokens[at].lower not in ("times", "x"):
        return
    after = tokens[at + 1].lower if at + 1 < len(tokens) else ""
    attached = tokens[at].lower == "x" and tokens[at].start == quantity.end
    if after not in _NEXT and not attached:
        return
    quantity.last, quantity.end = at + 1, tokens[at].end
    quantity.comparator, quantity.factor = "multiple_of", quantity.value
    quantity.value = quantity.low = quantity.high = None
    if after in _LARGER:
        quantity.change = _LARGER_IS_UP
    quantity.flags.add("factor")


_LARGER_IS_UP = "up"
