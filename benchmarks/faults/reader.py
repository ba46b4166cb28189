"""One reader of the published file, as a process of its own.

    python -m benchmarks.faults.reader FILE STOP SECONDS

reads FILE until STOP exists and prints what it saw as JSON; it opens the file anew for each query
(0 seconds) or keeps a connection for so long. It touches STOP.<process id> when it has opened it.

Belongs here: reading, and what a reader must see. Does not belong here: what happens to the file.
"""

from __future__ import annotations

import json
import os
import sys
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

import duckdb

from benchmarks.faults.checks import COUNTED

_PAUSE_SECONDS = 0.02


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
                stop.with_name(f"{stop.name}.{os.getpid()}").touch()  # who waits for us knows now
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


if __name__ == "__main__":
    print(json.dumps(asdict(read_until(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3])))))
