"""What people decide about releases: which one is served, and which ones are kept for good.

Belongs here: rollback, keeping and letting go, and their history. Does not belong here: how a file
is put in its place (`swap.py`), or which releases go by themselves (`releases.py`).

All of it needs the refresh lock. A rollback changes no release and no row: the next publication is
made from the build database as ever, is served, and supersedes it.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.release_rows import record_event
from orchestration.releases import Release, mark_kept, release, releases, served, verify
from orchestration.swap import serve, settle

ROLLED_BACK, KEPT, LET_GO = "rolled_back_to", "kept", "let_go"


class NothingToRollBackToError(LookupError):
    """No release is served yet, or none is kept from before the served one."""


@dataclass(frozen=True, slots=True)
class Decision:
    """Who decided, why, and when."""

    by: str | None
    reason: str | None
    at: dt.datetime


@dataclass(frozen=True, slots=True)
class RolledBack:
    """How a rollback went."""

    was: int
    now: int
    newest: int
    unnoted: str | None
    """Why the history does not have it, where it does not; readers have the release all the
    same."""


def roll_back(home: Home, number: int | None, decision: Decision) -> RolledBack:
    """Serve release `number`; none given, the last one that is kept from before the served one.

    One rename: a reader gets the one or the other, and an open one keeps what it has. Raises
    NothingToRollBackToError, NoSuchReleaseError, or DamagedReleaseError where the file is not the
    one that was published; then nothing has changed.
    """
    settle(home)
    was = served(home)
    if was is None:
        raise NothingToRollBackToError("Nothing is published yet.")
    one = _earlier(home, was) if number is None else release(home, number)
    verify(one)
    if one.number != was:
        serve(home, one.file)
    unnoted = _note(home, one.number, ROLLED_BACK, decision)
    return RolledBack(was, one.number, releases(home)[-1].number, unnoted)


def keep(home: Home, number: int, decision: Decision) -> str | None:
    """Keep a release for good; returns why the history does not have it, null where it does.

    Raises NoSuchReleaseError, or DamagedReleaseError: what is damaged is not worth keeping.
    """
    settle(home)
    one = release(home, number)
    verify(one)
    at = decision.at.isoformat(timespec="seconds")
    mark_kept(one, {"at": at, "by": decision.by, "reason": decision.reason})
    return _note(home, number, KEPT, decision)


def let_go(home: Home, number: int, decision: Decision) -> str | None:
    """Let a release go when its time has come; returns the same as `keep`, raises
    NoSuchReleaseError."""
    settle(home)
    mark_kept(release(home, number), None)
    return _note(home, number, LET_GO, decision)


def last_event(home: Home, action: str) -> dict[str, Any] | None:
    """The last thing of this kind that was done, by the history; null while a refresh holds it."""
    if not home.build_db.exists():
        return None
    try:
        with closing(duckdb.connect(home.build_db, read_only=True)) as connection:
            cursor = connection.execute(
                "SELECT release_number, done_by, reason, "
                "strftime(timezone('UTC', recorded_at), '%Y-%m-%d %H:%M') AS done_at "
                "FROM quality.release_events WHERE action = ? ORDER BY recorded_at DESC LIMIT 1",
                [action],
            )
            names = [column[0] for column in cursor.description or ()]
            row = cursor.fetchone()
    except duckdb.Error:
        return None
    return dict(zip(names, row, strict=True)) if row else None


def _earlier(home: Home, was: int) -> Release:
    earlier = [one for one in releases(home) if one.number < was]
    if not earlier:
        raise NothingToRollBackToError(f"No release from before release {was} is kept.")
    return earlier[-1]


def _note(home: Home, number: int, action: str, decision: Decision) -> str | None:
    """Write it to the history. What people decide counts, whatever becomes of the history."""
    if not home.build_db.exists():
        return "there is no build database"
    try:
        with closing(duckdb.connect(home.build_db)) as connection:
            record_event(connection, number, action, decision.at, decision.by, decision.reason)
    except duckdb.Error as error:
        return str(error).splitlines()[0]
    return None
