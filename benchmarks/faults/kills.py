"""Refreshes killed at random instants, and what is left of them.

Belongs here: choosing the instant, killing, and the story of a warehouse that lives through it.
Does not belong here: what must hold (`checks.py`).

A life: a new warehouse gets the waves of the corpus; in each wave one to six refreshes are killed
before one may complete. Instants are drawn evenly over the length of a stage, stages in turn, so
that short ones are hit as often as long ones; a stage that was over before its instant came is
aimed at again over half the length. SWAP is hit from inside: the process dies before one of its
changes in the folders that readers look into.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median

from benchmarks.faults import checks
from benchmarks.faults.corpus import Wave, drop, waves
from benchmarks.faults.place import Place
from benchmarks.faults.refreshes import STARTING, Refresh, complete, start
from orchestration.hooks import STAGES

SWAP = "swap"
TARGETS = (STARTING, *STAGES, SWAP)
_KILLS_A_WAVE = (1, 6)
_ALONE = 0.25
"""Share of kills that hit the command alone: the dbt that it started lives on for a while."""


@dataclass(frozen=True, slots=True)
class Reference:
    """The same corpus, undisturbed."""

    states: list[checks.Content]
    """Content after each wave."""
    seconds: dict[str, float]
    """Stage → its length, the middle one of what was seen."""
    changes: int
    """Changes that one refresh makes in the folders that readers look into."""


@dataclass(slots=True)
class Kill:
    """One killed refresh. `stage`: what it was doing; `swapped`: its release is out already."""

    target: str
    stage: str
    after_seconds: float
    alone: bool
    swapped: bool
    was_published: bool
    problems: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Aim:
    """Which stage is hit next, and how soon after its beginning at the latest."""

    draw: random.Random
    seconds: dict[str, float]
    deck: list[str] = field(default_factory=list)

    def target(self) -> str:
        """The stage whose turn it is; the same one until it was hit."""
        if not self.deck:
            self.deck += TARGETS
            self.draw.shuffle(self.deck)
        return self.deck[-1]

    def instant(self, target: str) -> float:
        """Seconds after the beginning of `target`."""
        return self.draw.uniform(0, self.seconds[target])

    def learn(self, stage: str | None) -> None:
        """Take note of where the kill fell; None where the refresh was through before."""
        if stage == self.target():
            self.deck.pop()
        elif self.target() in self.seconds:
            self.seconds[self.target()] /= 2


@dataclass(slots=True)
class Completion:
    """One refresh that completed what killed ones left."""

    wave: int
    kills: int
    seconds: float
    lost: int
    extra: int
    problems: list[str] = field(default_factory=list)


def refer(seed: int, folder: Path) -> Reference:
    """Refresh the corpus wave by wave with nobody disturbing; kept in `folder` and taken from there
    the next time."""
    kept = folder / f"reference-{seed}.json"
    if kept.exists():
        return Reference(**json.loads(kept.read_text(encoding="utf-8")))
    place = Place(folder / "reference")
    shutil.rmtree(place.folder, ignore_errors=True)
    states, changes = [], 0
    lengths: dict[str, list[float]] = {stage: [] for stage in (STARTING, *STAGES)}
    for wave in waves(seed):
        drop(wave, place.raw)
        counted = place.folder / "changes"
        refresh = complete(place, watched(place, at=0) | {"FAULTS_COUNT": str(counted)})
        changes = int(counted.read_text(encoding="utf-8"))
        ends = [*list(refresh.stages.values())[1:], time.monotonic()]
        for stage, began, ended in zip(refresh.stages, refresh.stages.values(), ends, strict=True):
            lengths[stage].append(ended - began)
        states.append(checks.state_of(place))
        problems = [*checks.published_problems(place.published), *checks.leftovers(place)]
        if problems:
            raise RuntimeError(f"an undisturbed refresh is not whole: {problems}")
    seconds = {stage: median(seen) for stage, seen in lengths.items()}
    reference = Reference(states, seconds, changes)
    kept.write_text(json.dumps(asdict(reference)), encoding="utf-8")
    return reference


def live(place: Place, seed: int, reference: Reference, aim: Aim) -> Iterator[Kill | Completion]:
    """One life, kill by kill. Ends early where something did not hold."""
    shutil.rmtree(place.folder, ignore_errors=True)
    for number, wave in enumerate(waves(seed)):
        kills = 0
        for outcome in _wave(place, number, wave, reference, aim):
            if isinstance(outcome, Kill):
                kills += 1
            else:
                outcome.kills = kills
            yield outcome
            if outcome.problems:
                return


def _wave(
    place: Place, number: int, wave: Wave, reference: Reference, aim: Aim
) -> Iterator[Kill | Completion]:
    drop(wave, place.raw)
    expected = reference.states[number]
    for _ in range(aim.draw.randint(*_KILLS_A_WAVE)):
        before = checks.fingerprint(place.published)
        kill = _strike(place, aim, reference.changes)
        aim.learn(kill and kill.stage)
        if kill is None:
            break  # it was through before the instant came
        _look(kill, place, before, expected)
        yield kill
    began = time.monotonic()
    try:
        complete(place)
    except RuntimeError as error:
        yield Completion(number + 1, 0, time.monotonic() - began, 0, 0, [str(error)])
        return
    seconds = time.monotonic() - began
    lost, extra, lines = checks.differences(expected, checks.state_of(place))
    lines += checks.published_problems(place.published) + checks.leftovers(place)
    yield Completion(number + 1, 0, seconds, lost, extra, lines)


def _strike(place: Place, aim: Aim, changes: int) -> Kill | None:
    """Start a refresh and kill it in the stage aimed at; None where it ended by itself before."""
    began, target = time.monotonic(), aim.target()
    if target == SWAP:
        refresh = start(place, watched(place, at=aim.draw.randint(1, changes)))
        if refresh.end() == 0:
            return None
        return Kill(target, SWAP, time.monotonic() - began, False, False, False)
    delay, alone = aim.instant(target), aim.draw.random() < _ALONE
    refresh = start(place)
    if not refresh.wait_for(target) or not _sleep(refresh, delay):
        code = refresh.end()
        problems = [] if code == 0 else [f"ended by itself with {code}:\n{refresh.said()}"]
        return None if code == 0 else Kill(target, refresh.stage, 0, False, False, False, problems)
    refresh.kill(group=not alone)
    return Kill(target, refresh.stage, time.monotonic() - began, alone, False, False)


def _sleep(refresh: Refresh, seconds: float) -> bool:
    """Wait; False where the refresh ended meanwhile."""
    until = time.monotonic() + seconds
    while (left := until - time.monotonic()) > 0:
        time.sleep(min(left, 0.05))
        if not refresh.is_running:
            return False
    return refresh.is_running


def _look(kill: Kill, place: Place, before: str | None, expected: checks.Content) -> None:
    """What a reader finds after the kill: the last release as it was, or the whole new one."""
    after = checks.fingerprint(place.published)
    if after is None:
        if before is not None:
            kill.problems.append("the published file is gone")
        return
    kill.was_published = True
    kill.swapped = after != before
    kill.problems += checks.published_problems(place.published)
    if kill.swapped:
        mine = checks.published_content(place.published)
        wanted = {table: rows for table, rows in expected.items() if table in mine}
        kill.problems += checks.differences(wanted, mine)[2]


def watched(place: Place, at: int) -> dict[str, str]:
    """The environment of a refresh that dies before its change `at` in these folders; 0 = never."""
    folders = [str(place.home / name) + os.sep for name in ("published", "releases")]
    return {"FAULTS_FOLDERS": os.pathsep.join(folders), "FAULTS_AT": str(at)}
