"""What is looked at again although nothing is new: asked for by a person, or because a waiver
began or ended.

Belongs here: choosing findings, and what of the warehouse has to go through its gate again for
them. Does not belong here: doing it (`intake.py`, `readings.py`), the new states (`settling.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from orchestration.quarantine import CRASHED
from orchestration.tables import EVENTS, EXTRACTIONS, FIGURES, NUMBERS
from orchestration.waivers import Waiver, covering

Finding = Mapping[str, Any]
_ROWS = {"event": EVENTS, "figure": FIGURES, "number": NUMBERS}
_OF_FILES = ("file", "article", "rows")
"""Gates whose findings are about something in one file."""
_CANDIDATES = """
    WITH once_waived AS (
        SELECT DISTINCT quarantine_id FROM quality.quarantine_states WHERE state = 'waived'
    )
    SELECT q.*, w.quarantine_id IS NOT NULL AS was_waived,
        q.version_id IN (SELECT version_id FROM landing.document_versions) AS is_landed
    FROM quality.quarantine_now AS q LEFT JOIN once_waived AS w USING (quarantine_id)
    WHERE list_contains($asked, q.quarantine_id)
        OR q.state IN ('open', 'waived') AND was_waived
        OR q.state IN ('open', 'rejected') AND list_contains($rules, q.rule_id)
    ORDER BY q.quarantine_id
"""
_HOLDING_TOO = """
    SELECT * FROM quality.quarantine_now
    WHERE state IN ('open', 'rejected') AND gate IN ('rows', 'article')
        AND list_contains($rows, coalesce(row_id, version_id))
"""


@dataclass(frozen=True, slots=True)
class Redrive:
    """What goes through its gate again."""

    read_again: frozenset[str] = frozenset()
    """version_id of landed texts that the extractor reads again, for the row gates."""
    judged_again: frozenset[str] = frozenset()
    """version_id of landed articles that go through the article gate again."""
    let_through: frozenset[str] = frozenset()
    """quarantine_id of articles that are not landed: this time the gate itself judges them."""
    files: frozenset[str] = frozenset()
    """source_path of the files that all this comes from: one may have been corrected meanwhile."""
    is_whole: bool = False
    """Whether a person named what only a whole batch shows."""


def redrive_of(
    connection: duckdb.DuckDBPyConnection, waivers: Sequence[Waiver], asked: Iterable[str] = ()
) -> Redrive:
    """What has to be looked at again. `waivers`: those that hold today; `asked`: finding ids."""
    wanted = set(asked)
    rules = sorted({waiver.rule for waiver in waivers})
    found = _rows(connection, _CANDIDATES, {"asked": sorted(wanted), "rules": rules})
    due = [f for f in found if _is_due(connection, f, waivers)]
    stuck = _held_otherwise(connection, due, waivers)
    chosen = [f for f in found if f["quarantine_id"] in wanted]
    chosen += [f for f in due if f["quarantine_id"] not in (wanted | stuck)]
    of_articles = [f for f in chosen if _is_of_article(f)]
    of_texts = [f for f in chosen if f["gate"] == "rows" or f["rule"] == CRASHED]
    return Redrive(
        read_again=frozenset(f["version_id"] for f in of_texts if f["is_landed"]),
        judged_again=frozenset(f["version_id"] for f in of_articles if f["is_landed"]),
        let_through=frozenset(f["quarantine_id"] for f in of_articles if not f["is_landed"]),
        files=frozenset(f["source_path"] for f in chosen if f["gate"] in _OF_FILES),
        is_whole=any(f["quarantine_id"] in wanted and f["gate"] not in _OF_FILES for f in chosen),
    )


def _rows(
    connection: duckdb.DuckDBPyConnection, query: str, values: Mapping[str, Any]
) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = connection.execute(query, values).to_arrow_table().to_pylist()
    return found


def _is_of_article(finding: Finding) -> bool:
    return bool(finding["gate"] == "article" and finding["rule"] != CRASHED)


def _is_due(
    connection: duckdb.DuckDBPyConnection, finding: Finding, waivers: Sequence[Waiver]
) -> bool:
    """Whether waivers say something else about a finding than its state does."""
    waiver = covering(waivers, finding)
    if finding["state"] == "waived":
        return waiver is None or waiver.waiver_id != finding["waiver_id"]
    return waiver is not None or (finding["was_waived"] and _is_let_in(connection, finding))


def _held_otherwise(
    connection: duckdb.DuckDBPyConnection, due: Sequence[Finding], waivers: Sequence[Waiver]
) -> set[str]:
    """Ids of findings that no waiver helps: another rule, without one, holds the same row."""
    kept = [f for f in due if covering(waivers, f) is not None and f["state"] != "waived"]
    rows = {f["row_id"] or f["version_id"] for f in kept}
    others = _rows(connection, _HOLDING_TOO, {"rows": sorted(rows)}) if rows else []
    held = {o["row_id"] or o["version_id"] for o in others if covering(waivers, o) is None}
    mine = {f["quarantine_id"]: f["row_id"] or f["version_id"] for f in kept}
    return {i for i, row in mine.items() if row in held}


def _is_let_in(connection: duckdb.DuckDBPyConnection, finding: Finding) -> bool:
    """Whether what a waiver let in is still there without it: its run was blocked."""
    if finding["gate"] == "article":
        return bool(finding["is_landed"])
    if finding["gate"] != "rows":
        return False
    if finding["row_id"] is None:
        table, names = EXTRACTIONS, ("version_id", "extractor_version")
    else:
        table, names = _ROWS[finding["row_kind"]], ("row_id", "extraction_id")
    there = connection.execute(
        f"SELECT count(*) FROM {table.qualified_name} "  # noqa: S608 - names of tables.py
        f"WHERE {names[0]} = ? AND {names[1]} = ?",
        [finding[name] for name in names],
    ).fetchall()
    return bool(there[0][0])
