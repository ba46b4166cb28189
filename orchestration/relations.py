"""What the build database says of the tables and views that dbt has built.

Belongs here: row counts and columns of relations for the UI. Does not belong here: building them.

dagster-dbt can fetch both, with one connection per model and question; that took 25 s of
processor time for 22 models (seen). Here it is one connection and two questions.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from typing import Any

import dagster as dg
import duckdb

from orchestration.home import Home
from orchestration.sql import quoted


def described(
    home: Home, nodes: Mapping[str, Mapping[str, Any]], events: Iterable[Any]
) -> Iterator[Any]:
    """dbt's events; what was built carries row count and columns. `nodes`: the manifest's."""
    events = list(events)
    built = [e for e in events if isinstance(e, dg.Output | dg.MaterializeResult)]
    if not built:
        yield from events
        return
    with closing(duckdb.connect(home.build_db, read_only=True)) as connection:
        columns = _columns(connection)
        tables = _tables(connection)
        for event in events:
            node = nodes.get(_unique_id(event)) if event in built else None
            if node is None:
                yield event
                continue
            name = (node["schema"], node["alias"])
            said: dict[str, Any] = {
                "dagster/column_schema": _schema(columns.get(name, []), node["columns"])
            }
            if name in tables:
                said["dagster/row_count"] = said["rows"] = _count(connection, name)
            yield event.with_metadata({**event.metadata, **said})


def _unique_id(event: Any) -> str:
    value = event.metadata.get("unique_id")
    return str(getattr(value, "value", value))


def _tables(connection: duckdb.DuckDBPyConnection) -> set[tuple[str, str]]:
    found = connection.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
    return {(schema, name) for schema, name in found}


def _columns(
    connection: duckdb.DuckDBPyConnection,
) -> dict[tuple[str, str], list[tuple[str, str, bool]]]:
    found: dict[tuple[str, str], list[tuple[str, str, bool]]] = {}
    for schema, name, *column in connection.execute(
        "SELECT schema_name, table_name, column_name, data_type, is_nullable FROM duckdb_columns() "
        "ORDER BY schema_name, table_name, column_index"
    ).fetchall():
        found.setdefault((schema, name), []).append((column[0], column[1], column[2]))
    return found


def _count(connection: duckdb.DuckDBPyConnection, name: tuple[str, str]) -> int:
    relation = ".".join(map(quoted, name))
    return int(connection.execute(f"SELECT count(*) FROM {relation}").fetchall()[0][0])  # noqa: S608


def _schema(
    columns: Iterable[tuple[str, str, bool]], documented: Mapping[str, Mapping[str, Any]]
) -> dg.TableSchema:
    return dg.TableSchema(
        [
            dg.TableColumn(
                name,
                kind,
                description=documented.get(name, {}).get("description") or None,
                constraints=dg.TableColumnConstraints(nullable=nullable),
            )
            for name, kind, nullable in columns
        ]
    )
