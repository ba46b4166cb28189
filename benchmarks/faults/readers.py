"""Readers of the published file while it is refreshed again and again.

Belongs here: the readers, as processes of their own, and what they must see. Does not belong here:
publishing.

    python -m benchmarks.faults.readers FILE STOP SECONDS

reads FILE until STOP exists and prints what it saw as JSON; it opens the file anew for each query
(0 seconds) or keeps a connection for so long.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from benchmarks.faults.checks import COUNTED
from benchmarks.faults.corpus import drop, more, waves
from benchmarks.faults.refreshes import ROOT, Place, complete

_PAUSE_SECONDS = 0.02
READERS = {"opens each time": 0.0, "opens each time, too": 0.0, "keeps it for a minute": 60.0}
"""Name → for how many seconds one connection is kept."""


@dataclass(slots=True)
class Seen:
    """What one reader saw."""

    queries: int = 0
    opened: int = 0
    releases: dict[str, list[int]] = field(default_factory=dict)
    """Release number → its counts, as the tables give them."""
    errors: list[str] = field(default_factory=list)
    mixed: list[str] = field(default_factory=list)
    """Rows that do not belong to the release that the file names."""


def read_until(path: Path, stop: Path, keep_seconds: float) -> Seen:
    """Query the published file until `stop` exists."""
    seen = Seen()
    while not stop.exists():
        try:
            with duckdb.connect(path, read_only=True) as connection:
                seen.opened += 1
                first, until = None, time.monotonic() + keep_seconds
                while True:
                    release = _query(connection, seen)
                    if release != (first := first or release):
                        seen.mixed.append(f"one connection saw releases {first} and {release}")
                    time.sleep(_PAUSE_SECONDS)
                    if time.monotonic() >= until or stop.exists():
                        break
        except Exception as error:
            seen.errors.append(f"{type(error).__name__}: {error}")
    return seen


def _query(connection: duckdb.DuckDBPyConnection, seen: Seen) -> str:
    """One reading: the release, what it says of itself, and what the tables hold."""
    found = connection.execute(
        f"SELECT release_number, {', '.join(COUNTED)} FROM quality.releases "
        "ORDER BY release_number DESC LIMIT 1"
    ).fetchall()[0]
    release, stated = str(found[0]), list(found[1:])
    counted = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
        for table in COUNTED.values()
    ]
    seen.queries += 1
    if counted != stated or seen.releases.setdefault(release, counted) != counted:
        seen.mixed.append(f"release {release} states {stated}, its tables hold {counted}")
    return release


@contextmanager
def reading(path: Path, stop: Path, keep: dict[str, float]) -> Iterator[dict[str, Seen]]:
    """Readers in processes of their own while the body runs; what they saw is filled in at its
    end."""
    told: dict[str, Seen] = {}
    stop.unlink(missing_ok=True)
    started = {
        name: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.faults.readers", path, stop, str(seconds)],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            stdout=subprocess.PIPE,
            text=True,
        )
        for name, seconds in keep.items()
    }
    try:
        yield told
    finally:
        stop.touch()
        for name, process in started.items():
            out, _ = process.communicate(timeout=120)
            told[name] = Seen(**json.loads(out))


def watch(place: Place, seed: int, refreshes: int) -> dict[str, Seen]:
    """Publish `refreshes` times while readers read; what each saw, checked against the releases."""
    shutil.rmtree(place.folder, ignore_errors=True)
    drop(waves(seed)[0], place.raw)
    complete(place)
    with reading(place.published, place.folder / "stop", READERS) as told:
        for number, wave in enumerate(more(seed, refreshes), 1):
            drop(wave, place.raw)
            took = -time.monotonic()
            complete(place)
            print(f"refresh {number}: {took + time.monotonic():.0f} s", flush=True)
    releases: dict[str, list[int]] = {}
    for name, seen in told.items():
        for release, counts in seen.releases.items():
            if releases.setdefault(release, counts) != counts:
                seen.mixed.append(f"{name}: release {release} was another one for others")
    return told


if __name__ == "__main__":
    print(json.dumps(asdict(read_until(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))))
