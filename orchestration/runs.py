"""Runs on the shared instance: who executes them, and closing those whose process is gone.

Belongs here: the instance, tags that name a process, cleaning up after a kill. Does not belong
here: what a run does.
"""

from __future__ import annotations

import os
import time

import dagster as dg
import psutil

from orchestration.home import Home

PROCESS_TAG = ".dagster/dispatches_process"
"""Hidden in the UI, as everything under .dagster."""
LOCATION = "dispatches"
"""Name of the code location. Dagster forgets whether a schedule is on when it changes."""
RUN_TAGS = {".dagster/repository": f"__repository__@{LOCATION}"}
"""What places a run started by a command beside those that the daemon starts."""
_GRACE_SECONDS = 300
"""A run of the daemon that has not named its process by then never will: it died at the start."""
_RUNNING = [
    dg.DagsterRunStatus.NOT_STARTED,  # its process died between planning and the first step
    dg.DagsterRunStatus.STARTING,
    dg.DagsterRunStatus.STARTED,
    dg.DagsterRunStatus.CANCELING,
]


def open_instance(home: Home) -> dg.DagsterInstance:
    """The instance whose history commands and UI share. The caller closes it."""
    return dg.DagsterInstance.from_config(str(home.dagster))


def this_process() -> str:
    """Names this process so that a later one with its number is not taken for it."""
    return f"{os.getpid()}:{int(psutil.Process().create_time())}"


def is_alive(process: str) -> bool:
    """Whether the process that `this_process` named is still there."""
    pid, created = process.split(":")
    try:
        return bool(abs(psutil.Process(int(pid)).create_time() - int(created)) < 2)
    except psutil.Error:
        return False


def close_dead_runs(instance: dg.DagsterInstance, now: float | None = None) -> list[str]:
    """Mark runs as failed whose process is gone, and free the pool slots that they held.

    Returns their ids. `now`: seconds since the epoch.
    """
    now = time.time() if now is None else now
    closed = []
    for record in instance.get_run_records(dg.RunsFilter(statuses=_RUNNING)):
        run, process = record.dagster_run, record.dagster_run.tags.get(PROCESS_TAG)
        young = abs(now - record.update_timestamp.timestamp()) < _GRACE_SECONDS
        if (process and is_alive(process)) or (process is None and young):
            continue
        instance.report_run_failed(
            run,
            "The process of this run is gone: it was killed or the machine stopped. Nothing was "
            "published by it; the next refresh completes what it left.",
        )
        instance.event_log_storage.free_concurrency_slots_for_run(run.run_id)
        closed.append(run.run_id)
    return closed
