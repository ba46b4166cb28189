"""The gate as Dagster shows it: check specs and check results.

Belongs here: turning the catalogue and a verdict of `expectations` into Dagster's shapes and into
rows of `quality.check_results`. Does not belong here: rules, what happens to a row that is set
aside, or the failure that stops a run (`blocking.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any

import dagster as dg

from expectations.catalogue import CHECKS
from expectations.gate import CheckOutcome, Verdict
from expectations.rule import Check
from orchestration.datadocs import Page
from orchestration.printable import in_cell

GATES = {
    "accuracy": "accuracy",
    "articles": "article",
    "events": "rows",
    "figures": "rows",
    "numbers": "rows",
    "batch": "batch",
    "release": "release",
}
"""Suite → gate, as quality tables name it."""
CHECKED_ASSETS = {
    "accuracy": dg.AssetKey("accuracy"),
    "articles": dg.AssetKey("articles"),
    "events": dg.AssetKey("event_rows"),
    "figures": dg.AssetKey("figure_rows"),
    "numbers": dg.AssetKey("number_rows"),
    "batch": dg.AssetKey("volumes"),
    "release": dg.AssetKey("published_warehouse"),
}
_EVIDENCE_ROWS = 5


def _checks_of(suite: str) -> Iterator[Check]:
    return (check for check in CHECKS if check.suite == suite)


def check_specs(suites: Iterable[str]) -> list[dg.AssetCheckSpec]:
    """One spec per check of the suites; a check of severity block stops the run."""
    return [
        dg.AssetCheckSpec(
            check.check_name,
            asset=CHECKED_ASSETS[suite],
            description=f"{check.what} {check.why}",
            blocking=check.severity == "block",
            metadata={
                "suite": suite,
                "severity": check.severity,
                "example": check.example,
                "next_step": check.next_step,
            },
        )
        for suite in suites
        for check in _checks_of(suite)
    ]


def check_results(
    suite: str, verdict: Verdict | None, page: Page | None = None
) -> Iterator[dg.AssetCheckResult]:
    """The outcomes of one suite, each with a link to its page of the Data Docs, if it has one.

    Without a verdict there was no row, which passes every check.
    """
    if verdict is None:
        for check in _checks_of(suite):
            yield dg.AssetCheckResult(
                passed=True,
                check_name=check.check_name,
                asset_key=CHECKED_ASSETS[suite],
                description="No rows to check.",
                metadata={"suite": suite, "severity": check.severity, "evaluated": 0, "failed": 0},
            )
        return
    for outcome in verdict.outcomes:
        stops = outcome.blocks
        yield dg.AssetCheckResult(
            passed=outcome.success and outcome.problem is None,
            check_name=outcome.check_name,
            asset_key=CHECKED_ASSETS[suite],
            severity=dg.AssetCheckSeverity.ERROR if stops else dg.AssetCheckSeverity.WARN,
            description=_described(outcome),
            metadata={
                "suite": suite,
                "severity": outcome.severity,
                "evaluated": outcome.evaluated_count,
                "failed": outcome.unexpected_count,
                **_evidence(verdict, outcome.check_name),
                **(page.link() if page else {}),
            },
        )


def _described(outcome: CheckOutcome) -> str:
    if outcome.problem is not None:
        return f"Could not run: {outcome.problem}"
    if outcome.success:
        return f"{outcome.evaluated_count} looked at, none fails."
    waived = f"; {outcome.waived_count} under a waiver" if outcome.waived_count else ""
    return f"{outcome.unexpected_count} of {outcome.evaluated_count} fail{waived}."


def _evidence(verdict: Verdict, check_name: str) -> dict[str, dg.MetadataValue[Any]]:
    failures = verdict.failures[verdict.failures["check_name"] == check_name].head(_EVIDENCE_ROWS)
    if failures.empty:
        return {}
    lines = ["| row | observed |", "|---|---|"]
    for row_id, observed in zip(failures["row_id"], failures["observed"], strict=True):
        lines.append(f"| {in_cell(row_id)} | {in_cell(observed)} |")
    return {"evidence": dg.MetadataValue.md("\n".join(lines))}


def result_rows(
    suite: str, verdict: Verdict | None, run_id: str, now: dt.datetime
) -> list[dict[str, Any]]:
    """The outcomes as rows of quality.check_results; passes too, none where nothing was checked."""
    return [
        {
            "run_id": run_id,
            "gate": GATES[suite],
            "suite": suite,
            "check_name": outcome.check_name,
            "severity": outcome.severity,
            "success": outcome.success and outcome.problem is None,
            "evaluated_count": outcome.evaluated_count,
            "unexpected_count": outcome.unexpected_count,
            "waived_count": outcome.waived_count,
            "observed": _first_observed(verdict, outcome.check_name),
            "problem": outcome.problem,
            "recorded_at": now,
        }
        for outcome in (verdict.outcomes if verdict else ())
    ]


def _first_observed(verdict: Verdict | None, check_name: str) -> str | None:
    if verdict is None:
        return None
    failures = verdict.failures[verdict.failures["check_name"] == check_name]
    seen = failures["observed"].dropna()
    return str(seen.iloc[0]) if len(seen) else None
