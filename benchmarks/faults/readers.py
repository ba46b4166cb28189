"""Readers of the published file while it is refreshed again and again.

Belongs here: the readers, as processes of their own, and what they must see. Does not belong here:
publishing.
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
from pathlib import Path

from benchmarks.faults.corpus import drop, more, waves
from benchmarks.faults.place import ROOT, Place
from benchmarks.faults.reader import Seen
from benchmarks.faults.refreshes import complete

READERS = {"opens each time": 0.0, "opens each time, too": 0.0, "keeps it for a minute": 60.0}
"""Name → for how many seconds one connection is kept."""


@contextmanager
def reading(path: Path, stop: Path, keep: dict[str, float]) -> Iterator[dict[str, Seen]]:
    """Readers in processes of their own while the body runs; what they saw is filled in at its
    end."""
    told: dict[str, Seen] = {}
    stop.unlink(missing_ok=True)
    started = {
        name: subprocess.Popen(
            [sys.executable, "-m", "benchmarks.faults.reader", path, stop, str(seconds)],
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
