"""A hash of what a table holds, whatever file it lies in and in whatever order.

Belongs here: the hash. Does not belong here: which tables (`manifest.py`).

Each row is written as a JSON array of its values, columns in alphabetical order; the array of their
names counts as one row more. The MD5 of each text is taken as two 64-bit numbers, and each of the
two is summed over all rows, modulo 2^64. So the order of rows does not count, and a row that stands
twice counts twice. Left out are the columns that differ between two runs over the same articles:
`run_id` and instants (TIMESTAMPTZ). Two warehouses that read the same articles with the same code
give the same hashes of their marts.
"""

from __future__ import annotations

import json

import duckdb

from orchestration.sql import literal, quoted

_LEFT_OUT = "run_id"
_INSTANT = "TIMESTAMP WITH TIME ZONE"
_WRAP = 2**64


def content_hash(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> tuple[int, str]:
    """Rows of a table and its hash, 32 hex digits."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT column_name FROM duckdb_columns() WHERE database_name = current_database() "
            "AND schema_name = ? AND table_name = ? AND data_type <> ? AND column_name <> ? "
            "ORDER BY column_name",
            [schema, table, _INSTANT, _LEFT_OUT],
        ).fetchall()
    ]
    values = f"json_array({', '.join(map(quoted, names))})"
    heading = literal(json.dumps(names))
    lines = (
        f"SELECT CAST({values} AS VARCHAR) AS line FROM {quoted(schema)}.{quoted(table)} "  # noqa: S608
        f"UNION ALL SELECT {heading}"
    )
    sums = "count(*) - 1, sum(md5_number_lower(line)), sum(md5_number_upper(line))"
    rows, low, high = connection.execute(f"SELECT {sums} FROM ({lines})").fetchall()[0]  # noqa: S608
    return int(rows), f"{int(high) % _WRAP:016x}{int(low) % _WRAP:016x}"
