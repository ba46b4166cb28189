"""Rules on links between rows: what a row points at is there, and agrees with it.

Belongs here: event, reference, equivalent_of, and what a derived value must be. Does not belong
here: the ledger's links (`ledger.py`).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from expectations.rule import Mask, rule
from expectations.table import NO_ROW, Table, encoded

_GONE = "A link to a row that is not there finds nothing when it is joined."
_FIND = "Correct the link: it must name a row of the same version."
_SHARE = 0.03
"""Two halves of a dual unit may differ by this share, or by what both were rounded by."""
_FACTOR_ROUNDING = 0.51e-4
_STEPS = 15


def keys_of(table: Table, column: str) -> pa.Array:
    """Extraction and id in one key; empty where the id is empty."""
    return pc.binary_join_element_wise(table.strings("extraction_id"), table.strings(column), "|")


def positions_in(target: Table, table: Table, column: str) -> NDArray[np.int64]:
    """Where the row that `column` names stands in `target`; `NO_ROW` where it does not.

    A row is named within its extraction, which is of one version.
    """
    if column not in table.links:
        table.links[column] = _positions_in(target, table, column)
    return table.links[column]


def _positions_in(target: Table, table: Table, column: str) -> NDArray[np.int64]:
    found = np.full(len(table), NO_ROW, dtype=np.int64)
    naming = table.filled(column)
    if naming.any() and len(target):
        named = encoded(keys_of(table, column).filter(pa.array(naming)))
        places = _first_places(keys_of(target, "row_id"), named.dictionary)
        found[naming] = places[named.indices.to_numpy(zero_copy_only=False)]
    return found


def _first_places(keys: pa.Array, wanted: pa.Array) -> NDArray[np.int64]:
    """For each of `wanted` its first position in `keys`, or `NO_ROW`.

    Only what is wanted is hashed: links are fewer than rows.
    """
    hits = pc.index_in(keys, wanted)
    at = np.asarray(hits.fill_null(NO_ROW).to_numpy(zero_copy_only=False), dtype=np.int64)
    known = np.flatnonzero(at != NO_ROW)[::-1]
    places = np.full(len(wanted), NO_ROW, dtype=np.int64)
    places[at[known]] = known
    return places


@rule(
    "quarantine",
    why=_GONE,
    next_step=_FIND,
    example="an id of no event",
    observed=("text", "event"),
)
def event_exists(table: Table) -> Mask:
    """The event that the figure sizes is an event of the same version."""
    found = positions_in(table.batch.context("events"), table, "event")
    return np.asarray(~table.filled("event") | (found != NO_ROW), dtype=np.bool_)


@rule(
    "quarantine",
    why=_GONE,
    next_step=_FIND,
    example="an id of no figure",
    observed=("text", "reference", "factor"),
)
def reference_exists(table: Table) -> Mask:
    """The figure that this one is relative to is another figure of the same version."""
    return _names_another(table, "reference")


@rule(
    "quarantine",
    why=_GONE,
    next_step=_FIND,
    example="the row's own id",
    observed=("text", "equivalent_of"),
)
def equivalent_exists(table: Table) -> Mask:
    """The same quantity in another unit is another figure of the same version."""
    return _names_another(table, "equivalent_of")


def _names_another(table: Table, column: str) -> Mask:
    found = positions_in(table, table, column)
    return np.asarray(
        ~table.filled(column) | ((found != NO_ROW) & (found != np.arange(len(table)))),
        dtype=np.bool_,
    )


@rule(
    "quarantine",
    why="Half of something without its factor says nothing; a factor alone is relative to nothing.",
    next_step="Fill in the factor, or call it what it is.",
    example="fraction_of with factor empty",
    observed=("text", "comparator", "reference", "factor", "derived"),
)
def relative_has_factor(table: Table) -> Mask:
    """A fraction or multiple has a factor, and a derived value has factor and reference."""
    relative = table.is_in("comparator", ("fraction_of", "multiple_of"))
    factor = table.filled("factor")
    return ~(relative & ~factor) & ~(
        table.truths("derived") & ~(factor & table.filled("reference"))
    )


@rule(
    "quarantine",
    why="A computed value is ours, not the article's: it must be exactly what the words give.",
    next_step="Compute it again from the reference.",
    example="half of 11,000 with value 6,000",
    observed=("text", "value", "factor", "reference"),
)
def derived_value_follows(table: Table) -> Mask:
    """A derived value is the factor times the value of its reference."""
    at = positions_in(table, table, "reference")
    value, base = table.numbers("value"), table.numbers("value")[at]
    expected = table.numbers("factor") * np.where(at == NO_ROW, np.nan, base)
    # a third is kept as 0.3333: half a unit of the factor's fourth decimal is no error
    off = np.abs(value - expected) > _FACTOR_ROUNDING * np.maximum(1.0, np.abs(base))
    return ~(table.truths("derived") & off)


@rule(
    "quarantine",
    why="30 km (19 miles) is one distance; 30 km (90 miles) is misread, or the article's error.",
    next_step="Look at the sentence: are the two numbers the same quantity?",
    example="30 kilometres equivalent to 90 miles",
    observed=("text", "value", "unit", "base_value", "equivalent_of"),
)
def dual_units_agree(table: Table) -> Mask:
    """Two statements of one quantity agree in the base unit, as far as they were rounded."""
    at = positions_in(table, table, "equivalent_of")
    ours = table.numbers("base_value")
    theirs = np.where(at == NO_ROW, np.nan, ours[at])
    same_base = np.zeros(len(table), dtype=np.bool_)
    linked = np.flatnonzero(at != NO_ROW)
    units = table.strings("base_unit")
    mine, other = units.take(pa.array(linked)), units.take(pa.array(at[linked]))
    same_base[linked] = pc.equal(mine, other).fill_null(False).to_numpy(zero_copy_only=False)
    step = _rounding(table)
    rounded = step + np.where(at == NO_ROW, 0, step[at])
    room = np.maximum(_SHARE * np.abs(theirs), rounded)
    return np.asarray(~(same_base & (np.abs(ours - theirs) > room)), dtype=np.bool_)


def _rounding(table: Table) -> NDArray[np.float64]:
    """Half a step of the last digit that is not zero, in the base unit: 19 miles → half a mile."""
    value = np.abs(table.numbers("value"))
    step = np.full(len(table), 0.0)
    for power in range(-3, _STEPS):
        digits = value / 10.0**power
        whole = np.isclose(digits, np.round(digits), rtol=0, atol=1e-9) & (np.round(digits) >= 1)
        step[whole] = 10.0**power
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = np.abs(table.numbers("base_value")) / value
    return np.nan_to_num(0.5 * step * scale, nan=0.0, posinf=0.0)
