"""What an alert says: one message for a run, whatever happened in it.

Belongs here: whether a run is worth a message, and its words. Does not belong here: sending.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence

from orchestration.channels import Message
from orchestration.evidence import in_line
from orchestration.printable import printable
from orchestration.report import RefreshReport, SetAside
from orchestration.settings import Occasion, Settings
from orchestration.waivers import Waiver, active

ENDING_DAYS = 7
"""Waivers that end within so many days are named."""
_RULES = 10
_EVIDENCE = 5
_SUBJECTS: dict[Occasion, str] = {
    "blocked": "blocked",
    "failed": "failed",
    "quarantine": "published, with rows or files set aside",
    "published": "published",
}


def occasion_of(report: RefreshReport) -> Occasion | None:
    """What a run would be reported for; None where nothing happened that anyone waits for."""
    if report.outcome == "blocked":
        return "blocked"
    if report.outcome == "failed":
        return "failed"
    if any(item.is_new for item in report.quarantine):
        return "quarantine"
    return "published" if report.outcome == "done" else None


def is_due(report: RefreshReport, settings: Settings) -> bool:
    """Whether the settings ask for a message about such a run."""
    occasion = occasion_of(report)
    if occasion == "quarantine" and report.outcome == "done" and "published" in settings.notify_on:
        return True
    return occasion in settings.notify_on


def compose(
    report: RefreshReport, waivers: Sequence[Waiver], today: dt.date, address: str | None
) -> Message:
    """The message about a run. `address`: its page in the Data Docs; `today` in UTC."""
    occasion = occasion_of(report) or "published"
    headline = report.notice.headline if report.notice else report.message
    word = _SUBJECTS[occasion]
    if occasion == "quarantine" and report.outcome != "done":
        word = "rows or files set aside"
    parts = (
        _happened(report),
        _evidence(report),
        _set_aside(report),
        _waivers(waivers, today),
        _go_on(report, address),
    )
    lines = ["\n".join(part) for part in map(list, parts) if part]
    return Message(printable(f"dispatches {word}: {headline}"), "\n\n".join(lines) + "\n")


def _happened(report: RefreshReport) -> Iterator[str]:
    if report.notice is not None:
        yield printable(report.notice.headline)
        yield report.notice.effect
        yield printable(report.notice.next_step)
    else:
        yield printable(report.message)
    loaded = ", ".join(f"{number:,} {kind}s" for kind, number in report.rows.items())
    if loaded:
        yield f"Rows loaded: {loaded}"


def _evidence(report: RefreshReport) -> Iterator[str]:
    shown = report.notice.evidence if report.notice else _new(report)
    if not shown:
        return
    yield "First evidence:"
    for item in shown[:_EVIDENCE]:
        yield f"- {printable(item.source_path)}: {printable(item.reason)}"
        if item.observed:
            yield f"  seen: {printable(item.observed)}"
        if item.evidence and item.gate != "file":
            yield f"  text: {in_line(item)}"


def _set_aside(report: RefreshReport) -> Iterator[str]:
    new = _new(report)
    if not new:
        return
    yield f"Set aside in this run: {len(new):,}"
    counted = Counter(_rule(item) for item in new).most_common()
    for rule, times in sorted(counted, key=lambda one: (-one[1], one[0]))[:_RULES]:
        yield f"- {times:,} × {printable(rule)}"
    if len(counted) > _RULES:
        yield f"- and {len(counted) - _RULES:,} more rules"


def _waivers(waivers: Sequence[Waiver], today: dt.date) -> Iterator[str]:
    ending = [w for w in active(waivers, today) if (w.until - today).days <= ENDING_DAYS]
    if not ending:
        return
    yield f"Waivers that end within {ENDING_DAYS} days:"
    for waiver in sorted(ending, key=lambda w: (w.until, w.rule, w.scope)):
        who = f"given by {waiver.given_by}: {waiver.reason}"
        yield printable(f"- {waiver.until}  {waiver.rule}  {waiver.scope}  {who}")


def _go_on(report: RefreshReport, address: str | None) -> Iterator[str]:
    yield "How to go on:"
    if report.notice is not None:
        for purpose, command in report.notice.commands:
            yield f"- {purpose}: {command}"
    elif report.outcome == "failed":
        yield "- Try again: dispatches refresh"
    else:
        yield "- See what was set aside: dispatches quarantine list"
    if address is not None:
        yield f"- Read what the gates found: {address} (while `dispatches ui` runs)"
    if report.docs_page is not None:
        yield f"  or the file {printable(str(report.docs_page))}"
    if report.run_id is not None:
        yield f"Run {report.run_id}"


def _new(report: RefreshReport) -> list[SetAside]:
    return [item for item in report.quarantine if item.is_new]


def _rule(item: SetAside) -> str:
    return f"{item.suite or item.gate}.{item.rule}"
