"""The candidate release: what would be published, compared with the newest release and judged.

Belongs here: its counts and changes, and the release gate's verdict. Does not belong here: rules
(`expectations`), writing the file (`publish.py`).
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from expectations.gate import Verdict, evaluate
from orchestration.batches import to_table
from orchestration.changes import attached, find_changes
from orchestration.checks import result_rows
from orchestration.judging import Failure, Judged, judged
from orchestration.quarantine import Row, of_batch
from orchestration.release_rows import atomic, keep_changes, next_release, take_back
from orchestration.settling import GATES, WAIVED, Sightings, settle
from orchestration.tables import CHECK_RESULTS, QUARANTINE, RELEASES
from orchestration.waivers import holding
from orchestration.warehouse import append

GATE = "release"
_BEFORE = "before"
_MANIFEST = "manifest"
"""Column of quality.releases that is filled when everything else is there."""


def judge(
    connection: duckdb.DuckDBPyConnection, newest: Path | None, now: dt.datetime, **stated: Any
) -> tuple[dict[str, Any], Judged]:
    """The next row of quality.releases without its manifest, and the gate's verdict, recorded.

    `newest`: the file of the newest release, null before the first; `stated`: what the row says of
    the run. The changes are recorded too where nothing blocks.
    """
    take_back(connection, newest)
    own = connection.execute("SELECT current_database()").fetchall()[0][0]
    with attached(connection, newest, _BEFORE, like=own):
        find_changes(connection, _BEFORE, own)
    with atomic(connection):
        release = next_release(connection, published_at=now, **stated)
        verdict = evaluate("release", _frame(release), previous=_last(connection))
        result = _under_waivers(connection, verdict, release["run_id"], now)
        rows = result_rows("release", result.verdict, release["run_id"], now)
        append(connection, CHECK_RESULTS, to_table(rows, CHECK_RESULTS.arrow_schema))
        if not result.verdict.blocked:
            keep_changes(connection, release["release_number"])
    return release, result


def _under_waivers(
    connection: duckdb.DuckDBPyConnection, verdict: Verdict, run_id: str, now: dt.datetime
) -> Judged:
    """The verdict under the waivers of this run; its findings and their states are recorded."""

    def finding(failure: Failure) -> Row:
        return of_batch(GATE, "the candidate release", None, failure, run_id, now)

    given = connection.execute("SELECT * FROM quality.waivers").to_arrow_table()
    result = judged(verdict, finding, holding(given))
    seen = Sightings(
        held=to_table([*result.held, *result.blocking], QUARANTINE.arrow_schema),
        waived=to_table(result.waived, WAIVED),
        gates=to_table([{"gate": GATE, "source": None}], GATES),
    )
    settle(connection, seen, run_id, now)
    return result


def _frame(release: dict[str, Any]) -> pd.DataFrame:
    schema = RELEASES.arrow_schema
    schema = schema.remove(schema.get_field_index(_MANIFEST))
    return _as_frame(to_table([release], schema))


def _last(connection: duckdb.DuckDBPyConnection) -> pd.DataFrame:
    last = connection.execute(
        f"SELECT * EXCLUDE ({_MANIFEST}) FROM quality.releases "  # noqa: S608
        "ORDER BY release_number DESC LIMIT 1"
    )
    return _as_frame(last.to_arrow_table())


def _as_frame(table: pa.Table) -> pd.DataFrame:
    frame: pd.DataFrame = table.to_pandas(types_mapper=pd.ArrowDtype)
    return frame
