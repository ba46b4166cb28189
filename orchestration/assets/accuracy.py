"""The extractor tried on sentences whose rows are known, before it reads any article.

Belongs here: wiring the measurement and the suite `accuracy` into Dagster. Does not belong here:
scoring (`orchestration/accuracy.py`), sentences and floors (`expectations/gold`).
"""

import datetime as dt
import time
from collections.abc import Iterator
from pathlib import Path

import dagster as dg
import pandas as pd
import pyarrow as pa

from expectations.gate import Verdict, evaluate
from orchestration.accuracy import load_floors, load_gold, measure, rows_of
from orchestration.batches import Batch, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.presentation import OWNERS, of_table, preview
from orchestration.record import record_blocked
from orchestration.tables import ACCURACY, CHECK_RESULTS
from orchestration.verdicts import stopping
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
        began, now = time.monotonic(), dt.datetime.now(dt.UTC)
        measured, verdict = ACCURACY.arrow_schema.empty_table(), None
        if wiring.gold is not None and articles["work"].num_rows:
            measured, verdict = judge(wiring, wiring.gold, context.run.run_id, now)
        docs = RunDocs(wiring.home, wiring.settings, context.run.run_id)
        page = docs.suite("accuracy", verdict)
        yield from check_results("accuracy", verdict, page)
        if verdict is not None and verdict.blocked:
            record_blocked(warehouse, {"accuracy": verdict}, context.run.run_id, now)
            raise blocked(
                {"accuracy": verdict}, stopping(verdict, "accuracy", "the gold sentences"), docs
            )
        checks = result_rows("accuracy", verdict, context.run.run_id, now)
        values = {row["measure"]: round(row["value"], 3) for row in measured.to_pylist()}
        yield dg.Output(
            {"rows": measured, "checks": to_table(checks, CHECK_RESULTS.arrow_schema)},
            output_name="accuracy",
            metadata={
                **values,
                "seconds": round(time.monotonic() - began, 2),
                **entries(page),
                "preview": preview(measured, _SHOWN, measured.num_rows),
            },
        )

    return [accuracy]


def judge(wiring: Wiring, gold: Path, run_id: str, now: dt.datetime) -> tuple[pa.Table, Verdict]:
    """The rows of quality.accuracy of the wiring's extractor, and the gate's verdict on them."""
    floors = load_floors(gold)
    score = measure(wiring.extractor, load_gold(gold))
    version = wiring.extractor_version
    measured = rows_of(score, floors, extractor_version=version, run_id=run_id, now=now)
    verdict = evaluate(
        "accuracy",
        measured.to_pandas(types_mapper=pd.ArrowDtype),
        floors=pd.DataFrame({"measure": list(floors), "floor": list(floors.values())}),
    )
    return measured, verdict
