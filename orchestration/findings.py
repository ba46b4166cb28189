"""Findings as they stand, for people: where the newest state is, and finding one by its name.

Belongs here: choosing between the build database and the published file, filters, short ids. Does
not belong here: how findings look (`cli`), or changing them (`states.py`, `redrive.py`).

The build database knows more than the published file: a run that a gate stopped leaves its findings
there and publishes nothing. It is read under the refresh lock, for a moment; while a refresh holds
the lock, the published file is read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home import Home, RefreshLockedError, refresh_lock

Row = dict[str, Any]
MIN_ID_CHARS = 4
_SHOWN_ID_CHARS = 8


class NoFindingsError(LookupError):
    """There is neither a build database nor a published file; says what to do."""


class UnknownFindingError(LookupError):
    """No finding, or more than one, has an id that begins so; says which are near."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where findings were read, in words."""

    path: Path
    words: str


@contextmanager
def newest(home: Home) -> Iterator[tuple[duckdb.DuckDBPyConnection, Source]]:
    """The database with the newest findings, read-only. Raises NoFindingsError before the first
    refresh."""
    with ExitStack() as stack:
        yield _newest(home, stack)


def _newest(home: Home, stack: ExitStack) -> tuple[duckdb.DuckDBPyConnection, Source]:
    words, missing = (
        "the published file",
        "there was no refresh yet; begin with: dispatches refresh",
    )
    if home.build_db.exists():
        try:
            stack.enter_context(refresh_lock(home))
            connection = stack.enter_context(_opened(home.build_db))
            return connection, Source(home.build_db, "the build database")
        except RefreshLockedError:
            words, missing = f"{words}, for a refresh is running", "a first refresh is running"
        except OSError:
            words, missing = (
                f"{words}, for the build database can't be locked",
                "nothing is published",
            )
    if not home.published_db.exists():
        raise NoFindingsError(missing)
    connection = stack.enter_context(_opened(home.published_db))
    return connection, Source(home.published_db, words)


@contextmanager
def _opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with closing(duckdb.connect(path, read_only=True)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def chosen(
    connection: duckdb.DuckDBPyConnection,
    *,
    state: str | None = None,
    rule: str | None = None,
    source: str | None = None,
) -> list[Row]:
    """Findings, newest state first. `rule`: its id, or its name alone; `source`: who published it,
    or the file."""
    found: list[Row] = (
        connection.execute(
            "SELECT * FROM quality.quarantine_now "
            "WHERE ($state IS NULL OR state = $state) "
            "AND ($rule IS NULL OR $rule IN (rule_id, rule)) "
            "AND ($source IS NULL OR $source IN (source, source_path)) "
            "ORDER BY state_since DESC, source_path, evidence_start, quarantine_id",
            {"state": state, "rule": rule, "source": source},
        )
        .to_arrow_table()
        .to_pylist()
    )
    return found


def counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """How many findings are in each state."""
    rows = connection.execute(
        "SELECT state, count(*) FROM quality.quarantine_now GROUP BY state ORDER BY state"
    ).fetchall()
    return dict(rows)


def named(connection: duckdb.DuckDBPyConnection, beginnings: Sequence[str]) -> list[Row]:
    """The findings whose ids begin so, each once, in this order. Raises UnknownFindingError."""
    found: dict[str, Row] = {}
    for beginning in beginnings:
        row = _one(connection, beginning.lower())
        found[row["quarantine_id"]] = row
    return list(found.values())


def _one(connection: duckdb.DuckDBPyConnection, beginning: str) -> Row:
    if len(beginning) < MIN_ID_CHARS:
        raise UnknownFindingError(f"{beginning!r} is too short: {MIN_ID_CHARS} characters name one")
    rows = (
        connection.execute(
            "SELECT * FROM quality.quarantine_now WHERE starts_with(quarantine_id, ?) "
            "ORDER BY quarantine_id LIMIT 6",
            [beginning],
        )
        .to_arrow_table()
        .to_pylist()
    )
    if not rows:
        raise UnknownFindingError(f"no finding has an id that begins with {beginning}")
    if len(rows) > 1:
        near = ", ".join(row["quarantine_id"] for row in rows[:5])
        raise UnknownFindingError(f"several findings have an id that begins with it: {near}")
    return dict(rows[0])


def history(connection: duckdb.DuckDBPyConnection, quarantine_id: str) -> list[Row]:
    """The states of a finding, first to last."""
    found: list[Row] = (
        connection.execute(
            "SELECT * FROM quality.quarantine_states WHERE quarantine_id = ? ORDER BY recorded_at",
            [quarantine_id],
        )
        .to_arrow_table()
        .to_pylist()
    )
    return found


def short_ids(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Id → the shortest beginning, of eight characters or more, that tells these findings apart."""
    ids = sorted({row["quarantine_id"] for row in rows})
    length = _SHOWN_ID_CHARS
    while len({i[:length] for i in ids}) < len(ids):
        length += 1
    return {i: i[:length] for i in ids}
