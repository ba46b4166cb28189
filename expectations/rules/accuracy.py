"""Rules on the extractor itself: how well it reads the gold sentences.

Belongs here: measured values against their floors. Does not belong here: the sentences and floors
(`expectations/gold`), and measuring.
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc

from expectations.rule import Mask, rule
from expectations.table import Table

_MEASURE = ("measure", "value", "floor", "right_count", "judged_count")


@rule(
    "block",
    why="An extractor that got worse would fill the warehouse with wrong rows, not with errors.",
    next_step="Compare what it reads in expectations/gold with what it should; correct it.",
    example="figure_value at 0.81, floor 0.95",
    observed=_MEASURE,
)
def above_floor(table: Table) -> Mask:
    """The measured value is not below its floor."""
    return ~(table.numbers("value") < table.numbers("floor"))


@rule(
    "block",
    why="A measure without anything to judge is neither good nor bad: nobody looked.",
    next_step="Look at the gold sentences: did they lose what this measure judges?",
    example="figure_date with nothing judged",
    observed=_MEASURE,
)
def something_judged(table: Table) -> Mask:
    """Each measure judged something."""
    return np.asarray(table.integers("judged_count") > 0, dtype=np.bool_)


@rule(
    "block",
    why="A floor that nothing is held against guards nothing.",
    next_step="Measure it, or take its line out of expectations/gold/floors.tsv.",
    example="a floor for event_place, which nobody measures",
    grain="floors",
    observed=("measure", "floor"),
)
def floor_measured(table: Table) -> Mask:
    """Every measure that has a floor was measured."""
    measured = pc.is_in(table.strings("measure"), table.batch.rows.strings("measure"))
    return np.asarray(measured.to_numpy(zero_copy_only=False), dtype=np.bool_)


RULES = (above_floor, something_judged, floor_measured)
