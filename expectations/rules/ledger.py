"""Rules on the ledger: every number of the text is accounted for, once, and rightly linked.

Belongs here: completeness against a recount of the text, and the links between ledger and figures.
Does not belong here: what a number means.
"""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
from numpy.typing import NDArray

from expectations.rule import Mask, rule
from expectations.rules.links import keys_of, positions_in
from expectations.table import NO_ROW, Table

_ENTRY = ("text", "start", "end", "disposition", "figure")


@rule(
    "block",
    why="The promise of the ledger: no number of an article is passed over in silence.",
    next_step="Read the number in the extractor, or give it a disposition with its reason.",
    example="a text with 1,297 and no ledger row over it",
    grain="recount",
    observed=("version_id", "text", "start", "end"),
)
def ledger_complete(table: Table) -> Mask:
    """Every run of digits and every number word of the text lies under a ledger row."""
    rows = table.batch.rows
    base = _bases(table)
    reach = _Reach.of(
        base[rows.versions()] + rows.integers("start"), base[rows.versions()] + rows.integers("end")
    )
    starts = base[table.versions()] + table.integers("start")
    ends = base[table.versions()] + table.integers("end")
    return reach.touches(starts, ends)


class _Reach:
    """Spans of many texts on one line, for asking whether another span touches one of them."""

    def __init__(self, starts: NDArray[np.int64], furthest: NDArray[np.int64]) -> None:
        self._starts = starts
        self._furthest = furthest

    @classmethod
    def of(cls, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> _Reach:
        order = np.argsort(starts, kind="stable")
        return cls(starts[order], np.maximum.accumulate(ends[order]) if len(ends) else ends)

    def touches(self, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> Mask:
        """Where some span begins before `end` and ends after `start`."""
        before = np.searchsorted(self._starts, ends, side="left")
        if not len(self._starts):
            return np.zeros(len(starts), dtype=np.bool_)
        return (before > 0) & (self._furthest[np.maximum(before - 1, 0)] > starts)


def _bases(table: Table) -> NDArray[np.int64]:
    """Where each version begins when all texts are laid on one line, one character apart."""
    lengths = np.array([len(text) + 1 for text in table.batch.clean_texts], dtype=np.int64)
    return np.concatenate([np.cumsum(lengths) - lengths, [0]]).astype(np.int64)


@rule(
    "block",
    why="A figure that the ledger does not know of came from no number of the text.",
    next_step="Give the figure its ledger row; nothing of the batch was loaded.",
    example="a figure without a ledger row that names it",
    grain="figures",
    observed=("row_id", "text", "start", "end", "sentence_text"),
)
def figure_in_ledger(table: Table) -> Mask:
    """Every figure is named by a ledger row of the same version."""
    named = pc.is_in(keys_of(table, "row_id"), keys_of(table.batch.rows, "figure"), skip_nulls=True)
    return np.asarray(named.to_numpy(zero_copy_only=False), dtype=np.bool_)


@rule(
    "quarantine",
    why="The link from a number to its figure is how a reader audits the extraction.",
    next_step="Set the link where the disposition is figure, and only there.",
    example="disposition figure with `figure` empty",
    observed=_ENTRY,
)
def figure_link_agrees_with_disposition(table: Table) -> Mask:
    """`figure` is filled where the disposition is figure, and only there."""
    return np.asarray(
        table.filled("figure") == table.is_in("disposition", ("figure",)), dtype=np.bool_
    )


@rule(
    "quarantine",
    why="A link to a figure that is not there finds nothing when it is joined.",
    next_step="Correct the link: it must name a figure of the same version.",
    example="an id of no figure",
    observed=_ENTRY,
)
def ledger_figure_exists(table: Table) -> Mask:
    """The figure that a ledger row names is a figure of the same version."""
    found = positions_in(table.batch.context("figures"), table, "figure")
    return np.asarray(~table.filled("figure") | (found != NO_ROW), dtype=np.bool_)


@rule(
    "quarantine",
    why="A number can't have become a figure that was read somewhere else.",
    next_step="Correct the link, or the figure's span.",
    example="a number of the first sentence linked to a figure of the third",
    observed=_ENTRY,
)
def ledger_figure_touches_number(table: Table) -> Mask:
    """The figure that a ledger row names was read from the same characters."""
    figures = table.batch.context("figures")
    at = positions_in(figures, table, "figure")
    if not len(figures):
        return np.ones(len(table), dtype=np.bool_)
    apart = (figures.integers("end")[at] <= table.integers("start")) | (
        figures.integers("start")[at] >= table.integers("end")
    )
    return np.asarray(~((at != NO_ROW) & apart), dtype=np.bool_)


@rule(
    "quarantine",
    why="A disposition without a reason can't be argued with.",
    next_step="Say in plain words why the number is what it is called.",
    example="disposition date with an empty reason",
    observed=(*_ENTRY, "reason"),
)
def reason_given(table: Table) -> Mask:
    """Every ledger row says why."""
    return np.array([bool((text or "").strip()) for text in table.texts("reason")], dtype=np.bool_)
