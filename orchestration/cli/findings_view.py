"""How findings look: a list, and one of them with its evidence, its history and what to do.

Belongs here: layout and words. Does not belong here: reading findings (`orchestration.findings`),
or changing them.
"""

from __future__ import annotations

import datetime as dt
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

from expectations.catalogue import CHECKS
from orchestration.cli.console import labelled, out, plain
from orchestration.cli.results import print_table
from orchestration.findings import short_ids
from orchestration.states import STATES

Row = Mapping[str, Any]
STATE_STYLE = {
    "open": "bold red",
    "waived": "yellow",
    "rejected": "magenta",
    "fixed": "green",
    "superseded": "dim",
}
_CHECKS = {f"{c.suite}.{c.check_name}": c for c in CHECKS}
_LABEL = 10
_SEEN_CHARS = 90
_EXAMPLE_DAYS = 30


def show_list(rows: Sequence[Row]) -> None:
    """A line a finding."""
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    for name in ("id", "state", "since", "rule", "file"):
        table.add_column(name, no_wrap=name != "rule", overflow="ellipsis")
    table.add_column("seen", overflow="fold")
    ids = short_ids(rows)
    for row in rows:
        table.add_row(
            plain(ids[row["quarantine_id"]], "bold"),
            plain(row["state"], STATE_STYLE[row["state"]]),
            plain(minute(row["state_since"]), "dim"),
            plain(row["rule_id"]),
            plain(where(row)),
            plain(_cut(_seen(row))),
        )
    print_table(table)


def show_one(row: Row, history: Sequence[Row], today: dt.date) -> None:
    """Everything that is known of a finding, and what can be done about it."""
    for line in (*_head(row), *_evidence(row), *_origin(row)):
        out.print(line, soft_wrap=True)
    out.print(Text("\nHistory", style="bold"))
    for change in history:
        out.print(_change(change), soft_wrap=True)
    steps = list(_steps(row, today))
    if steps:
        out.print(Text("\nTo go on", style="bold"))
    for purpose, command in steps:
        out.print(plain(f"  {purpose}"), soft_wrap=True)
        out.print(plain(f"    {command}", "bold"), soft_wrap=True)


def minute(moment: dt.datetime) -> str:
    """A moment in UTC, to the minute."""
    return f"{moment.astimezone(dt.UTC):%Y-%m-%d %H:%M}"


def where(row: Row) -> str:
    """The file, and the record in it."""
    record = row["source_record"]
    return str(row["source_path"]) + ("" if record is None else f", record {record}")


def _head(row: Row) -> Iterable[Text]:
    yield (
        plain(f"Finding {row['quarantine_id']}", "bold")
        .append_text(plain(f"  {row['state']}", STATE_STYLE[row["state"]]))
        .append_text(plain(f"  {STATES[row['state']]}", "dim"))
    )
    yield Text("")
    check = _CHECKS.get(row["rule_id"])
    severity = f"  ({check.severity})" if check else ""
    yield _line("Rule", plain(row["rule_id"], "bold"), plain(severity, "dim"))
    yield _line("Demands" if check else "Problem", plain(check.what if check else row["reason"]))
    if check is not None:
        yield _line("Why", plain(check.why, "dim"))


def _evidence(row: Row) -> Iterable[Text]:
    if row["observed"] is not None:
        yield _line("Observed", plain(row["observed"]))
    if row["evidence"] is None:
        return
    name = "Sentence" if row["gate"] == "rows" else "Text"
    yield _line(name, marked(row["evidence"], row["evidence_start"], row["evidence_end"]))


def marked(text: str, start: int | None, end: int | None) -> Text:
    """The text with its span between double brackets, and in colour where there is one."""
    if start is None or end is None:
        return plain(text)
    return (
        plain(text[:start])
        .append("[[", style="bold red")
        .append_text(plain(text[start:end], "bold red reverse"))
        .append("]]", style="bold red")
        .append_text(plain(text[end:]))
    )


def _origin(row: Row) -> Iterable[Text]:
    source = f"  ({row['source']})" if row["source"] else ""
    yield _line("File", plain(where(row) + source))
    ids = (("document", row["document_id"]), ("version", row["version_id"]))
    known = [f"{name} {value}" for name, value in ids if value]
    if row["row_id"]:
        known.append(f"{row['row_kind']} {row['row_id']}")
    if known:
        yield _line("Article", plain(" · ".join(known)))
    if row["extractor_version"]:
        reading = f", extraction {row['extraction_id']}" if row["extraction_id"] else ""
        yield _line("Read by", plain(f"extractor {row['extractor_version']}{reading}"))
    yield _line("Run", plain(f"{row['run_id']}, {minute(row['recorded_at'])} UTC"))
    yield _line("Next step", plain(row["next_step"]))


def _change(change: Row) -> Text:
    state = plain(f"{change['state']:<10}", STATE_STYLE[change["state"]])
    by = "" if change["changed_by"] == "refresh" else f" — {change['changed_by']}"
    run = f"  run {change['run_id'][:8]}" if change["run_id"] else ""
    return (
        plain(f"  {minute(change['recorded_at'])}  ")
        .append_text(state)
        .append_text(plain(f"  {change['reason']}{by}"))
        .append_text(plain(run, "dim"))
    )


def _steps(row: Row, today: dt.date) -> Iterable[tuple[str, str]]:
    """What can be done in this state → the command, ready to be copied."""
    name, state = row["quarantine_id"], row["state"]
    check = _CHECKS.get(row["rule_id"])
    if state in ("open", "rejected"):
        if row["gate"] in ("file", "article", "rows"):
            yield _cause(row), f"dispatches quarantine redrive {name}"
        if check is not None:
            yield "To let it pass for a time, with a name under it:", _waive(row, today)
    if state == "open" and row["gate"] in ("file", "article", "rows"):
        yield (
            "To keep it out for good:",
            f'dispatches quarantine reject {name} --reason "…" --by "…"',
        )
    if state == "waived":
        yield (
            "To take the waiver back:",
            f'dispatches waive revoke {row["waiver_id"]} --reason "…" --by "…"',
        )
        yield "To see it:", "dispatches waive list"


def _cause(row: Row) -> str:
    if row["gate"] == "file":
        return "When the file is corrected:"
    if row["gate"] == "article":
        return "When the article, or the rule, is corrected:"
    return "When extractor or rule is corrected (a new extractor version looks again by itself):"


def _waive(row: Row, today: dt.date) -> str:
    until = today + dt.timedelta(days=_EXAMPLE_DAYS)
    scope = shlex.quote(f"finding:{row['quarantine_id']}")
    return f'dispatches waive add --scope {scope} --reason "…" --by "…" --until {until}'


def _seen(row: Row) -> str:
    return str(row["observed"] or row["evidence"] or row["reason"])


def _cut(text: str) -> str:
    return text if len(text) <= _SEEN_CHARS else text[: _SEEN_CHARS - 1] + "…"


def _line(name: str, *parts: Text) -> Text:
    return labelled(name, *parts, width=_LABEL)
