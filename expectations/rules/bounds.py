"""Rules on the value of a figure and its bounds.

Belongs here: how value, low, high, their inclusive flags and the comparator must agree. Does not
belong here: units (`units.py`) and other figures (`links.py`).
"""

from __future__ import annotations

import numpy as np

from expectations.rule import Mask, rule
from expectations.table import Table

_BOUNDS = ("text", "comparator", "value", "low", "high", "low_inclusive", "high_inclusive")


@rule(
    "quarantine",
    why="An interval that ends before it begins holds no number; comparisons with it go wrong.",
    next_step="Look at the sentence: is the range read in the wrong order, or a magnitude lost?",
    example="low 30, high 20",
    observed=_BOUNDS,
)
def low_not_above_high(table: Table) -> Mask:
    """`low` is not above `high`, and `value` lies between them."""
    value, low, high = (table.numbers(name) for name in ("value", "low", "high"))
    return ~((low > high) | (value < low) | (value > high))


@rule(
    "quarantine",
    why="Infinity and not-a-number spoil every sum that they are part of.",
    next_step="Look at the numeral in the sentence and correct the grammar.",
    example="value = infinity",
    observed=_BOUNDS,
)
def numbers_finite(table: Table) -> Mask:
    """`value`, `low` and `high` are finite numbers or empty."""
    return np.asarray(
        ~np.any([np.isinf(table.numbers(name)) for name in ("value", "low", "high")], axis=0),
        dtype=np.bool_,
    )


@rule(
    "quarantine",
    why="A filter on bounds must find what the words say: at least 12 has no upper end.",
    next_step="Look at the approximator in the sentence: comparator or bounds are wrong.",
    example="at_least with low empty",
    observed=_BOUNDS,
)
def comparator_agrees_with_bounds(table: Table) -> Mask:
    """Value and bounds are those that the comparator demands."""
    value, low, high = (table.numbers(name) for name in ("value", "low", "high"))
    has_value, has_low, has_high = ~np.isnan(value), ~np.isnan(low), ~np.isnan(high)
    from_below = has_value & (value == low) & ~has_high
    from_above = has_value & (value == high) & ~has_low
    demanded = {
        "exact": has_value & (value == low) & (value == high),
        "approximate": has_value & ~has_low & ~has_high,
        "at_least": from_below,
        "more_than": from_below,
        "at_most": from_above,
        "less_than": from_above,
        "between": ~has_value & has_low & has_high,
        "vague": ~has_value & (has_low | has_high),
    }
    agrees = np.ones(len(table), dtype=np.bool_)
    for comparator, as_demanded in demanded.items():
        agrees &= ~table.is_in("comparator", (comparator,)) | as_demanded
    return agrees


@rule(
    "quarantine",
    why="The flags tell over 6,000 from at least 6,000; against the comparator they contradict it.",
    next_step="Set the flags from the approximator.",
    example="more_than with low_inclusive true",
    observed=_BOUNDS,
)
def inclusive_agrees_with_comparator(table: Table) -> Mask:
    """Inclusive flags stand beside a bound, or a factor, and are those of the comparator."""
    agrees = np.ones(len(table), dtype=np.bool_)
    relative = table.is_in("comparator", ("fraction_of", "multiple_of"))
    for bound, open_codes, closed_codes in (
        ("low", ("more_than",), ("at_least", "exact")),
        ("high", ("less_than",), ("at_most", "exact")),
    ):
        flag, flagged = table.truths(f"{bound}_inclusive"), table.filled(f"{bound}_inclusive")
        agrees &= ~flagged | table.filled(bound) | relative
        agrees &= ~(flagged & flag & table.is_in("comparator", open_codes))
        agrees &= ~(flagged & ~flag & table.is_in("comparator", closed_codes))
    return agrees
