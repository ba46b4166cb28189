"""When the refresh runs by itself.

Belongs here: schedules. Does not belong here: what runs (`jobs.py`), or reacting to files
(`sensors.py`).
"""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import refresh
from orchestration.settings import Settings


def nightly(settings: Settings) -> dg.ScheduleDefinition:
    """Every night at two o'clock in the time zone of the settings; on from the start."""
    return dg.ScheduleDefinition(
        name="nightly",
        job=refresh,
        cron_schedule="0 2 * * *",
        execution_timezone=settings.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Refreshes the warehouse every night at 02:00.",
    )
