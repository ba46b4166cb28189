"""How the steps of a run in this process tell how far they are.

Belongs here: the one listener that a caller may set, and the bridge from Dagster's events to it.
Does not belong here: what the listener shows (`cli`).
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, redirect_stdout
from typing import Any, Literal, TextIO

import dagster as dg

from orchestration.report import Progress

_ENDINGS: dict[str, Literal["done", "skipped", "failed"]] = {
    "STEP_SUCCESS": "done",
    "STEP_SKIPPED": "skipped",
    "STEP_FAILURE": "failed",
}
LOGGER = "progress"
"""Name under which `progress_logger` stands in the definitions."""


class _Listener:
    """The listener of this process, and how many steps it has seen start."""

    def __init__(self) -> None:
        self.progress: Progress | None = None
        self.is_command = False
        self.steps: Mapping[str, str] = {}
        self.seen: list[str] = []


_listener = _Listener()


@contextmanager
def reported_to(progress: Progress | None, steps: Mapping[str, str]) -> Iterator[None]:
    """Within, what the run does is told to `progress`. `steps`: step → description, in order."""
    _listener.progress, _listener.steps, _listener.seen = progress, steps, []
    _listener.is_command = True
    try:
        yield
    finally:
        _listener.progress, _listener.is_command = None, False


def advanced(step: str, done: int, total: int, unit: str) -> None:
    """Tell the caller that `done` of `total` things of a step are through."""
    if _listener.progress is not None:
        _listener.progress.advanced(step, done, total, unit)


class _OtherThreadsOnly:
    """Standard output without what one thread prints; a live display of another goes on."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._silenced = threading.get_ident()

    def write(self, text: str) -> int:
        """Print, unless the silenced thread does."""
        if threading.get_ident() == self._silenced:
            return len(text)
        return self._stream.write(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def unprinted() -> Iterator[None]:
    """Within, this thread prints nothing if a caller shows the run; the daemon keeps all output."""
    if _listener.progress is None and not _listener.is_command:
        yield
        return
    with redirect_stdout(_OtherThreadsOnly(sys.stdout)):  # type: ignore[type-var]
        yield


def _on_event(event: Any) -> None:
    progress, step = _listener.progress, event.step_key
    if progress is None or step is None:
        return
    if event.event_type_value == "STEP_START":
        _listener.seen.append(step)
        description = _listener.steps.get(step, step)
        progress.step_started(step, description, len(_listener.seen), len(_listener.steps))
    elif event.event_type_value in _ENDINGS:
        seconds = 0.0
        if event.event_type_value == "STEP_SUCCESS":
            seconds = event.event_specific_data.duration_ms / 1000
        progress.step_finished(step, _ENDINGS[event.event_type_value], seconds)


class _Bridge(logging.Handler):
    """Passes Dagster's events on and prints nothing: the caller shows the run."""

    def emit(self, record: logging.LogRecord) -> None:
        event = getattr(record, "dagster_event", None)
        if event is not None:
            _on_event(event)


@dg.logger({}, description="Passes the events of a run to the command that started it")
def progress_logger(_: dg.InitLoggerContext) -> logging.Logger:
    """A logger without output of its own."""
    made = logging.Logger("dispatches.progress", level=logging.DEBUG)
    made.addHandler(_Bridge())
    return made
