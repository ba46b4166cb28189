"""The unit of a number: what stands before it ("US$"), behind it ("sq km"), or both.

Belongs here: which surface around a number is its unit, and the span that both make. Does not
belong here: the surfaces (`unit_lexicon`), doubtful ones (`unit_guards`), bounds, what is counted.
"""

from __future__ import annotations

from extraction.numbers.mention import Numeral, Quantity
from extraction.numbers.number_words import WORDS, words_in
from extraction.numbers.spelled import is_hyphen
from extraction.numbers.unit_guards import GUARDS, Place
from extraction.numbers.unit_lexicon import (
    FIRST_TOKENS,
    Surface,
    Unit,
    surfaces_beginning_at,
    surfaces_ending_at,
)
from extraction.sentences import Sentence, Token

_MODIFIERS = words_in("unit_modifier")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}
_MAY_OPEN = frozenset((*FIRST_TOKENS, *_MODIFIERS, *_CLOSING, *"-‐‑", "of", "a", "an"))
"""What may follow a number that has a unit: anything else means that it has none."""
_BESIDE_A_SIGN = frozenset("(~<>=+/")
"""What may touch a currency code from the left; a letter or hyphen makes it a name ("QTX-R14")."""


def measure(sentence: Sentence, numeral: Numeral, floor: int = 0) -> Quantity:
    """The quantity of one numeral: its unit, and a span that covers number, magnitude and unit.

    Tokens before position `floor` belong to an earlier quantity.
    """
    tokens = sentence.tokens
    quantity = Quantity(
        [numeral],
        numeral.first,
        numeral.last,
        numeral.start,
        numeral.end,
        numeral.value,
        numeral.low,
        numeral.high,
    )
    before = _unit_before(sentence, tokens, numeral, floor)
    if before is not None:
        _take(quantity, tokens, before[0], before[1], numeral.last)
        _magnitude_of_code(quantity, tokens, before[0], numeral.last)
        return quantity
    if numeral.form == "fraction" and _one_and_a_half(sentence, quantity):
        return quantity
    after = unit_after(sentence, numeral, numeral.last)
    if after is not None:
        _take(quantity, tokens, after[0], numeral.first, after[2])
        if after[0].dimension == "currency":
            _magnitude_after_code(quantity, tokens, after[1], after[2])
        else:
            _denominator(quantity, sentence, after[2])
    return quantity


def _denominator(quantity: Quantity, sentence: Sentence, at: int) -> None:
    """ "12 kV/cm", "20 micrograms per gram": the unit below the line."""
    tokens = sentence.tokens
    if at + 1 >= len(tokens) or tokens[at].lower not in ("/", "per"):
        return
    for surface, last in surfaces_beginning_at(sentence, at + 1):
        if surface.guard in ("", "attached", "glued"):
            quantity.per = surface.unit.name
            if tokens[at].text == "/":
                quantity.last, quantity.end = last, tokens[last - 1].end
            return


def _one_and_a_half(sentence: Sentence, quantity: Quantity) -> bool:
    """ "a month and a half", "an hour and a quarter": one unit, and a part of it."""
    first, lowers = quantity.first - 3, sentence.lowers
    if first < 0 or lowers[first + 2] != "and" or lowers[first] not in ("a", "an", "one"):
        return False
    for surface, last in surfaces_beginning_at(sentence, first + 1):
        if last == first + 2 and surface.guard in ("", "counted_second"):
            quantity.value = (quantity.value or 0.0) + 1
            _take(quantity, sentence.tokens, surface.unit, first, quantity.last)
            return True
    return False


def is_measured(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether digits carry a currency code ("EUR 500"), or a unit without a space ("3.2GHz")."""
    if numeral.form != "digits":
        return False
    tokens, first = sentence.tokens, numeral.first
    if _unit_before(sentence, tokens, numeral, 0) is not None:
        return True
    if (
        first
        and tokens[first - 1].end == numeral.start
        and tokens[first - 1].text not in _BESIDE_A_SIGN
    ):
        return False
    after = unit_after(sentence, numeral, numeral.last)
    if after is None or tokens[numeral.last].start != numeral.end:
        return False
    return len(tokens[after[1]].text) > 1 or after[0].dimension == "currency"


def _take(quantity: Quantity, tokens: list[Token], unit: Unit, first: int, last: int) -> None:
    quantity.unit, quantity.dimension = unit.name, unit.dimension
    quantity.first, quantity.last = first, last
    quantity.start, quantity.end = tokens[first].start, tokens[last - 1].end


def _unit_before(
    sentence: Sentence, tokens: list[Token], numeral: Numeral, floor: int
) -> tuple[Unit, int] | None:
    """The currency sign or code that ends at the number, and where it begins."""
    if numeral.first == 0 or numeral.form == "fraction":
        return None
    if numeral.start - tokens[numeral.first - 1].end > 1:
        return None
    for surface, first in surfaces_ending_at(sentence, numeral.first):
        if first < floor or not _stands_alone(tokens, first, surface):
            continue
        if GUARDS[surface.guard](Place(sentence, tokens, numeral, first, numeral.first)):
            return surface.unit, first
    return None


def _stands_alone(tokens: list[Token], first: int, surface: Surface) -> bool:
    """Whether the sign is no part of a word ("QTX-R14") and no article ("A $40 million loan")."""
    token = tokens[first]
    if token.text == "A" and len(surface.lower) > 1 and token.end != tokens[first + 1].start:
        return False
    if first == 0 or not token.text[0].isalpha() or tokens[first - 1].end != token.start:
        return True
    return tokens[first - 1].text in _BESIDE_A_SIGN


def unit_after(sentence: Sentence, numeral: Numeral, position: int) -> tuple[Unit, int, int] | None:
    """The unit behind the number, and the token positions where it begins and ends; else None.

    It may be joined by a hyphen ("90-minute"), stand in brackets ("5 (kg)") or, behind a fraction,
    follow an article ("half an hour").
    """
    tokens = sentence.tokens
    if position >= len(tokens) or tokens[position].lower not in _MAY_OPEN:
        return None
    first = _where_unit_begins(tokens, numeral, position)
    if first >= len(tokens):
        return None
    for surface, last in surfaces_beginning_at(sentence, first):
        if _begins_next(tokens, last):
            continue
        if GUARDS[surface.guard](Place(sentence, tokens, numeral, first, last)):
            bracketed = first > position and tokens[position].text in _CLOSING
            return surface.unit, first, last + int(bracketed)
    return None


def _begins_next(tokens: list[Token], last: int) -> bool:
    """Whether the surface belongs to what follows: "1 $10 bill", "3170L85"."""
    if last >= len(tokens) or tokens[last - 1].end != tokens[last].start:
        return False
    after = tokens[last].text[0]
    return after.isdecimal() and not tokens[last - 1].text[-1].isdecimal()


def _where_unit_begins(tokens: list[Token], numeral: Numeral, position: int) -> int:
    if is_hyphen(tokens, position):
        return position + 1
    if tokens[position].lower in _MODIFIERS and position + 1 < len(tokens):
        return position + 1
    text = tokens[position].text
    closing = _CLOSING.get(text)
    if closing and position + 2 < len(tokens) and tokens[position + 2].text == closing:
        return position + 1
    if numeral.form == "vague" and text == "of":
        return position + 1
    if numeral.form == "fraction" or 0 < (numeral.value or 0.0) < 1:
        if tokens[position].lower == "of" and position + 1 < len(tokens):
            position += 1 if tokens[position + 1].lower in ("a", "an") else 0
        if tokens[position].lower in ("a", "an"):
            return position + 1
    return position


def _magnitude_of_code(quantity: Quantity, tokens: list[Token], unit: Unit, last: int) -> None:
    """ "MEUR 40": the code carries the million."""
    if tokens[quantity.first].text == f"M{unit.name}":
        _scale(quantity, 1e6)
    elif last < len(tokens) and unit.dimension == "currency":
        _magnitude_after_code(quantity, tokens, quantity.first, last)


def _magnitude_after_code(quantity: Quantity, tokens: list[Token], code_at: int, last: int) -> None:
    """ "20 USD million", "15 MUSD"."""
    if code_at >= 0 and tokens[code_at].text == f"M{quantity.unit}":
        _scale(quantity, 1e6)
    if quantity.numerals[0].magnitude > 1 or last >= len(tokens):
        return
    word = WORDS.get(tokens[last].lower)
    if word is not None and word.kind == "power":
        _scale(quantity, word.value)
        quantity.last, quantity.end = last + 1, tokens[last].end


def _scale(quantity: Quantity, factor: float) -> None:
    if quantity.value is not None:
        quantity.value *= factor
