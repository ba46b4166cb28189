"""One refresh: the job `refresh`, run in this process, and its report.

Belongs here: starting the run on the shared instance and summing it up. Does not belong here:
what the steps do (`assets`), or how the report is shown (`cli`).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from orchestration.report import Progress, RefreshReport
from orchestration.settings import Settings


def run_refresh(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress | None = None,
    *,
    wait_seconds: float = 0,
) -> RefreshReport:
    """Take what is new under `paths` (none given: `settings.raw`) to the published file.

    Returns a report whatever happens inside the run; raises only for programming errors. While
    another refresh runs, waits up to `wait_seconds` for it, then reports the outcome `locked`.
    """
    raise NotImplementedError
