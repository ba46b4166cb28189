"""How long a release of many figures takes to compare, describe and write, and how much memory.

    python benchmarks/releases.py [ROWS]            (default: 1,000,000)

Makes a build database with that many figure rows of made-up articles, publishes it, gives a
fiftieth of the rows other values as a new extractor would, takes a thousandth out, and publishes
again. Each release is made by a process of its own. Prints wall and processor seconds of each part,
and peak memory.
"""

from __future__ import annotations

import datetime as dt
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from release_build import MADE_WITH, MARTS  # noqa: E402

from orchestration import candidate, publish  # noqa: E402
from orchestration.home import Home  # noqa: E402
from orchestration.releases import newest_file  # noqa: E402
from orchestration.sql import quoted  # noqa: E402
from orchestration.tables import FIGURES  # noqa: E402
from orchestration.warehouse import Warehouse, sql_type  # noqa: E402

A_TEXT = 20
"""Figures of one text."""
VALUES = {
    "VARCHAR": "'{name} ' || i % 1000",
    "BIGINT": "i",
    "DOUBLE": "i * 1.1",
    "BOOLEAN": "i % 2 = 0",
    "DATE": "DATE '2025-01-01' + (i % 300)::INT",
    "VARCHAR[]": "[]::VARCHAR[]",
}
SPECIAL = {
    "row_id": "substr(md5(i::VARCHAR), 1, 16)",
    "document_id": f"substr(md5('d' || i // {A_TEXT}), 1, 16)",
    "version_id": f"substr(md5('v' || i // {A_TEXT}), 1, 16)",
    "extraction_id": f"substr(md5('e' || i // {A_TEXT}), 1, 16)",
    "sentence_text": "repeat('The ministry said on Monday that ' || i || ' people left. ', 3)",
}
VERSIONS = """
INSERT INTO marts.dim_document_version BY NAME
SELECT DISTINCT version_id, document_id, extraction_id, '1' AS extractor_version
FROM marts.fct_figure
"""
SECOND = (
    "UPDATE marts.fct_figure SET value = value + 1, extraction_id = 'z' || extraction_id "
    "WHERE start % 50 = 0",
    "DELETE FROM marts.fct_figure WHERE start % 1000 = 1",
    "UPDATE marts.dim_document_version v SET extractor_version = '2', extraction_id = "
    "f.extraction_id FROM marts.fct_figure f "
    "WHERE f.version_id = v.version_id AND f.extraction_id LIKE 'z%'",
)


def columns() -> str:
    """A made-up value for each column of a figure."""
    made = []
    for column in FIGURES.columns:
        if column.name != "attribution":
            kind = sql_type(column.type)
            value = SPECIAL.get(column.name) or VALUES[kind].format(name=column.name)
            made.append(f"{value} AS {quoted(column.name)}")
    return ", ".join([*made, "true AS is_current_version"])


def build(home: Home, rows: int) -> None:
    """The build database of the first release."""
    with Warehouse(home=str(home.root)).connect() as connection:
        for statement in MARTS:
            connection.execute(statement)
        connection.execute("DROP VIEW marts.rpt_a; DROP VIEW marts.rpt_b")
        connection.execute(
            f"CREATE OR REPLACE TABLE marts.fct_figure AS SELECT {columns()} "
            f"FROM range({rows}) r(i)"
        )
        connection.execute(VERSIONS)
        connection.execute("INSERT INTO marts.dim_document VALUES ('d', 'x')")


def timed(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
    """The same call, which prints what it took."""

    def wrapper(*arguments: Any, **named: Any) -> Any:
        before, began = resource.getrusage(resource.RUSAGE_SELF), time.monotonic()
        result = call(*arguments, **named)
        after = resource.getrusage(resource.RUSAGE_SELF)
        cpu = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
        wall = time.monotonic() - began
        print(f"  {name:<22} {wall:6.1f} s wall {cpu:6.1f} s processor", flush=True)
        return result

    return wrapper


def release(home: Home, number: int) -> None:
    """Make and publish one release, part by part."""
    candidate.evaluate("release", candidate._frame({}), previous=candidate._frame({}))  # imports
    candidate.find_changes = timed("changes", candidate.find_changes)
    publish._copy = timed("copy", publish._copy)
    publish.manifest = timed("manifest, hashes", publish.manifest)
    publish.install = timed("checksum, swap", publish.install)
    with Warehouse(home=str(home.root)).connect() as connection:
        row, _ = candidate.judge(
            connection,
            newest_file(home),
            dt.datetime.now(dt.UTC),
            run_id=f"run-{number}",
            extractor_version=str(number),
            model_version="none",
            git_revision=None,
        )
    timed("publication as a whole", publish.publish)(home, row, MADE_WITH)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    counts = [row[f"{kind}_count"] for kind in ("added", "changed", "removed")]
    print("  {:,} added, {:,} changed, {:,} removed".format(*counts))
    print(
        f"  {home.published_db.stat().st_size / 2**20:.0f} MiB on disk, {peak:.0f} MiB at the peak"
    )


def main(arguments: list[str]) -> None:
    """Both releases."""
    if arguments[:1] == ["--release"]:
        release(Home.at(Path(arguments[1])), int(arguments[2]))
        return
    rows = int(arguments[0]) if arguments else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        home = Home.at(Path(folder)).create()
        build(home, rows)
        for number in (1, 2):
            if number == 2:
                with Warehouse(home=folder).connect() as connection:
                    for statement in SECOND:
                        connection.execute(statement)
            print(f"release {number} of {rows:,} figures")
            subprocess.run([sys.executable, __file__, "--release", folder, str(number)], check=True)


if __name__ == "__main__":
    main(sys.argv[1:])
