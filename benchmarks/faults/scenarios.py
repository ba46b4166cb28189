"""A disk that is full, a folder that takes no writes, a clock that jumps.

Belongs here: the scenarios, each on a warehouse that has published one wave and is given the next.
Does not belong here: how a machine is made to do that (`machine.py`).

Each has to end in one plain message on standard error, exit code 1 and the last release served; and
the next refresh, with the obstacle gone, in what an undisturbed one gives.
"""

from __future__ import annotations

import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.faults import checks, machine
from benchmarks.faults.corpus import drop, waves
from benchmarks.faults.kills import Reference
from benchmarks.faults.place import Place
from benchmarks.faults.refreshes import complete, start

_ROOM_LEFT = (0, 4_000, 9_000, 12_000, 14_000)
"""Kilobytes that are free when a refresh begins: each time it fails in another place."""
_PLENTY = 1_000_000
_DAY = 86_400
_JUMPS: tuple[tuple[str, int, str | None], ...] = (
    ("clock 400 days forward, during the refresh", 400 * _DAY, "extraction"),
    ("clock right again: 400 days back", 0, None),
    ("clock 30 days back, before the refresh", -30 * _DAY, None),
    ("clock an hour back, during the refresh", -3600, "models"),
)
"""What the clock does in the waves after the first: name, seconds, the stage that it happens in."""
_DAGSTERS = "Exception while writing logger call to event log"
"""Printed by Dagster itself when its history can't be written; our message follows it."""
_UNKIND = ("Traceback", "OperationalError", "IOException", "Something went wrong", "Errno")


@dataclass(slots=True)
class Scenario:
    """How one ended. `skipped`: why it could not be tried here."""

    name: str
    stage: str = ""
    message: str = ""
    seconds: float = 0.0
    problems: list[str] = field(default_factory=list)
    skipped: str = ""
    code: int = 1


class Stage:
    """One warehouse that has published the first wave, given anew to each scenario."""

    def __init__(self, folder: Path, seed: int, reference: Reference) -> None:
        self.place, self.reference = Place(folder / "scenario"), reference
        self._kept, self.waves = folder / "first-wave", waves(seed)
        for old in (self.place.folder, self._kept):
            shutil.rmtree(old, ignore_errors=True)
        drop(self.waves[0], self.place.raw)
        complete(self.place)
        _copy(self.place.folder, self._kept)

    def set_up(self) -> None:
        """The warehouse as it was after the first wave, and the second wave in its folder."""
        _copy(self._kept, self.place.folder)
        drop(self.waves[1], self.place.raw)

    def clear(self) -> None:
        """Remove the warehouse."""
        shutil.rmtree(self.place.folder, ignore_errors=True)

    def whole(self, wave: int) -> Iterator[str]:
        """What is not as after `wave` (from 0) of an undisturbed warehouse."""
        found = checks.state_of(self.place)
        yield from checks.differences(self.reference.states[wave], found)[2]
        yield from checks.published_problems(self.place.published)
        yield from checks.leftovers(self.place)


def _copy(folder: Path, to: Path) -> None:
    """All of a folder, second names of one file included."""
    to.mkdir(parents=True, exist_ok=True)
    subprocess.run(["/bin/cp", "--archive", f"{folder}/.", to], check=True)


def run_all(stage: Stage, folder: Path) -> Iterator[Scenario]:
    """Every scenario, one after the other."""
    yield from _refused(stage)
    yield from _full(stage)
    yield from _jumped(stage, folder)


def _refused(stage: Stage) -> Iterator[Scenario]:
    """Folders that take no writes, one after the other; then one refresh completes."""
    home = stage.place.home
    stage.clear()
    stage.set_up()
    for name, obstacle, before in (
        ("the home is read-only", partial(machine.read_only, home), ()),
        ("the published folder is read-only", partial(machine.read_only, home / "published"), ()),
        ("the home is closed", partial(machine.closed, home), machine.WITHOUT_OVERRIDE),
    ):
        with obstacle():
            yield _judged(name, stage, before)
    yield _completed("then the folders can be written again", stage)


def _full(stage: Stage) -> Iterator[Scenario]:
    """A disk with less room than a refresh takes, a little more each time; then with plenty."""
    home = stage.place.home
    stage.clear()
    with machine.disk(home, _PLENTY):
        stage.set_up()
        for room in _ROOM_LEFT:
            machine.resize(home, shutil.disk_usage(home).used // 1024 + room)
            tried = _judged(f"disk full, {room / 1000:g} MB were left", stage)
            if tried.code == 0:  # what the others had done before was enough of a start
                break
            yield tried
        machine.resize(home, _PLENTY)
        yield _completed("then there is room again", stage)


def _judged(name: str, stage: Stage, before: Sequence[str] = ()) -> Scenario:
    """A refresh that can't succeed: how it ended, and what readers have meanwhile."""
    began, served = time.monotonic(), checks.fingerprint(stage.place.published)
    refresh = start(stage.place, before=before)
    code = refresh.end()
    said = [line for line in refresh.err if "dispatches refresh" in line]
    problems = []
    if code != 1:
        problems.append(f"exit code {code}: {refresh.said()}")
    elif not said:
        problems.append(f"no plain message on standard error: {refresh.said()}")
    lines = [line for line in refresh.said().splitlines() if not line.startswith(_DAGSTERS)]
    if unkind := [word for word in _UNKIND if word in " ".join(lines)]:
        problems.append(f"says {', '.join(unkind)}: {refresh.said()}")
    if checks.fingerprint(stage.place.published) != served:
        problems.append("the published file is another one")
    problems += checks.published_problems(stage.place.published)
    message = said[-1] if said else ""
    seconds = time.monotonic() - began
    return Scenario(name, refresh.stage, message, seconds, problems, code=code)


def _completed(name: str, stage: Stage) -> Scenario:
    began = time.monotonic()
    try:
        complete(stage.place)
        problems = list(stage.whole(1))
    except RuntimeError as error:
        problems = [str(error)]
    told = "" if problems else "rows as undisturbed"
    return Scenario(name, "published_warehouse", told, time.monotonic() - began, problems)


def _jumped(stage: Stage, folder: Path) -> Iterator[Scenario]:
    """The next waves, each refreshed while the clock is elsewhere."""
    stage.clear()
    stage.set_up()
    begins = folder / "clock-jumps"
    for wave, (name, seconds, during) in enumerate(_JUMPS, 1):
        began = time.monotonic()
        begins.unlink(missing_ok=True)
        environment = machine.other_time(folder, seconds, begins if during else None)
        if isinstance(environment, str):
            yield Scenario(name, skipped=environment)
            return
        drop(stage.waves[wave], stage.place.raw)
        refresh = start(stage.place, environment)
        if during and refresh.wait_for(during):
            begins.touch()
        code = refresh.end()
        problems = [] if code == 0 else [f"exit code {code}: {refresh.said()}"]
        problems += stage.whole(wave)
        told = "" if problems else "rows as undisturbed"
        yield Scenario(name, during or "starting", told, time.monotonic() - began, problems)
