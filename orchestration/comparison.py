"""What was read, compared with what the warehouse holds.

Belongs here: telling new from known, before any gate. Does not belong here: reading files
(`ingest`), the gate (`intake.py`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb
import pyarrow as pa

from expectations.catalogue import CHECKS
from orchestration import incremental, quarantine
from orchestration.batches import taken
from orchestration.ingest import FileProblem, RawArticle, to_versions
from orchestration.redrive import Redrive
from orchestration.tables import DOCUMENT_VERSIONS
from orchestration.wiring import Wiring

Row = dict[str, Any]
_HOLDING = [c.check_name for c in CHECKS if (c.suite, c.severity) == ("articles", "quarantine")]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What one run has read."""

    candidates: pa.Table
    """Versions with a new text or a new description, for the article gate."""
    new: frozenset[str]
    """version_id of those with a new text."""
    unchanged: int
    """Articles that the warehouse holds already, text for text."""
    found: list[Row]
    """Quarantine rows of files, duplicates, and articles that an earlier gate held."""
    held: dict[str, str]
    """quarantine_id of findings that are open or rejected → fingerprint of their evidence."""


def compare(
    connection: duckdb.DuckDBPyConnection,
    wiring: Wiring,
    raw: Sequence[RawArticle],
    problems: Sequence[FileProblem],
    files: Sequence[Mapping[str, Any]],
    run_id: str,
    now: dt.datetime,
    redrive: Redrive,
) -> Comparison:
    """Tell new from known. `files`: source_path, file_hash, articles, was_read."""
    recorded = incremental.seen(connection).held
    landed = incremental.landed_versions(connection) if raw else []
    versions, duplicates = to_versions(raw, landed, wiring.settings.near_duplicate_threshold)
    new, redescribed, unchanged = incremental.split_by_news(connection, versions)
    candidates, held = _without_held(
        pa.concat_tables([new, redescribed]), recorded.keys() - redrive.let_through
    )
    found = [quarantine.of_file(p, run_id, now) for p in (*problems, *duplicates)]
    unread = sum(file["articles"] for file in files if not file["was_read"])
    return Comparison(
        _with_judged_again(connection, _stamped(candidates, run_id, now), redrive),
        frozenset(new.column("version_id").to_pylist()),
        unchanged + redescribed.num_rows + unread,
        [*found, *incremental.quarantined(connection, held)],
        recorded,
    )


def _without_held(versions: pa.Table, known: Container[str]) -> tuple[pa.Table, list[str]]:
    """The versions that no earlier gate held in this very state; ids of what held the rest.

    `known`: ids of findings that hold."""
    keep: list[int] = []
    held: list[str] = []
    for at, row in enumerate(versions.to_pylist()):
        ids = [quarantine.article_id(rule, row) for rule in _HOLDING]
        held_by = [i for i in ids if i in known]
        held += held_by
        if not held_by:
            keep.append(at)
    return taken(versions, keep), held


def _with_judged_again(
    connection: duckdb.DuckDBPyConnection, candidates: pa.Table, redrive: Redrive
) -> pa.Table:
    """The candidates, and the landed versions that the article gate judges again."""
    here = set(candidates.column("version_id").to_pylist())
    again = incremental.versions_of(connection, sorted(redrive.judged_again - here))
    at, flags = again.column_names.index("flags"), candidates.schema.field("flags")
    bare = again.set_column(at, flags, pa.array([[]] * again.num_rows, flags.type))
    return pa.concat_tables(
        [candidates, bare.select(candidates.schema.names).cast(candidates.schema)]
    )


def _stamped(versions: pa.Table, run_id: str, now: dt.datetime) -> pa.Table:
    """The versions with the columns that loading fills."""
    count, schema = versions.num_rows, DOCUMENT_VERSIONS.arrow_schema
    filled = {"run_id": [run_id] * count, "loaded_at": [now] * count, "flags": [[]] * count}
    for name, values in filled.items():
        field = schema.field(name)
        versions = versions.append_column(field, pa.array(values, field.type))
    return versions.select(schema.names).cast(schema)
