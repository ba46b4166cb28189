"""Publishing: a new file, checked and described, then put in its place in one rename.

Belongs here: copying `marts` and `quality` with their constraints, comments and views, and the
candidate's row among the releases. Does not belong here: whether a release may be published
(`expectations`, dbt's tests), the swap (`swap.py`).
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.manifest import as_json, manifest
from orchestration.releases import DATABASE, newest_file
from orchestration.sql import literal, quoted
from orchestration.swap import candidate, install, settle
from orchestration.tables import RELEASES

SCHEMAS = ("marts", "quality")
_BEFORE = "before"


class PublishError(RuntimeError):
    """The candidate is not what the build database holds; names the table or view."""


def publish(
    home: Home, release: Mapping[str, Any], made_with: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, int]]:
    """Write the candidate, check it, and put it in place; returns manifest and rows by table.

    `release`: its row of quality.releases but the manifest; `made_with`: what `provenance` gives.
    The published file is the old one or the new one at every moment, whatever dies when. Raises
    PublishError, then the old one stays. The next `settle` completes or clears away what a crash
    leaves.
    """
    settle(home)
    newest = newest_file(home)
    folder = candidate(home, release["run_id"])
    try:
        described, counts = _write(home, folder / DATABASE, newest, release, made_with)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    install(home, folder, release["release_number"], described)
    return described, counts


def _write(
    home: Home,
    file: Path,
    newest: Path | None,
    release: Mapping[str, Any],
    made_with: Mapping[str, Any],
) -> tuple[dict[str, Any], dict[str, int]]:
    with closing(duckdb.connect(file)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET enable_progress_bar = false")  # no place to show it in a run
        connection.execute(f"ATTACH {literal(str(home.build_db))} AS build (READ_ONLY)")
        if newest is not None:
            connection.execute(f"ATTACH {literal(str(newest))} AS {_BEFORE} (READ_ONLY)")
        counts = _copy(connection)
        described = manifest(connection, release, made_with, _BEFORE if newest else None)
        _insert_release(connection, {**release, "manifest": as_json(described)})
        counts[RELEASES.qualified_name] += 1
        connection.execute("DETACH build")
        connection.execute("CHECKPOINT")
    return described, counts


def _insert_release(connection: duckdb.DuckDBPyConnection, release: Mapping[str, Any]) -> None:
    names = [c.name for c in RELEASES.columns]
    connection.execute(
        f"INSERT INTO {RELEASES.qualified_name} ({', '.join(map(quoted, names))}) "  # noqa: S608
        f"VALUES ({', '.join('?' * len(names))})",
        [release[name] for name in names],
    )


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
