"""Writing a run's findings to the build database.

Belongs here: what a passing run loads in its one transaction, and what a blocked run leaves behind.
Does not belong here: deciding what passes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import duckdb
import pyarrow as pa

from expectations.gate import Verdict
from orchestration.batches import Batch, to_table
from orchestration.checks import result_rows
from orchestration.tables import (
    ACCURACY,
    CHECK_RESULTS,
    DOCUMENT_VERSIONS,
    EVENTS,
    EXTRACTIONS,
    FIGURES,
    FILES,
    NUMBERS,
    QUARANTINE,
    VOLUMES,
    Table,
)
from orchestration.warehouse import Warehouse, append

ROW_TABLES = {"event_rows": EVENTS, "figure_rows": FIGURES, "number_rows": NUMBERS}
"""Asset → the landing table that its rows go to."""


def load(
    connection: duckdb.DuckDBPyConnection, articles: Batch, rows: Mapping[str, Batch]
) -> dict[str, int]:
    """Write everything that a run found, in the caller's transaction; returns rows by table.

    `rows`: the batches of the assets of ROW_TABLES. A version described anew replaces its row.
    """
    connection.register("incoming_versions", articles["versions"])
    connection.register("incoming_files", articles["files"])
    connection.execute(
        "DELETE FROM landing.document_versions d USING incoming_versions i "
        "WHERE d.version_id = i.version_id"
    )
    connection.execute(
        "DELETE FROM quality.files f USING incoming_files i "
        "WHERE f.source_path = i.source_path AND f.file_hash = i.file_hash"
    )
    first = next(iter(rows.values()))
    written: list[tuple[Table, Sequence[pa.Table]]] = [
        (DOCUMENT_VERSIONS, [articles["versions"]]),
        (EXTRACTIONS, [first["extractions"]]),
        *((table, [rows[asset]["rows"]]) for asset, table in ROW_TABLES.items()),
        (FILES, [articles["files"]]),
        (QUARANTINE, [articles["quarantine"], *(batch["quarantine"] for batch in rows.values())]),
        (CHECK_RESULTS, [articles["checks"], *(batch["checks"] for batch in rows.values())]),
    ]
    return {
        table.name: append(connection, table, pa.concat_tables(parts)) for table, parts in written
    }


def load_measures(connection: duckdb.DuckDBPyConnection, accuracy: Batch, volumes: Batch) -> None:
    """Write what a run measured of itself, in the caller's transaction."""
    append(connection, ACCURACY, accuracy["rows"])
    append(connection, VOLUMES, volumes["rows"])
    checks = pa.concat_tables([accuracy["checks"], volumes["checks"]])
    append(connection, CHECK_RESULTS, checks)


def record_blocked(
    warehouse: Warehouse, verdicts: Mapping[str, Verdict], run_id: str, now: dt.datetime
) -> None:
    """Keep the outcomes of a blocked batch; nothing else of it is written."""
    rows = [row for suite, v in verdicts.items() for row in result_rows(suite, v, run_id, now)]
    with warehouse.transaction() as connection:
        append(connection, CHECK_RESULTS, to_table(rows, CHECK_RESULTS.arrow_schema))
