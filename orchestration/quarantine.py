"""What was set aside: rows for `quality.quarantine`.

Belongs here: one shape for files, articles and rows that a gate held back, and its id. Does not
belong here: deciding that (`ingest`, `expectations`), or telling it (`run_evidence.py`).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from extraction.sentences import split_sentences
from orchestration.ingest import FileProblem

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
    article: Mapping[str, Any],
    failure: Mapping[str, Any],
    extractor_version: str,
    run_id: str,
    now: dt.datetime,
) -> Row:
    """A figure, event or ledger row that failed a rule, with its sentence and its span in it.

    The id names rule and row: what another reading of the text makes of the row is the same
    finding. `article`: the version that it was read from.
    """
    return _row(
        run_id,
        now,
        quarantine_id=quarantine_id(failure["check_name"], row["row_id"]),
        **_of_reading(article, failure, extractor_version),
        extraction_id=row["extraction_id"],
        row_kind=kind,
        row_id=row["row_id"],
        evidence=row["sentence_text"],
        evidence_start=row["start"] - row["sentence_start"],
        evidence_end=row["end"] - row["sentence_start"],
    )


def of_text(
    kind: str,
    article: Mapping[str, Any],
    failure: Mapping[str, Any],
    extractor_version: str,
    run_id: str,
    now: dt.datetime,
) -> Row:
    """A place in a text that failed a rule about rows, such as a number that no row accounts for.

    `article`: the version, or what is known of it.
    """
    evidence, start, end = _around(article.get("clean_text"), failure["start"], failure["end"])
    return _row(
        run_id,
        now,
        quarantine_id=quarantine_id(
            failure["check_name"], kind, failure["version_id"], _text(failure["observed"])
        ),
        **_of_reading(article, failure, extractor_version),
        row_kind=kind,
        evidence=evidence,
        evidence_start=start,
        evidence_end=end,
    )


def of_batch(
    suite: str,
    source_path: str,
    source: str | None,
    failure: Mapping[str, Any],
    run_id: str,
    now: dt.datetime,
) -> Row:
    """A batch, a source in it, or a release that failed a rule; `source_path` names it in words."""
    return _row(
        run_id,
        now,
        quarantine_id=quarantine_id(failure["check_name"], suite, source),
        gate=suite,
        rule=failure["check_name"],
        source_path=source_path,
        source=source,
        reason=failure["reason"],
        observed=_text(failure["observed"]),
        next_step=failure["next_step"],
    )


def _of_reading(
    article: Mapping[str, Any], failure: Mapping[str, Any], extractor_version: str
) -> Row:
    return {
        "gate": "rows",
        "rule": failure["check_name"],
        "source_path": article.get("source_path", "unknown"),
        "source_record": article.get("source_record"),
        "file_hash": article.get("file_hash"),
        "source": article.get("publisher"),
        "document_id": article.get("document_id"),
        "version_id": _text(failure["version_id"]),
        "extractor_version": extractor_version,
        "reason": failure["reason"],
        "observed": _text(failure["observed"]),
        "next_step": failure["next_step"],
    }


def _around(text: str | None, start: Any, end: Any) -> tuple[str | None, int | None, int | None]:
    """The sentence over a span of a text, and the span in it."""
    if text is None or start is pd.NA or end is pd.NA:
        return None, None, None
    for sentence in split_sentences(text):
        if sentence.start <= start < sentence.end:
            return sentence.text, int(start) - sentence.start, int(end) - sentence.start
    return text[int(start) : int(end)], 0, int(end) - int(start)


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


def rule_id(row: Mapping[str, Any]) -> str:
    """The id of a finding's rule, as docs/rules.md lists it; `file.` and its rule for a file."""
    gate = row["gate"]
    suite = {"rows": f"{row['row_kind']}s", "article": "articles"}.get(gate, gate)
    return f"{suite}.{row['rule']}"


def distinct(rows: Iterable[Row]) -> list[Row]:
    """The rows without repeats of a quarantine id, first one kept."""
    return list({row["quarantine_id"]: row for row in reversed(list(rows))}.values())[::-1]
