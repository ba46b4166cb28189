"""Great Expectations, run on a batch: rules become expectations, results come back by check name.

Belongs here: everything that touches the library. Does not belong here: rules and verdicts.
Importing this module costs seconds; import it where a batch is evaluated, never at the top of a
module.

Each grain is validated as one pandas frame that holds only what its expectations read: truth values
of the conditions, and the code columns as categories. That keeps a million rows within a second or
two.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from expectations.batch import Batch
from expectations.rule import Check
from expectations.table import Table

os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")  # read by the library while it is imported

import great_expectations as gx
import great_expectations.expectations as gxe
from great_expectations.data_context.types.base import ProgressBarsConfig

_GX_SEVERITY = {"block": "critical", "quarantine": "warning", "warning": "warning", "info": "info"}
_NONE = np.empty(0, dtype=np.int64)


@dataclass(frozen=True)
class Finding:
    """What the library says of one check, with the positions of failing rows in its grain."""

    success: bool
    evaluated_count: int
    unexpected: NDArray[np.int64] = field(default_factory=lambda: _NONE)
    problem: str | None = None


def validate(batch: Batch, checks: Sequence[Check]) -> list[tuple[Check, Finding]]:
    """Every check with its finding, in the order of `checks`. Never raises for what is in the
    batch.
    """
    source = _source()
    findings: dict[str, Finding] = {}
    for grain in dict.fromkeys(check.rule.grain for check in checks):
        own = [check for check in checks if check.rule.grain == grain]
        findings |= _validate_grain(source, batch, grain, own)
    missing = Finding(False, 0, problem="Great Expectations returned no result for this check")
    return [(check, findings.get(check.check_name, missing)) for check in checks]


def _validate_grain(
    source: Any, batch: Batch, grain: str, checks: list[Check]
) -> dict[str, Finding]:
    try:
        table = batch.table(grain)
    except Exception as error:
        return {c.check_name: Finding(False, 0, problem=_problem(error)) for c in checks}
    frame, problems = _frame(table, checks)
    results = _run(source, grain, frame, checks)
    return {
        check.check_name: _finding(
            results.get(check.check_name), len(table), problems.get(check.check_name)
        )
        for check in checks
    }


def _frame(table: Table, checks: Iterable[Check]) -> tuple[pd.DataFrame, dict[str, str]]:
    """The frame that the expectations read, and why a column of it could not be made."""
    columns: dict[str, Any] = {}
    problems: dict[str, str] = {}
    for check in checks:
        rule = check.rule
        try:
            if rule.condition is not None:
                columns[rule.name] = np.asarray(rule.condition(table), dtype=np.bool_)
            elif "column" in rule.arguments:
                columns.setdefault(
                    rule.arguments["column"], _categories(table, rule.arguments["column"])
                )
        except Exception as error:
            problems[rule.name] = _problem(error)
    for name in table.column_names:
        if any("column_set" in check.rule.arguments for check in checks):
            columns.setdefault(name, np.zeros(len(table), dtype=np.bool_))
    return pd.DataFrame(columns, index=pd.RangeIndex(len(table))), problems


def _categories(table: Table, name: str) -> pd.Categorical:
    if len(table) == 0 and name not in table.column_names:  # nothing is nested in any row
        return pd.Categorical([])
    encoded = table.encoded(name)
    indices = encoded.indices.fill_null(-1).to_numpy(zero_copy_only=False)
    return pd.Categorical.from_codes(indices, categories=encoded.dictionary.to_pylist())


def _source() -> Any:
    """A pandas source in a context of its own: a shared one breaks when batches run in parallel."""
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False, metric_calculations=False)
    return context.data_sources.add_pandas("batch")


def _run(source: Any, grain: str, frame: pd.DataFrame, checks: Sequence[Check]) -> dict[str, Any]:
    """The library's results by check name; they come back in no particular order."""
    definition = source.add_dataframe_asset(grain).add_batch_definition_whole_dataframe("all")
    suite = gx.ExpectationSuite(grain, expectations=[_expectation(check) for check in checks])
    batch = definition.get_batch({"dataframe": frame})
    validated = batch.validate(suite, result_format={"result_format": "COMPLETE"})
    return {result.expectation_config.meta["check"]: result for result in validated.results}


def _expectation(check: Check) -> Any:
    kind = getattr(gxe, check.rule.expectation)
    return kind(
        **check.rule.arguments,
        severity=_GX_SEVERITY[check.severity],
        meta={"check": check.check_name, "severity": check.severity},
    )


def _finding(result: Any, size: int, problem: str | None) -> Finding:
    if problem is not None:
        return Finding(False, size, problem=problem)
    if result is None:
        return Finding(False, size, problem="Great Expectations returned no result for this check")
    raised = _raised(result.exception_info)
    if raised:
        return Finding(False, size, problem=raised)
    unexpected = np.array(result.result.get("unexpected_index_list") or [], dtype=np.int64)
    return Finding(bool(result.success), size, unexpected)


def _raised(info: Any) -> str | None:
    """The first exception in an `exception_info`, which is flat or keyed by metric."""
    if not info:
        return None
    entries = [info] if "raised_exception" in info else list(info.values())
    messages = [str(e.get("exception_message")) for e in entries if e.get("raised_exception")]
    return messages[0] if messages else None


def _problem(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
