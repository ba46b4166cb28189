"""What a blocked run tells: what was blocked, how many rows, the first evidence, how to go on.

Belongs here: the one wording, for the run's page, the command line, the Data Docs and the alert.
Does not belong here: stopping the run (`blocking.py`), or any of those places.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from expectations.catalogue import CHECKS
from expectations.gate import CheckOutcome, Verdict
from orchestration.evidence import in_line, marked_parts
from orchestration.printable import in_cell, printable
from orchestration.report import SetAside

_EVIDENCE = 3
_ROWS_SUITES = ("articles", "events", "figures", "numbers")
"""Suites whose rows belong to a document; a waiver can name it."""


@dataclass(frozen=True, slots=True)
class Notice:
    """Why nothing of a batch goes on, in words that need no knowledge of the code."""

    headline: str
    """What blocked and how many rows, one sentence."""
    demand: str
    """What the rule demands; empty where a test of the models blocked."""
    effect: str
    """What that means for readers."""
    next_step: str
    commands: tuple[tuple[str, str], ...]
    """(what for, command), in the order in which one would try them."""
    rules: tuple[str, ...] = ()
    evidence: tuple[SetAside, ...] = ()

    def message(self) -> str:
        """All of it in one line, without the commands for special cases."""
        seen = f" First: {_seen(self.evidence[0])}." if self.evidence else ""
        parts = (f"{self.headline}{seen}", self.effect, self.next_step)
        return f"{' '.join(part for part in parts if part)} Then run: dispatches refresh"

    def markdown(self) -> str:
        """All of it for the Dagster UI; nothing from an article is markup in it."""
        lines = [f"**{in_cell(self.headline)}** {in_cell(self.demand)}", "", self.effect]
        if self.evidence:
            lines += ["", "| where | seen | text |", "|---|---|---|"]
        for item in self.evidence:
            before, span, after = marked_parts(item)
            text = in_cell(before) + (f" **{in_cell(span)}** " if span else "") + in_cell(after)
            lines.append(f"| {in_cell(item.source_path)} | {in_cell(item.observed)} | {text} |")
        lines += ["", in_cell(self.next_step), ""]
        lines += ["**How to go on**", ""]
        for purpose, command in self.commands:
            lines += [f"{purpose}:", "", "```", command, "```", ""]
        return "\n".join(lines)

    def as_dict(self) -> dict[str, Any]:
        """For the metadata of the failure; `of_dict` reads it."""
        return {**asdict(self), "evidence": [asdict(item) for item in self.evidence]}

    @classmethod
    def of_dict(cls, stated: Mapping[str, Any]) -> Self:
        """The notice that `as_dict` wrote."""
        evidence = tuple(SetAside(**item) for item in stated["evidence"])
        commands = tuple((purpose, command) for purpose, command in stated["commands"])
        rules = tuple(stated["rules"])
        return cls(**{**stated, "evidence": evidence, "commands": commands, "rules": rules})


def notice_of(suites: Mapping[str, Verdict], evidence: Sequence[SetAside]) -> Notice:
    """The notice of these verdicts, at least one of which blocks."""
    stops = [(suite, o) for suite, v in suites.items() for o in v.outcomes if o.blocks]
    suite, first = stops[0]
    check = next(c for c in CHECKS if (c.suite, c.check_name) == (suite, first.check_name))
    more = "" if len(stops) == 1 else f" ({_more(len(stops) - 1, 'rule')})"
    own = [item for item in evidence if item.rule == first.check_name] or list(evidence)
    return Notice(
        headline=f"Blocked by {suite}.{first.check_name}: {_extent(first)}{more}.",
        demand=check.what,
        effect="Nothing of this batch was loaded or published; readers keep the last release.",
        next_step=check.next_step,
        commands=_commands(suite, first, own),
        rules=tuple(f"{s}.{o.check_name}" for s, o in stops),
        evidence=tuple(own[:_EVIDENCE]),
    )


def models_notice(tests: Sequence[str]) -> Notice:
    """The notice of dbt tests that fail; a waiver can't let them pass."""
    more = "" if len(tests) == 1 else f" ({_more(len(tests) - 1, 'test')})"
    return Notice(
        headline=f"Blocked by the test {tests[0]}{more}.",
        demand="",
        effect="Nothing was published; readers keep the last release.",
        next_step="The checks of the models in `dispatches ui` show the failing query.",
        commands=(("See the failing test", "dispatches ui"), ("Go on", "dispatches refresh")),
        rules=tuple(tests),
    )


def _seen(item: SetAside) -> str:
    told = printable(item.observed) if item.observed else ""
    quoted = f"“{in_line(item)}”" if item.evidence else ""
    return f"{': '.join(part for part in (told, quoted) if part)} in {printable(item.source_path)}"


def _extent(outcome: CheckOutcome) -> str:
    if outcome.problem:
        return f"it could not run ({printable(outcome.problem)})"
    rows = "row fails" if outcome.evaluated_count == 1 else "rows fail"
    return f"{_failing(outcome):,} of {outcome.evaluated_count:,} {rows}"


def _commands(
    suite: str, outcome: CheckOutcome, evidence: Sequence[SetAside]
) -> tuple[tuple[str, str], ...]:
    first = evidence[0] if evidence else None
    commands = []
    if first is not None and first.quarantine_id:
        commands.append(
            ("See the evidence", f"dispatches quarantine show {shlex.quote(first.quarantine_id)}")
        )
    if outcome.problem is None:  # what could not be checked, nobody can answer for
        commands.append(
            (
                "Let it pass, if someone answers for it",
                f"dispatches waive add --rule {suite}.{outcome.check_name} "
                f"--scope {shlex.quote(_scope(suite, first, outcome))} "
                '--reason "WHY" --by "YOUR NAME" --until YYYY-MM-DD',
            )
        )
    commands.append(("Go on", "dispatches refresh"))
    return tuple(commands)


def _scope(suite: str, item: SetAside | None, outcome: CheckOutcome) -> str:
    """What a waiver would name: the finding, its document where several rows fail, or the batch."""
    several = suite in _ROWS_SUITES and _failing(outcome) > 1
    if item is not None and item.document_id and (several or not item.quarantine_id):
        return f"document:{item.document_id}"
    return f"finding:{item.quarantine_id}" if item and item.quarantine_id else "batch"


def _failing(outcome: CheckOutcome) -> int:
    return outcome.unexpected_count - outcome.waived_count


def _more(number: int, what: str) -> str:
    return f"and {number:,} more {what}{'s' if number > 1 else ''}"
