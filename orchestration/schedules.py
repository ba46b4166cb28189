"""When the refresh runs by itself.

Belongs here: schedules. Does not belong here: what runs (`jobs.py`), or reacting to files
(`sensors.py`).
"""

from __future__ import annotations

import dagster as dg

from orchestration.jobs import refresh
from orchestration.lookahead import LOOKING, is_anything_new
from orchestration.runs import close_dead_runs
from orchestration.wiring import Wiring


def nightly(wiring: Wiring) -> dg.ScheduleDefinition:
    """Every night at two o'clock in the time zone of the settings; on from the start."""

    @dg.schedule(
        job=refresh,
        cron_schedule="0 2 * * *",
        execution_timezone=wiring.settings.time_zone,
        default_status=dg.DefaultScheduleStatus.RUNNING,
        description="Refreshes the warehouse every night at 02:00. A night with nothing new shows "
        "as a run of the first two steps.",
    )
    def nightly(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        close_dead_runs(context.instance)  # or a killed refresh would hold the queue for ever
        everything = is_anything_new(wiring, [])
        return dg.RunRequest(asset_selection=None if everything else LOOKING)

    return nightly
