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
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from benchmarks.faults import checks, machine
from benchmarks.faults.corpus import drop, waves
from benchmarks.faults.kills import Reference
from benchmarks.faults.place import Place
from benchmarks.faults.refreshes import Refresh, complete, start

_ROOM_LEFT = (0, 1_500, 4_000, 8_000, 12_000, 18_000)
"""Kilobytes that are free when the refresh begins: each fails in another place."""
_PLENTY = 1_000_000
_DAY = 86_400
_JUMPS = (("400 days back", -400 * _DAY), ("400 days forward", 400 * _DAY))
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
    for room in _ROOM_LEFT:
        yield _full(stage, room)
    home = stage.place.home
    yield _refused(stage, "the home is read-only", partial(machine.read_only, home))
    published = partial(machine.read_only, home / "published")
    yield _refused(stage, "the published folder is read-only", published)
    closed = partial(machine.closed, home)
    yield _refused(stage, "the home is closed", closed, machine.WITHOUT_OVERRIDE)
    for name, seconds in _JUMPS:
        yield _jumped(stage, f"clock {name} before the refresh", folder, seconds, None)
        yield _jumped(stage, f"clock {name} during it", folder, seconds, "extraction")


def _full(stage: Stage, room: int) -> Scenario:
    scenario = Scenario(f"disk full, {room / 1000:g} MB were left")
    began = time.monotonic()
    stage.clear()
    home = stage.place.home
    with machine.disk(home, _PLENTY):
        stage.set_up()
        served = checks.fingerprint(stage.place.published)
        machine.resize(home, shutil.disk_usage(home).used // 1024 + room)
        _judge(scenario, stage, start(stage.place), served)
        machine.resize(home, _PLENTY)
        _complete(scenario, stage)
    scenario.seconds = time.monotonic() - began
    return scenario


def _refused(
    stage: Stage,
    name: str,
    obstacle: Callable[[], AbstractContextManager[None]],
    before: tuple[str, ...] = (),
) -> Scenario:
    scenario, began = Scenario(name), time.monotonic()
    stage.clear()
    stage.set_up()
    served = checks.fingerprint(stage.place.published)
    with obstacle():
        _judge(scenario, stage, start(stage.place, before=before), served)
    _complete(scenario, stage)
    scenario.seconds = time.monotonic() - began
    return scenario


def _judge(scenario: Scenario, stage: Stage, refresh: Refresh, served: str | None) -> None:
    """How the disturbed refresh ended, and what readers have meanwhile."""
    code = refresh.end()
    scenario.stage = refresh.stage
    said = [line for line in refresh.err if "dispatches refresh" in line]
    scenario.message = said[-1] if said else ""
    if code != 1:
        scenario.problems.append(f"exit code {code}")
    if not said:
        scenario.problems.append(f"no plain message on standard error: {refresh.said()}")
    if unkind := [word for word in _UNKIND if word in refresh.said()]:
        scenario.problems.append(f"says {', '.join(unkind)}: {refresh.said()}")
    if checks.fingerprint(stage.place.published) != served:
        scenario.problems.append("the published file is another one")
    scenario.problems += checks.published_problems(stage.place.published)


def _complete(scenario: Scenario, stage: Stage) -> None:
    try:
        complete(stage.place)
    except RuntimeError as error:
        scenario.problems.append(f"afterwards: {error}")
        return
    scenario.problems += stage.whole(1)


def _jumped(stage: Stage, name: str, folder: Path, seconds: int, during: str | None) -> Scenario:
    """The second wave with the clock elsewhere, the next two with the clock right again."""
    scenario, began = Scenario(name, stage=during or "starting"), time.monotonic()
    begins = folder / "clock-jumps"
    begins.unlink(missing_ok=True)
    environment = machine.other_time(folder, seconds, begins if during else None)
    if isinstance(environment, str):
        scenario.skipped = environment
        return scenario
    stage.clear()
    stage.set_up()
    refresh = start(stage.place, environment)
    if during:
        refresh.wait_for(during)
        begins.touch()
    if (code := refresh.end()) != 0:
        scenario.problems.append(f"exit code {code}: {refresh.said()}")
    scenario.problems += stage.whole(1)
    for wave in (2, 3):
        drop(stage.waves[wave], stage.place.raw)
        complete(stage.place)
        scenario.problems += [f"wave {wave + 1}: {problem}" for problem in stage.whole(wave)]
    scenario.message = "three waves as undisturbed" if not scenario.problems else ""
    scenario.seconds = time.monotonic() - began
    return scenario
