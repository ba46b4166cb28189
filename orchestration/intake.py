"""From the files of a run to the articles that it has to land and to read.

Belongs here: comparing what was read with what the warehouse holds, and passing what is new
through the article gate. Does not belong here: reading files (`ingest`), reading texts
(`extraction`), Dagster.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from expectations.gate import Verdict, evaluate
from orchestration import incremental, quarantine
from orchestration.batches import Batch, taken, to_table
from orchestration.checks import result_rows
from orchestration.ingest import FileProblem, RawArticle, to_versions
from orchestration.report import SetAside
from orchestration.tables import CHECK_RESULTS, DOCUMENT_VERSIONS, FILES, QUARANTINE
from orchestration.wiring import Wiring

Row = dict[str, Any]
CRASHED = "extraction_crashed"


@dataclass(slots=True)
class Intake:
    """What one run found in its files."""

    new: int = 0
    unchanged: int = 0
    versions: pa.Table = field(default_factory=DOCUMENT_VERSIONS.arrow_schema.empty_table)
    """To be landed: new texts, and known texts with a new description."""
    work: pa.Table = field(default_factory=DOCUMENT_VERSIONS.arrow_schema.empty_table)
    """To be read by the extractor; landed already or in `versions`."""
    quarantine: list[Row] = field(default_factory=list)
    """What is set aside for the first time."""
    still: list[SetAside] = field(default_factory=list)
    """What an earlier run set aside and nobody has changed since."""
    files: list[Row] = field(default_factory=list)
    verdict: Verdict | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it is new."""
        tables = (self.versions.num_rows, self.work.num_rows)
        return not any((*tables, self.quarantine, self.files))

    def to_batch(self, run_id: str, now: dt.datetime) -> Batch:
        """The tables that the next steps read."""
        checks = result_rows("articles", self.verdict, run_id, now)
        return {
            "versions": self.versions,
            "work": self.work,
            "quarantine": to_table(self.quarantine, QUARANTINE.arrow_schema),
            "files": to_table(self.files, FILES.arrow_schema),
            "checks": to_table(checks, CHECK_RESULTS.arrow_schema),
        }


def take_in(
    connection: duckdb.DuckDBPyConnection,
    wiring: Wiring,
    raw: Sequence[RawArticle],
    problems: Sequence[FileProblem],
    files: Sequence[Mapping[str, Any]],
    run_id: str,
    now: dt.datetime,
) -> Intake:
    """Compare, name and check what was read; `files`: source_path, file_hash, articles, was_read."""
    known = incremental.seen(connection)
    landed = incremental.landed_versions(connection) if raw else []
    versions, duplicates = to_versions(raw, landed, wiring.settings.near_duplicate_threshold)
    new, redescribed, unchanged = incremental.split_by_news(connection, versions)
    intake = Intake(unchanged=unchanged + redescribed.num_rows)
    intake.unchanged += sum(f["articles"] for f in files if not f["was_read"])
    found = [quarantine.of_file(p, run_id, now) for p in (*problems, *duplicates)]
    held = _held_back(connection)
    new, waiting = _without_held(new, held)
    candidates = _stamped(pa.concat_tables([new, redescribed]), run_id, now)
    found += [*waiting, *_pass_gate(intake, candidates, run_id, now)]
    is_new = set(new.column("version_id").to_pylist())
    intake.new = sum(v in is_new for v in intake.versions.column("version_id").to_pylist())
    for row in quarantine.distinct(found):
        if row["quarantine_id"] in known.quarantine_ids:
            intake.still.append(quarantine.set_aside(row, is_new=False))
        else:
            intake.quarantine.append(row)
    intake.work = _work(connection, wiring, intake.versions, known.quarantine_ids)
    intake.files = _file_rows(connection, files, found, run_id, now)
    return intake


def _stamped(versions: pa.Table, run_id: str, now: dt.datetime) -> pa.Table:
    count = versions.num_rows
    schema = DOCUMENT_VERSIONS.arrow_schema
    filled = {
        "run_id": pa.array([run_id] * count, pa.string()),
        "loaded_at": pa.array([now] * count, schema.field("loaded_at").type),
        "flags": pa.array([[] for _ in range(count)], schema.field("flags").type),
    }
    for name, values in filled.items():
        versions = versions.append_column(schema.field(name), values)
    return versions.select(schema.names).cast(schema)


def _pass_gate(intake: Intake, candidates: pa.Table, run_id: str, now: dt.datetime) -> list[Row]:
    """Run the article gate; what it admits becomes `intake.versions`, what it holds is returned."""
    intake.versions = candidates
    if not candidates.num_rows:
        return []
    intake.verdict = evaluate("articles", candidates.to_pandas(types_mapper=pd.ArrowDtype))
    held = held_rows(intake.verdict)
    intake.versions = admitted(candidates, intake.verdict)
    positions = sorted({failure["row_position"] for failure in held})
    by_position = dict(zip(positions, taken(candidates, positions).to_pylist(), strict=True))
    return [quarantine.of_article(by_position[f["row_position"]], f, run_id, now) for f in held]


def held_rows(verdict: Verdict, severity: str = "quarantine") -> list[Row]:
    """The verdict's failures of a severity that belong to a row, in the order of the rows."""
    chosen = verdict.failures[verdict.failures["severity"] == severity]
    chosen = chosen.dropna(subset=["row_position"])
    rows = [{**row, "row_position": int(row["row_position"])} for row in chosen.to_dict("records")]
    return sorted(rows, key=lambda row: (row["row_position"], row["check_name"]))


def admitted(table: pa.Table, verdict: Verdict) -> pa.Table:
    """The rows that go on, with their flags; types stay those of `table`."""
    held = {row["row_position"] for row in held_rows(verdict)}
    flags: list[list[str]] = table.column("flags").to_pylist()
    for row in held_rows(verdict, "warning"):
        if row["check_name"] not in flags[row["row_position"]]:
            flags[row["row_position"]].append(row["check_name"])
    at = table.column_names.index("flags")
    flagged = table.set_column(
        at, table.schema.field("flags"), pa.array(flags, pa.list_(pa.string()))
    )
    return taken(flagged, (i for i in range(table.num_rows) if i not in held))


def _held_back(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], list[Row]]:
    """Articles that the gate set aside earlier, by file and text."""
    cursor = connection.execute(
        "SELECT * FROM quality.quarantine WHERE gate = 'article' AND rule <> ?", [CRASHED]
    )
    names = [column[0] for column in cursor.description or ()]
    held: dict[tuple[str, str], list[Row]] = {}
    for values in cursor.fetchall():
        row = dict(zip(names, values, strict=True))
        held.setdefault((row["source_path"], row["version_id"]), []).append(row)
    return held


def crash_id(version_id: str, extractor_version: str) -> str:
    """Names the crash of one extractor version over one text; it is not tried again."""
    return quarantine.quarantine_id(CRASHED, version_id, extractor_version)


def _without_held(
    versions: pa.Table, held: Mapping[tuple[str, str], list[Row]]
) -> tuple[pa.Table, list[Row]]:
    keep, waiting = [], []
    for at, row in enumerate(versions.select(["source_path", "version_id"]).to_pylist()):
        rows = held.get((row["source_path"], row["version_id"]))
        if rows is None:
            keep.append(at)
        else:
            waiting += rows
    return taken(versions, keep), waiting


def _work(
    connection: duckdb.DuckDBPyConnection,
    wiring: Wiring,
    versions: pa.Table,
    known: frozenset[str],
) -> pa.Table:
    """What the extractor has to read: of `versions`, and of what landed before."""
    schema = DOCUMENT_VERSIONS.arrow_schema
    landed = incremental.landed_keys(connection)
    here = versions.select(["version_id", "published_date"]).to_pylist()
    dates = dict(landed) | {row["version_id"]: row["published_date"] for row in here}
    done = incremental.read_extractions(connection)
    unread = [
        version_id
        for version_id, published in dates.items()
        if incremental.extraction_id(version_id, published, wiring.extractor_version) not in done
        and crash_id(version_id, wiring.extractor_version) not in known
    ]
    own = {row["version_id"]: at for at, row in enumerate(here)}
    earlier = incremental.versions_of(connection, [v for v in unread if v not in own])
    return pa.concat_tables(
        [
            earlier.select(schema.names).cast(schema),
            taken(versions, [own[v] for v in unread if v in own]),
        ]
    )


def _file_rows(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Mapping[str, Any]],
    found: Sequence[Row],
    run_id: str,
    now: dt.datetime,
) -> list[Row]:
    """Rows of quality.files for what was read, where they differ from what is stored."""
    stored = set(
        connection.execute("SELECT source_path, file_hash, outcome FROM quality.files").fetchall()
    )
    bad = {row["source_path"] for row in found}
    rows = []
    for file in files:
        outcome = "quarantined" if file["source_path"] in bad else "admitted"
        key = (file["source_path"], file["file_hash"], outcome)
        if file["was_read"] and key not in stored:
            rows.append(dict(zip(("source_path", "file_hash", "outcome"), key, strict=True)))
            rows[-1] |= {"run_id": run_id, "recorded_at": now}
    return rows
