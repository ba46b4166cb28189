"""What is new: which files were read before, which texts were extracted before, what awaits
publishing.

Belongs here: questions to the build and the published database that decide what a run has to do.
Does not belong here: doing it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Container
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from orchestration import quarantine
from orchestration.batches import taken
from orchestration.home import Home
from orchestration.ingest import LandedVersion
from orchestration.releases import newest_file
from orchestration.sql import literal
from orchestration.tables import DOCUMENT_VERSIONS

_RUNS = """
    SELECT run_id FROM {catalog}quality.files
    UNION SELECT run_id FROM {catalog}quality.quarantine
    UNION SELECT run_id FROM {catalog}quality.check_results WHERE gate <> 'release'
"""
_DECIDED = """
    SELECT quarantine_id, state, recorded_at FROM quality.quarantine_states
    EXCEPT SELECT quarantine_id, state, recorded_at FROM published.quality.quarantine_states
    LIMIT 1
"""
_DESCRIPTION = (
    "source_path",
    "source_record",
    "file_hash",
    "canonical_url",
    "title",
    "publisher",
    "published_date",
    "published_source",
    "language",
)
"""Columns of a version that may change while its text stays."""


def extraction_id(version_id: str, published: dt.date | None, extractor_version: str) -> str:
    """16 hex digits that name the reading of a text by an extractor with a publication date."""
    key = f"{version_id}|{published.isoformat() if published else ''}|{extractor_version}"
    return hashlib.sha256(key.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the build database knows when a run begins."""

    admitted_files: dict[tuple[str, str], int]
    """(source_path, file_hash) of files without any problem → articles that it gave."""
    held: dict[str, str]
    """quarantine_id of findings that are open or rejected → fingerprint of their evidence."""
    open_files: frozenset[str]
    """source_path of files with an open finding about the file itself or an article in it."""


def seen(connection: duckdb.DuckDBPyConnection) -> Seen:
    """Files that need not be read again, and findings that need not be recorded again."""
    files = connection.execute(
        "SELECT f.source_path, f.file_hash, count(v.version_id) FROM quality.files f "
        "LEFT JOIN landing.document_versions v USING (source_path, file_hash) "
        "WHERE f.outcome = 'admitted' GROUP BY ALL"
    ).fetchall()
    found = connection.execute(
        "SELECT quarantine_id, fingerprint, state, gate, source_path FROM quality.quarantine_now "
        "WHERE state IN ('open', 'rejected')"
    ).fetchall()
    return Seen(
        {(path, digest): n for path, digest, n in files},
        {finding: fingerprint for finding, fingerprint, *_ in found},
        frozenset(
            path
            for _, _, state, gate, path in found
            if state == "open" and gate in ("file", "article")
        ),
    )


def landed_versions(connection: duckdb.DuckDBPyConnection) -> list[LandedVersion]:
    """Every version in the order of loading, as `to_versions` needs it."""
    rows = connection.execute(
        "SELECT document_id, version_id, source_path, text_signature "
        "FROM landing.document_versions ORDER BY loaded_at, source_path, source_record, version_id"
    ).fetchall()
    return [LandedVersion(*row) for row in rows]


def split_by_news(
    connection: duckdb.DuckDBPyConnection, versions: pa.Table
) -> tuple[pa.Table, pa.Table, int]:
    """Versions with a new text, those with a new description only, and how many are neither."""
    columns = ", ".join(_DESCRIPTION)
    landed = {
        row[0]: row[1:]
        for row in connection.execute(
            f"SELECT version_id, {columns} FROM landing.document_versions"  # noqa: S608
        ).fetchall()
    }
    new, redescribed = [], []
    for at, row in enumerate(versions.select(["version_id", *_DESCRIPTION]).to_pylist()):
        known = landed.get(row["version_id"])
        if known is None:
            new.append(at)
        elif known != tuple(row[name] for name in _DESCRIPTION):
            redescribed.append(at)
    unchanged = versions.num_rows - len(new) - len(redescribed)
    return taken(versions, new), taken(versions, redescribed), unchanged


def landed_keys(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, dt.date | None]]:
    """version_id and publication date of every landed version, in the order of loading."""
    return connection.execute(
        "SELECT version_id, published_date FROM landing.document_versions "
        "ORDER BY loaded_at, source_path, source_record, version_id"
    ).fetchall()


def versions_of(connection: duckdb.DuckDBPyConnection, version_ids: list[str]) -> pa.Table:
    """The landed rows of these versions, in the order of loading."""
    connection.register("wanted", pa.table({"version_id": pa.array(version_ids, pa.string())}))
    table = connection.execute(
        "SELECT v.* FROM landing.document_versions v JOIN wanted USING (version_id) "
        "ORDER BY loaded_at, source_path, source_record, version_id"
    ).to_arrow_table()
    connection.unregister("wanted")
    return table


def work(
    connection: duckdb.DuckDBPyConnection,
    versions: pa.Table,
    extractor_version: str,
    held: Container[str],
    *,
    again: Container[str] = (),
    without: Container[str] = (),
) -> pa.Table:
    """What the extractor has to read: of `versions`, which land now, and of what landed before.

    `held`: ids of findings; a text that this extractor version crashes on is left alone. `again`:
    version_id of texts that are read whatever was done before. `without`: of texts that leave.
    """
    schema = DOCUMENT_VERSIONS.arrow_schema
    here = versions.select(["version_id", "published_date"]).to_pylist()
    dates = dict(landed_keys(connection))
    dates |= {row["version_id"]: row["published_date"] for row in here}
    done = read_extractions(connection)
    unread = [
        version_id
        for version_id, published in dates.items()
        if version_id not in without
        and (
            version_id in again
            or (
                extraction_id(version_id, published, extractor_version) not in done
                and quarantine.crash_id(version_id, extractor_version) not in held
            )
        )
    ]
    own = {row["version_id"]: at for at, row in enumerate(here)}
    earlier = versions_of(connection, [v for v in unread if v not in own])
    now = taken(versions, [own[v] for v in unread if v in own])
    return pa.concat_tables([earlier.select(schema.names).cast(schema), now])


def quarantined(
    connection: duckdb.DuckDBPyConnection, quarantine_ids: list[str]
) -> list[dict[str, Any]]:
    """The recorded rows of these findings, in the order of the ids."""
    cursor = connection.execute(
        "SELECT q.* FROM quality.quarantine q WHERE list_contains(?, quarantine_id)",
        [quarantine_ids],
    )
    names = [column[0] for column in cursor.description or ()]
    rows = [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]
    return sorted(rows, key=lambda row: quarantine_ids.index(row["quarantine_id"]))


def read_extractions(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Ids of every extraction that was loaded."""
    rows = connection.execute("SELECT extraction_id FROM landing.extractions").fetchall()
    return frozenset(i for (i,) in rows)


def awaits_publishing(connection: duckdb.DuckDBPyConnection, home: Home) -> bool:
    """Whether the build database holds what the newest release does not: a run that was cut, or a
    person's decision on a finding. Which release is served does not matter: a rollback stays."""
    loaded = {run for (run,) in connection.execute(_loaded_runs("")).fetchall()}
    if not loaded:
        return False
    newest = newest_file(home)
    if newest is None or not home.published_db.exists():
        return True
    connection.execute(f"ATTACH {literal(str(newest))} AS published (READ_ONLY)")
    try:
        published = {
            r for (r,) in connection.execute(_RUNS.format(catalog="published.")).fetchall()
        }
        decided = connection.execute(_DECIDED).fetchall()
    finally:
        connection.execute("DETACH published")
    return bool(decided) or not loaded <= published


def _loaded_runs(catalog: str) -> str:
    return (
        f"SELECT run_id FROM {catalog}landing.document_versions "  # noqa: S608
        f"UNION SELECT run_id FROM {catalog}landing.extractions "
        f"UNION SELECT run_id FROM {catalog}quality.quarantine"
    )
