"""The units and their surfaces, compiled once from `units.tsv` and `unit_surfaces.tsv`.

Belongs here: which surfaces begin or end at a token, and conversion to base units. Does not belong
here: whether a surface is the unit of a number (`units`, `unit_guards`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extraction.numbers.unit_guards import GUARDS
from extraction.sentences import Sentence, tokenize
from extraction.vocabulary import VocabularyError, load_table


class Unit(NamedTuple):
    """One unit: canonical name, dimension, and the way to the base unit, if there is one."""

    name: str
    dimension: str
    base_unit: str | None
    factor: float
    offset: float


class Surface(NamedTuple):
    """One way to write a unit: its tokens, its spelling where case matters, and its guard."""

    lower: tuple[str, ...]
    exact: tuple[str, ...] | None
    unit: Unit
    guard: str


_Index = dict[str, tuple[tuple[int, dict[tuple[str, ...], list[Surface]]], ...]]


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


def _surfaces() -> Iterator[tuple[Surface, str]]:
    """Every surface with the place where it stands; raises VocabularyError for what doesn't fit."""
    for row in load_table("unit_surfaces", ("surface", "case", "place", "unit")):
        unit = UNITS.get(row["unit"])
        if unit is None or row["guard"] not in GUARDS:
            raise VocabularyError(
                f"unit_surfaces.tsv: {row['surface']!r} names unknown {row['unit']!r} or guard "
                f"{row['guard']!r}; run generate_units again"
            )
        tokens = tokenize(row["surface"])
        exact = tuple(t.text for t in tokens) if row["case"] == "exact" else None
        yield Surface(tuple(t.lower for t in tokens), exact, unit, row["guard"]), row["place"]


def _indexed(surfaces: list[Surface], key: int) -> _Index:
    """Surfaces by the token at `key`, then by length, then by all tokens; exact case first."""
    index: dict[str, dict[int, dict[tuple[str, ...], list[Surface]]]] = {}
    for surface in sorted(surfaces, key=lambda surface: surface.exact is None):
        lengths = index.setdefault(surface.lower[key], {})
        lengths.setdefault(len(surface.lower), {}).setdefault(surface.lower, []).append(surface)
    return {
        word: tuple(sorted(lengths.items(), key=lambda item: -item[0]))
        for word, lengths in index.items()
    }


_KNOWN = tuple(_surfaces())
_AFTER = _indexed([surface for surface, _ in _KNOWN], 0)
_BEFORE = _indexed([surface for surface, place in _KNOWN if place == "both"], -1)

FIRST_TOKENS = frozenset(_AFTER)
"""Tokens in lower case that some surface begins with."""


def surfaces_ending_at(sentence: Sentence, last: int) -> Iterator[tuple[Surface, int]]:
    """Surfaces that may stand before a number and end at position `last`, longest first."""
    for length, surfaces in _BEFORE.get(sentence.lowers[last - 1], ()):
        first = last - length
        if first >= 0:
            for surface in surfaces.get(sentence.lowers[first:last], ()):
                if surface.exact is None or sentence.texts[first:last] == surface.exact:
                    yield surface, first


def surfaces_beginning_at(sentence: Sentence, first: int) -> Iterator[tuple[Surface, int]]:
    """Surfaces that begin at position `first`, longest first, each with its end."""
    for length, surfaces in _AFTER.get(sentence.lowers[first], ()):
        last = first + length
        for surface in surfaces.get(sentence.lowers[first:last], ()):
            if surface.exact is None or sentence.texts[first:last] == surface.exact:
                yield surface, last


def to_base(unit_name: str, value: float | None) -> float | None:
    """`value` in the base unit of `unit_name`'s dimension; None without a value or a base unit."""
    unit = UNITS.get(unit_name)
    if value is None or unit is None or unit.base_unit is None:
        return None
    return value * unit.factor + unit.offset
