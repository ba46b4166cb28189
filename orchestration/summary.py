"""From the events of a finished run to its report.

Belongs here: reading Dagster's events. Does not belong here: Dagster-free shapes (`report.py`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import dagster as dg
import duckdb

from orchestration.blocking import NOTICE
from orchestration.docs_site import INDEX
from orchestration.home import Home
from orchestration.hooks import plain_message
from orchestration.notice import Notice
from orchestration.report import GateCount, Outcome, RefreshReport
from orchestration.run_evidence import read_evidence
from orchestration.states import STATES, changed_by_run
from orchestration.storage import refusal

_MODELS = "models"
"""Suite under which dbt's tests are counted."""
_SETTLED = frozenset({"fixed", "superseded"})
"""States in which nobody has to look at what was set aside: an old text's row, for one."""
_ROWS = {"landing/events": "event", "landing/figures": "figure", "landing/numbers": "number"}


def summarise(result: dg.ExecuteInProcessResult, home: Home, seconds: float) -> RefreshReport:
    """The report of a run of this process that has ended, well or not."""
    return _summed_up(result.all_events, result.run_id, result.success, home, seconds)


def summarise_stored(instance: dg.DagsterInstance, run: dg.DagsterRun, home: Home) -> RefreshReport:
    """The report of a run that another process executed and that has ended, from its history."""
    entries = instance.all_logs(run.run_id)
    events = [entry.dagster_event for entry in entries if entry.dagster_event is not None]
    seconds = entries[-1].timestamp - entries[0].timestamp if entries else 0.0
    return _summed_up(events, run.run_id, run.is_success, home, seconds)


def _summed_up(
    events: Sequence[Any], run_id: str, success: bool, home: Home, seconds: float
) -> RefreshReport:
    made = _metadata(events)
    articles = made.get("articles", {})
    states = changed_by_run(home, run_id)
    aside = tuple(
        item
        for item in read_evidence(home, run_id)
        if states.get(item.quarantine_id or "") not in _SETTLED
    )
    counts = Counter(states.values())
    outcome, message, notice = _outcome(events, made, success, home)
    page = home.docs / run_id / INDEX
    published = home.published_db if home.published_db.exists() else None
    return RefreshReport(
        outcome,
        message,
        run_id=run_id,
        seconds=seconds,
        articles_new=int(articles.get("articles_new", 0)),
        articles_unchanged=int(articles.get("articles_unchanged", 0)),
        articles_quarantined=sum(item.gate in ("file", "article") for item in aside),
        rows={kind: int(made[key]["rows"]) for key, kind in _ROWS.items() if key in made},
        rows_quarantined=sum(item.gate == "rows" for item in aside),
        gates=_gates(events),
        quarantine=aside,
        findings={state: counts[state] for state in STATES if state in counts},
        published_path=published,
        release_number=_release(made, published),
        notice=notice,
        docs_page=page if page.exists() else None,
    )


def _metadata(events: Iterable[Any]) -> dict[str, Mapping[str, Any]]:
    """Plain metadata of what was materialized or observed, by asset key."""
    found: dict[str, Mapping[str, Any]] = {}
    for event in events:
        if event.event_type_value == "ASSET_MATERIALIZATION":
            said = event.step_materialization_data.materialization
        elif event.event_type_value == "ASSET_OBSERVATION":
            said = event.asset_observation_data.asset_observation
        else:
            continue
        found[said.asset_key.to_user_string()] = {
            name: value.value for name, value in said.metadata.items()
        }
    return found


def _outcome(
    events: Iterable[Any], made: Mapping[str, Mapping[str, Any]], success: bool, home: Home
) -> tuple[Outcome, str, Notice | None]:
    if success and "published_warehouse" in made:
        release = made["published_warehouse"]["release_number"]
        return "done", f"Release {release} is published.", None
    if success:
        told = "Nothing new: every article was read before, nothing was added."
        return "nothing_new", told, None
    for event in events:
        if event.event_type_value == "STEP_FAILURE":
            return _failure(event, home)
        if event.event_type_value == "PIPELINE_FAILURE" and event.message:
            return "failed", " ".join(event.message.split()), None
    return "failed", "The run failed before its first step; `dispatches ui` shows why.", None


def _failure(event: Any, home: Home) -> tuple[Outcome, str, Notice | None]:
    data = event.step_failure_data
    stated = data.user_failure_data
    if stated is not None and stated.description:
        told = (stated.metadata or {}).get(NOTICE)
        if told is None:
            return "failed", stated.description, None
        return "blocked", stated.description, Notice.of_dict(told.value)
    messages, error = ["unknown error"], data.error
    while error is not None:
        messages.append(error.message)
        error = error.cause
    told = refusal(messages, home) or plain_message(event.step_key, messages[-1])
    return "failed", told, None


def _gates(events: Iterable[Any]) -> tuple[GateCount, ...]:
    counts: dict[str, dict[str, int]] = {}
    for event in events:
        if event.event_type_value != "ASSET_CHECK_EVALUATION":
            continue
        check = event.asset_check_evaluation_data
        said = {name: value.value for name, value in check.metadata.items()}
        suite = counts.setdefault(str(said.get("suite", _MODELS)), {})
        ending = _ending(check, str(said.get("severity", "block")))
        suite[ending] = suite.get(ending, 0) + 1
    return tuple(GateCount(suite, **ended) for suite, ended in counts.items())


def _ending(check: Any, severity: str) -> str:
    if check.passed:
        return "passed"
    if check.severity == dg.AssetCheckSeverity.ERROR:
        return "blocked"
    return "quarantined" if severity == "quarantine" else "flagged"


def _release(made: Mapping[str, Mapping[str, Any]], published: Path | None) -> int | None:
    if "published_warehouse" in made:
        return int(made["published_warehouse"]["release_number"])
    if published is None:
        return None
    with closing(duckdb.connect(published, read_only=True)) as connection:
        connection.execute("SET enable_progress_bar = false")  # it would print into the summary
        found = connection.execute("SELECT max(release_number) FROM quality.releases").fetchall()
    return None if found[0][0] is None else int(found[0][0])
