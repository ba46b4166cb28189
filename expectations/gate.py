"""The gate: a batch goes in, a verdict comes out.

Belongs here: `evaluate`, and what its results mean for the rows and for the batch. Does not belong
here: the rules, and what is done with the rows that are set aside.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from numpy.typing import NDArray

from expectations.batch import Batch
from expectations.catalogue import CHECKS, SUITES
from expectations.rule import Check, Severity

if TYPE_CHECKING:
    from expectations.validation import Finding

__all__ = ["CHECKS", "CheckOutcome", "Verdict", "evaluate"]

_COLUMNS = {
    "check_name": "string",
    "severity": "string",
    "row_position": "Int64",
    "row_id": "string",
    "version_id": "string",
    "reason": "string",
    "observed": "string",
    "next_step": "string",
    "start": "Int64",
    "end": "Int64",
}
_NO_FAILURES = pd.DataFrame(columns=list(_COLUMNS)).astype(_COLUMNS)
WAIVED = "waived"
"""Severity of a failure that a waiver covers."""
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
    waived_count: int = 0
    """Of the failing rows, those that a waiver lets pass."""

    @property
    def blocks(self) -> bool:
        """Whether this outcome alone stops the batch."""
        if self.problem is not None:
            return True
        is_waived = 0 < self.unexpected_count == self.waived_count
        return not self.success and self.severity == "block" and not is_waived


@dataclass(frozen=True)
class Verdict:
    """What the gate says of a batch.

    `failures` has one row per check and failing row: check_name, severity, row_position (position
    in the frame; empty where the failure is no row's), row_id, version_id, reason, observed,
    next_step, start and end (of what failed, in the clean text).
    """

    outcomes: list[CheckOutcome]
    failures: pd.DataFrame

    @property
    def blocked(self) -> bool:
        """Whether nothing of the batch may be loaded."""
        return any(outcome.blocks for outcome in self.outcomes)

    def waived(self, covered: Mapping[int, str]) -> Verdict:
        """The verdict as it is under waivers. `covered`: position in `failures` → waiver_id.

        A covered failure has the severity `waived`: its row goes on with the flag
        `waived:<check>`. A check all of whose failures are covered doesn't block; it has not
        passed either. Raises IndexError for a position that is not in `failures`.
        """
        if not covered:
            return self
        chosen = np.zeros(len(self.failures), dtype=np.bool_)
        chosen[list(covered)] = True
        failures = self.failures.copy()
        failures.loc[chosen, "severity"] = WAIVED
        every = Counter(self.failures["check_name"].tolist())
        let_go = Counter(self.failures.loc[chosen, "check_name"].tolist())
        outcomes = [_waived(o, let_go[o.check_name], every[o.check_name]) for o in self.outcomes]
        return Verdict(outcomes, failures)

    def positions(self, severity: str) -> NDArray[np.int64]:
        """Positions of the rows that failed a check of this severity, ascending, each once."""
        chosen = self.failures.loc[self.failures["severity"] == severity, "row_position"]
        return np.unique(chosen.dropna().to_numpy(dtype=np.int64))

    def admitted(self, frame: pd.DataFrame) -> pd.DataFrame:
        """The rows of `frame` that go on, in their order, with their flags: warnings, waivers."""
        flagged = frame.assign(flags=self._flags(frame))
        keep = np.ones(len(frame), dtype=bool)
        keep[self.positions("quarantine")] = False
        return flagged.loc[keep].reset_index(drop=True)

    def _flags(self, frame: pd.DataFrame) -> pd.Series:
        flagging = self.failures[self.failures["severity"].isin(["warning", WAIVED])]
        flagging = flagging.dropna(subset=["row_position"])
        if not len(flagging) and "flags" in frame and frame["flags"].notna().all():
            return frame["flags"]
        there = pa.array(frame["flags"]).to_pylist() if "flags" in frame else [None] * len(frame)
        flags = [list(names or ()) for names in there]
        told = zip(*(flagging[c] for c in ("row_position", "check_name", "severity")), strict=True)
        for position, check, severity in told:
            flag = flag_of(check, severity)
            if flag not in flags[position]:
                flags[position].append(flag)
        return pd.Series(flags, index=frame.index, dtype=_FLAGS)


def flag_of(check_name: str, severity: str) -> str:
    """What a row carries in `flags` that goes on though it failed a check."""
    return f"{WAIVED}:{check_name}" if severity == WAIVED else check_name


def _waived(outcome: CheckOutcome, covered: int, failures: int) -> CheckOutcome:
    """The outcome with its waived rows counted; several claimants of a row are one failure."""
    count = outcome.unexpected_count if covered and covered == failures else covered
    return replace(outcome, waived_count=count)


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

    if suite_name not in SUITES:
        raise KeyError(f"no suite {suite_name!r}; the suites are {', '.join(SUITES)}")
    batch = Batch(suite_name, frame, context)
    findings = validate(batch, [check for check in CHECKS if check.suite == suite_name])
    outcomes = [_outcome(check, found) for check, found in findings]
    failed = [_failures(batch, check, f.unexpected) for check, f in findings if len(f.unexpected)]
    return Verdict(outcomes, pd.concat([_NO_FAILURES, *failed], ignore_index=True))


def _outcome(check: Check, found: Finding) -> CheckOutcome:
    return CheckOutcome(
        check.suite,
        check.check_name,
        check.severity,
        found.success,
        found.evaluated_count,
        len(found.unexpected),
        found.problem,
    )


def _failures(batch: Batch, check: Check, unexpected: NDArray[np.int64]) -> pd.DataFrame:
    """One row for each failing row of the batch; what several claimants share is told once."""
    table = batch.table(check.rule.grain)
    cells = {
        "check_name": check.check_name,
        "severity": check.severity,
        "row_position": table.row_positions(unexpected),
        "row_id": table.row_ids(unexpected),
        "version_id": table.version_ids(unexpected),
        "reason": check.what,
        "observed": table.describe(unexpected, check.rule.observed),
        "next_step": check.next_step,
        "start": table.offsets("start", unexpected),
        "end": table.offsets("end", unexpected),
    }
    failures = pd.DataFrame(cells, columns=list(_COLUMNS)).astype(_COLUMNS)
    repeated = failures["row_position"].notna() & failures["row_position"].duplicated()
    return failures[~repeated]
