"""The row gate over what the extractor read: verdicts under waivers, findings, what goes on.

Belongs here: from tables of rows to what is landed and what is set aside. Does not belong here:
rules (`expectations`), Dagster (`assets`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd
import pyarrow as pa

from expectations.gate import Verdict, evaluate
from orchestration import quarantine
from orchestration.batches import to_table
from orchestration.judging import Failure, Judged, judged
from orchestration.verdicts import admitted
from orchestration.waivers import Waiver

Row = dict[str, Any]
SUITES = {"event": "events", "figure": "figures", "number": "numbers"}
"""Kind of row → its suite."""
DETACHED = "reference_set_aside"
"""Flag of a row that pointed to a row which was set aside; the pointer is empty now."""
_POINTERS = {
    "event": {},
    "figure": {"event": "event", "reference": "figure", "equivalent_of": "figure"},
    "number": {"figure": "figure"},
}
"""Kind → column that holds a row_id → kind of the row that it names."""
_ARTICLE = ("source_path", "source_record", "file_hash", "publisher", "document_id", "version_id")


def judge(tables: Mapping[str, pa.Table], work: pa.Table) -> dict[str, Verdict]:
    """The verdict of each suite over the whole batch; none where no article was read."""
    if not work.num_rows:
        return {}
    frames = {k: t.to_pandas(types_mapper=pd.ArrowDtype) for k, t in tables.items()}
    versions = work.select(["version_id", "clean_text"]).to_pandas(types_mapper=pd.ArrowDtype)
    return {
        "event": evaluate("events", frames["event"], versions=versions),
        "figure": evaluate("figures", frames["figure"], versions=versions, events=frames["event"]),
        "number": evaluate(
            "numbers", frames["number"], versions=versions, figures=frames["figure"]
        ),
    }


def judge_under_waivers(
    tables: Mapping[str, pa.Table],
    work: pa.Table,
    waivers: Sequence[Waiver],
    extractor_version: str,
    run_id: str,
    now: dt.datetime,
) -> dict[str, Judged]:
    """Verdicts and findings by kind. `work`: the articles that the rows were read from."""
    told = {row["version_id"]: row for row in work.select(list(_ARTICLE)).to_pylist()}
    texts = work.column("version_id").to_pylist() if work.num_rows else []

    def finding_of(kind: str, failure: Failure) -> Row:
        stamp = (extractor_version, run_id, now)
        version, at = failure["version_id"], failure["row_position"]
        article = {} if version is pd.NA else told.get(version, {})
        if at is not pd.NA:
            row = tables[kind].slice(int(at), 1).to_pylist()[0]
            return quarantine.of_row(row, kind, article, failure, *stamp)
        if article:
            text = work.column("clean_text")[texts.index(version)].as_py()
            article = {**article, "clean_text": text}
        return quarantine.of_text(kind, article, failure, *stamp)

    return {
        kind: judged(verdict, partial(finding_of, kind), waivers)
        for kind, verdict in judge(tables, work).items()
    }


def passing(tables: Mapping[str, pa.Table], results: Mapping[str, Judged]) -> dict[str, pa.Table]:
    """The rows that go on, flagged, without pointers to rows that were set aside."""
    through = {
        kind: admitted(table, results[kind].verdict) if kind in results else table
        for kind, table in tables.items()
    }
    return detached(through, {kind: result.held for kind, result in results.items()})


def detached(
    passed: Mapping[str, pa.Table], aside: Mapping[str, Sequence[Row]]
) -> dict[str, pa.Table]:
    """The admitted rows without pointers to rows that were set aside; such rows carry a flag."""
    gone = {kind: {row["row_id"] for row in aside.get(kind, ())} - {None} for kind in passed}
    return {kind: _detached(table, _POINTERS[kind], gone) for kind, table in passed.items()}


def _detached(
    table: pa.Table, pointers: Mapping[str, str], gone: Mapping[str, set[str]]
) -> pa.Table:
    if not any(gone[kind] for kind in pointers.values()):
        return table
    rows = table.to_pylist()
    for row in rows:
        lost = [name for name, kind in pointers.items() if row[name] in gone[kind]]
        for name in lost:
            row[name] = None
        if lost:
            row["flags"].append(DETACHED)
    return to_table(rows, table.schema)
