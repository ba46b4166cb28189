"""Events, figures and the ledger of numbers: one pass over each article, then the gate.

Belongs here: wiring the extractor and the row gate into Dagster. Does not belong here: reading a
text, or rules about rows.
"""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg
import pyarrow as pa

from orchestration import run_evidence
from orchestration.batches import Batch, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.incremental import seen
from orchestration.presentation import OWNERS, of_table, preview
from orchestration.readings import KINDS, counted, read_articles
from orchestration.record import record_blocked
from orchestration.row_gate import SUITES, judge_under_waivers, passing
from orchestration.settling import WAIVED
from orchestration.tables import CHECK_RESULTS, QUARANTINE, Table
from orchestration.waivers import holding
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

Row = dict[str, Any]
_SHOWN = {
    "event": ("text", "event_type", "mode", "status", "certainty", "sentence_text"),
    "figure": ("text", "comparator", "low", "high", "unit", "counted", "sentence_text"),
    "number": ("text", "disposition", "reason", "sentence_text"),
}


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """`event_rows`, `figure_rows` and `number_rows`, made in one step."""

    @dg.multi_asset(
        name="extraction",
        outs={f"{kind}_rows": _out(kind, table) for kind, table in KINDS.items()},
        check_specs=check_specs(SUITES.values()),
        deps=["accuracy"],
    )
    def extraction(
        context: dg.AssetExecutionContext, articles: Batch, warehouse: Warehouse
    ) -> Iterator[dg.AssetCheckResult | dg.Output[Batch]]:
        began, now = time.monotonic(), wiring.clock()
        readings = read_articles(wiring, articles["work"], context.run.run_id, now)
        tables = {kind: readings.table(kind) for kind in KINDS}
        results = judge_under_waivers(
            tables,
            articles["work"],
            holding(articles["waivers"]),
            wiring.extractor_version,
            context.run.run_id,
            now,
        )
        verdicts = {kind: result.verdict for kind, result in results.items()}
        docs, paths = _docs(wiring, context), paths_of(articles["work"])
        pages = {k: docs.suite(SUITES[k], v, tables[k], paths) for k, v in verdicts.items()}
        for kind, suite in SUITES.items():
            yield from check_results(suite, verdicts.get(kind), pages.get(kind))
        aside = {kind: result.held for kind, result in results.items()}
        aside["event"] = [*aside.get("event", []), *readings.crashes]
        with warehouse.connect() as connection:
            known = seen(connection).held
        _write_evidence(wiring, context.run.run_id, aside, known)
        suites = {SUITES[kind]: verdict for kind, verdict in verdicts.items()}
        if any(verdict.blocked for verdict in verdicts.values()):
            stops = [row for result in results.values() for row in result.blocking]
            record_blocked(warehouse, suites, context.run.run_id, now, stops)
            raise blocked(suites, [run_evidence.set_aside(row) for row in stops], docs)
        passed = passing(tables, results)
        extractions = counted(readings.extractions, passed)
        for kind, table in passed.items():
            checks = result_rows(SUITES[kind], verdicts.get(kind), context.run.run_id, now)
            yield dg.Output(
                {
                    "rows": table,
                    "extractions": extractions,
                    "quarantine": to_table(aside.get(kind, ()), QUARANTINE.arrow_schema),
                    "waived": to_table(results[kind].waived if results else (), WAIVED),
                    "checks": to_table(checks, CHECK_RESULTS.arrow_schema),
                },
                output_name=f"{kind}_rows",
                metadata={
                    "rows": table.num_rows,
                    "articles": articles["work"].num_rows,
                    "quarantined": len(aside.get(kind, ())),
                    "seconds": round(time.monotonic() - began, 2),
                    **entries(pages.get(kind)),
                    "preview": preview(table, _SHOWN[kind], wiring.settings.preview_rows),
                },
            )

    return [extraction]


def _out(kind: str, table: Table) -> dg.AssetOut:
    return dg.AssetOut(
        key=f"{kind}_rows",
        io_manager_key="batches",
        group_name="extraction",
        kinds={"python", "greatexpectations", "parquet"},
        owners=OWNERS,
        description=f"{table.grain}; past the row gate, not loaded yet.",
        metadata=of_table(table, f"staging.{kind}_rows"),
    )


def _docs(wiring: Wiring, context: dg.AssetExecutionContext) -> RunDocs:
    return RunDocs(wiring.home, wiring.settings, context.run.run_id)


def paths_of(work: pa.Table) -> dict[str, str]:
    """version_id → file of the articles that were read."""
    columns = work.select(["version_id", "source_path"]).to_pydict()
    return dict(zip(columns["version_id"], columns["source_path"], strict=True))


def _write_evidence(
    wiring: Wiring, run_id: str, aside: Mapping[str, Sequence[Row]], known: Mapping[str, str]
) -> None:
    """`known`: findings that hold already → fingerprint of their evidence."""
    found = [
        run_evidence.set_aside(row, is_new=known.get(row["quarantine_id"]) != row["fingerprint"])
        for rows in aside.values()
        for row in rows
    ]
    run_evidence.write_evidence(wiring.home, run_id, found)
