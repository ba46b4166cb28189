"""What a run does to the states of findings: those that it saw, and those that it looked for again.

Belongs here: one statement over all findings, for the transaction that loads the run. Does not
belong here: which state follows which event (`states.py`), or finding anything.

A run knows what it set aside or let pass under a waiver. What it looked at again without setting it
aside either passes now or is gone: that is asked of the landing tables, as they are after loading.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
import pyarrow as pa

from orchestration.quarantine import CRASHED
from orchestration.states import LAST_STATES, transitions
from orchestration.tables import EVENTS, EXTRACTIONS, FIGURES, NUMBERS, QUARANTINE

_TEXT = pa.string()
WAIVED = QUARANTINE.arrow_schema.append(pa.field("waiver_id", _TEXT, nullable=False))
"""Findings that passed under a waiver, with that waiver."""
LOOKED_AT = pa.schema([("source_path", _TEXT), ("source_record", pa.int64()), ("file_hash", _TEXT)])
"""Files and articles that a run looked at again; no record = the whole file, no hash = a file that
is not there any more."""
STILL = pa.schema([("quarantine_id", _TEXT)])
"""Findings that a run saw again, unchanged."""
GATES = pa.schema([("gate", _TEXT), ("source", _TEXT)])
"""Whole batches that a run has judged: gate, and the source that was looked at; none = all."""
_CURRENT = """
    SELECT document_id, last(version_id ORDER BY loaded_at, published_date NULLS FIRST,
                             source_path, source_record, version_id) AS version_id
    FROM landing.document_versions GROUP BY document_id
"""
"""SQL: the current text of each document, as stg_document_versions chooses it."""
_ADMITTED = " UNION ALL ".join(
    f"SELECT row_id, extraction_id FROM {table.qualified_name}"  # noqa: S608
    for table in (EVENTS, FIGURES, NUMBERS)
)
_FINDINGS = f"""
    arriving AS (
        SELECT *, 'held' AS seen_as, NULL AS new_waiver FROM seen_held
        UNION ALL BY NAME
        SELECT * EXCLUDE (waiver_id), 'waived' AS seen_as, waiver_id AS new_waiver FROM seen_waived
    ),
    finding AS (
        SELECT a.*, q.fingerprint AS fingerprint_before
        FROM arriving AS a LEFT JOIN quality.quarantine AS q USING (quarantine_id)
        UNION ALL BY NAME
        SELECT q.*, s.quarantine_id AS still_id
        FROM quality.quarantine AS q
        LEFT JOIN seen_still AS s USING (quarantine_id)
        WHERE q.quarantine_id NOT IN (SELECT quarantine_id FROM arriving)
    ),
    last AS ({LAST_STATES})
"""  # noqa: S608 - texts of this module
_EVENTS = f"""
    asked AS (
        SELECT
            f.*,
            coalesce(last.state, 'new') AS state,
            last.waiver_id,
            last.recorded_at AS since,
            f.gate = 'rows' OR f.rule = '{CRASHED}' AS of_reading,
            f.version_id IN (SELECT version_id FROM landing.document_versions) AS is_landed,
            f.document_id IN (SELECT document_id FROM seen_versions) AS is_told_anew,
            c.version_id AS current_version,
            r.extraction_id AS read_again
        FROM finding AS f
        LEFT JOIN last USING (quarantine_id)
        LEFT JOIN current_version AS c USING (document_id)
        LEFT JOIN seen_extractions AS r ON f.version_id = r.version_id
        WHERE f.seen_as IS NOT NULL OR last.state IN ('open', 'waived', 'rejected')
    ),
    happened AS (
        SELECT *,
            CASE
                WHEN of_reading AND current_version <> version_id AND (is_landed OR is_told_anew)
                    THEN 'gone: the document has another text now'
                WHEN of_reading AND version_id IN (SELECT version_id FROM seen_dropped)
                    THEN 'gone: its article is set aside'
                WHEN seen_as = 'held' AND fingerprint <> fingerprint_before
                    THEN 'changed: what is seen is not what was seen before'
                WHEN seen_as = 'held' AND state = 'waived' THEN 'held: no waiver covers it any more'
                WHEN seen_as = 'held' AND state <> 'new' THEN 'held: it fails again'
                WHEN seen_as = 'held' THEN 'held: the rule set it aside'
                WHEN seen_as = 'waived' THEN 'waived: it passes under waiver ' || new_waiver
                WHEN still_id IS NOT NULL THEN NULL
                WHEN of_reading AND read_again IS NOT NULL AND (
                    row_id IS NULL
                    OR row_id IN (SELECT row_id FROM admitted)
                ) THEN 'passes: it was read again, and it passes'
                WHEN of_reading AND read_again IS NOT NULL AND row_id IN
                    (SELECT row_id FROM arriving WHERE seen_as = 'held')
                    THEN 'gone: another finding about the row took its place'
                WHEN of_reading AND read_again IS NOT NULL
                    THEN 'gone: the extractor does not read this row any more'
                WHEN rule = '{CRASHED}' AND version_id IN
                    (SELECT version_id FROM arriving WHERE rule = '{CRASHED}')
                    THEN 'gone: another extractor version fails on the text'
                WHEN of_reading THEN NULL
                WHEN EXISTS (
                    FROM seen_gates AS g
                    WHERE g.gate = a.gate AND (g.source IS NULL OR g.source = a.source)
                ) THEN 'passes: the rule holds now'
                WHEN gate IN ('accuracy', 'batch') THEN
                    CASE WHEN EXISTS (FROM seen_extractions) THEN 'passes: the batch passes now' END
                WHEN state = 'open' AND is_landed IS NOT TRUE AND EXISTS (
                    FROM seen_files AS l
                    WHERE l.source_path = a.source_path AND l.file_hash IS NULL
                ) THEN 'gone: there is no such file in its folder any more'
                WHEN EXISTS (
                    FROM seen_files AS l
                    JOIN landing.document_versions AS d USING (source_path, file_hash)
                    WHERE l.source_path = a.source_path
                        AND (a.source_record IS NULL OR d.source_record = a.source_record)
                        AND (l.source_record IS NULL OR d.source_record = l.source_record)
                ) THEN 'passes: it was read again, and it passes'
                WHEN EXISTS (
                    FROM seen_files AS l
                    WHERE l.source_path = a.source_path AND l.file_hash IS NOT NULL
                        AND (l.source_record IS NULL OR l.source_record = a.source_record)
                ) THEN 'gone: what was wrong is not in the file any more'
            END AS told
        FROM asked AS a
    )
"""  # noqa: S608 - texts of this module
_CHANGES = f"""
    WITH {_FINDINGS},
    current_version AS ({_CURRENT}),
    admitted AS (
        SELECT row_id FROM ({_ADMITTED})
        WHERE extraction_id IN (SELECT extraction_id FROM seen_extractions)
    ),
    {_EVENTS}
    SELECT
        h.quarantine_id,
        t.next AS state,
        split_part(h.told, ': ', 2) AS reason,
        'refresh' AS changed_by,
        h.new_waiver AS waiver_id,
        $run_id AS run_id,
        greatest($now, coalesce(h.since + INTERVAL 1 MICROSECOND, $now)) AS recorded_at
    FROM happened AS h
    JOIN transition AS t ON t.state = h.state AND t.event = split_part(h.told, ': ', 1)
    WHERE NOT (t.next = 'waived' AND h.state = 'waived' AND h.new_waiver = h.waiver_id)
    ORDER BY h.quarantine_id
"""  # noqa: S608 - texts of this module


@dataclass(frozen=True, slots=True)
class Sightings:
    """What a run saw of findings."""

    held: pa.Table = field(default_factory=QUARANTINE.arrow_schema.empty_table)
    """Findings that it set aside, as rows of quality.quarantine."""
    waived: pa.Table = field(default_factory=WAIVED.empty_table)
    still: pa.Table = field(default_factory=STILL.empty_table)
    files: pa.Table = field(default_factory=LOOKED_AT.empty_table)
    """What it looked at again at the gates of files and articles."""
    extractions: pa.Table = field(default_factory=EXTRACTIONS.arrow_schema.empty_table)
    """What the extractor read in this run."""
    versions: pa.Table = field(
        default_factory=lambda: pa.table({"document_id": pa.array([], _TEXT)})
    )
    """What was landed in this run; its column document_id counts."""
    gates: pa.Table = field(default_factory=GATES.empty_table)
    dropped: pa.Table = field(default_factory=lambda: pa.table({"version_id": pa.array([], _TEXT)}))
    """Versions that were taken out of the landing tables."""


def changes(
    connection: duckdb.DuckDBPyConnection, seen: Sightings, run_id: str, now: dt.datetime
) -> pa.Table:
    """The rows of quality.quarantine_states that follow from what a run saw."""
    with _registered(connection, seen):
        return connection.execute(_CHANGES, {"run_id": run_id, "now": now}).to_arrow_table()


def settle(
    connection: duckdb.DuckDBPyConnection, seen: Sightings, run_id: str, now: dt.datetime
) -> None:
    """Record findings and their states, in the caller's transaction, after loading the rows.

    A finding that is recorded stays as it is, with the run that first saw it; with other evidence,
    or of another reading, its row is replaced.
    """
    with _registered(connection, seen):
        connection.execute(
            f"INSERT INTO quality.quarantine_states BY NAME {_CHANGES}",
            {"run_id": run_id, "now": now},
        )
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE arrived AS "
            "SELECT a.* FROM (SELECT * FROM seen_held UNION ALL BY NAME "
            "SELECT * EXCLUDE (waiver_id) FROM seen_waived) AS a "
            "LEFT JOIN quality.quarantine AS q USING (quarantine_id) "
            "WHERE (a.fingerprint, a.extraction_id) IS DISTINCT FROM "
            "(q.fingerprint, q.extraction_id)"
        )
        connection.execute(
            "DELETE FROM quality.quarantine AS q USING arrived AS a "
            "WHERE q.quarantine_id = a.quarantine_id"
        )
        connection.execute("INSERT INTO quality.quarantine BY NAME SELECT * FROM arrived")
        connection.execute("DROP TABLE arrived")


@contextmanager
def _registered(connection: duckdb.DuckDBPyConnection, seen: Sightings) -> Iterator[None]:
    tables: Mapping[str, pa.Table] = {
        "seen_held": seen.held,
        "seen_waived": seen.waived,
        "seen_still": seen.still,
        "seen_files": seen.files,
        "seen_extractions": seen.extractions.select(["version_id", "extraction_id"]),
        "seen_versions": seen.versions.select(["document_id"]),
        "seen_gates": seen.gates,
        "seen_dropped": seen.dropped.select(["version_id"]),
        "transition": transitions(),
    }
    for name, table in tables.items():
        connection.register(name, table)
    try:
        yield
    finally:
        for name in tables:
            connection.unregister(name)
