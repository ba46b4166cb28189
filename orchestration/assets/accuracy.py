"""The extractor tried on sentences whose rows are known, before it reads any article.

Belongs here: wiring the measurement and the suite `accuracy` into Dagster. Does not belong here:
scoring (`orchestration/accuracy.py`), sentences and floors (`expectations/gold`).
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import dagster as dg
import pandas as pd
import pyarrow as pa

from expectations.gate import evaluate
from orchestration.accuracy import load_floors, load_gold, measure, rows_of
from orchestration.batches import Batch, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.judging import Failure, Judged, judged
from orchestration.presentation import OWNERS, of_table, preview
from orchestration.quarantine import Row, of_batch, quarantine_id
from orchestration.record import record_blocked
from orchestration.run_evidence import set_aside
from orchestration.settling import WAIVED
from orchestration.tables import ACCURACY, CHECK_RESULTS
from orchestration.waivers import Waiver, holding
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

_SHOWN = ("measure", "value", "floor", "right_count", "judged_count")


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """`accuracy`, without which no article is read."""

    @dg.multi_asset(
        name="accuracy",
        outs={
            "accuracy": dg.AssetOut(
                key="accuracy",
                io_manager_key="batches",
                group_name="extraction",
                kinds={"python", "greatexpectations"},
                owners=OWNERS,
                description=f"{ACCURACY.grain}; none below its floor. Measured where there are "
                "articles to read.",
                metadata=of_table(ACCURACY, "staging.accuracy"),
            )
        },
        check_specs=check_specs(["accuracy"]),
    )
    def accuracy(
        context: dg.AssetExecutionContext, articles: Batch, warehouse: Warehouse
    ) -> Iterator[dg.AssetCheckResult | dg.Output[Batch]]:
        began, now, run_id = time.monotonic(), wiring.clock(), context.run.run_id
        measured, result = ACCURACY.arrow_schema.empty_table(), None
        if wiring.gold is not None and articles["work"].num_rows:
            measured = measure_on(wiring, wiring.gold, run_id, now)
            result = judge(measured, wiring.gold, holding(articles["waivers"]), run_id, now)
        verdict = result.verdict if result else None
        docs = RunDocs(wiring.home, wiring.settings, run_id)
        page = docs.suite("accuracy", verdict, measured)
        yield from check_results("accuracy", verdict, page)
        if result is not None and result.verdict.blocked:
            suites = {"accuracy": result.verdict}
            record_blocked(warehouse, suites, run_id, now, result.blocking)
            raise blocked(suites, [set_aside(row) for row in result.blocking], docs)
        waived = to_table(result.waived if result else (), WAIVED)
        checks = to_table(result_rows("accuracy", verdict, run_id, now), CHECK_RESULTS.arrow_schema)
        values = {row["measure"]: round(row["value"], 3) for row in measured.to_pylist()}
        yield dg.Output(
            {"rows": measured, "checks": checks, "waived": waived},
            output_name="accuracy",
            metadata={
                **values,
                "seconds": round(time.monotonic() - began, 2),
                **entries(page),
                "preview": preview(measured, _SHOWN, measured.num_rows),
            },
        )

    return [accuracy]


def measure_on(wiring: Wiring, gold: Path, run_id: str, now: dt.datetime) -> pa.Table:
    """The rows of quality.accuracy of the wiring's extractor on these sentences."""
    score = measure(wiring.extractor, load_gold(gold))
    version = wiring.extractor_version
    return rows_of(score, load_floors(gold), extractor_version=version, run_id=run_id, now=now)


def judge(
    measured: pa.Table, gold: Path, waivers: Sequence[Waiver], run_id: str, now: dt.datetime
) -> Judged:
    """The verdict on what was measured, under the waivers that hold."""
    names, floors = measured.column("measure").to_pylist(), load_floors(gold)

    def finding(failure: Failure) -> Row:
        at, rule = failure["row_position"], failure["check_name"]
        row = of_batch("accuracy", "the gold sentences", None, failure, run_id, now)
        name: str | None = failure["observed"] if pd.isna(at) else names[int(at)]
        return row | {"quarantine_id": quarantine_id(rule, "accuracy", name)}

    verdict = evaluate(
        "accuracy",
        measured.to_pandas(types_mapper=pd.ArrowDtype),
        floors=pd.DataFrame({"measure": list(floors), "floor": list(floors.values())}),
    )
    return judged(verdict, finding, waivers)
