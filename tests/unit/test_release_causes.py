"""Why a row of a fact was added, changed or removed: the decision table, line by line.

Two releases are two databases in memory; a case states what each shows of one text and one row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import duckdb
import pytest
from release_build import FACT

from orchestration.changes import FACTS, FOUND, attached, content_columns, find_changes


@dataclass(frozen=True)
class Shown:
    """What a release shows: a text of a document, its reading, and the row read from it."""

    has_document: bool = True
    has_text: bool = True
    reading: str | None = "e1"
    extractor: str | None = "1"
    has_row: bool = True
    value: float = 1
    is_current: bool = True
    other_texts: tuple[str, ...] = ()
    findings: tuple[tuple[str, str | None, str], ...] = ()
    """(version_id, row_id, extraction or extractor) of each."""


SAME = Shown()
NO_TEXT = Shown(has_text=False, has_row=False)
UNREAD = Shown(reading=None, extractor=None, has_row=False)
NO_ROW = Shown(has_row=False)
REREAD = Shown(reading="e2", extractor="2")
REDATED = Shown(reading="e2", extractor="1")
ON_TEXT = (("v", None, "1"),)
ON_ROW = (("v", "r", "e1"),)
ON_NEW_ROW = (("v", "r", "e2"),)


def _fill(connection: duckdb.DuckDBPyConnection, name: str, shown: Shown) -> None:
    connection.execute(f"ATTACH ':memory:' AS {name}")
    connection.execute(f"CREATE SCHEMA {name}.marts; CREATE SCHEMA {name}.quality")
    for table in FACTS:
        connection.execute(f"CREATE TABLE {name}.marts.{table} ({FACT})")
    connection.execute(
        f"CREATE TABLE {name}.marts.dim_document_version (version_id VARCHAR, "
        "document_id VARCHAR, extraction_id VARCHAR, extractor_version VARCHAR)"
    )
    connection.execute(
        f"CREATE TABLE {name}.quality.quarantine (version_id VARCHAR, row_id VARCHAR, "
        "extraction_id VARCHAR, extractor_version VARCHAR)"
    )
    versions = f"INSERT INTO {name}.marts.dim_document_version VALUES (?, 'd', ?, ?)"
    if shown.has_document and shown.has_text:
        connection.execute(versions, ["v", shown.reading, shown.extractor])
    for other in shown.other_texts:
        connection.execute(versions, [other, "e-other", "1"])
    if shown.has_row:
        connection.execute(
            f"INSERT INTO {name}.marts.fct_figure BY NAME SELECT 'r' AS row_id, "
            "'d' AS document_id, 'v' AS version_id, ? AS extraction_id, ? AS value, "
            "? AS is_current_version",
            [shown.reading, shown.value, shown.is_current],
        )
    for version, row, by in shown.findings:
        connection.execute(
            f"INSERT INTO {name}.quality.quarantine VALUES (?, ?, ?, ?)", [version, row, by, by]
        )


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        yield connection


def _changes(
    connection: duckdb.DuckDBPyConnection, before: Shown, after: Shown
) -> list[tuple[str, str]]:
    _fill(connection, "before", before)
    _fill(connection, "after", after)
    find_changes(connection, "before", "after")
    return connection.execute(f"SELECT change, cause FROM {FOUND} ORDER BY ALL").fetchall()


@pytest.mark.parametrize(
    ("before", "after", "change", "cause"),
    [
        pytest.param(NO_TEXT, SAME, "added", "new_text", id="a row of a new text"),
        pytest.param(
            replace(NO_TEXT, findings=ON_TEXT), SAME, "added", "rule",
            id="a row of a text that a gate had held, and lets in now",
        ),
        pytest.param(
            UNREAD, SAME, "added", "new_text", id="a row of a text that had not been read yet"
        ),
        pytest.param(
            UNREAD, replace(SAME, findings=ON_TEXT), "added", "rule",
            id="a row of a text that the same extractor had failed on",
        ),
        pytest.param(
            UNREAD, replace(REREAD, findings=ON_TEXT), "added", "new_extractor",
            id="a row of a text that the extractor before had failed on",
        ),
        pytest.param(
            replace(NO_ROW, findings=ON_ROW), replace(SAME, findings=ON_ROW), "added", "rule",
            id="a row that a rule had held and lets pass now",
        ),
        pytest.param(
            NO_ROW, REREAD, "added", "new_extractor", id="a row that a new extractor finds"
        ),
        pytest.param(
            replace(NO_ROW, findings=ON_ROW), replace(REREAD, findings=ON_ROW),
            "added", "new_extractor",
            id="a row that a rule had held, read by a new extractor so that it passes",
        ),
        pytest.param(
            NO_ROW, REDATED, "added", "correction",
            id="a row that the same extractor finds with another date",
        ),
        pytest.param(
            SAME, replace(NO_TEXT, findings=ON_TEXT), "removed", "rule",
            id="a row of a text that a gate holds now",
        ),
        pytest.param(
            SAME, replace(NO_TEXT, other_texts=("w",)), "removed", "new_text",
            id="a row of a text that is gone from its document",
        ),
        pytest.param(
            SAME, Shown(has_document=False, has_row=False), "removed", "correction",
            id="a row of a document that somebody took out",
        ),
        pytest.param(
            SAME, replace(NO_ROW, reading="e2", extractor="2", findings=ON_NEW_ROW),
            "removed", "rule",
            id="a row that the new extractor reads and a rule holds",
        ),
        pytest.param(SAME, UNREAD, "removed", "rule", id="a row of a text that has no reading now"),
        pytest.param(
            SAME, replace(NO_ROW, findings=ON_ROW), "removed", "rule",
            id="a row of the same reading that a rule holds now",
        ),
        pytest.param(
            SAME, replace(REREAD, has_row=False), "removed", "new_extractor",
            id="a row that a new extractor reads no more",
        ),
        pytest.param(
            SAME, replace(REDATED, has_row=False), "removed", "correction",
            id="a row that the same extractor reads no more with another date",
        ),
        pytest.param(
            SAME, replace(SAME, is_current=False, other_texts=("w",)), "changed", "new_text",
            id="a row whose text was replaced by a new one",
        ),
        pytest.param(
            replace(SAME, other_texts=("w",)),
            replace(SAME, is_current=False, other_texts=("w",)), "changed", "correction",
            id="a row whose text was put behind another that was there",
        ),
        pytest.param(
            SAME, replace(REREAD, is_current=False, other_texts=("w",)), "changed", "new_text",
            id="a row that a new extractor reads as before, whose text was replaced",
        ),
        pytest.param(
            SAME, replace(SAME, value=2), "changed", "rule",
            id="a row of the same reading that gates or models give otherwise",
        ),
        pytest.param(
            SAME, replace(REREAD, value=2), "changed", "new_extractor",
            id="a row that a new extractor reads otherwise",
        ),
        pytest.param(
            SAME, replace(REDATED, value=2), "changed", "correction",
            id="a row that the same extractor reads otherwise with another date",
        ),
    ],
)  # fmt: skip
def test_the_cause_of(
    connection: duckdb.DuckDBPyConnection, before: Shown, after: Shown, change: str, cause: str
) -> None:
    assert _changes(connection, before, after) == [(change, cause)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(SAME, SAME, id="nothing"),
        pytest.param(SAME, REREAD, id="a new extractor that reads the same"),
        pytest.param(SAME, replace(SAME, findings=ON_TEXT), id="a finding alone"),
        pytest.param(NO_ROW, UNREAD, id="a reading without rows that is gone"),
    ],
)
def test_no_row_changes_with(
    connection: duckdb.DuckDBPyConnection, before: Shown, after: Shown
) -> None:
    assert _changes(connection, before, after) == []


def test_before_the_first_release_every_row_is_new(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _fill(connection, "after", SAME)
    with attached(connection, None, "before", like="after"):
        find_changes(connection, "before", "after")
    found = connection.execute(f"SELECT * FROM {FOUND}").fetchall()
    assert found == [("fct_figure", "r", "d", "added", "new_text")]


def test_what_names_the_reading_is_no_content(connection: duckdb.DuckDBPyConnection) -> None:
    _fill(connection, "before", SAME)
    _fill(connection, "after", SAME)
    connection.execute("ALTER TABLE after.marts.fct_figure ADD COLUMN newer INT DEFAULT 3")
    columns = content_columns(connection, "fct_figure", "before", "after")
    assert not {"row_id", "extraction_id", "is_current_version", "newer"} & set(columns)
    assert {"value", "flags", "sentence_text"} <= set(columns)
    find_changes(connection, "before", "after")
    assert connection.execute(f"SELECT count(*) FROM {FOUND}").fetchall() == [(0,)]
