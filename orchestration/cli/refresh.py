"""`dispatches refresh`: checks of the arguments, progress, and the closing summary.

Belongs here: what is said before, during and after. Does not belong here: the refresh itself
(`orchestration.refresh`).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

from orchestration.cli.console import err
from orchestration.cli.failure import UsageProblemError, load_settings, say
from orchestration.cli.progress import shown_progress
from orchestration.cli.summary import show_summary

_INTERRUPTED = 130
"""Exit code after Ctrl-C, as shells have it."""


def refresh_command(paths: Sequence[Path], wait_seconds: float) -> int:
    """Run the refresh and show how it went; returns the exit code."""
    settings = load_settings()
    for path in paths:
        if not os.path.lexists(path):
            raise UsageProblemError(
                f"There is no file or folder {path}.",
                "Check the spelling; a relative path starts at the working folder.",
            )
    if not paths and not settings.raw.is_dir():
        raise UsageProblemError(
            f"There is no folder {settings.raw} with articles here.",
            "Make it and drop articles into it, or name files: dispatches refresh FILE…",
        )
    try:
        with err.status("Starting …") if err.is_terminal else nullcontext():
            from orchestration.refresh import run_refresh  # imports Dagster: two seconds
        with shown_progress() as progress:
            report = run_refresh(paths, settings, progress, wait_seconds=wait_seconds)
    except KeyboardInterrupt:
        say("Stopped before anything was published.", "To go on: dispatches refresh")
        return _INTERRUPTED
    show_summary(report)
    return report.exit_code
