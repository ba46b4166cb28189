"""Events, figures and the ledger of numbers: one pass over each article, then the gate.

Belongs here: wiring the extractor and the row gate into Dagster. Does not belong here: reading a
text, or rules about rows.
"""

import datetime as dt
import time
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
import pandas as pd
import pyarrow as pa

from expectations.gate import Verdict, evaluate
from orchestration import quarantine
from orchestration.batches import Batch, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs, result_rows
from orchestration.datadocs import RunDocs, entries
from orchestration.presentation import OWNERS, of_table, preview
from orchestration.readings import KINDS, counted, read_articles
from orchestration.record import record_blocked
from orchestration.report import SetAside
from orchestration.tables import CHECK_RESULTS, QUARANTINE, Table
from orchestration.verdicts import admitted, held_rows
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

Row = dict[str, Any]
SUITES = {"event": "events", "figure": "figures", "number": "numbers"}
DETACHED = "reference_set_aside"
"""Flag of a row that pointed to a row which was set aside; the pointer is empty now."""
_POINTERS = {
    "event": {},
    "figure": {"event": "event", "reference": "figure", "equivalent_of": "figure"},
    "number": {"figure": "figure"},
}
"""Kind → column that holds a row_id → kind of the row that it names."""
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
        began, now = time.monotonic(), dt.datetime.now(dt.UTC)
        readings = read_articles(wiring, articles["work"], context.run.run_id, now)
        tables = {kind: readings.table(kind) for kind in KINDS}
        verdicts = judge(tables, articles["work"])
        docs, paths = _docs(wiring, context), paths_of(articles["work"])
        pages = {k: docs.suite(SUITES[k], v, tables[k], paths) for k, v in verdicts.items()}
        for kind, suite in SUITES.items():
            yield from check_results(suite, verdicts.get(kind), pages.get(kind))
        aside = set_aside(tables, verdicts, articles["work"], context.run.run_id, now)
        aside["event"] += readings.crashes
        _write_evidence(wiring, context.run.run_id, aside)
        suites = {SUITES[kind]: verdict for kind, verdict in verdicts.items()}
        if any(verdict.blocked for verdict in verdicts.values()):
            record_blocked(warehouse, suites, context.run.run_id, now)
            evidence = blocking_evidence(tables, verdicts, articles["work"])
            raise blocked(suites, evidence, docs)
        passed = detached({k: _admitted(tables[k], verdicts.get(k)) for k in KINDS}, aside)
        extractions = counted(readings.extractions, passed)
        for kind, table in passed.items():
            checks = result_rows(SUITES[kind], verdicts.get(kind), context.run.run_id, now)
            yield dg.Output(
                {
                    "rows": table,
                    "extractions": extractions,
                    "quarantine": to_table(aside[kind], QUARANTINE.arrow_schema),
                    "checks": to_table(checks, CHECK_RESULTS.arrow_schema),
                },
                output_name=f"{kind}_rows",
                metadata={
                    "rows": table.num_rows,
                    "articles": articles["work"].num_rows,
                    "quarantined": len(aside[kind]),
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


def set_aside(
    tables: Mapping[str, pa.Table],
    verdicts: Mapping[str, Verdict],
    work: pa.Table,
    run_id: str,
    now: dt.datetime,
) -> dict[str, list[Row]]:
    """Quarantine rows by kind, each with the sentence and the span in it."""
    paths = paths_of(work)
    aside: dict[str, list[Row]] = {kind: [] for kind in tables}
    for kind, verdict in verdicts.items():
        for failure in held_rows(verdict):
            row = tables[kind].slice(failure["row_position"], 1).to_pylist()[0]
            path = paths[row["version_id"]]
            aside[kind].append(quarantine.of_row(row, kind, path, failure, run_id, now))
    return aside


def blocking_evidence(
    tables: Mapping[str, pa.Table], verdicts: Mapping[str, Verdict], work: pa.Table
) -> list[SetAside]:
    """What the blocking checks saw, first failures first; a row brings its sentence."""
    paths, found = paths_of(work), []
    for kind, verdict in verdicts.items():
        failures = verdict.failures[verdict.failures["severity"] == "block"]
        for failure in failures.head(10).to_dict("records"):
            at = failure["row_position"]
            row = {} if at is pd.NA else tables[kind].slice(int(at), 1).to_pylist()[0]
            found.append(
                SetAside(
                    gate="rows",
                    rule=failure["check_name"],
                    source_path=paths.get(failure["version_id"], "the batch"),
                    reason=failure["reason"],
                    next_step=failure["next_step"],
                    observed=None if failure["observed"] is pd.NA else failure["observed"],
                    evidence=row.get("sentence_text"),
                )
            )
    return found


def paths_of(work: pa.Table) -> dict[str, str]:
    """version_id → file of the articles that were read."""
    columns = work.select(["version_id", "source_path"]).to_pydict()
    return dict(zip(columns["version_id"], columns["source_path"], strict=True))


def _admitted(table: pa.Table, verdict: Verdict | None) -> pa.Table:
    return table if verdict is None else admitted(table, verdict)


def detached(passed: Mapping[str, pa.Table], aside: Mapping[str, list[Row]]) -> dict[str, pa.Table]:
    """The admitted rows without pointers to rows that were set aside; such rows carry a flag."""
    gone = {kind: {row["row_id"] for row in rows} - {None} for kind, rows in aside.items()}
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


def _write_evidence(wiring: Wiring, run_id: str, aside: Mapping[str, list[Row]]) -> None:
    found = [quarantine.set_aside(row) for rows in aside.values() for row in rows]
    quarantine.write_evidence(wiring.home, run_id, found)
