"""The quality tables as runs leave them: findings made by hand, seen, waived, looked at again."""

from __future__ import annotations

import datetime as dt
from typing import Any

import duckdb
import pyarrow as pa

from orchestration import quarantine
from orchestration.batches import to_table
from orchestration.settling import LOOKED_AT, WAIVED, Sightings, settle
from orchestration.states import reject
from orchestration.tables import DOCUMENT_VERSIONS, EXTRACTIONS, FIGURES, QUARANTINE
from orchestration.warehouse import append

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
KEYS = {"extraction_id": "e1", "document_id": "d", "version_id": "v"}
ARTICLE = {"source_path": "a.txt", "publisher": "Test Wire", **KEYS, "source_record": None}
FAILURE = {
    "check_name": "low_not_above_high",
    "version_id": "v",
    "reason": "`low` is not above `high`.",
    "next_step": "Correct it.",
    "observed": "low = 2, high = 1",
}
ROW = {**KEYS, "row_id": "r", "sentence_text": "From 2 to 1.", "sentence_start": 0}
SPAN = {"start": 5, "end": 6}


def a_row_finding(observed: str = "low = 2, high = 1") -> dict[str, Any]:
    failure = {**FAILURE, "observed": observed}
    return quarantine.of_row({**ROW, **SPAN}, "figure", ARTICLE, failure, "1", "run", NOW)


def a_file_finding(file_hash: str = "h1") -> dict[str, Any]:
    problem = quarantine.FileProblem(
        "broken_json", "a.json", None, "It breaks off.", None, "{", "Correct it.", file_hash
    )
    return quarantine.of_file(problem, "run", NOW)


def held(*rows: dict[str, Any], **seen: Any) -> Sightings:
    return Sightings(held=to_table(rows, QUARANTINE.arrow_schema), **seen)


def waived(row: dict[str, Any], waiver_id: str = "w1") -> Sightings:
    return Sightings(waived=to_table([{**row, "waiver_id": waiver_id}], WAIVED))


def read(extraction_id: str = "e2") -> pa.Table:
    """The extraction of a run that read the text again."""
    row = {
        **dict.fromkeys(EXTRACTIONS.arrow_schema.names, None),
        **KEYS,
        "extraction_id": extraction_id,
    }
    return pa.Table.from_pylist([row])


def looked_at(file_hash: str | None = "h2") -> pa.Table:
    row = {"source_path": "a.json", "source_record": None, "file_hash": file_hash}
    return to_table([row], LOOKED_AT)


class Book:
    """The quality tables and what a test lands beside them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.at = NOW

    def see(self, seen: Sightings, now: dt.datetime | None = None) -> None:
        self.at += dt.timedelta(hours=1)
        settle(self.connection, seen, "run", now or self.at)

    def states(self) -> list[str]:
        """States in the order in which they were recorded."""
        found = self.connection.execute(
            "SELECT state FROM quality.quarantine_states ORDER BY recorded_at"
        )
        return [state for (state,) in found.fetchall()]

    def now(self) -> tuple[Any, ...]:
        found = self.connection.execute("SELECT * FROM quality.quarantine_now").to_arrow_table()
        (row,) = found.to_pylist()
        return row

    def put(self, state: str) -> None:
        """Bring the finding about a row to a state."""
        row = a_row_finding()
        steps: dict[str, list[Sightings]] = {
            "new": [],
            "open": [held(row)],
            "waived": [waived(row)],
            "rejected": [held(row)],
            "fixed": [held(row), Sightings(extractions=read())],
            "superseded": [held(row), Sightings(extractions=read("e9"))],
        }
        if state == "fixed":
            self.land_row()
        for seen in steps[state]:
            self.see(seen)
        if state == "rejected":
            reject(self.connection, [row["quarantine_id"]], "Not news.", "A. Editor", self.at)

    def land_row(self, extraction_id: str = "e2") -> None:
        """The row, admitted by an extraction."""
        row = {c.name: None for c in FIGURES.columns} | ROW | SPAN
        row["extraction_id"] = extraction_id
        self.connection.execute("DROP TABLE landing.figures")
        self.connection.register("row", pa.Table.from_pylist([row]))
        self.connection.execute("CREATE TABLE landing.figures AS FROM row")

    def land_version(self, version_id: str, **cells: Any) -> None:
        filled: dict[str, Any] = {
            **{"source_path": "a.json", "source_format": "json", "file_hash": "h2"},
            **{"published_source": "json", "clean_text": "x", "char_count": 1},
            **{"text_signature": "00", "run_id": "run", "loaded_at": self.at, "flags": []},
            **{"document_id": "d", "version_id": version_id},
        }
        append(
            self.connection,
            DOCUMENT_VERSIONS,
            to_table([{**filled, **cells}], DOCUMENT_VERSIONS.arrow_schema),
        )
