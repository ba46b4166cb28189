"""`dispatches status`: what is published, what was set aside, what ran.

Belongs here: the screen. Does not belong here: keeping any of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

import psutil
from rich.text import Text

from orchestration.alert_log import last_problem
from orchestration.cli.console import count, err, labelled, out, plain
from orchestration.cli.failure import load_settings
from orchestration.cli.query import connect
from orchestration.cli.runs import Run, last_runs
from orchestration.findings import counts, newest
from orchestration.home import Home
from orchestration.releases import releases
from orchestration.rollback import ROLLED_BACK, last_event
from orchestration.settings import Settings
from orchestration.states import STATES

_RELEASE = """
SELECT release_number, published_at::VARCHAR, extractor_version, document_count, event_count,
    figure_count, number_count
FROM quality.releases ORDER BY release_number DESC LIMIT 1
"""
_OPEN = """
SELECT rule_id, count(*), count(DISTINCT source_path), min(source_path), min(reason), min(next_step)
FROM quality.quarantine_now WHERE state = 'open' GROUP BY ALL ORDER BY 2 DESC, 1
"""
_SHOWN_RULES = 10


def status_command() -> int:
    """Print the state of the warehouse; 0 also before the first refresh."""
    settings = load_settings()
    home = Home.at(settings.home)
    for line in (*_published(home), *_lock(home), *_alerts(home, settings), *_runs(home)):
        out.print(line, soft_wrap=True)
    return 0


def _published(home: Home) -> Iterable[Text]:
    if not home.published_db.exists():
        yield Text("Nothing is published yet.", style="bold")
        yield labelled("Home", plain(home.root))
        yield labelled("Next", Text("dispatches refresh", style="bold"))
        return
    with connect(home) as connection:
        release = connection.execute(_RELEASE).fetchone()
    with newest(home) as (findings, _):
        rules = findings.execute(_OPEN).fetchall()
        states = counts(findings)
    if release is not None:
        yield from _release(release)
        yield from _rolled_back(home, release[0])
    yield labelled("File", plain(home.published_db))
    yield from _open(rules)
    others = [f"{states[state]:,} {state}" for state in STATES if state in states.keys() - {"open"}]
    if others:
        yield labelled("Closed", " · ".join(others))


def _release(release: tuple[Any, ...]) -> Iterable[Text]:
    number, published_at, extractor, documents, events, figures, numbers = release
    yield plain(f"Release {number}, published {published_at[:19]}", "bold green")
    yield labelled(
        "Holds",
        f"{count(documents, 'document')} · {count(events, 'event')} · {count(figures, 'figure')} · "
        f"{count(numbers, 'number')}",
    )
    yield labelled("Extractor", plain(extractor))


def _rolled_back(home: Home, served: int) -> Iterable[Text]:
    """That the release is not the newest, and who wanted that."""
    there = releases(home)
    if not there or there[-1].number <= served:
        return
    yield labelled("Newest", plain(f"release {there[-1].number}, which is not served", "bold red"))
    event = last_event(home, ROLLED_BACK)
    if event is not None and event["release_number"] == served:
        said = f"{event['done_at']} UTC, rolled back by {event['done_by']}: {event['reason']}"
        yield labelled("Since", plain(said))
    yield labelled("Until", "the next refresh that has something new to publish")


def _open(rules: list[tuple[Any, ...]]) -> Iterable[Text]:
    total = sum(rule[1] for rule in rules)
    if not total:
        yield labelled("Set aside", "nothing that is open")
        return
    yield labelled("Set aside", count(total, "open finding"))
    for rule, times, files, example, reason, next_step in rules[:_SHOWN_RULES]:
        where = example if files == 1 else f"{count(files, 'file')}, among them {example}"
        yield plain(f"    {times:,} × {rule}: {where}")
        yield plain(f"        why   {reason}", "dim")
        yield plain(f"        next  {next_step}", "dim")
    if len(rules) > _SHOWN_RULES:
        yield plain(f"    and {len(rules) - _SHOWN_RULES} more rules")
    yield plain("    Each of them, with its evidence: dispatches quarantine list")


def _lock(home: Home) -> Iterable[Text]:
    try:
        holder = json.loads(home.holder_file.read_text(encoding="utf-8"))
        pid, since = int(holder["pid"]), str(holder["since"])
    except (OSError, ValueError, KeyError):
        return
    if psutil.pid_exists(pid):  # the file outlives a refresh that was killed; the lock does not
        yield labelled("Running", plain(f"a refresh, process {pid}, since {since}"))


def _alerts(home: Home, settings: Settings) -> Iterable[Text]:
    from orchestration.channels import described  # a third of a second

    yield labelled("Alerts", plain(described(settings)))
    problem = last_problem(home)
    if problem is not None:
        yield labelled("", plain(f"the last one: {problem}", "red"))


def _runs(home: Home) -> Iterable[Text]:
    with err.status("Reading the runs …") if err.is_terminal else nullcontext():
        runs = last_runs(home, limit=5)
    if runs:
        yield Text("Last runs", style="bold")
    for run in runs:
        yield _run(run)


def _run(run: Run) -> Text:
    when = f"{run.started_at:%Y-%m-%d %H:%M:%S} UTC"
    style = "red" if run.outcome == "failure" else ""
    line = f"  {when}  {run.outcome:<8} {run.seconds:>6.1f} s  {run.job}, {run.launched_by}"
    return plain(f"{line}  {run.run_id[:8]}", style)
