"""What a release changes in the facts, row by row, and why.

Belongs here: comparing two databases that hold `marts`, in SQL. Does not belong here: which two
(`publish.py`, `differences.py`), or what a changed row says (`differences.py`).

A row is the same mention where its `row_id` is the same: one text, one kind, one span, one type.
It has changed where one of its content columns has: all but `READING`, which name the reading and
not what was read. `is_current_version` is held apart, since a newer text of the document turns it.

The cause is the first line that fits. `reading` is the extraction that a release shows of the text
of the row, by an extractor version and with a publication date; `finding` is one of the quarantine.

| change  | what is so | cause |
|---|---|---|
| added   | the text was not there: a finding held it | rule |
| added   | the text was not there | new_text |
| added   | the text had no reading: this extractor version had failed on it | rule |
| added   | the text had no reading: another extractor version had failed on it | new_extractor |
| added   | the text had no reading | new_text |
| removed | the text is gone: a finding holds it | rule |
| removed | the text is gone, its document is not | new_text |
| removed | the document is gone: somebody took it out | correction |
| removed | the new reading has the row, and a finding holds it | rule |
| removed | the text has no reading any more | rule |
| changed | only is_current_version, and the document has a new text | new_text |
| changed | only is_current_version: its texts were put in another order | correction |
| any     | the reading is the same: gates or models decide otherwise | rule |
| any     | another extractor version read it | new_extractor |
| any     | the same extractor read it with another date | correction |
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.sql import literal, quoted

FACTS = ("fct_event_mention", "fct_figure", "fct_number")
READING = ("row_id", "extraction_id", "is_current_version")
"""Columns of a fact that don't say what was read."""
FOUND = "found_changes"
"""The temporary table that `find_changes` fills: RELEASE_CHANGES without its number."""
_COMPARED_TABLES = (
    *(f"marts.{fact}" for fact in FACTS),
    "marts.dim_document_version",
    "quality.quarantine",
)

_COMPARED = """
INSERT INTO compared
SELECT {table_name}, row_id, coalesce(a.document_id, b.document_id),
    coalesce(a.version_id, b.version_id),
    CASE WHEN b.content IS NULL THEN 'added' WHEN a.content IS NULL THEN 'removed'
        ELSE 'changed' END,
    a.content = b.content
FROM ({after}) a FULL JOIN ({before}) b USING (row_id)
WHERE a.content IS DISTINCT FROM b.content OR a.is_current_version <> b.is_current_version
"""
_ROWS = """
SELECT row_id, document_id, version_id, is_current_version, hash({columns}) AS content
FROM {catalog}.marts.{table}
"""
_READINGS = """
CREATE OR REPLACE TEMP TABLE readings AS
SELECT version_id, coalesce(a.document_id, b.document_id) AS document_id,
    a.version_id IS NOT NULL AS is_after, b.version_id IS NOT NULL AS is_before,
    a.extraction_id AS after_reading, b.extraction_id AS before_reading,
    a.extractor_version AS after_extractor, b.extractor_version AS before_extractor
FROM {after}.marts.dim_document_version a
FULL JOIN {before}.marts.dim_document_version b USING (version_id)
"""
_CAUSES = """
CREATE OR REPLACE TEMP TABLE {found} AS
WITH documents AS (
    SELECT document_id, bool_or(is_after) AS is_after,
        bool_or(is_after AND NOT is_before) AS has_new_text
    FROM readings GROUP BY document_id
),
held_before AS (  -- texts as a whole
    SELECT version_id FROM {before}.quality.quarantine
    WHERE row_id IS NULL AND version_id IS NOT NULL
),
held AS (
    SELECT version_id, extractor_version FROM {after}.quality.quarantine
    WHERE row_id IS NULL AND version_id IS NOT NULL
),
set_aside AS (
    SELECT row_id, extraction_id FROM {after}.quality.quarantine
    WHERE row_id IS NOT NULL
)
SELECT c.table_name, c.row_id, c.document_id, c.change,
    CASE
        WHEN change = 'added' AND NOT r.is_before
            THEN if(c.version_id IN (FROM held_before), 'rule', 'new_text')
        WHEN change = 'added' AND before_reading IS NULL THEN CASE
            WHEN (c.version_id, after_extractor) IN (FROM held) THEN 'rule'
            WHEN c.version_id IN (SELECT version_id FROM held) THEN 'new_extractor'
            ELSE 'new_text' END
        WHEN change = 'removed' AND NOT r.is_after THEN CASE
            WHEN c.version_id IN (SELECT version_id FROM held) THEN 'rule'
            WHEN d.is_after THEN 'new_text'
            ELSE 'correction' END
        WHEN change = 'removed' AND (c.row_id, after_reading) IN (FROM set_aside) THEN 'rule'
        WHEN change = 'removed' AND after_reading IS NULL THEN 'rule'
        WHEN change = 'changed' AND c.is_same_content
            THEN if(d.has_new_text, 'new_text', 'correction')
        WHEN before_reading = after_reading THEN 'rule'
        WHEN before_extractor IS DISTINCT FROM after_extractor THEN 'new_extractor'
        ELSE 'correction'
    END AS cause
FROM compared c LEFT JOIN readings r USING (version_id)
LEFT JOIN documents d ON d.document_id = r.document_id
"""


@contextmanager
def attached(
    connection: duckdb.DuckDBPyConnection, file: Path | None, name: str, like: str
) -> Iterator[str]:
    """The database in `file` under `name`, read-only; without a file, empty facts like `like`'s.

    Not inside a transaction.
    """
    if file is None:
        connection.execute(
            f"ATTACH ':memory:' AS {name}; CREATE SCHEMA {name}.marts; CREATE SCHEMA {name}.quality"
        )
        for table in _COMPARED_TABLES:
            connection.execute(
                f"CREATE TABLE {name}.{table} AS FROM {quoted(like)}.{table} LIMIT 0"
            )
    else:
        connection.execute(f"ATTACH {literal(str(file))} AS {name} (READ_ONLY)")
    try:
        yield name
    finally:
        connection.execute(f"DETACH {name}")


def find_changes(connection: duckdb.DuckDBPyConnection, before: str, after: str) -> None:
    """Fill the temporary table FOUND with the rows in which two attached databases differ."""
    after, before = quoted(after), quoted(before)
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE compared (table_name VARCHAR, row_id VARCHAR, "
        "document_id VARCHAR, version_id VARCHAR, change VARCHAR, is_same_content BOOLEAN)"
    )
    for table in FACTS:
        columns = ", ".join(map(quoted, content_columns(connection, table, before, after)))
        rows = {
            side: _ROWS.format(columns=columns, catalog=catalog, table=table)
            for side, catalog in (("before", before), ("after", after))
        }
        connection.execute(_COMPARED.format(table_name=literal(table), **rows))
    connection.execute(_READINGS.format(before=before, after=after))
    connection.execute(_CAUSES.format(found=FOUND, before=before, after=after))
    connection.execute("DROP TABLE compared; DROP TABLE readings")


def content_columns(
    connection: duckdb.DuckDBPyConnection, table: str, before: str, after: str
) -> list[str]:
    """Columns of a fact that say what was read, in the order of the table.

    A column that only one of the two releases has changes no row.
    """
    return [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE schema_name = 'marts' "
            "AND table_name = $1 AND list_contains($2, database_name) "
            "AND NOT list_contains($3, column_name) GROUP BY column_name, data_type "
            "HAVING count(*) = 2 ORDER BY min(column_index), column_name",
            [table, [before.strip('"'), after.strip('"')], list(READING)],
        ).fetchall()
    ]


def change_counts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str, int]]:
    """(table, change, cause, rows) of what `find_changes` found, in a fixed order."""
    return connection.execute(
        f"SELECT table_name, change, cause, count(*) FROM {FOUND} GROUP BY ALL ORDER BY ALL"  # noqa: S608
    ).fetchall()
