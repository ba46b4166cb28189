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
from orchestration.loading_order import latest_load, stamped_after
from orchestration.quarantine import Row, distinct
from orchestration.settling import Sightings, settle
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
    WAIVERS,
    Table,
)
from orchestration.warehouse import Warehouse, append

ROW_TABLES = {"event_rows": EVENTS, "figure_rows": FIGURES, "number_rows": NUMBERS}
"""Asset → the landing table that its rows go to."""


def load(
    connection: duckdb.DuckDBPyConnection,
    articles: Batch,
    rows: Mapping[str, Batch],
    run_id: str,
    now: dt.datetime,
    measures: Sequence[Batch] = (),
) -> dict[str, int]:
    """Write everything that a run found, in the caller's transaction; returns rows by table.

    `rows`: the batches of the assets of ROW_TABLES; `measures`: those whose findings under waivers
    are settled with theirs. A version described anew replaces its row, a
    text read again the rows of the same extraction, so that loading twice gives the same.
    """
    first = next(iter(rows.values()))
    latest = latest_load(connection)
    versions = stamped_after(articles["versions"], latest)
    extractions = stamped_after(first["extractions"], latest)
    _make_room(connection, articles, extractions)
    written: list[tuple[Table, Sequence[pa.Table]]] = [
        (DOCUMENT_VERSIONS, [versions]),
        (EXTRACTIONS, [extractions]),
        *((table, [rows[asset]["rows"]]) for asset, table in ROW_TABLES.items()),
        (FILES, [articles["files"]]),
        (CHECK_RESULTS, [articles["checks"], *(batch["checks"] for batch in rows.values())]),
        (WAIVERS, [articles["waivers"]]),
    ]
    counts = {
        table.name: append(connection, table, pa.concat_tables(parts)) for table, parts in written
    }
    batches = (articles, *rows.values())
    seen = Sightings(
        held=pa.concat_tables([batch["quarantine"] for batch in batches]),
        waived=pa.concat_tables([batch["waived"] for batch in (*batches, *measures)]),
        still=articles["still"],
        files=articles["looked_at"],
        extractions=first["extractions"],
        versions=articles["versions"],
        dropped=articles["dropped"],
    )
    settle(connection, seen, run_id, now)
    return counts


def _make_room(
    connection: duckdb.DuckDBPyConnection, articles: Batch, extractions: pa.Table
) -> None:
    """Delete what the run replaces, and articles that a waiver held in."""
    incoming = {
        "incoming_versions": articles["versions"],
        "incoming_files": articles["files"],
        "incoming_extractions": extractions,
        "dropped": articles["dropped"],
    }
    for name, table in incoming.items():
        connection.register(name, table)
    connection.execute(
        "DELETE FROM quality.files f USING incoming_files i "
        "WHERE f.source_path = i.source_path AND f.file_hash = i.file_hash"
    )
    connection.execute("DELETE FROM quality.waivers")
    connection.execute(
        "DELETE FROM landing.document_versions WHERE version_id IN "
        "(SELECT version_id FROM incoming_versions UNION ALL SELECT version_id FROM dropped)"
    )
    connection.execute(
        "UPDATE landing.document_versions "
        "SET near_duplicate_of = NULL, near_duplicate_share = NULL "
        "WHERE near_duplicate_of IN (SELECT version_id FROM dropped)"
    )
    for table in (EXTRACTIONS, *ROW_TABLES.values()):
        connection.execute(
            f"DELETE FROM {table.qualified_name} WHERE extraction_id IN "  # noqa: S608
            "(SELECT extraction_id FROM incoming_extractions) "
            "OR version_id IN (SELECT version_id FROM dropped)"
        )
    for name in incoming:
        connection.unregister(name)


def load_measures(connection: duckdb.DuckDBPyConnection, accuracy: Batch, volumes: Batch) -> None:
    """Write what a run measured of itself, in the caller's transaction."""
    append(connection, ACCURACY, accuracy["rows"])
    append(connection, VOLUMES, volumes["rows"])
    checks = pa.concat_tables([accuracy["checks"], volumes["checks"]])
    append(connection, CHECK_RESULTS, checks)


def record_blocked(
    warehouse: Warehouse,
    verdicts: Mapping[str, Verdict],
    run_id: str,
    now: dt.datetime,
    findings: Sequence[Row] = (),
) -> None:
    """Keep the outcomes of a blocked batch, and the findings that blocked it; nothing else of it is
    written."""
    rows = [row for suite, v in verdicts.items() for row in result_rows(suite, v, run_id, now)]
    held = to_table(distinct(findings), QUARANTINE.arrow_schema)
    with warehouse.transaction() as connection:
        append(connection, CHECK_RESULTS, to_table(rows, CHECK_RESULTS.arrow_schema))
        settle(connection, Sightings(held=held), run_id, now)
