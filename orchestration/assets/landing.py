"""The landing tables: everything that a run admitted, written in one transaction.

Belongs here: wiring the load into Dagster. Does not belong here: what is written (`record.py`).
"""

import time
from collections.abc import Iterator

import dagster as dg

from orchestration.batches import Batch
from orchestration.presentation import OWNERS, POOL, of_table
from orchestration.record import load, load_measures
from orchestration.tables import DOCUMENT_VERSIONS, EVENTS, EXTRACTIONS, FIGURES, NUMBERS
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

LANDED = (DOCUMENT_VERSIONS, EXTRACTIONS, EVENTS, FIGURES, NUMBERS)
_READ = ("articles", "event_rows", "figure_rows", "number_rows", "accuracy", "volumes")
"""Assets whose batches are loaded, or without whose pass nothing is."""


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """`landing/document_versions` and its four siblings, made in one step."""

    @dg.multi_asset(
        name="landing",
        specs=[
            dg.AssetSpec(
                [table.schema, table.name],
                deps=[*_READ],
                group_name="landing",
                kinds={"python", "duckdb"},
                owners=OWNERS,
                description=f"{table.grain}. Appended by document version.",
                metadata=of_table(table),
            )
            for table in LANDED
        ],
        ins={name: dg.AssetIn(name) for name in _READ},
        pool=POOL,
    )
    def landing(
        context: dg.AssetExecutionContext,
        articles: Batch,
        event_rows: Batch,
        figure_rows: Batch,
        number_rows: Batch,
        accuracy: Batch,
        volumes: Batch,
        warehouse: Warehouse,
    ) -> Iterator[dg.MaterializeResult[None]]:
        began = time.monotonic()
        rows = {"event_rows": event_rows, "figure_rows": figure_rows, "number_rows": number_rows}
        with warehouse.transaction() as connection:
            written = load(
                connection,
                articles,
                rows,
                context.run.run_id,
                wiring.clock(),
                measures=(accuracy, volumes),
            )
            load_measures(connection, accuracy, volumes)
            totals = {
                table.name: connection.table(table.qualified_name).count("*").fetchall()[0][0]
                for table in LANDED
            }
        for table in LANDED:
            yield dg.MaterializeResult(
                asset_key=[table.schema, table.name],
                metadata={
                    "rows": written[table.name],
                    "dagster/row_count": totals[table.name],
                    "articles": articles["work"].num_rows,
                    "seconds": round(time.monotonic() - began, 2),
                },
            )

    return [landing]
