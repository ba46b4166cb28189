"""How much was read of each source, and the gate on the batch as a whole.

Belongs here: wiring the counts and the suite `batch` into Dagster. Does not belong here: counting
(`orchestration/volumes.py`), or what a batch must satisfy (`expectations`).
"""

import datetime as dt
import time
from collections.abc import Iterator

import dagster as dg
import pyarrow as pa

from expectations.gate import Verdict, evaluate
from orchestration import volumes as counting
from orchestration.batches import Batch, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.presentation import OWNERS, of_table, preview
from orchestration.record import record_blocked
from orchestration.tables import CHECK_RESULTS, VOLUMES
from orchestration.verdicts import stopping
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
        began, now = time.monotonic(), dt.datetime.now(dt.UTC)
        run_id, settings = context.run.run_id, wiring.settings
        rows = {"event_rows": event_rows, "figure_rows": figure_rows, "number_rows": number_rows}
        verdict: Verdict | None = None
        told: pa.Table | None = None
        with warehouse.connect() as connection:
            counting.count(connection, articles["work"], rows)
            counted = counting.rows_of(connection, run_id, now, settings)
            if counted.num_rows:
                frame = counting.judged(connection, now, settings)
                told = pa.Table.from_pandas(frame, preserve_index=False)
                verdict = evaluate("batch", frame, limits=counting.limits(settings))
        docs = RunDocs(wiring.home, settings, run_id)
        page = docs.suite("batch", verdict, told)
        yield from check_results("batch", verdict, page)
        if verdict is not None and verdict.blocked:
            record_blocked(warehouse, {"batch": verdict}, run_id, now)
            raise blocked({"batch": verdict}, stopping(verdict, "batch", "the batch"), docs)
        checks = to_table(result_rows("batch", verdict, run_id, now), CHECK_RESULTS.arrow_schema)
        yield dg.Output(
            {"rows": counted, "checks": checks},
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
