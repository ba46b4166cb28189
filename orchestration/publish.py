"""Publishing: a new file beside the published one, checked, then put in its place in one rename.

Belongs here: copying `marts` and `quality` with their constraints, comments and views, and the
swap. Does not belong here: whether a release may be published (`expectations`, dbt's tests).
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.sql import literal, quoted
from orchestration.tables import RELEASES

SCHEMAS = ("marts", "quality")
COUNTED = {
    "document_count": "marts.dim_document",
    "event_count": "marts.fct_event_mention",
    "figure_count": "marts.fct_figure",
    "number_count": "marts.fct_number",
    "quarantine_count": "quality.quarantine",
}
"""Column of quality.releases → the table that it counts."""
_CANDIDATE = ".candidate-"


class PublishError(RuntimeError):
    """The candidate is not what the build database holds; names the table or view."""


def take_back_releases(connection: duckdb.DuckDBPyConnection, home: Home) -> None:
    """Bring the build database up to the releases of the published file: a run may have died.

    Not inside a transaction: the published file is attached meanwhile.
    """
    if not home.published_db.exists():
        return
    connection.execute(f"ATTACH {literal(str(home.published_db))} AS published (READ_ONLY)")
    try:
        connection.execute(
            "INSERT INTO quality.releases BY NAME SELECT * FROM published.quality.releases p "
            "WHERE NOT EXISTS (FROM quality.releases r WHERE r.release_number = p.release_number)"
        )
    finally:
        connection.execute("DETACH published")


def release_row(connection: duckdb.DuckDBPyConnection, **stated: Any) -> dict[str, Any]:
    """The next row of quality.releases: its number and counts, and what the caller states."""
    number = connection.execute(
        "SELECT coalesce(max(release_number), 0) + 1 FROM quality.releases"
    ).fetchall()[0][0]
    counts = {
        column: connection.table(table).count("*").fetchall()[0][0]
        for column, table in COUNTED.items()
    }
    return {"release_number": number, **stated, **counts}


def publish(home: Home, release: Mapping[str, Any]) -> dict[str, int]:
    """Write the candidate, check it, and put it in place; returns rows by table.

    The published file is the old one or the new one at every moment, whatever dies when. Raises
    PublishError, then the old one stays.
    """
    _sweep(home)
    folder = home.published_db.parent / f"{_CANDIDATE}{release['run_id']}"
    folder.mkdir(parents=True)
    candidate = folder / home.published_db.name
    try:
        with closing(duckdb.connect(candidate)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            connection.execute(f"ATTACH {literal(str(home.build_db))} AS build (READ_ONLY)")
            counts = _copy(connection)
            _insert_release(connection, release)
            counts[RELEASES.qualified_name] += 1
            connection.execute("DETACH build")
            connection.execute("CHECKPOINT")
        _put_in_place(candidate, home.published_db)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return counts


def _insert_release(connection: duckdb.DuckDBPyConnection, release: Mapping[str, Any]) -> None:
    names = [c.name for c in RELEASES.columns]
    connection.execute(
        f"INSERT INTO {RELEASES.qualified_name} ({', '.join(map(quoted, names))}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(names))})",
        [release[name] for name in names],
    )


def record_release(connection: duckdb.DuckDBPyConnection, release: Mapping[str, Any]) -> None:
    """Note the published release in the build database."""
    _insert_release(connection, release)


def _copy(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    for schema in SCHEMAS:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted(schema)}")
    counts: dict[str, int] = {}
    for schema, name, statement in _listed(connection, "duckdb_tables()", "table_name"):
        target = f"{quoted(schema)}.{quoted(name)}"
        connection.execute(statement)
        connection.execute(f"INSERT INTO {target} SELECT * FROM build.{target}")  # noqa: S608
        counts[f"{schema}.{name}"] = _checked_count(connection, target)
    _create_views(connection)
    _copy_comments(connection)
    return counts


def _listed(
    connection: duckdb.DuckDBPyConnection, function: str, name: str
) -> list[tuple[str, str, str]]:
    """(schema, name, DDL) of what the build database has in the published schemas."""
    return connection.execute(
        f"SELECT schema_name, {name}, sql FROM {function} "  # noqa: S608
        "WHERE database_name = 'build' AND NOT internal AND list_contains(?, schema_name) "
        "ORDER BY ALL",
        [list(SCHEMAS)],
    ).fetchall()


def _checked_count(connection: duckdb.DuckDBPyConnection, target: str) -> int:
    copied, built = connection.execute(
        f"SELECT (SELECT count(*) FROM {target}), (SELECT count(*) FROM build.{target})"  # noqa: S608
    ).fetchall()[0]
    if copied != built:
        raise PublishError(f"{target}: {copied} rows copied of {built}; the last release stays")
    return int(copied)


def _create_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Views in an order in which each finds what it reads, whatever reads what."""
    waiting = _listed(connection, "duckdb_views()", "view_name")
    while waiting:
        failed: list[tuple[str, str, str]] = []
        reason: duckdb.Error | None = None
        for view in waiting:
            try:
                connection.execute(view[2])
            except duckdb.Error as error:
                failed.append(view)
                reason = error
        if len(failed) == len(waiting):
            names = ", ".join(f"{schema}.{name}" for schema, name, _ in failed)
            raise PublishError(f"views that read something unpublished: {names} ({reason})")
        waiting = failed


def _copy_comments(connection: duckdb.DuckDBPyConnection) -> None:
    objects = connection.execute(
        "SELECT 'TABLE', schema_name, table_name, comment FROM duckdb_tables() WHERE "
        "database_name = 'build' AND list_contains($1, schema_name) AND comment IS NOT NULL "
        "UNION ALL SELECT 'VIEW', schema_name, view_name, comment FROM duckdb_views() WHERE "
        "database_name = 'build' AND list_contains($1, schema_name) AND comment IS NOT NULL",
        [list(SCHEMAS)],
    ).fetchall()
    columns = connection.execute(
        "SELECT schema_name, table_name, column_name, comment FROM duckdb_columns() WHERE "
        "database_name = 'build' AND list_contains(?, schema_name) AND comment IS NOT NULL",
        [list(SCHEMAS)],
    ).fetchall()
    for kind, schema, name, comment in objects:
        target = f"{quoted(schema)}.{quoted(name)}"
        connection.execute(f"COMMENT ON {kind} {target} IS {literal(comment)}")
    for schema, name, column, comment in columns:
        target = f"{quoted(schema)}.{quoted(name)}.{quoted(column)}"
        connection.execute(f"COMMENT ON COLUMN {target} IS {literal(comment)}")


def _put_in_place(candidate: Path, published: Path) -> None:
    with candidate.open("rb") as file:
        os.fsync(file.fileno())
    candidate.replace(published)
    folder = os.open(published.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _sweep(home: Home) -> None:
    """Remove candidates of runs that died."""
    for folder in home.published_db.parent.glob(f"{_CANDIDATE}*"):
        shutil.rmtree(folder, ignore_errors=True)
