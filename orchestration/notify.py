"""After a run: its ending goes to the Data Docs, and one alert goes out where one is due.

Belongs here: that it happens once a run, whoever started the run and however often it is asked for,
and that nothing of it can stop or fail a run. Does not belong here: words (`alert.py`), sending
(`channels.py`).
"""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import dagster as dg

from orchestration.alert import compose, is_due
from orchestration.alert_log import claimed, note
from orchestration.channels import PAUSES, TRIES, NotSentError, channels, send
from orchestration.datadocs import address_of
from orchestration.docs_site import RunSite
from orchestration.home import Home
from orchestration.printable import printable
from orchestration.report import RefreshReport
from orchestration.settings import Settings
from orchestration.summary import summarise_stored
from orchestration.waiver_file import read_waivers
from orchestration.waivers import Waiver

TAG = "dispatches/alert"
"""On a run: what became of its alert."""


def follow_up(
    report: RefreshReport,
    settings: Settings,
    pause: Callable[[float], None] = time.sleep,
) -> RefreshReport:
    """Note how a run ended and send its alert; returns the report with what became of that.

    Never raises for anything that goes wrong here.
    """
    home = Home.at(settings.home)
    with suppress(Exception):  # a list of runs without this ending: no reason to fail or be silent
        if report.run_id is not None:
            RunSite(home.docs, report.run_id).end(report.outcome, report.message)
    try:
        told = _alert(report, settings, home, pause)
    except Exception as error:
        told = f"not sent: {printable(f'{type(error).__name__}: {error}')}"
    return replace(report, alert=told)


def follow_up_stored(
    instance: dg.DagsterInstance, run: dg.DagsterRun, settings: Settings
) -> RefreshReport:
    """`follow_up` for a run that another process executed, or that was found dead."""
    report = follow_up(summarise_stored(instance, run, Home.at(settings.home)), settings)
    mark(instance, report)
    return report


def mark(instance: dg.DagsterInstance, report: RefreshReport) -> None:
    """Show on the run's page in the UI what became of its alert."""
    if report.alert is not None and report.run_id is not None:
        instance.add_run_tags(report.run_id, {TAG: report.alert})


def _alert(
    report: RefreshReport, settings: Settings, home: Home, pause: Callable[[float], None]
) -> str | None:
    ways = channels(settings)
    if not ways or not is_due(report, settings):
        return None
    if report.run_id is not None and not claimed(home, report.run_id):
        return None  # another process of ours has it
    today = dt.datetime.now(dt.UTC).date()
    address = address_of(settings, report.run_id) if report.docs_page and report.run_id else None
    message = compose(report, _waivers(settings), today, address)
    sent, problems = [], []
    for channel in ways:
        problem = _problem(partial(send, channel, message, pause), settings.notify_seconds)
        if problem is None:
            sent.append(channel.name)
        else:
            problems.append(f"{channel.name}: {problem}")
    told = "; ".join([*(f"sent: {name}" for name in sent), *(f"not sent: {p}" for p in problems)])
    if report.run_id is not None:
        note(home, report.run_id, told, bool(problems))
    return told


def _problem(sending: Callable[[], None], limit: float) -> str | None:
    """Why sending failed; None where it did not. `limit`: seconds of one try.

    In a thread: a server that answers one byte at a time would pass every limit of a socket.
    """
    problems: list[str] = []

    def attempt() -> None:
        try:
            sending()
        except NotSentError as error:
            problems.append(str(error))
        except Exception as error:  # of whatever kind: its text may hold a secret
            problems.append(type(error).__name__)

    thread = threading.Thread(target=attempt, daemon=True)
    thread.start()
    thread.join(limit * TRIES + PAUSES)
    if thread.is_alive():
        return "no answer within the time limit"
    return problems[0] if problems else None


def _waivers(settings: Settings) -> list[Waiver]:
    """Those of the file; a file with a mistake stops the refresh itself, which says so."""
    try:
        return read_waivers(settings.waivers)
    except (OSError, ValueError):
        return []
