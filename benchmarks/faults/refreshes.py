"""One refresh as a real process that the harness can follow and kill.

Belongs here: starting it, reading its progress lines, ending it. Does not belong here: what must
hold afterwards (`checks.py`), or when to kill (`kills.py`).
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from benchmarks.faults.place import ROOT, Place
from orchestration.hooks import STAGES

STARTING = "starting"
"""Before the first step: the interpreter, imports, dbt's manifest, the look for anything new."""
_STAGE_OF = {description: stage for stage, description in STAGES.items()}
_LINE = re.compile(r"\[\d+/\d+\] (.*)")
_LIMIT_SECONDS = 900


@dataclass(slots=True)
class Refresh:
    """A running `dispatches refresh` in a process group of its own."""

    process: subprocess.Popen[str]
    began: float = field(default_factory=time.monotonic)
    stages: dict[str, float] = field(default_factory=lambda: {STARTING: time.monotonic()})
    """Stage → when it began, in the order of beginning."""
    out: list[str] = field(default_factory=list)
    err: list[str] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _readers: list[threading.Thread] = field(default_factory=list)

    @property
    def stage(self) -> str:
        """The stage that began last."""
        return list(self.stages)[-1]

    @property
    def is_running(self) -> bool:
        """Whether the command itself has not ended."""
        return self.process.poll() is None

    def wait_for(self, stage: str) -> bool:
        """Wait until `stage` begins; False where the command ended without it."""
        with self._changed:
            while stage not in self.stages and self.is_running:
                self._changed.wait(0.1)
        return stage in self.stages

    def follow(self) -> None:
        """Begin to read what it prints."""
        for stream, lines in ((self.process.stdout, self.out), (self.process.stderr, self.err)):
            thread = threading.Thread(target=self._read, args=(stream, lines), daemon=True)
            thread.start()
            self._readers.append(thread)

    def _read(self, stream: object, lines: list[str]) -> None:
        for line in stream:  # type: ignore[attr-defined]
            lines.append(line.rstrip("\n"))
            told = _LINE.fullmatch(lines[-1])
            if told and told[1] in _STAGE_OF:
                with self._changed:
                    self.stages.setdefault(_STAGE_OF[told[1]], time.monotonic())
                    self._changed.notify_all()

    def kill(self, *, group: bool = True) -> None:
        """`kill -9`: the whole group, or the command alone, so that its dbt outlives it."""
        if group:
            os.killpg(self.process.pid, signal.SIGKILL)
        else:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def end(self) -> int:
        """Wait for its end; returns the exit code, negative for a signal."""
        code = self.process.wait(_LIMIT_SECONDS)
        for thread in self._readers:
            thread.join(5)
        return code

    def said(self) -> str:
        """Everything that it printed, standard output first."""
        return "\n".join([*self.out, *self.err])


def start(
    place: Place, environment: Mapping[str, str] | None = None, before: Sequence[str] = ()
) -> Refresh:
    """Start a refresh of `place`; `before`: a program that starts it with fewer rights."""
    process = subprocess.Popen(
        [*before, sys.executable, "-m", "benchmarks.faults.child", "refresh"],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DISPATCHES_HOME": str(place.home),
            "DISPATCHES_RAW": str(place.raw),
            **(environment or {}),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    refresh = Refresh(process)
    refresh.follow()
    return refresh


def complete(place: Place, environment: Mapping[str, str] | None = None) -> Refresh:
    """Run a refresh to its end. Raises RuntimeError with what it said where it fails."""
    refresh = start(place, environment)
    code = refresh.end()
    if code != 0:
        raise RuntimeError(f"the refresh ended with {code}:\n{refresh.said()}")
    return refresh
