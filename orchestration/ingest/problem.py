"""What can be wrong with a file: one record per problem, worded from one table.

Belongs here: the shape of a problem, the exception that carries one to the reader of the file, and how
untrusted characters are made harmless. Does not belong here: finding a problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.vocabulary import load_table

_UNSAFE = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]"
)
"""Control characters, bidirectional overrides and lone surrogates: they move the cursor, reorder what
is shown, or cannot be stored at all."""

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
    """A file or record can't become an article; names the rule of problems.tsv and what was seen."""

    def __init__(
        self, rule: str, *, observed: str | None = None, evidence: str | None = None, **facts: object
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


class NoSuchPath(IngestError):
    """A path that was asked for does not exist; a mistake of the caller, not of a file."""

    def __init__(self, path: str) -> None:
        self.path = printable(path)
        super().__init__("no_such_path", path=path)


def printable(text: str) -> str:
    r"""`text` with every character that could act on a terminal or break a line written as an escape.

    `\x1b`, `\u202e` and the like; all else, accents and quotation marks included, stays as it is.
    """
    return _UNSAFE.sub(_escape, text)


def printable_bytes(content: bytes) -> str:
    r"""The first bytes of `content` as ASCII, everything else as `\xNN`."""
    return "".join(
        chr(byte) if 0x20 <= byte < 0x7F else f"\\x{byte:02x}" for byte in content[:EVIDENCE_CHARS // 4]
    )


def _escape(match: re.Match[str]) -> str:
    code = ord(match[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


@cache
def _rules() -> dict[str, tuple[str, str]]:
    table = load_table("problems", ("rule", "reason", "next_step"), "orchestration.ingest")
    return {row["rule"]: (row["reason"], row["next_step"]) for row in table}


def _wording(rule: str) -> tuple[str, str]:
    return _rules()[rule]
