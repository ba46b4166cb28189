"""`dispatches quarantine`: looking at findings, looking again, and closing them.

Belongs here: what is asked and what is answered. Does not belong here: options
(`quarantine_app.py`), layout (`findings_view.py`), the work (`orchestration`).
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from typing import Any

import duckdb
from rich.text import Text

from orchestration.cli.console import count, err, out, plain
from orchestration.cli.failure import PlainError, UsageProblemError, load_settings, say
from orchestration.cli.findings_view import show_list, show_one
from orchestration.cli.results import as_jsonl
from orchestration.findings import (
    NoFindingsError,
    UnknownFindingError,
    chosen,
    counts,
    history,
    named,
    newest,
)
from orchestration.home import Home, RefreshLockedError, refresh_lock
from orchestration.states import STATES, reject

Row = dict[str, Any]
_REDRIVABLE = ("open", "waived", "rejected")
_INTERRUPTED = 130


def list_command(state: str, rule: str | None, source: str | None, form: str) -> int:
    """Print the findings that fit; 0 also where there are none."""
    with _findings() as connection:
        rows = chosen(connection, state=None if state == "all" else state, rule=rule, source=source)
        totals = counts(connection)
    if form == "jsonl":
        as_jsonl(list(rows[0]) if rows else [], [[list(row.values()) for row in rows]])
        return 0
    if rows:
        show_list(rows)
        out.print()
    told = " · ".join(f"{totals[name]:,} {name}" for name in STATES if name in totals)
    out.print(plain(f"{count(len(rows), 'finding')} listed, of all: {told or 'none'}", "dim"))
    if rows:
        example = f"dispatches quarantine show {rows[0]['quarantine_id'][:8]}"
        out.print(plain(f"The evidence of one: {example}", "dim"), soft_wrap=True)
    return 0


def show_command(beginning: str) -> int:
    """Print one finding whole."""
    with _findings() as connection:
        (row,) = named(connection, [beginning])
        changes = history(connection, row["quarantine_id"])
    show_one(row, changes, dt.datetime.now(dt.UTC).date())
    return 0


def redrive_command(
    beginnings: Sequence[str], rule: str | None, source: str | None, all_open: bool, wait: float
) -> int:
    """Look at findings again: a refresh of nothing but what they are about."""
    asked = (bool(beginnings), rule is not None or source is not None, all_open)
    if sum(asked) != 1:
        raise UsageProblemError(
            "Say which findings: by ID, by --rule and --source, or --all-open.",
            "To see them: dispatches quarantine list",
        )
    with _findings() as connection:
        rows = (
            named(connection, beginnings)
            if beginnings
            else chosen(connection, state="open", rule=rule, source=source)
        )
    wanted = [row for row in rows if row["state"] in _REDRIVABLE]
    for row in rows:
        if row["state"] not in _REDRIVABLE:
            out.print(_closed(row), soft_wrap=True)
    if not wanted:
        out.print(Text("There is nothing to look at again."))
        return 0
    _say_what(wanted)
    return _redrive([row["quarantine_id"] for row in wanted], wait)


def reject_command(beginnings: Sequence[str], reason: str, by: str) -> int:
    """Close findings as a person's decision. All of them, or none where one can't be."""
    if not reason.strip() or not by.strip():
        raise UsageProblemError("--reason and --by must say something.")
    home = Home.at(load_settings().home)
    try:
        with refresh_lock(home), closing(_writable(home)) as connection:
            rows = _named(connection, beginnings)
            closed = [row for row in rows if row["state"] not in ("open", "rejected")]
            if closed:
                raise PlainError(_closed(closed[0]).plain, "Nothing was rejected.")
            connection.begin()
            changed = reject(
                connection,
                [row["quarantine_id"] for row in rows],
                reason,
                by,
                dt.datetime.now(dt.UTC),
            )
            connection.commit()
    except RefreshLockedError as locked:
        raise PlainError(f"{str(locked).capitalize()}.", "Then try again.") from locked
    for row in rows:
        done = "is rejected" if row["quarantine_id"] in changed else "was rejected before"
        out.print(plain(f"{row['quarantine_id']} {done}  ({row['rule_id']})"), soft_wrap=True)
    if changed:
        out.print(plain("The next release shows it: dispatches refresh", "dim"))
    return 0


@contextmanager
def _findings() -> Iterator[duckdb.DuckDBPyConnection]:
    """The newest findings; says on standard error where they were read."""
    home = Home.at(load_settings().home)
    try:
        with newest(home) as (connection, source):
            yield connection
    except NoFindingsError as error:
        raise PlainError(f"There are no findings: {error}.") from error
    except UnknownFindingError as error:
        message = str(error)
        raise PlainError(
            f"{message[0].upper()}{message[1:]}.", "To see them: dispatches quarantine list"
        ) from error
    err.print(plain(f"Read from {source.words}: {source.path}", "dim"), soft_wrap=True)


def _named(connection: duckdb.DuckDBPyConnection, beginnings: Sequence[str]) -> list[Row]:
    try:
        return named(connection, beginnings)
    except UnknownFindingError as error:
        raise PlainError(f"{error}.", "Nothing was rejected.") from error


def _writable(home: Home) -> duckdb.DuckDBPyConnection:
    if not home.build_db.exists():
        raise PlainError("There was no refresh yet.", "Begin with: dispatches refresh")
    connection = duckdb.connect(home.build_db)
    connection.execute("SET TimeZone = 'UTC'")
    return connection


def _closed(row: Row) -> Text:
    return plain(
        f"{row['quarantine_id']} is {row['state']} ({STATES[row['state']]}): "
        f"{row['state_reason'] or row['reason']}"
    )


def _say_what(rows: Sequence[Row]) -> None:
    doing = {
        "file": "the file is read again",
        "article": "the article goes through its gate again",
        "rows": "the text is read again, and its rows go through their gate",
    }
    other = "the whole batch goes through its gate with the next refresh"
    for (gate, rule), times in Counter((row["gate"], row["rule_id"]) for row in rows).items():
        words = f"{times:,} × {rule}: {doing.get(gate, other)}"
        err.print(plain(words, "dim"), soft_wrap=True)


def _redrive(quarantine_ids: Sequence[str], wait: float) -> int:
    from orchestration.cli.progress import shown_progress
    from orchestration.cli.summary import show_summary

    with err.status("Starting …") if err.is_terminal else nullcontext():
        from orchestration.refresh import run_refresh  # imports Dagster: two seconds
    try:
        with shown_progress() as progress:
            report = run_refresh(
                [], load_settings(), progress, wait_seconds=wait, redrive=quarantine_ids
            )
    except KeyboardInterrupt:
        say("Stopped before anything was published.", "To go on: dispatches refresh")
        return _INTERRUPTED
    show_summary(report)
    return report.exit_code
