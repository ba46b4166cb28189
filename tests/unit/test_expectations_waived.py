"""What a waiver changes in a verdict, and what it leaves alone."""

from __future__ import annotations

import pandas as pd
import pyarrow as pa
import pytest

from expectations.gate import CheckOutcome, Verdict
from orchestration import verdicts

ROWS = pa.table(
    {"row_id": ["a", "b", "c"], "flags": pa.array([["old"], [], []], pa.list_(pa.string()))}
)


def failure(check: str, severity: str, position: int | None) -> dict[str, object]:
    return {"check_name": check, "severity": severity, "row_position": position}


def verdict_of(*failures: dict[str, object], counts: dict[str, int] | None = None) -> Verdict:
    """A verdict with these failures; `counts`: failing rows where a check looks inside of rows."""
    frame = pd.DataFrame(list(failures)).astype({"row_position": "Int64"})
    outcomes = [
        CheckOutcome(
            "figures", name, own["severity"].iloc[0], False, 3, (counts or {}).get(name, len(own))
        )
        for name, own in frame.groupby("check_name", sort=False)
    ]
    return Verdict(outcomes, frame)


BOUNDS = failure("bounds", "quarantine", 1)
SPAN = failure("span", "block", 2)
RECOUNT = failure("recount", "block", None)


def test_a_covered_row_goes_on_with_its_flag() -> None:
    verdict = verdict_of(BOUNDS).waived({0: "w"})
    frame = ROWS.to_pandas(types_mapper=pd.ArrowDtype)
    assert verdict.admitted(frame)["flags"].tolist() == [["old"], ["waived:bounds"], []]
    assert verdicts.admitted(ROWS, verdict).column("flags").to_pylist() == [
        ["old"],
        ["waived:bounds"],
        [],
    ]


def test_a_row_that_fails_another_rule_too_stays_out() -> None:
    verdict = verdict_of(BOUNDS, failure("unit", "quarantine", 1)).waived({0: "w"})
    assert verdicts.admitted(ROWS, verdict).column("row_id").to_pylist() == ["a", "c"]


@pytest.mark.parametrize(
    ("covered", "blocks"),
    [
        pytest.param([], True, id="no failure is covered"),
        pytest.param([0], True, id="one of two failures is covered"),
        pytest.param([0, 1], False, id="every failure is covered"),
    ],
)
def test_a_check_blocks_while_one_failure_is_not_covered(covered: list[int], blocks: bool) -> None:
    verdict = verdict_of(SPAN, failure("span", "block", 0)).waived(dict.fromkeys(covered, "w"))
    assert verdict.blocked is blocks
    assert not verdict.outcomes[0].success
    assert verdict.outcomes[0].waived_count == len(covered)


def test_a_failure_that_is_no_rows_can_be_covered() -> None:
    verdict = verdict_of(RECOUNT).waived({0: "w"})
    assert not verdict.blocked
    assert verdicts.admitted(ROWS, verdict).column("flags").to_pylist() == [["old"], [], []]


def test_several_bad_claimants_of_one_row_are_one_failure() -> None:
    verdict = verdict_of(SPAN, counts={"span": 4}).waived({0: "w"})
    assert verdict.outcomes[0].waived_count == 4
    assert not verdict.blocked


def test_a_check_that_could_not_run_blocks_whatever_is_waived() -> None:
    broken = CheckOutcome("figures", "span", "block", False, 0, 0, problem="no column")
    verdict = Verdict([broken], verdict_of(SPAN).failures).waived({0: "w"})
    assert verdict.blocked


def test_nothing_covered_is_the_same_verdict() -> None:
    verdict = verdict_of(BOUNDS)
    assert verdict.waived({}) is verdict
