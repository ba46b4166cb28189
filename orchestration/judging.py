"""From a verdict of the gate to findings: what is set aside, what passes under a waiver, what
blocks.

Belongs here: putting waivers over a verdict and sorting its failures. Does not belong here: rules
(`expectations`), what a waiver is (`waivers.py`), writing findings down (`settling.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from expectations.gate import Verdict
from orchestration.quarantine import Row, rule_id
from orchestration.waivers import Waiver, under_waivers

KEPT_OF_A_BLOCK = 1_000
"""Findings that are recorded of what blocks a batch, one suite: enough to see what it is."""
Failure = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Judged:
    """A verdict under the waivers that hold, and its failures as findings."""

    verdict: Verdict
    held: list[Row] = field(default_factory=list)
    """Findings of rows that are set aside."""
    waived: list[Row] = field(default_factory=list)
    """Findings of rows that go on under a waiver; each with its `waiver_id`."""
    blocking: list[Row] = field(default_factory=list)
    """Findings that stop the batch."""


def judged(
    verdict: Verdict, finding_of: Callable[[Failure], Row], waivers: Sequence[Waiver]
) -> Judged:
    """The verdict under `waivers`, which hold today. `finding_of` makes a finding of a failure."""
    findings = {at: finding_of(failure) for at, failure in _stopping(verdict, waivers)}
    asked = {at: {**row, "rule_id": rule_id(row)} for at, row in findings.items()}
    under, covered = under_waivers(verdict, asked, waivers)
    severities = under.failures["severity"].tolist()
    positions = under.failures["row_position"].tolist()
    out = set(under.positions("quarantine").tolist())
    result = Judged(under)
    for at, row in findings.items():
        if severities[at] == "block":
            result.blocking.append(row)
        elif severities[at] == "quarantine" or positions[at] in out:
            result.held.append(row)  # a waived rule does not help a row that another one holds
        else:
            result.waived.append({**row, "waiver_id": covered[at].waiver_id})
    del result.blocking[KEPT_OF_A_BLOCK:]
    return result


def _stopping(verdict: Verdict, waivers: Sequence[Waiver]) -> Iterator[tuple[int, Failure]]:
    """The failures that hold a row or the batch, with their position; rows in their order.

    Of those that block, the first ones where no waiver asks for more.
    """
    waived = {waiver.rule.partition(".")[2] for waiver in waivers}
    stops = verdict.failures[verdict.failures["severity"].isin(["quarantine", "block"])]
    stops = stops.assign(at=stops.index).sort_values(["row_position", "check_name", "at"])
    blocks = 0
    for failure in stops.to_dict("records"):
        is_block = failure["severity"] == "block"
        blocks += is_block
        if not is_block or blocks <= KEPT_OF_A_BLOCK or failure["check_name"] in waived:
            yield int(failure["at"]), {str(name): value for name, value in failure.items()}
