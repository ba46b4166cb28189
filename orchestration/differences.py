"""What two kept releases say differently, row by row and column by column.

Belongs here: reading it from their files, which are opened together and only read. Does not belong
here: which rows differ and why (`changes.py`), or how it is shown (`cli`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import duckdb

from orchestration.changes import FACTS, FOUND, attached, content_columns, find_changes
from orchestration.sql import literal, quoted

_CURRENT = "is_current_version"
_ROWS = """
SELECT c.table_name AS "table", c.change, c.cause, c.row_id, c.document_id,
    coalesce(va.title, vb.title) AS title, coalesce(va.source_path, vb.source_path) AS source_path,
    coalesce(a.text, b.text) AS text, coalesce(a.sentence_text, b.sentence_text) AS sentence_text,
    if(c.change = 'changed', list_filter([{columns}], lambda x: x IS NOT NULL), []) AS columns
FROM {found} c
LEFT JOIN after.marts.{table} a USING (row_id)
LEFT JOIN before.marts.{table} b USING (row_id)
LEFT JOIN after.marts.dim_document_version va ON va.version_id = a.version_id
LEFT JOIN before.marts.dim_document_version vb ON vb.version_id = b.version_id
WHERE c.table_name = {name}
ORDER BY c.cause, c.change, source_path, coalesce(a.start, b.start), c.row_id
"""
_COLUMN = """CASE WHEN a.{column} IS DISTINCT FROM b.{column} THEN
{{'column': {name}, 'before': CAST(b.{column} AS VARCHAR),
'after': CAST(a.{column} AS VARCHAR)}} END"""


@contextmanager
def compared(before: Path, after: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that has found what `after` says differently from `before`, two release files.

    `changes.change_counts` counts it, `changed_rows` reads it.
    """
    with closing(duckdb.connect()) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        with (
            attached(connection, before, "before", like="after"),
            attached(connection, after, "after", like="before"),
        ):
            find_changes(connection, "before", "after")
            yield connection


def changed_rows(
    connection: duckdb.DuckDBPyConnection, tables: Sequence[str] = FACTS, limit: int | None = None
) -> Iterator[tuple[list[str], list[tuple[object, ...]]]]:
    """For each fact the names of the columns and, in batches, the rows that differ.

    `columns` of a changed row: what each column said before and says after. `limit`: rows a table.
    """
    for table in tables:
        names = [*content_columns(connection, table, "before", "after"), _CURRENT]
        columns = ", ".join(_COLUMN.format(column=quoted(n), name=literal(n)) for n in names)
        query = _ROWS.format(found=FOUND, table=table, name=literal(table), columns=columns)
        cursor = connection.execute(query + (f" LIMIT {limit}" if limit is not None else ""))
        headings = [column[0] for column in cursor.description or ()]
        while batch := cursor.fetchmany(1_000):
            yield headings, batch
