"""The last runs, as Dagster's history has them.

Belongs here: reading that history for `dispatches status`. Does not belong here: running anything.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from orchestration.home import Home

_LAUNCHERS = (("dagster/schedule_name", "schedule"), ("dagster/sensor_name", "sensor"))


@dataclass(frozen=True, slots=True)
class Run:
    """One run; `started_at` in UTC."""

    run_id: str
    job: str
    outcome: str
    started_at: dt.datetime
    seconds: float
    launched_by: str
    """The schedule or sensor, else "by hand"."""


def last_runs(home: Home, limit: int) -> list[Run]:
    """The `limit` latest runs, newest first; none before the first refresh."""
    if not (home.dagster / "dagster.yaml").exists():
        return []
    from dagster import DagsterInstance  # two seconds

    runs = []
    with DagsterInstance.from_config(str(home.dagster)) as instance:
        for record in instance.get_run_records(limit=limit):
            started = record.start_time or record.create_timestamp.timestamp()
            ended = record.end_time or started
            run = record.dagster_run
            runs.append(
                Run(
                    run_id=run.run_id,
                    job=run.job_name,
                    outcome=run.status.value.lower(),
                    started_at=dt.datetime.fromtimestamp(started, dt.UTC),
                    seconds=ended - started,
                    launched_by=_launcher(run.tags),
                )
            )
    return runs


def _launcher(tags: Mapping[str, str]) -> str:
    for tag, word in _LAUNCHERS:
        if tag in tags:
            return f"{word} {tags[tag]}"
    return "by hand"
