"""A small build database of our own, and releases made from it without a refresh.

Belongs here: what publication needs of `marts`, and a shelf of articles that tests change between
two releases. The tables of `quality` are the real ones.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb

from orchestration.candidate import judge
from orchestration.home import Home
from orchestration.publish import publish
from orchestration.release_rows import take_back
from orchestration.releases import newest_file
from orchestration.warehouse import Warehouse

MADE_WITH = {
    "code": {"git_reason": None, "git_revision": "c0ffee", "version": "9.9"},
    "duckdb": "1",
    "extractor": "9.9",
    "model": {"name": "en_test", "sha256": "00", "version": "1"},
    "python": "3",
}
FACT = (
    "row_id VARCHAR PRIMARY KEY, document_id VARCHAR, version_id VARCHAR, extraction_id VARCHAR, "
    'start BIGINT, "end" BIGINT, text VARCHAR, sentence_text VARCHAR, value DOUBLE, '
    "flags VARCHAR[], is_current_version BOOLEAN"
)
MARTS = (
    "CREATE SCHEMA marts",
    "CREATE SCHEMA staging",
    "CREATE TABLE marts.dim_document (document_id VARCHAR PRIMARY KEY, note VARCHAR NOT NULL)",
    "COMMENT ON TABLE marts.dim_document IS 'One row per document; it''s small'",
    "COMMENT ON COLUMN marts.dim_document.note IS 'A note'",
    "CREATE TABLE marts.dim_document_version (version_id VARCHAR, document_id VARCHAR, "
    "title VARCHAR, source_path VARCHAR, extraction_id VARCHAR, extractor_version VARCHAR, "
    "published_date DATE, loaded_at TIMESTAMPTZ)",
    f"CREATE TABLE marts.fct_event_mention ({FACT})",
    f"CREATE TABLE marts.fct_figure ({FACT}, parts STRUCT(a INT, b VARCHAR)[])",
    f"CREATE TABLE marts.fct_number ({FACT})",
    # made in this order, a later view of an earlier name reads one of a later name
    'CREATE VIEW dispatches.marts.rpt_b AS SELECT * FROM "dispatches"."marts"."fct_figure"',
    "CREATE VIEW marts.rpt_a AS SELECT row_id FROM dispatches.marts.rpt_b",
    "COMMENT ON VIEW marts.rpt_a IS 'Figures by id'",
    "CREATE TABLE staging.secret AS SELECT 1 AS one",
)


@dataclass
class Shelf:
    """A home whose build database holds what a test puts there; `publish` makes a release of it."""

    home: Home
    runs: int = field(default=0)

    @classmethod
    def at(cls, folder: Path) -> Shelf:
        """An empty build database in a new home."""
        shelf = cls(Home.at(folder).create())
        shelf.do(*MARTS)
        return shelf

    @property
    def warehouse(self) -> Warehouse:
        return Warehouse(home=str(self.home.root))

    @property
    def now(self) -> dt.datetime:
        return dt.datetime(2024, 6, 1, 2, tzinfo=dt.UTC) + dt.timedelta(days=self.runs)

    def do(self, *statements: str) -> None:
        """Change the build database."""
        with self.warehouse.connect() as connection:
            for statement in statements:
                connection.execute(statement)

    def text(self, document: str, version: str, extractor: str = "1", day: str = "NULL") -> None:
        """A text of a document, read by an extractor version with a publication date."""
        day = day if day == "NULL" else f"DATE '{day}'"
        reading = f"{version}-{extractor}-{day[-3:-1]}"
        self.do(
            f"UPDATE marts.dim_document_version SET extraction_id = '{reading}', "
            f"extractor_version = '{extractor}', published_date = {day} "
            f"WHERE version_id = '{version}'",
            f"INSERT INTO marts.dim_document_version SELECT '{version}', '{document}', "
            f"'About {document}', '{document}.txt', '{reading}', '{extractor}', {day}, "
            f"TIMESTAMPTZ '{self.now}' WHERE NOT EXISTS "
            f"(FROM marts.dim_document_version WHERE version_id = '{version}')",
            f"INSERT OR IGNORE INTO marts.dim_document VALUES ('{document}', 'x')",
        )

    def figure(self, row: str, version: str, value: float, *, current: bool = True) -> None:
        """A figure of a text, as the present reading of the text has it."""
        self.do(
            "INSERT OR REPLACE INTO marts.fct_figure BY NAME "
            f"SELECT '{row}' AS row_id, document_id, version_id, extraction_id, 6 AS start, "
            f"8 AS \"end\", '{value:g}' AS text, 'About {value:g} boats burned.' AS sentence_text, "
            f"{value} AS value, []::VARCHAR[] AS flags, {current} AS is_current_version "
            f"FROM marts.dim_document_version WHERE version_id = '{version}'"
        )

    def finding(self, name: str, rule: str, **columns: str) -> None:
        """A row of the quarantine."""
        stated = {
            "quarantine_id": name,
            "fingerprint": name,
            "gate": "rows",
            "rule": rule,
            "source_path": "a.txt",
            "row_kind": "figure",
            "reason": "It is wrong.",
            "next_step": "Correct it.",
            "run_id": f"run-{self.runs}",
            **columns,
        }
        values = ", ".join(f"'{value}' AS {column}" for column, value in stated.items())
        self.do(
            f"INSERT INTO quality.quarantine BY NAME SELECT {values}, "
            f"TIMESTAMPTZ '{self.now}' AS recorded_at"
        )

    def judged(self) -> dict[str, Any]:
        """The candidate release of what the build database holds now."""
        self.runs += 1
        with self.warehouse.connect() as connection:
            release, _ = judge(
                connection,
                newest_file(self.home),
                self.now,
                run_id=f"run-{self.runs}",
                extractor_version="9.9",
                model_version="en_test 1",
                git_revision="c0ffee",
            )
        return release

    def publish(self) -> dict[str, Any]:
        """Publish it; returns the manifest."""
        manifest, _ = publish(self.home, self.judged(), MADE_WITH)
        self.note()
        return manifest

    def note(self) -> None:
        """What follows a publication in the build database."""
        with self.warehouse.connect() as connection:
            take_back(connection, newest_file(self.home))

    def ask(self, query: str) -> Sequence[Any]:
        """Rows of the published file."""
        return read(self.home.published_db, query)


def three_releases(folder: Path) -> Shelf:
    """1: a text with two figures. 2: a new extractor reads one otherwise, one more, one no more.
    3: a rule holds a row, and another text comes."""
    shelf = Shelf.at(folder)
    shelf.text("d1", "v1")
    shelf.figure("f1", "v1", 9)
    shelf.figure("f2", "v1", 7)
    shelf.publish()
    shelf.text("d1", "v1", extractor="2")
    shelf.do("DELETE FROM marts.fct_figure WHERE row_id = 'f2'")
    shelf.figure("f1", "v1", 10)
    shelf.figure("f3", "v1", 3)
    shelf.publish()
    shelf.text("d2", "v2")
    shelf.figure("f4", "v2", 4)
    shelf.do("DELETE FROM marts.fct_figure WHERE row_id = 'f3'")
    shelf.finding(
        "q1", "unit_known", row_id="f3", version_id="v1", document_id="d1", extraction_id="v1-2-UL"
    )
    shelf.publish()
    return shelf


def read(path: Path, query: str) -> Sequence[Any]:
    """Rows of any file."""
    with closing(duckdb.connect(path, read_only=True)) as connection:
        return connection.execute(query).fetchall()
