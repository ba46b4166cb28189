"""The prompt of `dispatches sql`, typed at through a terminal."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from command_line import PROGRAM, ROOT, CommandLine, publish_by_hand

CTRL_C, CTRL_D = "\x03", "\x04"
PROMPT = "dispatches> "


class Terminal:
    """A terminal with the prompt running in it."""

    def __init__(self, folder: Path) -> None:
        self.screen, terminal = pty.openpty()
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "sql"],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT), "NO_COLOR": "1", "TERM": "xterm"},
            stdin=terminal,
            stdout=terminal,
            stderr=terminal,
            start_new_session=True,
            preexec_fn=_own_terminal,
        )
        os.close(terminal)

    def type(self, text: str, until: str = PROMPT) -> str:
        """What the screen shows after `text` was typed, up to and with `until`."""
        os.write(self.screen, text.encode())
        return self.wait_for(until)

    def interrupt(self) -> str:
        """Press Ctrl-C, and again as a person would: readline can miss one that comes between
        its printing the prompt and its waiting for a key.
        """
        seen = ""
        for _ in range(15):
            os.write(self.screen, CTRL_C.encode())
            seen += self._read(PROMPT, 2)
            if PROMPT in seen:
                return seen
        raise AssertionError(f"Ctrl-C brought no prompt; the screen shows: {seen}")

    def wait_for(self, until: str, seconds: float = 30) -> str:
        seen = self._read(until, seconds)
        ended = self.process.poll() is not None
        assert until in seen or ended, f"no {until!r} within {seconds} s; the screen shows: {seen}"
        return seen

    def _read(self, until: str, seconds: float) -> str:
        seen, end = "", time.monotonic() + seconds
        while until not in seen:
            if not select.select([self.screen], [], [], max(0, end - time.monotonic()))[0]:
                break
            try:
                seen += os.read(self.screen, 4096).decode(errors="replace")
            except OSError:  # the program has ended
                self.process.wait(10)
                break
        return seen


def _own_terminal() -> None:
    """Make standard input the controlling terminal, so that Ctrl-C becomes a signal.

    Tests that run in the background of a shell inherit that the signal is ignored.
    """
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture
def terminal(tmp_path: Path) -> Iterator[Terminal]:
    publish_by_hand(
        CommandLine(tmp_path).published, "INSERT INTO marts.fct_figure (text) VALUES ('30 km')"
    )
    opened = Terminal(tmp_path)
    opened.wait_for(PROMPT)
    yield opened
    opened.process.kill()
    opened.process.wait()
    os.close(opened.screen)


def test_a_statement_may_span_lines_and_ends_with_a_semicolon(terminal: Terminal) -> None:
    terminal.type("SELECT text\n", until="...> ")
    assert "30 km" in terminal.type("FROM fct_figure;\n")


def test_a_slip_is_helped_and_the_prompt_stays(terminal: Terminal) -> None:
    assert "Did you mean fct_figure" in terminal.type("FROM fct_figur;\n")
    assert "30 km" in terminal.type("FROM fct_figure;\n")


def test_ctrl_c_drops_what_was_typed(terminal: Terminal) -> None:
    terminal.type("SELECT nonsense\n", until="...> ")
    terminal.interrupt()
    assert "30 km" in terminal.type("FROM fct_figure;\n")


def test_ctrl_c_stops_a_long_query(terminal: Terminal) -> None:
    os.write(terminal.screen, b"SELECT count(*) FROM range(100000000000) a, range(99) b;\n")
    time.sleep(1)
    assert "Traceback" not in terminal.interrupt()
    assert "30 km" in terminal.type("FROM fct_figure;\n")


@pytest.mark.parametrize("leave", [CTRL_D, ".quit\n", "exit;\n"])
def test_leaving(terminal: Terminal, leave: str) -> None:
    os.write(terminal.screen, leave.encode())
    assert terminal.process.wait(timeout=30) == 0


def test_a_new_release_is_read_by_the_next_statement(terminal: Terminal, tmp_path: Path) -> None:
    new = tmp_path / "new" / "dispatches.duckdb"
    publish_by_hand(new, "INSERT INTO marts.fct_figure (text) VALUES ('40 km')")
    new.replace(CommandLine(tmp_path).published)
    assert "40 km" in terminal.type("FROM fct_figure;\n", until="1 row")
