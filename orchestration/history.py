"""Writing the run history quickly.

Belongs here: how SQLite, in which Dagster keeps runs and events, is opened by this process. Does
not belong here: the build database, where every commit is waited for.

Dagster opens and closes the file for each of the 300 events that a run of all assets and checks
begins with, and each time SQLite waits for the disk four times: 0.09 s an event, half a minute a
run (seen).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine


@contextmanager
def quick_history() -> Iterator[None]:
    """Within, commits to SQLite go to its write-ahead log and don't wait for the disk.

    A killed process loses nothing; a power cut can lose the last events of the history, never the
    file's integrity (SQLite, `synchronous=NORMAL` in WAL mode). One more connection is held open to
    each file, so that closing Dagster's does not fold the log back into the file each time.
    """
    held: dict[str, sqlite3.Connection] = {}

    def on_connect(connection: Any, _: Any) -> None:
        if not isinstance(connection, sqlite3.Connection):
            return
        connection.execute("PRAGMA synchronous = NORMAL")
        path = connection.execute("PRAGMA database_list").fetchone()[2]
        if path and path not in held:
            held[path] = sqlite3.connect(path, check_same_thread=False)
            held[path].execute("SELECT count(*) FROM sqlite_master").fetchone()

    event.listen(Engine, "connect", on_connect)
    try:
        yield
    finally:
        event.remove(Engine, "connect", on_connect)
        for connection in held.values():
            connection.close()
