"""Numbers on a scale that is named beside them: quake magnitudes and storm categories.

Belongs here: "magnitude 6.4", "a 5.9 quake", "Category 4". Does not belong here: units proper.
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.numbers.unit_lexicon import UNITS
from extraction.sentences import Sentence, Token
from extraction.vocabulary import load_table

_ROWS = load_table("scales", ("word", "place", "unit"))
_BEFORE = {row["word"]: row["unit"] for row in _ROWS if row["place"] == "before"}
_AFTER = {row["word"]: row["unit"] for row in _ROWS if row["place"] == "after"}
_LINKS = frozenset(("-", "of", "a"))
_TOP_OF_SCALE = 10


def read_scale(sentence: Sentence, quantity: Quantity) -> None:
    """Set the unit of a number on a scale; its text stays the number, without the scale's name."""
    if quantity.unit != "count" or quantity.value is None:
        return
    tokens = sentence.tokens
    name = _name_before(tokens, quantity.first)
    if name is not None:
        quantity.outer_first = name
        _set(quantity, _BEFORE[tokens[name].lower])
        return
    after = tokens[quantity.last].lower if quantity.last < len(tokens) else ""
    if after in _AFTER and quantity.value < _TOP_OF_SCALE and not quantity.value.is_integer():
        _set(quantity, _AFTER[after])


def _name_before(tokens: list[Token], first: int) -> int | None:
    """Position of the scale's name before the number: "magnitude 6.4", "magnitude of 6.4"."""
    at = first - 1
    if at > 0 and tokens[at].lower in _LINKS:
        at -= 1
    return at if at >= 0 and tokens[at].lower in _BEFORE else None


def _set(quantity: Quantity, unit: str) -> None:
    quantity.unit, quantity.dimension = unit, UNITS[unit].dimension
