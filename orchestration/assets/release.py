"""The published warehouse: the release gate, then the swap of the file that readers open.

Belongs here: wiring the gate and the publication into Dagster. Does not belong here: how a file is
published (`publish.py`), or what a release must satisfy (`expectations`).
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from typing import Any

import dagster as dg
import duckdb
import pandas as pd

from expectations.gate import Verdict, evaluate
from orchestration.batches import to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.presentation import OWNERS, POOL, of_table, preview
from orchestration.publish import publish, record_release, release_row, take_back_releases
from orchestration.report import SetAside
from orchestration.tables import CHECK_RESULTS, RELEASES
from orchestration.warehouse import Warehouse, append
from orchestration.wiring import Wiring

_SHOWN = ("release_number", "published_at", "document_count", "event_count", "figure_count")


def build(wiring: Wiring, models: Sequence[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """`published_warehouse`, which needs every model and its tests."""

    @dg.multi_asset(
        name="published_warehouse",
        specs=[
            dg.AssetSpec(
                "published_warehouse",
                deps=models,
                group_name="publish",
                kinds={"duckdb"},
                owners=OWNERS,
                description="The file that readers open: marts and quality tables, replaced in one "
                "rename after every gate and test has passed.",
                metadata=of_table(RELEASES, "dispatches.quality.releases"),
            )
        ],
        check_specs=check_specs(["release"]),
        pool=POOL,
    )
    def published_warehouse(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        began, now = time.monotonic(), dt.datetime.now(dt.UTC)
        with warehouse.connect() as connection:
            take_back_releases(connection, wiring.home)
        with warehouse.transaction() as connection:
            release, verdict = judge(connection, wiring, context.run.run_id, now)
        docs = RunDocs(wiring.home, wiring.settings, context.run.run_id)
        page = docs.suite("release", verdict)
        yield from check_results("release", verdict, page)
        if verdict.blocked:
            raise blocked({"release": verdict}, _evidence(verdict), docs)
        counts = publish(wiring.home, release)
        with warehouse.transaction() as connection:
            record_release(connection, release)
        yield dg.MaterializeResult(
            metadata={
                "release_number": release["release_number"],
                **{name.replace(".", "_"): rows for name, rows in counts.items()},
                "bytes": wiring.home.published_db.stat().st_size,
                "seconds": round(time.monotonic() - began, 2),
                **entries(page),
                "file": dg.MetadataValue.path(str(wiring.home.published_db)),
                "preview": preview(
                    to_table([release], RELEASES.arrow_schema), _SHOWN, wiring.settings.preview_rows
                ),
            }
        )

    return [published_warehouse]


def judge(
    connection: duckdb.DuckDBPyConnection, wiring: Wiring, run_id: str, now: dt.datetime
) -> tuple[dict[str, Any], Verdict]:
    """The candidate release and the gate's verdict on it, which is recorded."""
    release = release_row(
        connection,
        run_id=run_id,
        published_at=now,
        extractor_version=wiring.extractor_version,
    )
    frame = to_table([release], RELEASES.arrow_schema).to_pandas(types_mapper=pd.ArrowDtype)
    last = connection.execute(
        "SELECT * FROM quality.releases ORDER BY release_number DESC LIMIT 1"
    ).to_arrow_table()
    verdict = evaluate("release", frame, previous=last.to_pandas(types_mapper=pd.ArrowDtype))
    rows = result_rows("release", verdict, run_id, now)
    append(connection, CHECK_RESULTS, to_table(rows, CHECK_RESULTS.arrow_schema))
    return release, verdict


def _evidence(verdict: Verdict) -> list[SetAside]:
    failures = verdict.failures[verdict.failures["severity"] == "block"]
    return [
        SetAside(
            gate="release",
            rule=failure["check_name"],
            source_path="the candidate release",
            reason=failure["reason"],
            next_step=failure["next_step"],
            observed=None if failure["observed"] is pd.NA else failure["observed"],
        )
        for failure in failures.to_dict("records")
    ]
