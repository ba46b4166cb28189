"""Factors: "three times larger", "12 times what …", against "fired three times".

Belongs here: whether "N times" multiplies what follows or counts occasions. Does not belong here:
the value that is multiplied (`links`).
"""

from __future__ import annotations

from collections.abc import Sequence

from extraction.numbers.mention import Quantity
from extraction.numbers.number_words import words_in
from extraction.sentences import Sentence, Token

_NEXT = words_in("multiple_next")
_OCCASIONS = frozenset(("twice", "thrice"))
_LARGER = words_in("larger")


def read_factor(sentence: Sentence, quantity: Quantity) -> None:
    """Make "three times" before a comparison a factor whose text includes "times"."""
    tokens = sentence.tokens
    if _counts_occasions(tokens, quantity):
        quantity.comparator, quantity.value, quantity.factor = "exact", quantity.factor, None
        quantity.low = quantity.high = quantity.value
        quantity.low_inclusive = quantity.high_inclusive = True
        return
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


def _counts_occasions(tokens: Sequence[Token], quantity: Quantity) -> bool:
    """ "was hit twice": a number of occasions, since nothing follows that could be multiplied."""
    if quantity.factor is None or tokens[quantity.first].lower not in _OCCASIONS:
        return False
    after = tokens[quantity.last].lower if quantity.last < len(tokens) else ""
    return after not in _NEXT and not after[:1].isdigit() and after not in "$£€"
