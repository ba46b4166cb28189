"""What must hold of a warehouse whatever happened to its refreshes.

Belongs here: reading both databases and the history, comparing by content, naming what is wrong.
Does not belong here: making it happen.
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from benchmarks.faults.place import Place

Content = dict[str, list[str]]
"""Table → its rows as text, sorted."""
COUNTED = {
    "document_count": "marts.dim_document",
    "event_count": "marts.fct_event_mention",
    "figure_count": "marts.fct_figure",
    "number_count": "marts.fct_number",
    "quarantine_count": "quality.quarantine_now WHERE state = 'open'",
}
"""What a release says of itself, and what has to hold as many rows."""
_BUILT = (
    "landing.*",
    "quality.files",
    "quality.quarantine",
    "quality.quarantine_states",
    "quality.release_changes",
    "quality.volumes",
)
_PUBLISHED = ("marts.*", *_BUILT[1:])
"""Not compared: what holds a row per evaluation or per run, as a killed run evaluates too."""
_OF_THE_RUN = ("run_id", "day", "weekday")
_KEYS = {
    "marts.dim_document": "document_id",
    "marts.dim_document_version": "version_id",
    "marts.fct_event_mention": "row_id",
    "marts.fct_figure": "row_id",
    "marts.fct_number": "row_id",
    "quality.releases": "release_number",
    "quality.quarantine": "quarantine_id",
}
_FACTS = ("marts.fct_event_mention", "marts.fct_figure", "marts.fct_number")
_ORPHAN = "f ANTI JOIN marts.dim_document_version USING (version_id)"
_MOVED = (
    "f JOIN marts.dim_document_version v USING (version_id) "
    'WHERE f.text <> substring(v.clean_text, f.start::INT + 1, (f."end" - f.start)::INT)'
)
_LEFT = (
    "releases/.*",
    "published/.*",
    "**/.candidate-*",
    "**/*.part",
    "refresh.holder.json",
    "build/*.wal",
)
_ENDED = ("SUCCESS", "FAILURE", "CANCELED")


def read_only(path: Path) -> closing[duckdb.DuckDBPyConnection]:
    """The database as a reader opens it."""
    return closing(duckdb.connect(path, read_only=True))


def content(path: Path, tables: Sequence[str]) -> Content:
    """Rows without run ids and instants. `tables`: `schema.name`, or `schema.*`."""
    with read_only(path) as connection:
        columns: dict[str, list[str]] = {}
        for table, column in connection.execute(
            "SELECT c.table_schema || '.' || c.table_name, c.column_name "
            "FROM information_schema.columns c JOIN information_schema.tables t "
            "USING (table_schema, table_name) WHERE t.table_type = 'BASE TABLE' "
            "AND c.data_type NOT LIKE 'TIMESTAMP%' AND NOT list_contains(?, c.column_name) "
            "AND list_has_any(?, [table_schema || '.*', table_schema || '.' || table_name]) "
            "ORDER BY ALL",
            [list(_OF_THE_RUN), list(tables)],
        ).fetchall():
            columns.setdefault(table, []).append(f'"{column}"')
        return {
            table: sorted(
                map(str, connection.execute(f"SELECT {', '.join(names)} FROM {table}").fetchall())
            )
            for table, names in columns.items()
        }


def state_of(place: Place) -> Content:
    """The content of both databases, and their lists of releases."""
    return {**_of(place.build, "build", _BUILT), **published_content(place.published)}


def published_content(path: Path) -> Content:
    """The content of the published file, its tables named as `state_of` names them."""
    return _of(path, "published", _PUBLISHED)


def _of(path: Path, name: str, tables: Sequence[str]) -> Content:
    found = {f"{name} {table}": rows for table, rows in content(path, tables).items()}
    counted = ", ".join(["release_number", "extractor_version", *COUNTED])
    with read_only(path) as connection:
        rows = connection.execute(f"SELECT {counted} FROM quality.releases").fetchall()
    return {**found, f"{name} quality.releases": sorted(map(str, rows))}


def differences(expected: Content, found: Content) -> tuple[int, int, list[str]]:
    """Rows lost, rows doubled or foreign, and a line for each table that differs."""
    lost = doubled = 0
    lines = []
    for table in sorted({*expected, *found}):
        wanted, got = Counter(expected.get(table, [])), Counter(found.get(table, []))
        missing, extra = wanted - got, got - wanted
        lost += missing.total()
        doubled += extra.total()
        if missing or extra:
            first = next(iter(missing or extra))
            lines.append(f"{table}: {missing.total()} lost, {extra.total()} extra, first {first}")
    return lost, doubled, lines


def fingerprint(path: Path) -> str | None:
    """Hash of a file's bytes; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else None


def published_problems(path: Path) -> list[str]:
    """What a reader finds wrong in the published file by itself; nothing where all is well."""
    with read_only(path) as connection:
        return list(_problems(connection))


def _problems(connection: duckdb.DuckDBPyConnection) -> Iterator[str]:
    release = connection.execute(
        f"SELECT {', '.join(COUNTED)} FROM quality.releases ORDER BY release_number DESC LIMIT 1"
    ).fetchall()
    if not release:
        yield "no release in quality.releases"
        return
    stated = dict(zip(COUNTED.values(), release[0], strict=True))
    tests = [
        *(
            (f"rows beyond the {n} that the release states", f"count(*) - {n}", table)
            for table, n in stated.items()
        ),
        *(
            (f"rows repeat {key} or have none", f"count(*) - count(DISTINCT {key})", table)
            for table, key in _KEYS.items()
        ),
        *(
            ("rows of versions that are not there", "count(*)", f"{fact} {_ORPHAN}")
            for fact in _FACTS
        ),
        *(
            ("rows whose text is not at their place", "count(*)", f"{fact} {_MOVED}")
            for fact in _FACTS
        ),
        ("numbers are missing", "max(release_number) - count(*)", "quality.releases"),
    ]
    for words, counted, source in tests:
        if wrong := connection.execute(f"SELECT {counted} FROM {source}").fetchall()[0][0]:
            yield f"{source.split()[0]}: {wrong} {words}"


def leftovers(place: Place) -> list[str]:
    """What a completed refresh must not leave behind, whatever died before it."""
    found = [
        f"left behind: {path.relative_to(place.home)}"
        for pattern in _LEFT
        for path in sorted(place.home.glob(pattern))
    ]
    found += [f"run {run} is {status}" for run, status in _open_runs(place.home)]
    lock = FileLock(place.home / "refresh.lock")
    try:
        lock.acquire(timeout=0)
        lock.release()
    except Timeout:
        found.append("the lock is held")
    return [*found, *_slots(place.home), *_unkept(place)]


def _unkept(place: Place) -> list[str]:
    """Whether the newest kept release is the file that readers open."""
    kept = sorted(place.home.glob("releases/*/dispatches.duckdb"))
    if not kept:
        return ["no release is kept"]
    same = fingerprint(kept[-1]) == fingerprint(place.published)
    return [] if same else [f"{kept[-1].parent.name} is not what readers open"]


def _open_runs(home: Path) -> list[tuple[str, str]]:
    marks = ", ".join("?" * len(_ENDED))
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as connection:
        return connection.execute(
            f"SELECT run_id, status FROM runs WHERE status NOT IN ({marks})", _ENDED
        ).fetchall()


def _slots(home: Path) -> list[str]:
    """Pool slots that nobody will free."""
    index = home / "dagster" / "history" / "runs" / "index.db"
    with closing(sqlite3.connect(index)) as connection:
        held = connection.execute(
            "SELECT count(*) FROM concurrency_slots WHERE run_id IS NOT NULL AND NOT deleted"
        ).fetchone()[0]
        pending = connection.execute("SELECT count(*) FROM pending_steps").fetchone()[0]
    return [f"{name}: {n}" for name, n in (("pool slots", held), ("waiting steps", pending)) if n]


def runs_by_status(home: Path) -> Mapping[str, int]:
    """How many runs of the history ended how."""
    with closing(sqlite3.connect(home / "dagster" / "history" / "runs.db")) as connection:
        return dict(connection.execute("SELECT status, count(*) FROM runs GROUP BY 1").fetchall())
