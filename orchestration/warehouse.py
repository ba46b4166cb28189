"""The build database: its tables, its one writer, and connections to it.

Belongs here: DDL from `tables.py`, opening and closing, appending Arrow tables. Does not belong
here: what a row means, models (`dbt_project`), or the file that readers open (`publish.py`).
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg
import duckdb
import pyarrow as pa

from orchestration.home import Home, refresh_lock
from orchestration.runs import PROCESS_TAG, this_process
from orchestration.sql import literal, quoted
from orchestration.states import VIEW, view_ddl
from orchestration.tables import TABLES, Table

_SQL_TYPES: tuple[tuple[pa.DataType, str], ...] = (
    (pa.string(), "VARCHAR"),
    (pa.int64(), "BIGINT"),
    (pa.float64(), "DOUBLE"),
    (pa.bool_(), "BOOLEAN"),
    (pa.date32(), "DATE"),
    (pa.timestamp("us", tz="UTC"), "TIMESTAMPTZ"),
)


_PATIENCE_SECONDS = 60.0
_HELD = "Could not set lock on file"
_HOLDER = re.compile(r"\(PID (\d+)\)")


class WarehouseSchemaError(RuntimeError):
    """The build database has other columns than this version writes; says which and what to do."""


class WarehouseHeldError(RuntimeError):
    """Another program keeps the build database open; says which."""


def sql_type(kind: pa.DataType) -> str:
    """The DuckDB type of an Arrow type of `tables.py`; raises TypeError for any other."""
    for arrow, sql in _SQL_TYPES:
        if kind == arrow:
            return sql
    if pa.types.is_list(kind):
        return f"{sql_type(kind.value_type)}[]"
    if pa.types.is_struct(kind):
        fields = (kind.field(i) for i in range(kind.num_fields))
        return f"STRUCT({', '.join(f'{quoted(f.name)} {sql_type(f.type)}' for f in fields)})"
    raise TypeError(f"no DuckDB type for Arrow type {kind}; extend orchestration/warehouse.py")


def ddl(table: Table) -> list[str]:
    """Statements that create a table with its types, NOT NULLs and comments."""
    name = f"{quoted(table.schema)}.{quoted(table.name)}"
    columns = ", ".join(
        f"{quoted(c.name)} {sql_type(c.type)}{'' if c.nullable else ' NOT NULL'}"
        for c in table.columns
    )
    return [
        f"CREATE SCHEMA IF NOT EXISTS {quoted(table.schema)}",
        f"CREATE TABLE IF NOT EXISTS {name} ({columns})",
        f"COMMENT ON TABLE {name} IS {literal(table.grain)}",
        *(
            f"COMMENT ON COLUMN {name}.{quoted(c.name)} IS {literal(c.description)}"
            for c in table.columns
        ),
    ]


def ensure_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Create what is missing; raise WarehouseSchemaError where a table has other columns."""
    found: dict[str, list[str]] = {}
    for name, column in connection.execute(
        "SELECT table_schema || '.' || table_name, column_name FROM information_schema.columns "
        "ORDER BY table_schema, table_name, ordinal_position"
    ).fetchall():
        found.setdefault(name, []).append(column)
    for table in TABLES:
        columns = found.get(table.qualified_name)
        if columns is None:
            for statement in ddl(table):
                connection.execute(statement)
        elif columns != [c.name for c in table.columns]:
            differing = sorted(set(columns) ^ {c.name for c in table.columns}) or ["their order"]
            raise WarehouseSchemaError(
                f"{table.qualified_name} was written by another version of dispatches (differs in: "
                f"{', '.join(differing)}); refresh into a new DISPATCHES_HOME"
            )
    if VIEW not in found:
        for statement in view_ddl():
            connection.execute(statement)


def append(connection: duckdb.DuckDBPyConnection, table: Table, rows: pa.Table) -> int:
    """Insert `rows`, cast to the table's schema, and return how many there were.

    A column that is missing, unknown or holds a null where none may be raises ValueError or an
    Arrow error that names it.
    """
    names = [c.name for c in table.columns]
    if sorted(rows.column_names) != sorted(names):
        differing = sorted(set(rows.column_names) ^ set(names))
        raise ValueError(f"rows for {table.qualified_name} differ in columns: {differing}")
    batch = rows.select(names).cast(table.arrow_schema)
    connection.register("batch", batch)
    connection.execute(
        f"INSERT INTO {quoted(table.schema)}.{quoted(table.name)} BY NAME SELECT * FROM batch"  # noqa: S608
    )
    connection.unregister("batch")
    return int(batch.num_rows)


def _opened(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    """Open the file; a dbt that outlived its killed refresh holds it until it has ended."""
    until = time.monotonic() + _PATIENCE_SECONDS
    while True:
        try:
            return duckdb.connect(path, read_only=read_only)
        except duckdb.IOException as error:
            if _HELD not in str(error):
                raise
            if time.monotonic() > until:
                holder = _HOLDER.search(str(error))
                who = f"process {holder[1]}" if holder else "another program"
                raise WarehouseHeldError(
                    f"{path} is open in {who}, which is no refresh; close it there"
                ) from error
        time.sleep(0.2)


class Warehouse(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The build database under `home`. A run that uses it is the only one that writes."""

    home: str
    lock_wait_seconds: float = 0

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Iterator[Warehouse]:
        """Hold the refresh lock for as long as the run lasts, and say which process runs it."""
        if context.instance is not None and context.run is not None:
            context.instance.add_run_tags(context.run.run_id, {PROCESS_TAG: this_process()})
        with refresh_lock(self.location, self.lock_wait_seconds):
            yield self

    @property
    def location(self) -> Home:
        """The home folder that the database lies in."""
        return Home.at(Path(self.home))

    @contextmanager
    def connect(self, *, read_only: bool = False) -> Iterator[duckdb.DuckDBPyConnection]:
        """An open connection, closed on leaving; tables exist. In UTC, so that equal is equal."""
        path = self.location.build_db
        connection = _opened(path, read_only=read_only and path.exists())
        try:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute("SET enable_progress_bar = false")  # no place to show it in a run
            if not read_only:
                ensure_tables(connection)
            yield connection
        finally:
            connection.close()

    @contextmanager
    def transaction(self) -> Iterator[duckdb.DuckDBPyConnection]:
        """A connection whose writes all count or none does."""
        with self.connect() as connection:
            connection.begin()
            try:
                yield connection
            except BaseException:
                connection.rollback()
                raise
            connection.commit()
