"""Progress reaches the person, also while Dagster keeps a step's output for itself."""

from __future__ import annotations

import os
import re

import pytest

from orchestration.cli import console
from orchestration.cli.progress import shown_progress


def report_a_run() -> None:
    """What a run reports, with the descriptor of standard error pointed elsewhere in its steps."""
    with shown_progress() as progress:
        kept = os.dup(2)
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, 2)
            progress.step_started("articles", "Reading the [red]files", 1, 2)
            progress.advanced("articles", 3, 9, "files")
            progress.step_finished("articles", "failed", 1.5)
            progress.step_started("models", "\x1b[2JBuilding", 2, 2)
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            os.close(nowhere)


def test_a_log_gets_a_line_a_step(capfd: pytest.CaptureFixture[str]) -> None:
    report_a_run()
    captured = capfd.readouterr()
    assert captured.out == ""
    assert captured.err.splitlines() == [
        "[1/2] Reading the [red]files",
        "      articles failed after 1.5 s",
        "[2/2] \\x1b[2JBuilding",
    ]


def test_a_terminal_gets_a_bar(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(console.Console, "is_terminal", True)
    monkeypatch.setenv("TERM", "xterm")
    report_a_run()
    shown = re.sub("\x1b\\[[0-9;?]*[A-Za-z]", "", capfd.readouterr().err)
    assert "step 2 of 2" in shown
    assert "\\x1b[2JBuilding" in shown
