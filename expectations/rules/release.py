"""Rules on a candidate release: what a reader is about to get, against what he has.

Belongs here: counts of the candidate and of the last release. Does not belong here: single rows.
"""

from __future__ import annotations

import numpy as np

from expectations.rule import Mask, rule
from expectations.table import Table

_COUNTS = ("document_count", "event_count", "figure_count", "number_count", "quarantine_count")
_FLOOR = 0.5
_QUARANTINE_SHARE = 0.05
_CHANGED_SHARE = 0.2
_MANY_ROWS = 100
_FACTS = ("event_count", "figure_count", "number_count")


@rule(
    "block",
    why="An empty release would take away all that readers have.",
    next_step="See the quarantine for why no article came through.",
    example="0 documents",
    observed=_COUNTS,
)
def release_has_documents(table: Table) -> Mask:
    """The release has documents."""
    return table.integers("document_count") > 0


@rule(
    "block",
    why="Articles are only ever added: a release with half the rows has lost something.",
    next_step="Compare with the last release before anything is published.",
    example="9,000 figures, 4,000 now",
    observed=_COUNTS,
)
def release_keeps_rows(table: Table) -> Mask:
    """No count of rows fell below half of the last release's."""
    return _not_below(table, _FLOOR, ("document_count", *_FACTS))


@rule(
    "warning",
    why="Documents are never taken out; fewer of them is worth a look.",
    next_step="Compare the documents with those of the last release.",
    example="812 documents, 811 now",
    observed=_COUNTS,
)
def release_keeps_documents(table: Table) -> Mask:
    """There are no fewer documents than in the last release."""
    return _not_below(table, 1.0, ("document_count",))


@rule(
    "warning",
    why="When many rows are set aside, something changed in the articles or in the extractor.",
    next_step="Look at the rules that set them aside.",
    example="70 of 1,000 rows",
    observed=_COUNTS,
)
def release_quarantine_small(table: Table) -> Mask:
    """Rows set aside are at most 5 in 100 of the rows of the release."""
    rows = np.sum([table.numbers(name) for name in _FACTS], axis=0)
    return np.asarray(table.numbers("quarantine_count") <= _QUARANTINE_SHARE * rows)


@rule(
    "warning",
    why="What readers have quoted should not change under them by the thousand.",
    next_step="See `dispatches release diff` for the causes; a new extractor explains it.",
    example="of 9,000 rows 3,000 say something else now",
    observed=("changed_count", "removed_count", *_FACTS),
)
def release_changes_few(table: Table) -> Mask:
    """At most 20 in 100 rows of the last release are changed or gone, if it had 100 or more."""
    previous = table.batch.context("previous")
    if not len(previous):
        return np.ones(len(table), dtype=np.bool_)
    rows = sum(previous.numbers(name)[-1] for name in _FACTS)
    touched = table.numbers("changed_count") + table.numbers("removed_count")
    return np.asarray((touched <= _CHANGED_SHARE * rows) | (rows < _MANY_ROWS), dtype=np.bool_)


def _not_below(table: Table, share: float, columns: tuple[str, ...]) -> Mask:
    previous = table.batch.context("previous")
    if not len(previous):
        return np.ones(len(table), dtype=np.bool_)
    held = [table.numbers(name) >= share * previous.numbers(name)[-1] for name in columns]
    return np.asarray(np.all(held, axis=0), dtype=np.bool_)


RULES = (
    release_has_documents,
    release_keeps_rows,
    release_keeps_documents,
    release_quarantine_small,
    release_changes_few,
)
