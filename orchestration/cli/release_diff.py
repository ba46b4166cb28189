"""`dispatches release diff`: what two kept releases say differently.

Belongs here: choosing the two, and how the rows look. Does not belong here: comparing them
(`orchestration.differences`).
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from typing import Any

import duckdb
from rich.text import Text

from orchestration.changes import FACTS, change_counts
from orchestration.cli.console import count, labelled, out, plain
from orchestration.cli.failure import PlainError, UsageProblemError, load_settings, reader_left
from orchestration.cli.release import in_plain_words
from orchestration.cli.results import json_line
from orchestration.differences import changed_rows, compared
from orchestration.home import Home
from orchestration.releases import Release, release, releases

_SHOWN_ROWS = 8
"""Rows of each table that are shown to people."""
_SIGN = {"added": ("+", "green"), "changed": ("~", "yellow"), "removed": ("-", "red")}
_VALUE_CHARS = 80


def diff_command(before: int | None, after: int | None, table: str | None, form: str) -> int:
    """Print the rows that differ."""
    one, other = _chosen(Home.at(load_settings().home), before, after)
    tables = FACTS if table is None else (table,)
    with compared(one.file, other.file) as connection:
        try:
            if form == "jsonl":
                _print_rows(connection, tables)
            else:
                _show(connection, one.number, other.number, tables)
            sys.stdout.flush()
        except BrokenPipeError:
            return reader_left()
    return 0


def _chosen(home: Home, before: int | None, after: int | None) -> tuple[Release, Release]:
    there = releases(home)
    with in_plain_words():
        other = there[-1] if after is None and there else release(home, after or 1)
        earlier = [one for one in there if one.number < other.number]
        if before is None and not earlier:
            raise PlainError(
                f"No release from before release {other.number} is kept.",
                "To see them: dispatches release list",
            )
        one = earlier[-1] if before is None else release(home, before)
    if one.number == other.number:
        raise UsageProblemError(
            f"Release {one.number} can't differ from itself.",
            "Name two: dispatches release diff A B",
        )
    return one, other


def _print_rows(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    for names, batch in changed_rows(connection, tuple(tables)):
        sys.stdout.writelines(json_line(dict(zip(names, row, strict=True))) for row in batch)


def _show(
    connection: duckdb.DuckDBPyConnection, before: int, after: int, tables: Iterable[str]
) -> None:
    counts = [found for found in change_counts(connection) if found[0] in tables]
    total = sum(found[3] for found in counts)
    heading = f"Release {before} → release {after}: "
    out.print(
        plain(
            heading
            + (count(total, "row differs", "rows differ") if total else "the facts say the same"),
            "bold",
        )
    )
    for name, change, cause, rows in counts:
        sign, style = _SIGN[change]
        words = f"  {sign} {rows:>7,} {change:<8} {name:<18} {cause.replace('_', ' ')}"
        out.print(plain(words, style))
    for name in dict.fromkeys(found[0] for found in counts):
        held = sum(found[3] for found in counts if found[0] == name)
        out.print(Text(f"\n{name}", style="bold"))
        for names, batch in changed_rows(connection, (name,), limit=_SHOWN_ROWS):
            for row in batch:
                for line in _row(dict(zip(names, row, strict=True))):
                    out.print(line, soft_wrap=True)
        if held > _SHOWN_ROWS:
            command = f"dispatches release diff {before} {after} --table {name} --format jsonl"
            out.print(plain(f"  and {held - _SHOWN_ROWS:,} more: {command}", "dim"), soft_wrap=True)


def _row(row: Mapping[str, Any]) -> Iterable[Text]:
    sign, style = _SIGN[row["change"]]
    where = row["source_path"] or row["document_id"]
    yield (
        plain(f"  {sign} {row['text']}", style)
        .append_text(plain(f"  {row['cause'].replace('_', ' ')}", "not dim"))
        .append_text(plain(f"  {where}  {row['row_id']}", "dim"))
    )
    for column in row["columns"]:
        before, after = _value(column["before"]), _value(column["after"])
        yield labelled(column["column"], plain(f"{before} → {after}"), indent=6, width=16)
    yield labelled("in", plain(row["sentence_text"], "italic"), indent=6, width=16)


def _value(text: str | None) -> str:
    if text is None:
        return "nothing"
    return text if len(text) <= _VALUE_CHARS else f"{text[: _VALUE_CHARS - 1]}…"
