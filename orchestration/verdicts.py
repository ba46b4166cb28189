"""What a verdict of the gate means for an Arrow table: which rows go on, with which flags.

Belongs here: filtering and flagging. Does not belong here: the rules, or recording what is held.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from expectations.gate import WAIVED, Verdict, flag_of
from orchestration.batches import taken


def held_rows(verdict: Verdict, severity: str = "quarantine") -> list[dict[str, Any]]:
    """The verdict's failures of a severity that belong to a row, in the order of the rows."""
    chosen = verdict.failures[verdict.failures["severity"] == severity]
    chosen = chosen.dropna(subset=["row_position"])
    rows = [dict(zip(chosen.columns, row, strict=True)) for row in chosen.itertuples(index=False)]
    for row in rows:
        row["row_position"] = int(row["row_position"])
    return sorted(rows, key=lambda row: (row["row_position"], row["check_name"]))


def admitted(table: pa.Table, verdict: Verdict) -> pa.Table:
    """The rows that go on, with their flags; types stay those of `table`."""
    held = {row["row_position"] for row in held_rows(verdict)}
    flags: list[list[str]] = table.column("flags").to_pylist()
    for severity in ("warning", WAIVED):
        for row in held_rows(verdict, severity):
            flag = flag_of(row["check_name"], severity)
            if flag not in flags[row["row_position"]]:
                flags[row["row_position"]].append(flag)
    at, field = table.column_names.index("flags"), table.schema.field("flags")
    flagged = table.set_column(at, field, pa.array(flags, pa.list_(pa.string())))
    return taken(flagged, (i for i in range(table.num_rows) if i not in held))
