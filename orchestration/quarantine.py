"""What was set aside: rows for `quality.quarantine`, and the evidence file of a run.

Belongs here: one shape for files, articles and rows that a gate held back, and its id. Does not
belong here: deciding that (`ingest`, `expectations`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from orchestration.home import Home
from orchestration.ingest import FileProblem
from orchestration.report import SetAside

Row = dict[str, Any]
CRASHED = "extraction_crashed"
"""Rule under which a text is set aside on which the extractor fails."""


def quarantine_id(rule: str, *identity: object) -> str:
    """16 hex digits that name one finding, the same in every run.

    A text that another file brought is one finding, whether the other came in this run or before.
    """
    key = "|".join([rule.removesuffix("_landed"), *("" if i is None else str(i) for i in identity)])
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def crash_id(version_id: str, extractor_version: str) -> str:
    """Names the crash of one extractor version over one text; it is not tried again."""
    return quarantine_id(CRASHED, version_id, extractor_version)


def of_file(problem: FileProblem, run_id: str, now: dt.datetime) -> Row:
    """A file, or a record of one, that did not become an article."""
    return _row(
        run_id,
        now,
        quarantine_id=quarantine_id(
            problem.rule, problem.source_path, problem.source_record, problem.file_hash
        ),
        gate="file",
        rule=problem.rule,
        source_path=problem.source_path,
        source_record=problem.source_record,
        file_hash=problem.file_hash,
        reason=problem.reason,
        observed=problem.observed,
        evidence=problem.evidence,
        next_step=problem.next_step,
    )


def article_id(rule: str, version: Mapping[str, Any]) -> str:
    """Names the finding of a rule on an article in this state: text and description."""
    state = ("source_path", "source_record", "file_hash", "version_id")
    return quarantine_id(rule, *(version[name] for name in state))


def of_article(
    version: Mapping[str, Any], failure: Mapping[str, Any], run_id: str, now: dt.datetime
) -> Row:
    """An article that failed a rule; `failure` is a row of the verdict, or of the same names."""
    return _row(
        run_id,
        now,
        quarantine_id=article_id(failure["check_name"], version),
        gate="article",
        rule=failure["check_name"],
        source_path=version["source_path"],
        source_record=version["source_record"],
        file_hash=version["file_hash"],
        source=version["publisher"],
        document_id=version["document_id"],
        version_id=version["version_id"],
        reason=failure["reason"],
        observed=_text(failure["observed"]),
        evidence=" ".join(str(version["clean_text"])[:200].split()),
        next_step=failure["next_step"],
    )


def of_row(
    row: Mapping[str, Any],
    kind: str,
    source_path: str,
    failure: Mapping[str, Any],
    run_id: str,
    now: dt.datetime,
) -> Row:
    """A figure, event or ledger row that failed a rule, with its sentence and its span in it."""
    return _row(
        run_id,
        now,
        quarantine_id=quarantine_id(failure["check_name"], row["row_id"], row["extraction_id"]),
        gate="rows",
        rule=failure["check_name"],
        source_path=source_path,
        document_id=row["document_id"],
        version_id=row["version_id"],
        extraction_id=row["extraction_id"],
        row_kind=kind,
        row_id=row["row_id"],
        reason=failure["reason"],
        observed=_text(failure["observed"]),
        evidence=row["sentence_text"],
        evidence_start=row["start"] - row["sentence_start"],
        evidence_end=row["end"] - row["sentence_start"],
        next_step=failure["next_step"],
    )


def _row(run_id: str, now: dt.datetime, **found: Any) -> Row:
    empty = dict.fromkeys(
        (
            "source_record",
            "file_hash",
            "source",
            "document_id",
            "version_id",
            "extraction_id",
            "extractor_version",
            "row_kind",
            "row_id",
            "observed",
            "evidence",
            "evidence_start",
            "evidence_end",
        )
    )
    seen = quarantine_id(found["rule"], found.get("observed"), found.get("evidence"))
    return {**empty, **found, "fingerprint": seen, "run_id": run_id, "recorded_at": now}


def _text(value: Any) -> str | None:
    return None if value is None or value is pd.NA else str(value)


def set_aside(row: Mapping[str, Any], *, is_new: bool = True) -> SetAside:
    """A quarantine row as the report shows it."""
    return SetAside(
        gate=row["gate"],
        rule=row["rule"],
        source_path=row["source_path"],
        reason=row["reason"],
        next_step=row["next_step"],
        observed=row["observed"],
        evidence=row["evidence"],
        is_new=is_new,
    )


def write_evidence(home: Home, run_id: str, found: Sequence[SetAside]) -> Path:
    """Append to the evidence file of a run, one JSON object a line; returns the file."""
    path = home.evidence / f"{run_id}.jsonl"
    if found:
        with path.open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in found)
    return path


def read_evidence(home: Home, run_id: str) -> list[SetAside]:
    """What a run set aside or was blocked by, in the order in which it happened."""
    path = home.evidence / f"{run_id}.jsonl"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return [SetAside(**json.loads(line)) for line in lines]


def distinct(rows: Iterable[Row]) -> list[Row]:
    """The rows without repeats of a quarantine id, first one kept."""
    return list({row["quarantine_id"]: row for row in reversed(list(rows))}.values())[::-1]
