"""What can be wrong with a file: one record per problem, worded from one table.

Belongs here: the shape of a problem, and the exception that carries one to the reader of the
file. Does not belong here: finding a problem.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.vocabulary import load_table
from orchestration.printable import printable

EVIDENCE_CHARS = 200
"""Length to which evidence is cut; enough to recognise a file by."""


@dataclass(frozen=True, slots=True)
class FileProblem:
    """One file, or one record of it, that is set aside, and why. All texts are safe to show."""

    rule: str
    source_path: str
    source_record: int | None
    reason: str
    observed: str | None
    evidence: str | None
    next_step: str
    file_hash: str


class IngestError(Exception):
    """A file or record can't become an article; names the rule of problems.tsv."""

    def __init__(
        self,
        rule: str,
        *,
        observed: str | None = None,
        evidence: str | None = None,
        **facts: object,
    ) -> None:
        self.rule = rule
        self.observed = observed
        self.evidence = evidence
        self.reason, self.next_step = (
            template.format(**{name: printable(str(value)) for name, value in facts.items()})
            for template in _wording(rule)
        )
        super().__init__(self.reason)

    def about(self, source_path: str, file_hash: str, record: int | None = None) -> FileProblem:
        """The problem as a record about this file (and record, 1-based)."""
        return FileProblem(
            rule=self.rule,
            source_path=source_path,
            source_record=record,
            reason=self.reason,
            observed=None if self.observed is None else printable(self.observed),
            evidence=None if self.evidence is None else printable(self.evidence)[:EVIDENCE_CHARS],
            next_step=self.next_step,
            file_hash=file_hash,
        )


class NoSuchPathError(IngestError):
    """A path that was asked for does not exist; a mistake of the caller, not of a file."""

    def __init__(self, path: str) -> None:
        self.path = printable(path)
        super().__init__("no_such_path", path=path)


@cache
def _rules() -> dict[str, tuple[str, str]]:
    table = load_table("problems", ("rule", "reason", "next_step"), "orchestration.ingest")
    return {row["rule"]: (row["reason"], row["next_step"]) for row in table}


def _wording(rule: str) -> tuple[str, str]:
    return _rules()[rule]
