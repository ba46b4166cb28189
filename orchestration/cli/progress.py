"""Progress of a refresh, on standard error: a bar for a terminal, lines for a log.

Belongs here: the two displays. Does not belong here: what a step is.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from orchestration.cli.console import kept_stderr, plain
from orchestration.report import Progress as ProgressProtocol

_LINE_EVERY_SECONDS = 10.0


@contextmanager
def shown_progress() -> Iterator[ProgressProtocol]:
    """Where a refresh reports to while it runs."""
    with kept_stderr() as console:
        if not console.is_terminal:
            yield _Lines(console)
            return
        columns = (
            SpinnerColumn(),
            TextColumn("{task.description}", markup=False),
            BarColumn(bar_width=30),
            TextColumn("{task.fields[inside]}", markup=False),
            TimeElapsedColumn(),
        )
        with Progress(
            *columns, console=console, transient=True, redirect_stdout=False, redirect_stderr=False
        ) as bars:
            yield _Bar(bars)


class _Bar:
    """One bar over all steps; what the running step counts stands beside it."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task = bars.add_task("Preparing the run", total=None, inside="")

    def step_started(self, step: str, description: str, position: int, total: int) -> None:
        """A step began."""
        self._bars.update(
            self._task,
            description=plain(description or step).plain,
            completed=position - 1,
            total=total,
            inside=f"step {position} of {total}",
        )

    def step_finished(
        self,
        step: str,  # noqa: ARG002 - the protocol's name
        outcome: Literal["done", "skipped", "failed"],  # noqa: ARG002
        seconds: float,  # noqa: ARG002
    ) -> None:
        """A step ended."""
        self._bars.advance(self._task)

    def advanced(self, step: str, done: int, total: int, unit: str) -> None:  # noqa: ARG002
        """Inside a step."""
        self._bars.update(self._task, inside=f"{done:,} of {total:,} {unit}")


class _Lines:
    """A line a step, and every ten seconds one about where it is."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._last = time.monotonic()

    def step_started(self, step: str, description: str, position: int, total: int) -> None:
        """A step began."""
        self._last = time.monotonic()
        self._console.print(plain(f"[{position}/{total}] {description or step}"), soft_wrap=True)

    def step_finished(
        self,
        step: str,
        outcome: Literal["done", "skipped", "failed"],
        seconds: float,
    ) -> None:
        """A step ended; only a failure is worth a line."""
        if outcome == "failed":
            self._console.print(plain(f"      {step} failed after {seconds:.1f} s"), soft_wrap=True)

    def advanced(self, step: str, done: int, total: int, unit: str) -> None:  # noqa: ARG002
        """Inside a step."""
        if time.monotonic() - self._last >= _LINE_EVERY_SECONDS:
            self._last = time.monotonic()
            self._console.print(plain(f"      {done:,} of {total:,} {unit}"), soft_wrap=True)
