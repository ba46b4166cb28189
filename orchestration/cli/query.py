"""The published file, opened for reading and nothing else.

Belongs here: the locked-down connection, and errors of DuckDB in plain words. Does not belong here:
how results look (`results.py`).
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from orchestration.cli.failure import PlainError
from orchestration.home import Home

SCHEMAS = ("marts", "quality")
_LOCKED = {
    "enable_external_access": False,  # no file, no address, no ATTACH, no COPY
    "autoinstall_known_extensions": False,
    "autoload_known_extensions": False,
    "python_enable_replacements": False,  # no variable of this program is taken for a table
}
_MISSING_TABLE = re.compile(r"Table with name (.+?) does not exist")
_MISSING_COLUMN = re.compile(r'(?:Referenced column|does not have a column named) "(.+?)"')
_WHERE = re.compile(r"^LINE \d+:.*", re.MULTILINE | re.DOTALL)


class QueryError(PlainError):
    """A query that can't be answered; the message says what, the next step what to write
    instead."""


def connect(home: Home) -> duckdb.DuckDBPyConnection:
    """A connection that can read the published file and reach nothing else; its settings are
    locked.

    Tables of marts and quality need no schema name. Raises PlainError where nothing is published
    yet.
    """
    path = home.published_db
    if not path.exists():
        raise PlainError(
            f"Nothing is published yet: there is no {path}.",
            "Make a first release: dispatches refresh",
        )
    try:
        connection = duckdb.connect(str(path), read_only=True, config=dict(_LOCKED))
    except duckdb.Error as error:
        raise PlainError(
            f"The published file can't be opened: {_first_line(error)}",
            f"If another program opened {path} for writing, close it.",
        ) from error
    connection.execute(f"SET search_path = '{','.join(_present(connection))}'")
    connection.execute("SET enable_progress_bar = false")  # it would print into the results
    connection.execute("SET lock_configuration = true")
    return connection


def run(connection: duckdb.DuckDBPyConnection, query: str) -> Iterator[duckdb.DuckDBPyConnection]:
    """Run the statements of `query` one after the other; yields after each that has a result.

    Rows are fetched while the query runs, so results of any size pass through. Raises QueryError.
    """
    with _plain_words(connection, query):
        for statement in connection.extract_statements(query):
            connection.execute(statement)
            if connection.description:
                yield connection


def fetch(result: duckdb.DuckDBPyConnection, size: int) -> Iterator[list[tuple[object, ...]]]:
    """The rows in batches of `size`. Raises QueryError: a query may fail halfway."""
    with _plain_words(result):
        while batch := result.fetchmany(size):
            yield batch


@contextmanager
def _plain_words(connection: duckdb.DuckDBPyConnection, query: str = "") -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        raise in_plain_words(error, connection, query) from error
    except RuntimeError as error:
        if "interrupted" not in str(error):
            raise
        raise KeyboardInterrupt from None  # DuckDB swallows the signal and raises this instead


def in_plain_words(
    error: duckdb.Error, connection: duckdb.DuckDBPyConnection, query: str
) -> QueryError:
    """What DuckDB says, with near names where a name is unknown and without its jargon."""
    text = str(error)
    if isinstance(error, duckdb.PermissionException) or "configuration has been locked" in text:
        return QueryError(
            "Only the published tables can be read: no files, addresses, extensions or settings.",
            'Export with the shell instead: dispatches sql --format csv "…" > result.csv',
        )
    if "read-only" in text:
        return QueryError(
            "The published file can only be read.",
            "Its rows change through dispatches refresh alone.",
        )
    where = match[0].rstrip() if (match := _WHERE.search(text)) else ""
    message = _first_line(error)
    if missing := _MISSING_TABLE.search(text):
        near = near_names(missing[1], known_tables(connection))
        message = f"There is no table {missing[1]}.{near}"
    elif missing := _MISSING_COLUMN.search(text):
        there, read = _columns(connection), _tables_read(connection, query)
        likely = [(name, table) for name, table in there if name == missing[1] or table in read]
        near = near_names(missing[1], _said(likely)) or near_names(missing[1], _said(there))
        message = f"There is no column {missing[1]}.{near}"
    return QueryError(message, where)


def near_names(name: str, known: dict[str, str]) -> str:
    """` Did you mean …?` with up to three known names like `name`; empty where none is like it."""
    plain = name.rpartition(".")[2].strip('"').lower()
    near = difflib.get_close_matches(plain, sorted(known), n=3, cutoff=0.6)
    near += [other for other in sorted(known) if plain in other and other not in near][
        : 3 - len(near)
    ]
    return f" Did you mean {' or '.join(known[other] for other in near)}?" if near else ""


def known_tables(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    """Table name → the name as a query writes it."""
    rows = connection.execute(
        "SELECT table_schema, table_name FROM information_schema.tables"
        " WHERE table_schema IN ('marts', 'quality') ORDER BY 1, 2"
    ).fetchall()
    return {table: table if schema == "marts" else f"{schema}.{table}" for schema, table in rows}


def _columns(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Every column with its table."""
    return connection.execute(
        "SELECT column_name, table_name FROM information_schema.columns"
        " WHERE table_schema IN ('marts', 'quality') ORDER BY 1, 2"
    ).fetchall()


def _tables_read(connection: duckdb.DuckDBPyConnection, query: str) -> set[str]:
    """The tables that `query` names; none where it can't be told."""
    try:
        return {name.rpartition(".")[2] for name in connection.get_table_names(query)}
    except duckdb.Error:
        return set()


def _said(columns: list[tuple[str, str]]) -> dict[str, str]:
    """Column → the column with the table where it is."""
    at: dict[str, list[str]] = {}
    for column, table in columns:
        at.setdefault(column, []).append(table)
    return {
        column: f"{column} (in {there[0]}{' and others' if len(there) > 1 else ''})"
        for column, there in at.items()
    }


def _present(connection: duckdb.DuckDBPyConnection) -> list[str]:
    rows = connection.execute("SELECT schema_name FROM duckdb_schemas() WHERE NOT internal")
    names = {name for (name,) in rows.fetchall()}
    return [schema for schema in SCHEMAS if schema in names] or ["main"]


def _first_line(error: duckdb.Error) -> str:
    line = str(error).split("\n", 1)[0]
    return re.sub(r"^[A-Z]\w+(?: \w+)* Error: ", "", line)


def identity(path: Path) -> tuple[int, int]:
    """What changes when the file is replaced by a new release."""
    status = path.stat()
    return status.st_ino, status.st_mtime_ns
