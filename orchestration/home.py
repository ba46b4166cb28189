"""The home folder: where every piece of state lies, and who may change it now.

Belongs here: paths under `DISPATCHES_HOME`, making them, and the lock that lets one refresh run
at a time. Does not belong here: what is inside the files.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

import psutil
from filelock import FileLock, Timeout


class RefreshLockedError(RuntimeError):
    """Another refresh holds the lock; says which process, since when, and what to do."""

    def __init__(self, pid: int | None, since: str | None):
        self.pid, self.since = pid, since
        who = f"process {pid}, since {since}" if pid else "its process has not named itself"
        super().__init__(
            f"another refresh is running ({who}); wait for it, or end it: kill {pid or 'PID'}"
        )


@dataclass(frozen=True, slots=True)
class Home:
    """Paths under the home folder. `root` is absolute."""

    root: Path

    @classmethod
    def at(cls, path: Path) -> Home:
        """The home at `path`, made absolute; nothing is created yet."""
        return cls(path.expanduser().absolute())

    @property
    def dagster(self) -> Path:
        """DAGSTER_HOME: configuration and history of runs, shared by commands and UI."""
        return self.root / "dagster"

    @property
    def build_db(self) -> Path:
        """The private database that a refresh writes to."""
        return self.root / "build" / "dispatches.duckdb"

    @property
    def published_db(self) -> Path:
        """The only file that readers open."""
        return self.root / "published" / "dispatches.duckdb"

    @property
    def releases(self) -> Path:
        """The releases that can be rolled back to, one folder each."""
        return self.root / "releases"

    @property
    def staging(self) -> Path:
        """Batches between steps, one folder per run."""
        return self.root / "staging"

    @property
    def dbt(self) -> Path:
        """dbt's manifests, artifacts and logs."""
        return self.root / "dbt"

    @property
    def docs(self) -> Path:
        """The Data Docs, one folder per run."""
        return self.root / "docs"

    @property
    def alerts(self) -> Path:
        """Which run's alert was sent, one file per run."""
        return self.root / "alerts"

    @property
    def evidence(self) -> Path:
        """What each run set aside or was blocked by, one .jsonl per run."""
        return self.root / "evidence"

    @property
    def lock_file(self) -> Path:
        """Held by the one process that may write to the build database."""
        return self.root / "refresh.lock"

    @property
    def holder_file(self) -> Path:
        """Who holds the lock: process id and since when."""
        return self.root / "refresh.holder.json"

    @property
    def folders(self) -> tuple[Path, ...]:
        """Every folder that a refresh writes to, the home itself first."""
        return (
            self.root,
            self.dagster,
            self.build_db.parent,
            self.published_db.parent,
            self.releases,
            self.staging,
            self.dbt,
            self.docs,
            self.evidence,
        )

    def create(self) -> Home:
        """Make the folders and Dagster's configuration. Safe to repeat."""
        for folder in self.folders:
            folder.mkdir(parents=True, exist_ok=True)
        template = files("orchestration").joinpath("dagster.yaml").read_text(encoding="utf-8")
        target = self.dagster / "dagster.yaml"
        if not target.exists() or target.read_text(encoding="utf-8") != template:
            write_whole(target, template)
        return self

    def prune(self, keep: int) -> None:
        """Remove the batches and dbt artifacts of all but the `keep` latest runs, and the half
        files of processes that died."""
        for folder in (self.root, self.dagster, self.dbt / "manifest"):
            for part in folder.glob("*.part"):
                if not _is_written(part):
                    shutil.rmtree(part) if part.is_dir() else part.unlink(missing_ok=True)
        for folder in (self.staging, self.dbt / "target"):
            if not folder.is_dir():
                continue
            runs = sorted(
                (f for f in folder.iterdir() if f.is_dir()),
                key=lambda f: (f.stat().st_mtime, f.name),
            )
            for old in runs[:-keep]:
                shutil.rmtree(old, ignore_errors=True)


def _is_written(part: Path) -> bool:
    """Whether the process that NAME.PID.part is named after still lives."""
    pid = part.name.split(".")[-2]
    return pid.isdigit() and psutil.pid_exists(int(pid))


def write_whole(target: Path, text: str) -> None:
    """Write a file so that a reader sees the old text or the new one, never half of it."""
    part = target.with_name(f"{target.name}.{os.getpid()}.part")
    part.write_text(text, encoding="utf-8")
    part.replace(target)


@contextmanager
def refresh_lock(home: Home, wait_seconds: float = 0) -> Iterator[None]:
    """Hold the right to write. Enters again freely in the process that holds it.

    Raises RefreshLockedError when another process holds it for longer than `wait_seconds`. The
    operating system frees the lock when its holder dies, however it dies.
    """
    lock = FileLock(home.lock_file, is_singleton=True, thread_local=False)
    already_mine = lock.is_locked
    try:
        lock.acquire(timeout=wait_seconds, poll_interval=0.2)
    except Timeout:
        raise RefreshLockedError(*_holder(home)) from None
    try:
        if not already_mine:
            now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
            write_whole(home.holder_file, json.dumps({"pid": os.getpid(), "since": now}))
        yield
    finally:
        if not already_mine:
            home.holder_file.unlink(missing_ok=True)
        lock.release()


def _holder(home: Home) -> tuple[int | None, str | None]:
    try:
        holder = json.loads(home.holder_file.read_text(encoding="utf-8"))
        return int(holder["pid"]), str(holder["since"])
    except (OSError, ValueError, KeyError):
        return None, None
