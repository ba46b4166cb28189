"""The job that the schedule, the sensor and the command line share.

Belongs here: jobs. Does not belong here: when they run.
"""

from __future__ import annotations

import dagster as dg

from orchestration.hooks import plain_failure_message

REFRESH = "refresh"

refresh = dg.define_asset_job(
    REFRESH,
    selection=dg.AssetSelection.all(),
    description="Everything that is new, from the files to the published warehouse. "
    "Nothing new: the steps after `articles` are skipped.",
    hooks={plain_failure_message},
    executor_def=dg.in_process_executor,
)
