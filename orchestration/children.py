"""Processes that a command starts, watches and ends, and the ports they listen on.

Belongs here: starting them with a log each, waiting until a port answers, ending all of them. Does
not belong here: which processes (`ui.py`).
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from orchestration.settings import HOST

_END_SECONDS = 20


class Children:
    """Processes that are started one by one, watched, and ended in reverse."""

    def __init__(self, environment: dict[str, str], logs: Path, stop: threading.Event) -> None:
        """`stop`: set when nothing is waited for any more."""
        self._environment = environment
        self._logs = logs
        self._stop = stop
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        logs.mkdir(exist_ok=True)

    def log(self, name: str) -> Path:
        """Where a process writes to; the file of an earlier start is overwritten."""
        return self._logs / f"{name}.log"

    def start(self, name: str, module: str, *arguments: str) -> None:
        """Start `python -m module`, in a session of its own: Ctrl-C is ours to pass on."""
        with self.log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603
                [sys.executable, "-m", module, *arguments],
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def ended(self) -> str | None:
        """The name of a process that has ended."""
        return next((n for n, child in self._running.items() if child.poll() is not None), None)

    def answers(self, port: int) -> bool:
        """Wait until something listens on `port`; False when a process ended before that, or all
        shall end."""
        while self.ended() is None and not self._stop.is_set():
            with socket.socket() as probe:
                probe.settimeout(1)
                if probe.connect_ex((HOST, port)) == 0:
                    return True
            self._stop.wait(0.2)
        return False

    def close(self) -> None:
        """Ask each process and what it started to end; insist after a while."""
        for child in reversed(self._running.values()):
            for sign, patience in ((signal.SIGTERM, _END_SECONDS), (signal.SIGKILL, 5)):
                if child.poll() is not None:
                    break
                with suppress(ProcessLookupError, subprocess.TimeoutExpired):
                    os.killpg(child.pid, sign)
                    child.wait(patience)


def is_free(port: int) -> bool:
    """Whether nothing listens on a port of this machine."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def any_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
