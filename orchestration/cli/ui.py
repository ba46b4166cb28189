"""`dispatches ui`.

Belongs here: nothing but the call. Does not belong here: processes and ports (`orchestration.ui`).
"""

from __future__ import annotations

from orchestration.cli.console import err, plain
from orchestration.cli.failure import load_settings


def ui_command(port: int | None) -> int:
    """Serve the UI until it is stopped; returns the exit code."""
    settings = load_settings()
    err.print("Starting …")
    from orchestration.ui import serve  # imports Dagster: two seconds

    return serve(settings, port, lambda message: err.print(plain(message), soft_wrap=True))
