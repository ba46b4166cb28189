"""Reacting to files that arrive in the raw folder, and to runs that end.

Belongs here: sensors. Does not belong here: reading the files, or what follows a run
(`notify.py`).
"""

from __future__ import annotations

import hashlib

import dagster as dg

from orchestration.ingest import IngestError, discover
from orchestration.jobs import refresh
from orchestration.lookahead import is_anything_new
from orchestration.notify import follow_up_stored
from orchestration.runs import close_dead_runs
from orchestration.settings import Settings
from orchestration.wiring import Wiring

_SECONDS = 60
_SECONDS_AFTER = 30


def new_files(wiring: Wiring) -> dg.SensorDefinition:
    """Refreshes when the raw folder looks different from the last time it was looked at."""
    status = dg.DefaultSensorStatus
    running = status.RUNNING if wiring.settings.watch_raw else status.STOPPED

    @dg.sensor(
        job=refresh,
        minimum_interval_seconds=_SECONDS,
        default_status=running,
        description="Refreshes the warehouse when files in the raw folder, or the waivers, are new "
        "or changed.",
    )
    def new_files(context: dg.SensorEvaluationContext) -> dg.SensorResult | dg.SkipReason:
        close_dead_runs(context.instance)  # or a killed refresh would hold the queue for ever
        seen = fingerprint(wiring.settings)
        if seen is None:
            return dg.SkipReason(f"There is no file in {wiring.settings.raw.absolute()}.")
        if seen == context.cursor:
            return dg.SkipReason("No file is new or changed.")
        if not is_anything_new(wiring, []):
            return dg.SensorResult(skip_reason="Everything there was read before.", cursor=seen)
        return dg.SensorResult(run_requests=[dg.RunRequest(run_key=seen)], cursor=seen)

    return new_files


def ended_runs(wiring: Wiring) -> list[dg.SensorDefinition]:
    """One sensor for each way in which a run ends; what a command ran is looked after by it."""
    return [
        _ended(wiring, dg.DagsterRunStatus.SUCCESS, "finished_runs", "have gone through"),
        _ended(wiring, dg.DagsterRunStatus.FAILURE, "failed_runs", "failed or were blocked"),
    ]


def _ended(wiring: Wiring, status: dg.DagsterRunStatus, name: str, how: str) -> dg.SensorDefinition:
    @dg.run_status_sensor(
        run_status=status,
        name=name,
        monitor_all_code_locations=True,  # runs of a command, which may have died, are in none
        minimum_interval_seconds=_SECONDS_AFTER,
        default_status=dg.DefaultSensorStatus.RUNNING,
        description=f"Notes the ending of runs that {how}, in the Data Docs, and sends the alert "
        "that the settings ask for, once a run.",
    )
    def ended(context: dg.RunStatusSensorContext) -> dg.SkipReason:
        report = follow_up_stored(context.instance, context.dagster_run, wiring.settings)
        if report.alert is not None and "not sent" in report.alert:
            context.log.warning(f"Alert {report.alert}")
        return dg.SkipReason(f"Run {report.run_id}: {report.outcome}; alert: {report.alert}")

    return ended


def fingerprint(settings: Settings) -> str | None:
    """Names, sizes and times of change of the raw files and the waivers as one hash; None where
    there is no raw file."""
    try:
        sources = discover([settings.raw], settings)
    except IngestError:
        return None
    if not sources:
        return None
    digest = hashlib.sha256()
    named = [(source.source_path, source.path) for source in sources]
    for name, path in [*named, ("the waivers", settings.waivers)]:
        try:
            status = path.stat()
            state = f"{status.st_size}|{status.st_mtime_ns}"
        except OSError:  # gone meanwhile or unreadable: the name alone counts
            state = "unreadable"
        digest.update(f"{name}|{state}\n".encode())
    return digest.hexdigest()
