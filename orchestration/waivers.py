"""Waivers: who lets which rule be broken, where, why, and until when.

Belongs here: the shape of a waiver, what makes one valid, and which failures the active ones cover.
Does not belong here: the file that they are kept in (`waiver_file.py`), or what a covered failure
means for a row (`expectations.gate`).

The day is always passed in: whether a waiver holds depends on it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any, Literal

import pyarrow as pa

from expectations.catalogue import CHECKS
from expectations.gate import Verdict

MAX_DAYS = 90
"""Longest time from the day it is given to its last day."""
SCOPES = ("finding", "document", "source", "batch")
WHOLE_BATCH = "batch"
ALL_SOURCES = "(all)"
"""What a failure of the whole batch names as its source."""
_ROW_SUITES = ("articles", "events", "figures", "numbers")
_SCOPE = re.compile(r"(finding|document):[0-9a-f]{16}|source:\S.*|batch", re.DOTALL)
_HOLDING = {f"{c.suite}.{c.check_name}" for c in CHECKS if c.severity in ("quarantine", "block")}
_KNOWN = {f"{c.suite}.{c.check_name}": c for c in CHECKS}

WaiverState = Literal["active", "expired", "revoked"]


class WaiverError(ValueError):
    """A waiver that can't be; says what is wrong and what to do. The file adds where it stands."""

    def __init__(self, message: str, next_step: str) -> None:
        super().__init__(message)
        self.next_step = next_step


@dataclass(frozen=True, slots=True)
class Waiver:
    """One waiver, valid in itself; the names are those of quality.waivers."""

    rule: str
    scope: str
    reason: str
    given_by: str
    given_on: dt.date
    until: dt.date
    evidence: str | None = None
    revoked_by: str | None = None
    revoked_on: dt.date | None = None
    revoked_reason: str | None = None

    def __post_init__(self) -> None:
        check_rule(self.rule, self.scope)
        _check_days(self.given_on, self.until)
        for name in ("reason", "given_by"):
            if not getattr(self, name).strip():
                raise WaiverError(f"{name} is empty", "Say who answers for it, and why.")
        revoked = (self.revoked_by, self.revoked_on, self.revoked_reason)
        if any(revoked) and not all(revoked):
            raise WaiverError(
                "it is revoked by halves: revoked_by, revoked_on and revoked_reason go together",
                "Fill in all three, or take them all out.",
            )

    @property
    def waiver_id(self) -> str:
        """16 hex digits of rule, scope, evidence, giver and days."""
        parts = (self.rule, self.scope, self.evidence, self.given_by, self.given_on, self.until)
        key = "|".join("" if part is None else str(part) for part in parts)
        return hashlib.sha256(key.encode()).hexdigest()[:16]

    def state(self, today: dt.date) -> WaiverState:
        """Whether it holds on a day; its last day counts."""
        if self.revoked_on is not None:
            return "revoked"
        return "active" if today <= self.until else "expired"

    def days_left(self, today: dt.date) -> int:
        """Days on which it still holds, today among them; 0 where it holds no longer."""
        return (self.until - today).days + 1 if self.state(today) == "active" else 0

    def revoked(self, by: str, on: dt.date, reason: str) -> Waiver:
        """The same waiver, taken back."""
        return replace(self, revoked_by=by, revoked_on=on, revoked_reason=reason)

    def to_row(self, today: dt.date) -> dict[str, Any]:
        """Its row of quality.waivers."""
        names = (
            *("waiver_id", "rule", "scope", "evidence", "reason", "given_by", "given_on", "until"),
            *("revoked_by", "revoked_on", "revoked_reason"),
        )
        return {name: getattr(self, name) for name in names} | {"state": self.state(today)}

    def covers(self, finding: Mapping[str, Any]) -> bool:
        """Whether it is about this finding: a row of quality.quarantine with its `rule_id`."""
        if finding["rule_id"] != self.rule:
            return False
        kind, _, name = self.scope.partition(":")
        if kind == "document":
            return name == finding["document_id"] and self._same(finding["version_id"])
        if kind == "finding":
            return name == finding["quarantine_id"] and self._same(finding["fingerprint"])
        if kind == "source":
            return name == finding["source"] and self._same(finding["fingerprint"])
        return finding["source"] in (None, ALL_SOURCES) and self._same(finding["fingerprint"])

    def _same(self, evidence: str | None) -> bool:
        return self.evidence is None or self.evidence == evidence


def check_rule(rule: str, scope: str) -> None:
    """Raise WaiverError where a rule can't be waived, or not with this scope."""
    if rule.startswith("file.") or rule == "articles.extraction_crashed":
        raise WaiverError(
            f"the rule {rule} can't be waived: what could not be read can't be let through",
            "Correct the file, or reject the finding: dispatches quarantine reject ID",
        )
    if rule not in _KNOWN:
        raise WaiverError(f"there is no rule {rule!r}", "docs/rules.md lists the rules.")
    if rule not in _HOLDING:
        raise WaiverError(
            f"the rule {rule} has the severity {_KNOWN[rule].severity}: it holds nothing back",
            "There is nothing to waive.",
        )
    if not _SCOPE.fullmatch(scope):
        raise WaiverError(
            f"{scope!r} is no scope",
            "It is finding:ID, document:ID, source:NAME or batch; IDs have 16 hex digits.",
        )
    of_rows = rule.partition(".")[0] in _ROW_SUITES
    if scope == WHOLE_BATCH and of_rows:
        raise WaiverError(
            f"the rule {rule} looks at single rows: waived for the whole batch, it is off",
            "Narrow the scope: finding:ID, document:ID or source:NAME",
        )


def _check_days(given_on: dt.date, until: dt.date) -> None:
    if until < given_on:
        raise WaiverError(
            f"its last day, {until}, is before the day on which it is given, {given_on}",
            "Give a day in the future.",
        )
    if (until - given_on).days > MAX_DAYS:
        latest = given_on + dt.timedelta(days=MAX_DAYS)
        raise WaiverError(
            f"{until} is {(until - given_on).days} days after {given_on}; {MAX_DAYS} are allowed",
            f"Choose a day up to {latest}, and renew it then if it must be.",
        )


def active(waivers: Iterable[Waiver], today: dt.date) -> list[Waiver]:
    """Those that hold on a day, in their order."""
    return [waiver for waiver in waivers if waiver.state(today) == "active"]


def holding(rows: pa.Table) -> list[Waiver]:
    """The waivers of a table of quality.waivers that hold in its run."""
    names = [field.name for field in fields(Waiver)]
    held = [row for row in rows.to_pylist() if row["state"] == "active"]
    return [Waiver(**{name: row[name] for name in names}) for row in held]


def covering(waivers: Sequence[Waiver], finding: Mapping[str, Any]) -> Waiver | None:
    """The waiver that covers a finding, the narrowest scope first; none covers it: None."""
    found = [waiver for waiver in waivers if waiver.covers(finding)]
    return min(found, key=lambda w: SCOPES.index(w.scope.partition(":")[0]), default=None)


def under_waivers(
    verdict: Verdict, findings: Mapping[int, Mapping[str, Any]], waivers: Sequence[Waiver]
) -> tuple[Verdict, dict[int, Waiver]]:
    """The verdict as it is under the active waivers, and which covers which failure.

    `findings`: position in `verdict.failures` → the finding that it is, for failures that could be
    covered.
    """
    found = {at: covering(waivers, finding) for at, finding in findings.items()}
    covered = {at: waiver for at, waiver in found.items() if waiver is not None}
    return verdict.waived({at: w.waiver_id for at, w in covered.items()}), covered
