"""`dispatches waive`: giving waivers, taking them back, and seeing what they cover.

Belongs here: what is asked and what is answered. Does not belong here: options (`waive_app.py`),
what makes a waiver valid (`orchestration.waivers`), the file (`orchestration.waiver_file`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
from rich.table import Table

from orchestration.cli.console import count, err, out, plain
from orchestration.cli.failure import PlainError, load_settings
from orchestration.cli.results import as_jsonl, print_table
from orchestration.findings import NoFindingsError, UnknownFindingError, chosen, named, newest
from orchestration.home import Home
from orchestration.settings import Settings
from orchestration.waiver_file import WaiverFileError, add_waiver, read_waivers, revoke_waiver
from orchestration.waivers import SCOPES, Waiver, WaiverError, check_rule, covering

Row = dict[str, Any]
_STYLE = {"active": "bold green", "expired": "dim", "revoked": "dim"}
_ID_CHARS = 8
_ROW_SUITES = ("articles", "events", "figures", "numbers")


def add_command(
    rule: str | None, scope: str, reason: str, by: str, until: dt.date, today: dt.date | None = None
) -> int:
    """Write a waiver to the file; says what it covers and what brings it into force."""
    settings, today = load_settings(), today or _today()
    with _plain_words():
        rule, scope, evidence = _about(settings, rule, scope)
        if until < today:
            raise WaiverError(f"{until} is past", "Give a day in the future.")
        waiver = Waiver(rule, scope, reason, by, today, until, evidence)
        add_waiver(settings.waivers, waiver)
        covered = _covered([waiver], settings)[waiver.waiver_id]
    out.print(plain(f"Waiver {waiver.waiver_id} is in {settings.waivers}", "bold green"))
    out.print(plain(f"  {rule} for {scope}, until {until} ({waiver.days_left(today)} days)"))
    out.print(plain(f"  It covers {count(len(covered), 'finding')} now."))
    if covered and len(covered) <= 20:
        ids = " ".join(row["quarantine_id"][:_ID_CHARS] for row in covered)
        out.print(plain(f"To bring it into force at once: dispatches quarantine redrive {ids}"))
    else:
        out.print(plain("The next refresh brings it into force: dispatches refresh"))
    return 0


def list_command(form: str, today: dt.date | None = None) -> int:
    """Print the waivers of the file."""
    settings, today = load_settings(), today or _today()
    with _plain_words():
        waivers = read_waivers(settings.waivers)
        covered = _covered(waivers, settings)
    if form == "jsonl":
        rows = [_as_row(waiver, covered[waiver.waiver_id], today) for waiver in waivers]
        as_jsonl(list(rows[0]) if rows else [], [[list(row.values()) for row in rows]])
        return 0
    if waivers:
        _show_table(waivers, covered, today)
        out.print()
    active = sum(waiver.state(today) == "active" for waiver in waivers)
    told = f"{count(len(waivers), 'waiver')} in {settings.waivers}, {active:,} active"
    out.print(plain(told, "dim"), soft_wrap=True)
    return 0


def revoke_command(beginning: str, reason: str, by: str, today: dt.date | None = None) -> int:
    """Mark a waiver as taken back."""
    settings, today = load_settings(), today or _today()
    with _plain_words():
        waiver = _one(read_waivers(settings.waivers), beginning, settings.waivers)
        state = waiver.state(today)
        if state == "revoked":
            raise WaiverError(
                f"{waiver.waiver_id} was taken back on {waiver.revoked_on} by {waiver.revoked_by}",
                "Nothing was changed.",
            )
        revoke_waiver(settings.waivers, waiver.waiver_id, by, today, reason)
        covered = _covered([waiver], settings)[waiver.waiver_id]
    out.print(plain(f"Waiver {waiver.waiver_id} is taken back.", "bold green"))
    out.print(plain(f"  {waiver.rule} holds again for {waiver.scope}."))
    told = f"  {count(len(covered), 'finding')} passed under it; the next refresh looks again: "
    out.print(plain(told + "dispatches refresh" if covered else "  Nothing passed under it."))
    return 0


def _about(settings: Settings, rule: str | None, scope: str) -> tuple[str, str, str | None]:
    """Rule, scope in full, and the evidence that the waiver is tied to."""
    kind, _, name = scope.partition(":")
    if kind not in SCOPES:
        raise WaiverError(
            f"{scope!r} is no scope", "It is finding:ID, document:ID, source:NAME or batch."
        )
    if kind == "finding":
        with _findings(settings) as connection:
            (row,) = named(connection, [name])
        if rule not in (None, row["rule_id"], row["rule"]):
            raise WaiverError(
                f"finding {row['quarantine_id']} is about {row['rule_id']}, not {rule}",
                "Leave --rule out.",
            )
        return row["rule_id"], f"finding:{row['quarantine_id']}", row["fingerprint"]
    if rule is None:
        raise WaiverError(f"{scope} needs a rule", "Add --rule; docs/rules.md lists the rules.")
    check_rule(rule, scope)
    return rule, scope, _evidence(settings, rule, kind, name)


def _evidence(settings: Settings, rule: str, kind: str, name: str) -> str | None:
    """What the newest open finding shows; of a publisher's rows there is no one evidence."""
    if kind == "source" and rule.partition(".")[0] in _ROW_SUITES:
        return None
    with _findings(settings) as connection:
        if kind == "document":
            found = connection.execute(
                "SELECT last(version_id ORDER BY state_since) FROM quality.quarantine_now "
                "WHERE document_id = ? AND rule_id = ?",
                [name, rule],
            ).fetchall()
            return None if not found else found[0][0]
        rows = chosen(connection, state="open", rule=rule, source=name or None)
    if not rows:
        raise WaiverError(
            f"nothing open is known of {rule}: there is no evidence to tie the waiver to",
            "To see what is open: dispatches quarantine list",
        )
    return str(rows[0]["fingerprint"])


def _covered(waivers: Sequence[Waiver], settings: Settings) -> dict[str, list[Row]]:
    """waiver_id → the findings, open or waived, that each of the waivers is about."""
    found: dict[str, list[Row]] = {waiver.waiver_id: [] for waiver in waivers}
    try:
        with newest(Home.at(settings.home)) as (connection, _):
            rows = [
                row
                for rule in sorted({waiver.rule for waiver in waivers})
                for row in chosen(connection, rule=rule)
                if row["state"] in ("open", "waived", "rejected")
            ]
    except NoFindingsError:
        return found
    for row in rows:
        waiver = covering(waivers, row)
        if waiver is not None:
            found[waiver.waiver_id].append(row)
    return found


def _show_table(waivers: Sequence[Waiver], covered: dict[str, list[Row]], today: dt.date) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in ("id", "state", "until", "left"):
        table.add_column(name, no_wrap=True, justify="right" if name == "left" else "left")
    for name in ("rule", "scope", "by", "covers", "reason"):
        table.add_column(name, overflow="fold")
    for waiver in waivers:
        state = waiver.state(today)
        left = f"{waiver.days_left(today)} d" if state == "active" else ""
        holds = covered[waiver.waiver_id] if state == "active" else []
        table.add_row(
            plain(waiver.waiver_id[:_ID_CHARS], "bold"),
            plain(state, _STYLE[state]),
            plain(waiver.until),
            plain(left),
            plain(waiver.rule),
            plain(waiver.scope),
            plain(waiver.given_by),
            plain(count(len(holds), "finding")),
            plain(waiver.reason),
        )
    print_table(table)


def _as_row(waiver: Waiver, covered: Sequence[Row], today: dt.date) -> Row:
    is_active = waiver.state(today) == "active"
    return {
        **waiver.to_row(today),
        "days_left": waiver.days_left(today),
        "covers": [row["quarantine_id"] for row in covered] if is_active else [],
    }


def _one(waivers: Sequence[Waiver], beginning: str, path: Path) -> Waiver:
    found = [w for w in waivers if beginning and w.waiver_id.startswith(beginning.lower())]
    if len(found) != 1:
        what = "several waivers have" if found else "no waiver has"
        raise WaiverError(
            f"{what} an id that begins with {beginning!r} in {path}",
            "To see them: dispatches waive list",
        )
    return found[0]


@contextmanager
def _findings(settings: Settings) -> Iterator[duckdb.DuckDBPyConnection]:
    with newest(Home.at(settings.home)) as (connection, source):
        yield connection
    err.print(plain(f"Read from {source.words}: {source.path}", "dim"), soft_wrap=True)


@contextmanager
def _plain_words() -> Iterator[None]:
    try:
        yield
    except WaiverFileError as error:
        raise PlainError(str(error)) from error
    except WaiverError as error:
        raise PlainError(f"{_sentence(str(error))}.", error.next_step) from error
    except (UnknownFindingError, NoFindingsError) as error:
        raise PlainError(
            f"{_sentence(str(error))}.", "To see them: dispatches quarantine list"
        ) from error


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()
