"""What a refresh tells its caller: the report at the end, and progress on the way.

Belongs here: plain shapes without Dagster, so that the command line can render them and tests can
read them. Does not belong here: how a refresh runs (`refresh.py`) or how a report looks (`cli`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    from orchestration.notice import Notice

Outcome = Literal["done", "nothing_new", "blocked", "failed", "locked"]
EXIT_CODES: dict[Outcome, int] = {
    "done": 0,
    "nothing_new": 0,
    "failed": 1,
    "locked": 1,
    "blocked": 3,
}


@dataclass(frozen=True, slots=True)
class SetAside:
    """One file, article or row in the quarantine, or the first evidence of a block."""

    gate: str
    rule: str
    source_path: str
    reason: str
    next_step: str
    observed: str | None = None
    evidence: str | None = None
    is_new: bool = True
    """False where an earlier refresh reported it already and nothing changed."""
    suite: str | None = None
    """Suite of the rule; null where the rule is the file gate's."""
    quarantine_id: str | None = None
    document_id: str | None = None
    evidence_start: int | None = None
    """Span inside the evidence; null where it is a whole text's or a file's."""
    evidence_end: int | None = None


@dataclass(frozen=True, slots=True)
class GateCount:
    """How the checks of one suite went."""

    suite: str
    passed: int = 0
    flagged: int = 0
    """Checks of severity warning that rows failed; the rows are published with a flag."""
    quarantined: int = 0
    """Checks that set rows aside."""
    blocked: int = 0


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """How one refresh ended. Counts are of this run alone."""

    outcome: Outcome
    message: str
    """One plain sentence: what happened, or what was blocked and what to do next."""
    run_id: str | None = None
    seconds: float = 0.0
    articles_new: int = 0
    articles_unchanged: int = 0
    articles_quarantined: int = 0
    """Files and articles set aside in this run, those that an earlier run reported included."""
    rows: dict[str, int] = field(default_factory=dict)
    """Rows loaded in this run, by kind: `event`, `figure`, `number`."""
    rows_quarantined: int = 0
    gates: tuple[GateCount, ...] = ()
    quarantine: tuple[SetAside, ...] = ()
    findings: dict[str, int] = field(default_factory=dict)
    """Findings that this run brought to another state, by state."""
    published_path: Path | None = None
    """The file that readers open; null as long as nothing was ever published."""
    release_number: int | None = None
    notice: Notice | None = None
    """What was blocked and how to go on, where a gate blocked."""
    docs_page: Path | None = None
    """The run's page of the Data Docs; null where nothing was evaluated."""
    alert: str | None = None
    """What became of the alert; null where none was due."""
    lock_holder: tuple[int | None, str | None] | None = None
    """Process id and start of the refresh that holds the lock, where outcome is `locked`."""

    @property
    def exit_code(self) -> int:
        """0 done or nothing new, 1 failed or locked, 3 blocked by a gate."""
        return EXIT_CODES[self.outcome]


class Progress(Protocol):
    """What a caller may show while a refresh runs. Calls come from the running thread, in order."""

    def step_started(self, step: str, description: str, position: int, total: int) -> None:
        """A step began; `position` counts from 1 to `total`."""

    def step_finished(
        self, step: str, outcome: Literal["done", "skipped", "failed"], seconds: float
    ) -> None:
        """A step ended."""

    def advanced(self, step: str, done: int, total: int, unit: str) -> None:
        """Inside a step, `done` of `total` things (`unit`: articles, models) are through."""
