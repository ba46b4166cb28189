"""One refresh: the job `refresh`, run in this process, and its report.

Belongs here: starting the run on the shared instance. Does not belong here: what the steps do
(`assets`), summing up (`summary.py`), or how the report is shown (`cli`).
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

import dagster as dg

from orchestration import project
from orchestration.build import definitions_of
from orchestration.history import quick_history
from orchestration.home import Home, RefreshLockedError, refresh_lock
from orchestration.hooks import STAGES
from orchestration.ingest import NoSuchPathError
from orchestration.jobs import REFRESH
from orchestration.lookahead import LOOKING, is_anything_new
from orchestration.notify import follow_up, follow_up_stored, mark
from orchestration.progress import LOGGER, reported_to
from orchestration.report import Progress, RefreshReport
from orchestration.runs import (
    PROCESS_TAG,
    RUN_TAGS,
    close_dead_runs,
    open_instance,
    this_process,
)
from orchestration.settings import Settings, keep_tools_quiet
from orchestration.storage import StorageError, messages_of, refusal, require_writable
from orchestration.summary import summarise
from orchestration.waiver_file import WaiverFileError, read_waivers
from orchestration.wiring import GOLD, Extractor, Wiring, extractor_of, utc_now


def run_refresh(
    paths: Sequence[Path],
    settings: Settings,
    progress: Progress | None = None,
    *,
    wait_seconds: float = 0,
    redrive: Sequence[str] = (),
    extractor: Extractor | None = None,
    extractor_version: str | None = None,
    gold: Path | None = None,
    clock: Callable[[], dt.datetime] = utc_now,
) -> RefreshReport:
    """Take what is new under `paths` (none given: `settings.raw`) to the published file.

    Returns a report whatever happens inside the run. Raises NoSuchPathError for a path that is not
    there, before anything starts. While another refresh runs, waits up to `wait_seconds` for it,
    then reports the outcome `locked`. `redrive`: ids of findings; then only they are looked at
    again, and nothing else that is new. `extractor` replaces the real one in tests, unmeasured
    unless `gold`, a folder of sentences, is given; `clock` replaces the time of day.
    """
    began = time.monotonic()
    given = [Path(path).absolute() for path in paths]
    for path in given or [settings.raw]:
        if not path.exists():
            raise NoSuchPathError(str(path))
    keep_tools_quiet()
    home, dead = Home.at(settings.home), []
    try:
        read_waivers(settings.waivers)  # a mistake in it stops the refresh before it starts
        require_writable(home.create())
        with refresh_lock(home, wait_seconds), closing_instance(home) as instance:
            dead = close_dead_runs(instance)
            manifest = project.prepare(settings)
            own, version = extractor_of(settings)
            gold = gold or (None if extractor else GOLD)
            version = extractor_version or version
            wiring = Wiring(settings, home, manifest, extractor or own, version, gold, clock)
            result = _execute(wiring, given, instance, progress, redrive)
            report = summarise(result, home, time.monotonic() - began)
    except RefreshLockedError as locked:
        return RefreshReport(
            "locked",
            str(locked),
            seconds=time.monotonic() - began,
            published_path=home.published_db if home.published_db.exists() else None,
            lock_holder=(locked.pid, locked.since),
        )
    except Exception as error:
        told = _foreseen(error, home)
        if told is None:
            follow_up(RefreshReport("failed", f"{type(error).__name__}: {error}"), settings)
            raise
        report = RefreshReport(
            "failed",
            told,
            seconds=time.monotonic() - began,
            published_path=home.published_db if home.published_db.exists() else None,
        )
    return _followed_up(report, dead, settings)


def _followed_up(report: RefreshReport, dead: Sequence[str], settings: Settings) -> RefreshReport:
    """The report with its alert; runs that were found dead get theirs too. No lock is held."""
    report = follow_up(report, settings)
    if not dead and report.alert is None:
        return report
    with suppress(Exception), closing_instance(Home.at(settings.home)) as instance:
        mark(instance, report)
        for run in filter(None, map(instance.get_run_by_id, dead)):
            follow_up_stored(instance, run, settings)
    return report


def _foreseen(error: Exception, home: Home) -> str | None:
    """What is said of an error outside the steps; None where nobody foresaw it."""
    if isinstance(error, StorageError | WaiverFileError):
        return str(error)
    told = refusal(messages_of(error), home)
    return str(error) if told is None and isinstance(error, project.ProjectError) else told


def _execute(
    wiring: Wiring,
    paths: Sequence[Path],
    instance: dg.DagsterInstance,
    progress: Progress | None,
    redrive: Sequence[str] = (),
) -> dg.ExecuteInProcessResult:
    """Run the job; only its first two steps when nothing is new, unless they find that it is."""
    job = definitions_of(wiring).resolve_job_def(REFRESH)
    again = list(redrive)
    config = {
        "ops": {
            "raw_articles": {"config": {"paths": [str(path) for path in paths], "redrive": again}},
            "articles": {"config": {"redrive": again}},
        },
        "loggers": {LOGGER: {}},
    }
    everything = is_anything_new(wiring, paths, redrive)
    steps = STAGES if everything else {name: STAGES[name] for name in list(STAGES)[:2]}
    with reported_to(progress, steps), _quiet_tools():
        result = job.execute_in_process(
            run_config=config,
            instance=instance,
            tags={**RUN_TAGS, PROCESS_TAG: this_process(), "trigger": "command"},
            raise_on_error=False,
            asset_selection=None if everything else LOOKING,
        )
    if not everything and result.asset_materializations_for_node("articles"):
        return _execute(wiring, paths, instance, progress, redrive)
    return result


@contextmanager
def closing_instance(home: Home) -> Iterator[dg.DagsterInstance]:
    """The shared instance, released on leaving."""
    with quick_history():
        instance = open_instance(home)
        try:
            yield instance
        finally:
            instance.dispose()


@contextmanager
def _quiet_tools() -> Iterator[None]:
    """Keep the tools' own log lines off the terminal; Dagster stores a run's messages itself.

    A level would not do: Dagster sets that of its logger when a run begins.
    """
    loggers = [logging.getLogger(name) for name in ("dagster", "great_expectations")]
    silent = logging.NullHandler()  # else Python's last resort prints to standard error
    for logger in loggers:
        logger.addHandler(silent)
    try:
        yield
    finally:
        for logger in loggers:
            logger.removeHandler(silent)
