"""The unit of a number: what stands before it ("US$"), behind it ("sq km"), or both.

Belongs here: matching the surfaces of `unit_surfaces.tsv` around a number, and conversion to base
units. Does not belong here: which number it is, bounds, what is counted.
"""

from __future__ import annotations

from typing import NamedTuple

from extraction.numbers.mention import Numeral, Quantity
from extraction.numbers.number_words import WORDS, words_in
from extraction.numbers.spelled import is_hyphen
from extraction.numbers.unit_guards import GUARDS, Place
from extraction.sentences import Sentence, Token, tokenize
from extraction.vocabulary import VocabularyError, load_table


class Unit(NamedTuple):
    """One unit: canonical name, dimension, and the way to the base unit (null where there is none)."""

    name: str
    dimension: str
    base_unit: str | None
    factor: float
    offset: float


class _Entry(NamedTuple):
    lower: tuple[str, ...]
    exact: tuple[str, ...] | None
    unit: Unit
    guard: str


def _load_units() -> dict[str, Unit]:
    return {
        row["unit"]: Unit(
            row["unit"],
            row["dimension"],
            row["base_unit"] or None,
            float(row["factor"] or 1),
            float(row["offset"] or 0),
        )
        for row in load_table("units", ("unit", "dimension"))
    }


UNITS: dict[str, Unit] = _load_units()
"""Canonical name → unit."""

_MODIFIERS = words_in("unit_modifier")
_AFTER: dict[str, list[_Entry]] = {}
_BEFORE: dict[str, list[_Entry]] = {}


def _compile() -> None:
    """Fill the two indexes: surfaces by first token (behind) and by last token (before)."""
    for row in load_table("unit_surfaces", ("surface", "case", "place", "unit")):
        unit = UNITS.get(row["unit"])
        if unit is None or row["guard"] not in GUARDS:
            raise VocabularyError(
                f"unit_surfaces.tsv: {row['surface']!r} names unknown {row['unit']!r} or guard "
                f"{row['guard']!r}; run generate_units again"
            )
        tokens = tokenize(row["surface"])
        exact = tuple(t.text for t in tokens) if row["case"] == "exact" else None
        entry = _Entry(tuple(t.lower for t in tokens), exact, unit, row["guard"])
        _AFTER.setdefault(entry.lower[0], []).append(entry)
        if row["place"] == "both":
            _BEFORE.setdefault(entry.lower[-1], []).append(entry)
    for index in (_AFTER, _BEFORE):
        for entries in index.values():
            entries.sort(key=lambda e: (-len(e.lower), e.exact is None))


_compile()
_MAY_OPEN = frozenset((*_AFTER, *_MODIFIERS, *"-‐‑([{<", "of", "a", "an"))
"""What may follow a number that has a unit: anything else means that it has none."""


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
    after = unit_after(sentence, numeral, numeral.last)
    if after is not None:
        _take(quantity, tokens, after[0], numeral.first, after[2])
        if after[0].dimension == "currency":
            _magnitude_after_code(quantity, tokens, after[1], after[2])
        else:
            _denominator(quantity, tokens, after[2])
    return quantity


def _denominator(quantity: Quantity, tokens: list[Token], at: int) -> None:
    """ "10 kV/cm", "37 micrograms per gram": the unit below the line."""
    if at + 1 >= len(tokens) or tokens[at].lower not in ("/", "per"):
        return
    for entry in _AFTER.get(tokens[at + 1].lower, ()):
        last = at + 1 + len(entry.lower)
        if _matches(tokens, at + 1, entry) and entry.guard in ("", "attached", "glued"):
            quantity.per = entry.unit.name
            if tokens[at].text == "/":
                quantity.last, quantity.end = last, tokens[last - 1].end
            return


def is_measured(sentence: Sentence, numeral: Numeral) -> bool:
    """Whether digits carry a currency sign or code ("EUR 125"), or a unit without a space ("2.4GHz")."""
    if numeral.form != "digits":
        return False
    tokens, first = sentence.tokens, numeral.first
    if _unit_before(sentence, tokens, numeral, 0) is not None:
        return True
    if (
        first
        and tokens[first - 1].end == numeral.start
        and tokens[first - 1].text[-1] not in "(~<>="
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
    for entry in _BEFORE.get(tokens[numeral.first - 1].lower, ()):
        first = numeral.first - len(entry.lower)
        if first < 0 or not _matches(tokens, first, entry):
            continue
        if numeral.start - tokens[numeral.first - 1].end > 1 or first < floor:
            continue
        if len(tokens[first].text) == 1 and tokens[first].text.isalpha() and len(entry.lower) > 1:
            if tokens[first].end != tokens[first + 1].start:
                continue  # "A $40 million loan" is no Australian one
        if (
            first
            and tokens[first].text[0].isalpha()
            and tokens[first - 1].end == tokens[first].start
        ):
            if tokens[first - 1].text not in "(~<>=+/":
                continue  # "PLX-R18"
        if GUARDS[entry.guard](Place(sentence, tokens, numeral, first, numeral.first)):
            return entry.unit, first
    return None


def unit_after(sentence: Sentence, numeral: Numeral, position: int) -> tuple[Unit, int, int] | None:
    """The unit behind the number, and the token positions where it begins and ends; else None.

    It may be joined by a hyphen ("90-minute"), stand in brackets ("20 (kg)") or, behind a fraction,
    follow an article ("half an hour").
    """
    tokens = sentence.tokens
    if position >= len(tokens) or tokens[position].lower not in _MAY_OPEN:
        return None
    first = _where_unit_begins(tokens, numeral, position)
    for entry in _AFTER.get(tokens[first].lower, ()) if first < len(tokens) else ():
        last = first + len(entry.lower)
        if not _matches(tokens, first, entry):
            continue
        if _begins_next(tokens, last):
            continue
        if GUARDS[entry.guard](Place(sentence, tokens, numeral, first, last)):
            bracketed = first > position and tokens[position].text in "([{<"
            return entry.unit, first, last + int(bracketed)
    return None


def _begins_next(tokens: list[Token], last: int) -> bool:
    """Whether the surface belongs to what follows: "1 $10 bill", "24703L202"."""
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
    closing = {"(": ")", "[": "]", "{": "}", "<": ">"}.get(text)
    if closing and position + 2 < len(tokens) and tokens[position + 2].text == closing:
        return position + 1
    if numeral.form == "fraction":
        if tokens[position].lower == "of" and position + 1 < len(tokens):
            position += 1 if tokens[position + 1].lower in ("a", "an") else 0
        if tokens[position].lower in ("a", "an"):
            return position + 1
    return position


def _matches(tokens: list[Token], first: int, entry: _Entry) -> bool:
    if first + len(entry.lower) > len(tokens):
        return False
    for position, lower in enumerate(entry.lower, first):
        if tokens[position].lower != lower:
            return False
    if entry.exact is not None:
        for position, text in enumerate(entry.exact, first):
            if tokens[position].text != text:
                return False
    return True


def _magnitude_of_code(quantity: Quantity, tokens: list[Token], unit: Unit, last: int) -> None:
    """ "MAUD 60": the code carries the million."""
    if tokens[quantity.first].text == f"M{unit.name}":
        _scale(quantity, 1e6)
    elif last < len(tokens) and unit.dimension == "currency":
        _magnitude_after_code(quantity, tokens, quantity.first, last)


def _magnitude_after_code(quantity: Quantity, tokens: list[Token], code_at: int, last: int) -> None:
    """ "75 USD million", "30 MUSD"."""
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


def to_base(unit_name: str, value: float | None) -> float | None:
    """`value` in the base unit of `unit_name`'s dimension; None without a value or a base unit."""
    unit = UNITS.get(unit_name)
    if value is None or unit is None or unit.base_unit is None:
        return None
    return value * unit.factor + unit.offset
