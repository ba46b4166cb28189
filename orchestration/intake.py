"""From the files of a run to the articles that it has to land and to read.

Belongs here: passing what is new through the article gate, and the batch for the next steps. Does
not belong here: reading files (`ingest`), reading texts (`extraction`), Dagster.
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
from orchestration.comparison import Comparison, compare
from orchestration.ingest import FileProblem, RawArticle
from orchestration.report import SetAside
from orchestration.tables import CHECK_RESULTS, DOCUMENT_VERSIONS, FILES, QUARANTINE
from orchestration.verdicts import admitted, held_rows
from orchestration.wiring import Wiring

Row = dict[str, Any]


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
    batch: Batch,
    run_id: str,
    now: dt.datetime,
    *,
    look_only: bool = False,
) -> Intake:
    """Compare and check what `raw_articles` read. `look_only`: without the gate, which is slow."""
    raw = [RawArticle(**row) for row in batch["articles"].to_pylist()]
    problems = [FileProblem(**row) for row in batch["problems"].to_pylist()]
    files = batch["files"].to_pylist()
    told = compare(connection, wiring, raw, problems, files, run_id, now)
    intake = Intake(unchanged=told.unchanged, versions=told.candidates)
    found = list(told.found)
    if not look_only:
        found += _pass_gate(intake, run_id, now)
    intake.new = sum(v in told.new for v in intake.versions.column("version_id").to_pylist())
    _sort_out(intake, told, found)
    intake.work = incremental.work(
        connection, intake.versions, wiring.extractor_version, told.known
    )
    intake.files = _file_rows(connection, files, found, run_id, now)
    return intake


def _pass_gate(intake: Intake, run_id: str, now: dt.datetime) -> list[Row]:
    """Keep what the article gate admits in `intake.versions`; return what it holds."""
    candidates = intake.versions
    if not candidates.num_rows:
        return []
    intake.verdict = evaluate("articles", candidates.to_pandas(types_mapper=pd.ArrowDtype))
    held = held_rows(intake.verdict)
    intake.versions = admitted(candidates, intake.verdict)
    positions = sorted({failure["row_position"] for failure in held})
    by_position = dict(zip(positions, taken(candidates, positions).to_pylist(), strict=True))
    return [quarantine.of_article(by_position[f["row_position"]], f, run_id, now) for f in held]


def _sort_out(intake: Intake, told: Comparison, found: Sequence[Row]) -> None:
    for row in quarantine.distinct(found):
        if row["quarantine_id"] in told.known:
            intake.still.append(quarantine.set_aside(row, is_new=False))
        else:
            intake.quarantine.append(row)


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
