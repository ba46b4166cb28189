"""Rules on units: known, of their dimension, and converted as the gate itself converts.

Belongs here: the unit table of the gate and what follows from it. Does not belong here: bounds.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from expectations.codes import code_table, codes
from expectations.rule import Mask, code_list, rule
from expectations.table import Table, encoded

_UNIT = ("text", "value", "low", "high", "unit", "dimension", "base_value", "base_unit")
_RELATIVE = 1e-6
"""Room for the rounding of one multiplication and one addition in double precision."""

unit_known = code_list(
    "unit",
    codes("unit"),
    example="furlongg",
    why="A unit that nobody knows can't be converted, compared or summed.",
    next_step="Correct the spelling, or add the unit with its dimension and factor.",
)


@cache
def _entries() -> dict[str, dict[str, str]]:
    return {entry["unit"]: entry for entry in code_table("unit")}


@cache
def _factors() -> dict[str, tuple[float, float]]:
    return {
        unit: (float(entry["factor"]), float(entry["offset"] or 0))
        for unit, entry in _entries().items()
        if entry["factor"]
    }


@rule(
    "quarantine",
    why="Grouping by dimension would add lengths to sums of money.",
    next_step="Take the dimension from the unit.",
    example="kilometre with dimension time",
    observed=_UNIT,
)
def dimension_agrees_with_unit(table: Table) -> Mask:
    """The dimension and the base unit are those of the unit."""
    cells = (table.strings(name) for name in ("unit", "dimension", "base_unit"))
    found = encoded(pc.binary_join_element_wise(*cells, "|", null_handling="replace"))
    agrees = [_is_entry(*key.split("|")) for key in found.dictionary.to_pylist()]
    return np.asarray(
        np.array(agrees, dtype=np.bool_)[found.indices.to_numpy(zero_copy_only=False)],
        dtype=np.bool_,
    )


def _is_entry(unit: str, dimension: str, base_unit: str) -> bool:
    """Whether dimension and base unit are those of the unit; of an unknown unit all are."""
    entry = _entries().get(unit)
    if entry is None:
        return True
    return dimension == entry["dimension"] and base_unit in ("", entry["base_unit"])


@rule(
    "quarantine",
    why="Figures in different units are compared by their base values.",
    next_step="Convert with the factor of the unit.",
    example="30 kilometres with base value 30",
    observed=_UNIT,
)
def base_value_agrees_with_unit(table: Table) -> Mask:
    """`base_value`, `base_low`, `base_high` are value, low, high times the unit's factor."""
    factor, offset = _conversion(table)
    agrees = np.ones(len(table), dtype=np.bool_)
    for name in ("value", "low", "high"):
        found, expected = table.numbers(f"base_{name}"), table.numbers(name) * factor + offset
        close = np.abs(found - expected) <= _RELATIVE * np.maximum(1e-9, np.abs(expected))
        agrees &= np.isnan(found) | np.isnan(factor) | close
    return agrees


def _conversion(table: Table) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    units = table.encoded("unit")
    known = [_factors().get(unit, (np.nan, np.nan)) for unit in units.dictionary.to_pylist()]
    by_unit = np.array([*known, (np.nan, np.nan)], dtype=np.float64)
    picked = by_unit[units.indices.fill_null(-1).to_numpy(zero_copy_only=False)]
    return picked[:, 0], picked[:, 1]
