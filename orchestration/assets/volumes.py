"""How much was read of each source, and the gate on the batch as a whole.

Belongs here: wiring the counts and the suite `batch` into Dagster. Does not belong here: counting
(`orchestration/volumes.py`), or what a batch must satisfy (`expectations`).
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence

import dagster as dg
import pandas as pd
import pyarrow as pa

from expectations.gate import evaluate
from orchestration import volumes as counting
from orchestration.batches import Batch, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.judging import Failure, Judged, judged
from orchestration.presentation import OWNERS, of_table, preview
from orchestration.quarantine import Row, of_batch
from orchestration.record import record_blocked
from orchestration.run_evidence import set_aside
from orchestration.settings import Settings
from orchestration.settling import WAIVED
from orchestration.tables import CHECK_RESULTS, VOLUMES
from orchestration.volumes import WHOLE
from orchestration.waivers import Waiver, holding
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

_SHOWN = ("source", "article_count", "row_count", "quarantined_count", "attributed_count")


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """`volumes`, without which nothing is loaded."""

    @dg.multi_asset(
        name="volumes",
        outs={
            "volumes": dg.AssetOut(
                key="volumes",
                io_manager_key="batches",
                group_name="extraction",
                kinds={"python", "greatexpectations", "duckdb"},
                owners=OWNERS,
                description=f"{VOLUMES.grain}; past the circuit breakers, held against the same "
                "weekday of the weeks before.",
                metadata=of_table(VOLUMES, "staging.volumes"),
            )
        },
        check_specs=check_specs(["batch"]),
    )
    def volumes(
        context: dg.AssetExecutionContext,
        articles: Batch,
        event_rows: Batch,
        figure_rows: Batch,
        number_rows: Batch,
        warehouse: Warehouse,
    ) -> Iterator[dg.AssetCheckResult | dg.Output[Batch]]:
        began, now = time.monotonic(), wiring.clock()
        run_id, settings = context.run.run_id, wiring.settings
        rows = {"event_rows": event_rows, "figure_rows": figure_rows, "number_rows": number_rows}
        with warehouse.connect() as connection:
            counting.count(connection, articles["work"], rows)
            counted = counting.rows_of(connection, run_id, now, settings)
            frame = counting.judged(connection, now, settings)
        result = judge(frame, settings, holding(articles["waivers"]), run_id, now)
        verdict = result.verdict if result else None
        docs = RunDocs(wiring.home, settings, run_id)
        page = docs.suite("batch", verdict, pa.Table.from_pandas(frame, preserve_index=False))
        yield from check_results("batch", verdict, page)
        if result is not None and result.verdict.blocked:
            suites = {"batch": result.verdict}
            record_blocked(warehouse, suites, run_id, now, result.blocking)
            raise blocked(suites, [set_aside(row) for row in result.blocking], docs)
        waived = to_table(result.waived if result else (), WAIVED)
        checks = to_table(result_rows("batch", verdict, run_id, now), CHECK_RESULTS.arrow_schema)
        yield dg.Output(
            {"rows": counted, "checks": checks, "waived": waived},
            output_name="volumes",
            metadata={
                "sources": counted.num_rows,
                "articles": sum(counted.column("article_count").to_pylist()),
                "rows": sum(counted.column("row_count").to_pylist()),
                "quarantined": sum(counted.column("quarantined_count").to_pylist()),
                "seconds": round(time.monotonic() - began, 2),
                **entries(page),
                "preview": preview(counted, _SHOWN, settings.preview_rows),
            },
        )

    return [volumes]


def judge(
    frame: pd.DataFrame,
    settings: Settings,
    waivers: Sequence[Waiver],
    run_id: str,
    now: dt.datetime,
) -> Judged | None:
    """The verdict on a batch under the waivers that hold; None where no article was read."""
    if not len(frame):
        return None

    def finding(failure: Failure) -> Row:
        at = failure["row_position"]
        source: str | None = None if pd.isna(at) else str(frame["source"].iloc[int(at)])
        about = "the batch" if source in (None, WHOLE) else "the articles of one source"
        return of_batch("batch", about, source, failure, run_id, now)

    return judged(evaluate("batch", frame, limits=counting.limits(settings)), finding, waivers)
