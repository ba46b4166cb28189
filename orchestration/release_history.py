"""Every release that was ever made, kept or gone, as the newest file tells it.

Belongs here: reading quality.releases beside the folders. Does not belong here: what is in the
files (`manifest.py`, `differences.py`), or showing it (`cli`).
"""

from __future__ import annotations

import json
from contextlib import closing
from typing import Any

import duckdb

from orchestration.home import Home
from orchestration.releases import Release, newest_file, releases, served

_MADE = """
SELECT release_number, previous_release, run_id,
    strftime(timezone('UTC', published_at), '%Y-%m-%dT%H:%M:%SZ') AS published_at,
    * EXCLUDE (release_number, previous_release, run_id, published_at, manifest)
FROM quality.releases ORDER BY release_number
"""


def history(home: Home) -> list[dict[str, Any]]:
    """One row per release, oldest first: its columns in quality.releases, and how it stands.

    `served`: readers get it now; `file`: null where it is gone; `kept_for_good`, `kept_by`,
    `kept_reason`: what a person said. Nothing is published: no row.
    """
    newest = newest_file(home)
    if newest is None:
        return []
    with closing(duckdb.connect(newest, read_only=True)) as connection:
        cursor = connection.execute(_MADE)
        names = [column[0] for column in cursor.description or ()]
        made = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
    there = {one.number: one for one in releases(home)}
    now = served(home)
    return [{**row, **_standing(row, there.get(row["release_number"]), now)} for row in made]


def manifest_of(home: Home, number: int) -> dict[str, Any] | None:
    """The manifest of a release, also of one whose file is gone; null where it was never made.

    Raises DamagedReleaseError where the manifest of a release that is there can't be read.
    """
    for one in releases(home):
        if one.number == number:
            return one.manifest
    newest = newest_file(home)
    if newest is None:
        return None
    with closing(duckdb.connect(newest, read_only=True)) as connection:
        found = connection.execute(
            "SELECT manifest FROM quality.releases WHERE release_number = ?", [number]
        ).fetchall()
    return dict(json.loads(found[0][0])) if found else None


def _standing(row: dict[str, Any], one: Release | None, now: int | None) -> dict[str, Any]:
    mark = one.mark if one else None
    return {
        "served": row["release_number"] == now,
        "file": str(one.file) if one else None,
        "kept_for_good": mark is not None,
        "kept_by": mark["by"] if mark else None,
        "kept_reason": mark["reason"] if mark else None,
    }
