"""Result rows as a table, as CSV, or as a JSON object a line.

Belongs here: how values look. Does not belong here: where they come from. All three print while
rows arrive; none holds a result as a whole.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import math
import re
import sys
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

from rich.table import Table
from rich.text import Text

from orchestration.cli.console import count, err, out, plain
from orchestration.printable import printable

Rows = Iterable[Sequence[Sequence[Any]]]
"""Batches of rows."""
TABLE_BATCH = 200
"""Rows whose widths are fitted together; the heading is printed again for the next batch."""
STREAM_BATCH = 2_000
_MIN_COLUMN_CHARS = 9
_C1 = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


def as_table(names: Sequence[str], rows: Rows) -> int:
    """A table for people; where the terminal is too narrow for its columns, a block per row."""
    total = 0
    show = _show_table if _fits(names) else _show_blocks
    for batch in rows:
        show(names, batch, total)
        total += len(batch)
    if total == 0:
        show(names, [], 0)
    err.print(Text(count(total, "row"), style="dim"))
    return total


def as_csv(names: Sequence[str], rows: Rows) -> int:
    """CSV with a heading, RFC 4180; null is empty, lists and structs are JSON."""
    # data stays as it is on its way to a file; on a terminal nothing may act
    shown = printable if sys.stdout.isatty() else str
    sys.stdout.write(_csv_lines([[shown(name) for name in names]]))
    total = 0
    for batch in rows:
        sys.stdout.write(_csv_lines([shown(_cell(value)) for value in row] for row in batch))
        total += len(batch)
    return total


def as_jsonl(names: Sequence[str], rows: Rows) -> int:
    """One JSON object a line; columns in order, null stays null."""
    total = 0
    for batch in rows:
        lines = (json_line(dict(zip(names, row, strict=True))) for row in batch)
        sys.stdout.write("".join(lines))  # one write a batch, also where Python runs unbuffered
        total += len(batch)
    return total


FORMATS: dict[str, tuple[Callable[[Sequence[str], Rows], int], int]] = {
    "table": (as_table, TABLE_BATCH),
    "csv": (as_csv, STREAM_BATCH),
    "jsonl": (as_jsonl, STREAM_BATCH),
}
"""Name → printer and its batch size."""


def _csv_lines(rows: Iterable[Sequence[str]]) -> str:
    lines = io.StringIO()
    csv.writer(lines, lineterminator="\n").writerows(rows)
    return lines.getvalue()


def print_table(table: Table) -> None:
    """Print a table; in a pipe without the blanks that fill its last column."""
    if out.is_terminal:
        out.print(table)
        return
    with out.capture() as captured:
        out.print(table)
    sys.stdout.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def json_line(value: Any) -> str:
    """`value` as one line of JSON, with the characters escaped that act on a terminal."""
    text = json.dumps(_for_json(value), ensure_ascii=False, allow_nan=False)
    return _C1.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def _for_json(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _for_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_for_json(item) for item in value]
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dt.date | dt.time):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, list | dict | tuple):
        return json.dumps(_for_json(value), ensure_ascii=False)
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, dt.date):
        return value.isoformat(" ") if isinstance(value, dt.datetime) else value.isoformat()
    return str(value)


def _fits(names: Sequence[str]) -> bool:
    return len(names) * _MIN_COLUMN_CHARS <= out.width


def _show_table(names: Sequence[str], batch: Sequence[Sequence[Any]], _before: int) -> None:
    table = Table(box=None, pad_edge=False, header_style="bold", show_edge=False)
    numeric = [_is_numeric(batch, position) for position in range(len(names))]
    for name, right in zip(names, numeric, strict=True):
        table.add_column(plain(name), justify="right" if right else "left", overflow="fold")
    for row in batch:
        table.add_row(*(plain(_cell(value)) for value in row))
    print_table(table)


def _is_numeric(batch: Sequence[Sequence[Any]], position: int) -> bool:
    values = [row[position] for row in batch if row[position] is not None]
    return bool(values) and all(isinstance(value, int | float | Decimal) for value in values)


def _show_blocks(names: Sequence[str], batch: Sequence[Sequence[Any]], before: int) -> None:
    width = max(map(len, names), default=0)
    for number, row in enumerate(batch, before + 1):
        out.print(Text(f"─── row {number}", style="dim"))
        for name, value in zip(names, row, strict=True):
            if value is not None:
                line = Text(f"{printable(name):<{width}}  ", style="bold")
                out.print(line.append_text(Text(printable(_cell(value)), style="not bold")))
