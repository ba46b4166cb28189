"""Rows about releases in `quality`: the next release, its changes, what was done to one.

Belongs here: reading and writing releases, release_changes and release_events. Does not belong
here: files and folders (`releases.py`, `swap.py`), or how changes are found (`changes.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from orchestration.changes import FOUND
from orchestration.sql import literal

_COUNTS = {
    "document_count": "FROM marts.dim_document",
    "event_count": "FROM marts.fct_event_mention",
    "figure_count": "FROM marts.fct_figure",
    "number_count": "FROM marts.fct_number",
    "quarantine_count": "FROM quality.quarantine_now WHERE state = 'open'",
    "waiver_count": "FROM quality.waivers WHERE state = 'active'",
    "added_count": f"FROM {FOUND} WHERE change = 'added'",
    "changed_count": f"FROM {FOUND} WHERE change = 'changed'",
    "removed_count": f"FROM {FOUND} WHERE change = 'removed'",
}
"""Column of quality.releases → what it counts; `find_changes` has to have run."""
_TAKEN_BACK = {
    "releases": "r.release_number = p.release_number",
    "release_changes": "r.release_number = p.release_number",
    "release_events": "(r.release_number, r.action, r.recorded_at) = "
    "(p.release_number, p.action, p.recorded_at)",
}
"""Table of quality → what makes a row of the published file one that is known."""


def next_release(connection: duckdb.DuckDBPyConnection, **stated: Any) -> dict[str, Any]:
    """The next row of quality.releases without its manifest: number, counts, what is stated."""
    newest = connection.execute("SELECT max(release_number) FROM quality.releases").fetchall()[0][0]
    counts = {
        column: connection.execute(f"SELECT count(*) {counted}").fetchall()[0][0]
        for column, counted in _COUNTS.items()
    }
    return {"release_number": (newest or 0) + 1, "previous_release": newest, **stated, **counts}


def keep_changes(connection: duckdb.DuckDBPyConnection, number: int) -> None:
    """Note what `find_changes` found as the changes of a release that is about to be published.

    Those of a release that never was, because its run died, go.
    """
    connection.execute(
        "DELETE FROM quality.release_changes WHERE release_number NOT IN "
        "(SELECT release_number FROM quality.releases)"
    )
    connection.execute(
        f"INSERT INTO quality.release_changes BY NAME SELECT $1 AS release_number, * FROM {FOUND} "  # noqa: S608
        "ORDER BY table_name, document_id, row_id",
        [number],
    )


def take_back(connection: duckdb.DuckDBPyConnection, newest: Path | None) -> None:
    """Bring the build database up to the releases that the newest published file names.

    After a publication that is how it is noted; after a crash, how it is completed. Not inside a
    transaction: the file is attached meanwhile.
    """
    if newest is None:
        return
    connection.execute(f"ATTACH {literal(str(newest))} AS published (READ_ONLY)")
    try:
        with atomic(connection):
            for table, known in _TAKEN_BACK.items():
                connection.execute(
                    f"INSERT INTO quality.{table} BY NAME "  # noqa: S608
                    f"SELECT * FROM published.quality.{table} p "
                    f"WHERE NOT EXISTS (FROM quality.{table} r WHERE {known})"
                )
    finally:
        connection.execute("DETACH published")


def record_event(
    connection: duckdb.DuckDBPyConnection,
    number: int,
    action: str,
    now: dt.datetime,
    done_by: str | None = None,
    reason: str | None = None,
) -> None:
    """Note what was done to a release: rolled_back_to, kept, let_go or pruned."""
    connection.execute(
        "INSERT INTO quality.release_events BY NAME SELECT $1 AS release_number, $2 AS action, "
        "$3 AS done_by, $4 AS reason, $5 AS recorded_at",
        [number, action, done_by, reason, now],
    )


@contextmanager
def atomic(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Everything that is written inside counts, or nothing of it."""
    connection.begin()
    try:
        yield
    except BaseException:
        connection.rollback()
        raise
    connection.commit()
