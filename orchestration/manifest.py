"""The manifest of a release: everything that a person needs to know where it came from.

Belongs here: its content, read from the candidate's own database. Does not belong here: how the
release is made (`publish.py`), or what it was made with (`provenance.py`).

It is JSON with sorted keys. In the file's own `quality.releases` it stands without the hash of
the file; `manifest.json` beside the file has that too.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import duckdb

from orchestration.content_hash import content_hash
from orchestration.sql import quoted

_SELF = ("quality", "releases")
"""Holds the manifest, so the manifest can't hold its hash."""
_PUBLISHED = ("marts", "quality")

_GATES = """
SELECT suite,
    count(*) FILTER (success) AS passed,
    count(*) FILTER (NOT success AND severity = 'warning') AS flagged,
    count(*) FILTER (NOT success AND severity = 'quarantine') AS quarantined,
    count(*) FILTER (waived_count > 0) AS waived,
    sum(evaluated_count)::BIGINT AS rows_evaluated,
    sum(unexpected_count)::BIGINT AS rows_failed,
    sum(waived_count)::BIGINT AS rows_waived
FROM quality.check_results c
WHERE {is_new} AND run_id NOT IN (
    SELECT run_id FROM quality.check_results
    WHERE severity = 'block' AND NOT success AND waived_count < greatest(unexpected_count, 1)
)
GROUP BY suite ORDER BY suite
"""
_WAIVERS = """
SELECT waiver_id, rule, scope, evidence, reason, given_by, given_on::VARCHAR AS given_on,
    until::VARCHAR AS until
FROM quality.waivers WHERE state = 'active' ORDER BY rule, scope, waiver_id
"""
_OPEN = """
SELECT rule_id, count(*) AS findings FROM quality.quarantine_now WHERE state = 'open'
GROUP BY rule_id ORDER BY rule_id
"""
_CHANGES = """
SELECT table_name AS "table", change, cause, count(*) AS rows FROM quality.release_changes
WHERE release_number = ? GROUP BY ALL ORDER BY ALL
"""


def manifest(
    connection: duckdb.DuckDBPyConnection,
    release: Mapping[str, Any],
    made_with: Mapping[str, Any],
    previous: str | None,
) -> dict[str, Any]:
    """The manifest of the candidate that `connection` has open.

    `release`: its row of quality.releases; `made_with`: what `provenance` gives; `previous`: the
    attached database of the newest release before. Gate results are those of the runs that it does
    not know and whose batch came through.
    """
    known = f"FROM {quoted(previous)}.quality.check_results" if previous else "VALUES ('')"
    is_new = f"run_id NOT IN (SELECT run_id {known})" if previous else "true"
    return {
        **made_with,
        "changes": _rows(connection, _CHANGES, [release["release_number"]]),
        "counts": {name: n for name, n in release.items() if name.endswith("_count")},
        "gates": {row.pop("suite"): row for row in _rows(connection, _GATES.format(is_new=is_new))},
        "open_findings": {r["rule_id"]: r["findings"] for r in _rows(connection, _OPEN)},
        "previous_release": release["previous_release"],
        "published_at": release["published_at"].isoformat(timespec="seconds"),
        "release": release["release_number"],
        "run_id": release["run_id"],
        "tables": _tables(connection),
        "waivers": _rows(connection, _WAIVERS),
    }


def as_json(content: Mapping[str, Any]) -> str:
    """One line of JSON with sorted keys: the same manifest is the same text."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, Any]]:
    names = connection.execute(
        "SELECT schema_name, table_name FROM duckdb_tables() WHERE NOT internal "
        "AND database_name = current_database() AND list_contains(?, schema_name) ORDER BY ALL",
        [list(_PUBLISHED)],
    ).fetchall()
    hashed = {}
    for schema, table in names:
        if (schema, table) != _SELF:
            rows, digest = content_hash(connection, schema, table)
            hashed[f"{schema}.{table}"] = {"hash": digest, "rows": rows}
    return hashed


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: list[Any] | None = None
) -> list[dict[str, Any]]:
    cursor = connection.execute(query, values or [])
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
