"""The gate: a batch goes in, a verdict comes out.

Belongs here: `evaluate`, and what its results mean for the rows and for the batch. Does not belong
here: the rules, and what is done with the rows that are set aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa

from expectations.batch import Batch
from expectations.catalogue import CHECKS, SUITES
from expectations.rule import Check, Severity

__all__ = ["CHECKS", "CheckOutcome", "Verdict", "evaluate"]

FAILURE_COLUMNS = (
    "check_name",
    "severity",
    "row_position",
    "row_id",
    "version_id",
    "reason",
    "observed",
    "next_step",
)
_FLAGS = pd.ArrowDtype(pa.list_(pa.string()))


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What one check found in one batch; passes are outcomes too.

    `evaluated_count` and `unexpected_count` count rows of the check's own grain. `problem` says why
    the check could not run; then it has not passed, and the batch is blocked.
    """

    suite: str
    check_name: str
    severity: Severity
    success: bool
    evaluated_count: int
    unexpected_count: int
    problem: str | None = None

    @property
    def blocks(self) -> bool:
        """Whether this outcome alone stops the batch."""
        return self.problem is not None or (not self.success and self.severity == "block")


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a batch.

    `failures` has one row per check and failing row: check_name, severity, row_position (position
    in the frame; empty where the failure is no row's), row_id, version_id, reason, observed,
    next_step.
    """

    outcomes: list[CheckOutcome]
    failures: pd.DataFrame

    @property
    def blocked(self) -> bool:
        """Whether nothing of the batch may be loaded."""
        return any(outcome.blocks for outcome in self.outcomes)

    def positions(self, severity: Severity) -> np.ndarray:
        """Positions of the rows that failed a check of this severity, ascending, each once."""
        chosen = self.failures.loc[self.failures["severity"] == severity, "row_position"]
        return np.unique(chosen.dropna().to_numpy(dtype=np.int64))

    def admitted(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of `frame` that go on, in their order, with `flags` filled from the warnings."""
        flagged = frame.assign(flags=self._flags(frame))
        keep = np.ones(len(frame), dtype=bool)
        keep[self.positions("quarantine")] = False
        return flagged.loc[keep].reset_index(drop=True)

    def _flags(self, frame: pd.DataFrame) -> pd.Series:
        flags: list[list[str]] = (
            [list(f) if f is not None else [] for f in pa.array(frame["flags"]).to_pylist()]
            if "flags" in frame
            else [[] for _ in range(len(frame))]
        )
        warned = self.failures[self.failures["severity"] == "warning"].dropna(
            subset=["row_position"]
        )
        for position, check in zip(warned["row_position"], warned["check_name"], strict=True):
            if check not in flags[int(position)]:
                flags[int(position)].append(check)
        column = pa.array(flags, pa.list_(pa.string()))
        return pd.Series(column.to_pandas(types_mapper=lambda _: _FLAGS).array, index=frame.index)


def evaluate(suite_name: str, frame: pd.DataFrame, **context: pd.DataFrame) -> Verdict:
    """Run every check of a suite on a batch.

    `suite_name` is articles, events, figures, numbers or release; `frame` has the landing columns
    (`pandas.ArrowDtype` columns are the fastest). Context by suite: events: `versions`; figures:
    `versions`, `events`; numbers: `versions`, `figures` — `versions` has `version_id` and
    `clean_text` of every version in the batch; instead of it, `frame` may carry a column
    `clean_text`. `events` and `figures` are the batch's frames before anything was set aside.
    release: `previous`, the row of the last release (no rows for the first). A check without the
    context that it needs cannot run, which blocks. Raises KeyError for an unknown suite.
    """
    from expectations.validation import validate  # imports great_expectations: seconds

    checks = [check for check in CHECKS if check.suite == suite_name]
    if suite_name not in SUITES:
        raise KeyError(f"no suite {suite_name!r}; the suites are {', '.join(SUITES)}")
    batch = Batch(suite_name, frame, context)
    findings = validate(batch, checks)
    outcomes = [
        CheckOutcome(
            check.suite,
            check.check_name,
            check.severity,
            found.success,
            found.evaluated_count,
            len(found.unexpected),
            found.problem,
        )
        for check, found in findings
    ]
    parts = [_failures(batch, check, found.unexpected) for check, found in findings]
    failures = (
        pd.concat(parts, ignore_index=True)
        if parts
        else pd.DataFrame(columns=list(FAILURE_COLUMNS))
    )
    return Verdict(outcomes, failures)


def _failures(batch: Batch, check: Check, unexpected: np.ndarray) -> pd.DataFrame:
    table = batch.table(check.rule.grain) if len(unexpected) else None
    columns: Mapping[str, object] = {
        "check_name": check.check_name,
        "severity": check.severity,
        "row_position": pd.array([], dtype="Int64"),
        "row_id": pd.array([], dtype="string"),
        "version_id": pd.array([], dtype="string"),
        "reason": check.what,
        "observed": pd.array([], dtype="string"),
        "next_step": check.next_step,
    }
    if table is not None:
        columns = {
            **columns,
            "row_position": pd.array(table.row_positions(unexpected), dtype="Int64"),
            "row_id": pd.array(table.row_ids(unexpected), dtype="string"),
            "version_id": pd.array(table.version_ids(unexpected), dtype="string"),
            "observed": pd.array(table.describe(unexpected, check.rule.observed), dtype="string"),
        }
    return pd.DataFrame(columns, columns=list(FAILURE_COLUMNS))
