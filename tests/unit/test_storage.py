"""What is said when the machine stores nothing more, whoever says it first."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from orchestration import storage
from orchestration.home import Home
from orchestration.hooks import plain_message
from orchestration.storage import StorageError, messages_of, refusal, require_writable

FULL, LOCKED, CLOSED = "the disk is full", "the file system is read-only", "this user may not"


@pytest.mark.parametrize(
    ("message", "why", "named"),
    [
        pytest.param(
            "[Errno 28] No space left on device: '/srv/home/staging/rows.parquet'",
            FULL,
            "/srv/home/staging/rows.parquet",
            id="Python on a full disk",
        ),
        pytest.param(
            'IO Error: Could not write file "/srv/home/build/dispatches.duckdb": '
            "No space left on device",
            FULL,
            "/srv/home/build/dispatches.duckdb",
            id="DuckDB on a full disk",
        ),
        pytest.param(
            "(sqlite3.OperationalError) database or disk is full\n(Background on this error at: "
            "'/e/21/e3q8')",
            FULL,
            "DISPATCHES_HOME",
            id="SQLite on a full disk names no file, and another line's path is not it",
        ),
        pytest.param(
            'dbt can\'t parse /srv/project:\n  File "/srv/dbt/main.py", line 7, in main\n'
            "[Errno 28] No space left on device\nmore of the log",
            FULL,
            "DISPATCHES_HOME",
            id="dbt in the midst of its log",
        ),
        pytest.param(
            "[Errno 122] Disk quota exceeded: '/srv/home/dagster'",
            FULL,
            "/srv/home/dagster",
            id="a quota that is used up",
        ),
        pytest.param(
            "[Errno 30] Read-only file system: '/srv/home/published/x'",
            LOCKED,
            "/srv/home/published/x",
            id="Python on a read-only file system",
        ),
        pytest.param(
            "(sqlite3.OperationalError) attempt to write a readonly database",
            LOCKED,
            "DISPATCHES_HOME",
            id="SQLite on a read-only file system",
        ),
        pytest.param(
            'Cannot open file "/srv/home/build/dispatches.duckdb": Permission denied',
            CLOSED,
            "/srv/home/build/dispatches.duckdb",
            id="DuckDB without the right to write",
        ),
    ],
)
def test_a_refusal_is_told_in_one_plain_line(message: str, why: str, named: str) -> None:
    told = refusal(["A step failed", message])
    assert told is not None
    assert why in told
    assert told.startswith(f"Can't write {named}" if named[0] == "/" else "Can't write the home")
    assert "readers keep the last release" in told
    assert told.endswith("then run: dispatches refresh")
    assert "\n" not in told


@pytest.mark.parametrize(
    "message",
    [
        pytest.param("Conversion Error: Could not cast 'x' to DOUBLE", id="a wrong value"),
        pytest.param("unable to open database file", id="SQLite's own words, with no home to ask"),
    ],
)
def test_other_errors_are_not_refusals(message: str) -> None:
    assert refusal([message]) is None


def test_where_the_words_do_not_tell_the_folders_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = Home.at(tmp_path).create()
    assert refusal(["disk I/O error"], home) is None

    def full(dir: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(storage.tempfile, "TemporaryFile", full)
    told = refusal(["disk I/O error"], home)
    assert told is not None
    assert FULL in told
    assert str(tmp_path) in told
    with pytest.raises(StorageError, match=FULL):
        require_writable(home)


def test_a_folder_that_can_be_written_is_left_as_it_was(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    before = sorted(tmp_path.rglob("*"))
    require_writable(home)
    assert sorted(tmp_path.rglob("*")) == before


def test_the_cause_of_an_error_is_looked_at_too() -> None:
    error = RuntimeError("the step failed")
    error.__cause__ = OSError(errno.EROFS, os.strerror(errno.EROFS), "/srv/home/x")
    assert LOCKED in (refusal(messages_of(error)) or "")
    assert "/srv/home/x" in plain_message("landing", error)
