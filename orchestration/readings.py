"""From articles to landing rows: the extractor over a batch, its rows flattened to the tables'
columns.

Belongs here: calling the extractor, keys of the warehouse, the shape of rows. Does not belong
here: what is read from a text (`extraction`), or whether a row is admitted (`expectations`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from extraction.sentences import Sentence, split_sentences
from orchestration import quarantine
from orchestration.batches import to_table
from orchestration.incremental import extraction_id
from orchestration.progress import advanced
from orchestration.tables import EVENTS, EXTRACTIONS, FIGURES, NUMBERS, Table
from orchestration.wiring import Wiring

Row = dict[str, Any]
KINDS: dict[str, Table] = {"event": EVENTS, "figure": FIGURES, "number": NUMBERS}
"""Kind of a row → the table that it goes to."""
_DAYS = ("from", "to")


@dataclass(slots=True)
class Readings:
    """The rows read from a batch of articles, by kind, and what could not be read."""

    rows: dict[str, list[Row]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    extractions: list[Row] = field(default_factory=list)
    crashes: list[Row] = field(default_factory=list)

    def table(self, kind: str) -> pa.Table:
        """The rows of a kind with the columns of its landing table."""
        return to_table(self.rows[kind], KINDS[kind].arrow_schema)


def read_articles(wiring: Wiring, work: pa.Table, run_id: str, now: dt.datetime) -> Readings:
    """Extract every article of `work`; one on which the extractor fails is set aside."""
    readings = Readings()
    articles = work.to_pylist()
    for done, article in enumerate(articles, 1):
        try:
            _read_one(readings, wiring, article, run_id, now)
        except Exception as error:  # one text must not stop the batch: the crash is its evidence
            readings.crashes.append(_crash(article, error, wiring, run_id, now))
        advanced("extraction", done, len(articles), "articles")
    return readings


def _read_one(
    readings: Readings, wiring: Wiring, article: Mapping[str, Any], run_id: str, now: dt.datetime
) -> None:
    text, published = article["clean_text"], article["published_date"]
    keys = {
        "extraction_id": extraction_id(article["version_id"], published, wiring.extractor_version),
        "document_id": article["document_id"],
        "version_id": article["version_id"],
    }
    found = wiring.extractor(text, published).to_rows()
    sentences = split_sentences(text)
    rows = [(row["kind"], flat_row(row, keys, sentences)) for row in found]
    for kind, row in rows:
        readings.rows[kind].append(row)
    readings.extractions.append(
        {
            **keys,
            "published_date": published,
            "extractor_version": wiring.extractor_version,
            "sentence_count": len(sentences),
            "run_id": run_id,
            "loaded_at": now,
        }
    )


def flat_row(row: Mapping[str, Any], keys: Mapping[str, str], sentences: Sequence[Sentence]) -> Row:
    """One row of the contract with the columns of its landing table."""
    sentence = sentences[row["sentence"]]
    flat = {
        **{name: value for name, value in row.items() if name not in ("date", "place", "kind")},
        **keys,
        "sentence_text": sentence.text,
        "sentence_start": sentence.start,
        "flags": [],
    }
    for part in ("date", "place"):
        for name, value in (row.get(part) or {}).items():
            is_day = part == "date" and name in _DAYS and value is not None
            flat[f"{part}_{name}"] = dt.date.fromisoformat(value) if is_day else value
    return flat


def _crash(
    article: Mapping[str, Any], error: Exception, wiring: Wiring, run_id: str, now: dt.datetime
) -> Row:
    failure = {
        "check_name": quarantine.CRASHED,
        "reason": f"The extractor {wiring.extractor_version} fails on this text.",
        "observed": f"{type(error).__name__}: {error}",
        "next_step": "Report it with the article; it is read again by the next extractor version.",
    }
    row = quarantine.of_article(article, failure, run_id, now)
    return row | {
        "extractor_version": wiring.extractor_version,
        "quarantine_id": quarantine.crash_id(article["version_id"], wiring.extractor_version),
    }


def counted(extractions: Sequence[Row], admitted: Mapping[str, pa.Table]) -> pa.Table:
    """The extractions with the number of rows that the gate admitted of each."""
    counts: dict[tuple[str, str], int] = {}
    for kind, table in admitted.items():
        for item in table.column("extraction_id").value_counts().to_pylist():
            counts[(kind, item["values"])] = item["counts"]
    rows = [
        {**row, **{f"{kind}_count": counts.get((kind, row["extraction_id"]), 0) for kind in KINDS}}
        for row in extractions
    ]
    return to_table(rows, EXTRACTIONS.arrow_schema)
