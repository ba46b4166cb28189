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
from orchestration import incremental, quarantine, run_evidence, waivers
from orchestration.batches import Batch, to_table
from orchestration.checks import result_rows
from orchestration.comparison import Comparison, compare
from orchestration.ingest import FileProblem, RawArticle
from orchestration.judging import Failure, judged
from orchestration.redrive import Redrive, redrive_of
from orchestration.report import SetAside
from orchestration.settling import LOOKED_AT, STILL, WAIVED, Sightings, changes
from orchestration.tables import CHECK_RESULTS, DOCUMENT_VERSIONS, FILES, QUARANTINE, WAIVERS
from orchestration.verdicts import admitted
from orchestration.waivers import Waiver
from orchestration.wiring import Wiring

Row = dict[str, Any]


@dataclass(slots=True)
class Intake:
    """What one run found in its files."""

    new: int = 0
    unchanged: int = 0
    versions: pa.Table = field(default_factory=DOCUMENT_VERSIONS.arrow_schema.empty_table)
    """To be landed: new texts, known texts with a new description, articles judged again."""
    dropped: list[str] = field(default_factory=list)
    """version_id of landed articles that the gate holds now: their waiver is over."""
    work: pa.Table = field(default_factory=DOCUMENT_VERSIONS.arrow_schema.empty_table)
    """To be read by the extractor; landed already or in `versions`."""
    quarantine: list[Row] = field(default_factory=list)
    """What is set aside for the first time, or again, or with other evidence."""
    still: list[SetAside] = field(default_factory=list)
    """What an earlier run set aside and nobody has changed since."""
    waived: list[Row] = field(default_factory=list)
    """Findings of articles that pass under a waiver, with its `waiver_id`."""
    blocking: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    looked_at: list[Row] = field(default_factory=list)
    verdict: Verdict | None = None
    judged: pa.Table | None = None
    """The articles that the verdict is about."""
    waivers: list[Row] = field(default_factory=list)
    """Rows of quality.waivers."""
    is_news: bool = False
    """Whether waivers or states of findings change though no article does, or a person wants the
    whole batch judged again."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing in it is new."""
        tables = (self.versions.num_rows, self.work.num_rows)
        return not any((*tables, self.quarantine, self.files, self.dropped, self.is_news))

    def to_batch(self, run_id: str, now: dt.datetime) -> Batch:
        """The tables that the next steps read."""
        checks = result_rows("articles", self.verdict, run_id, now)
        return {
            "versions": self.versions,
            "work": self.work,
            "quarantine": to_table(self.quarantine, QUARANTINE.arrow_schema),
            "waived": to_table(self.waived, WAIVED),
            "still": to_table(
                ({"quarantine_id": item.quarantine_id} for item in self.still), STILL
            ),
            "looked_at": to_table(self.looked_at, LOOKED_AT),
            "dropped": pa.table({"version_id": pa.array(self.dropped, pa.string())}),
            "files": to_table(self.files, FILES.arrow_schema),
            "checks": to_table(checks, CHECK_RESULTS.arrow_schema),
            "waivers": to_table(self.waivers, WAIVERS.arrow_schema),
        }


def take_in(
    connection: duckdb.DuckDBPyConnection,
    wiring: Wiring,
    batch: Batch,
    run_id: str,
    now: dt.datetime,
    *,
    given: Sequence[Waiver] = (),
    redrive: Sequence[str] = (),
    look_only: bool = False,
) -> Intake:
    """Compare and check what `raw_articles` read.

    `given`: the waivers; those that hold on the day of `now` count. `redrive`: ids of findings that
    are looked at again. `look_only`: without the gate, which is slow.
    """
    raw = [RawArticle(**row) for row in batch["articles"].to_pylist()]
    problems = [FileProblem(**row) for row in batch["problems"].to_pylist()]
    files = batch["files"].to_pylist()
    holding = waivers.active(given, now.date())
    again = redrive_of(connection, holding, redrive)
    told = compare(connection, wiring, raw, problems, files, run_id, now, again)
    intake = Intake(unchanged=told.unchanged, versions=told.candidates)
    intake.waivers = [waiver.to_row(now.date()) for waiver in given]
    found = list(told.found)
    if not look_only:
        found += _pass_gate(intake, holding, again, run_id, now)
    intake.new = sum(v in told.new for v in intake.versions.column("version_id").to_pylist())
    _sort_out(intake, told, found)
    intake.work = incremental.work(
        connection,
        intake.versions,
        wiring.extractor_version,
        told.held,
        again=again.read_again,
        without=intake.dropped,
    )
    intake.files = _file_rows(connection, files, found, run_id, now)
    intake.looked_at += [{**file, "source_record": None} for file in files if file["was_read"]]
    intake.looked_at = [{name: row[name] for name in LOOKED_AT.names} for row in intake.looked_at]
    gone = batch["gone"].column("source_path").to_pylist()
    intake.looked_at += [dict.fromkeys(LOOKED_AT.names) | {"source_path": name} for name in gone]
    intake.is_news = again.is_whole or _is_news(connection, intake, run_id, now)
    return intake


def _pass_gate(
    intake: Intake, holding: Sequence[Waiver], again: Redrive, run_id: str, now: dt.datetime
) -> list[Row]:
    """Keep what the article gate admits in `intake.versions`; return what it holds."""
    candidates = intake.versions
    if not candidates.num_rows:
        return []
    verdict = evaluate("articles", candidates.to_pandas(types_mapper=pd.ArrowDtype))

    def finding_of(failure: Failure) -> Row:
        article = candidates.slice(int(failure["row_position"]), 1).to_pylist()[0]
        return quarantine.of_article(article, failure, run_id, now)

    result = judged(verdict, finding_of, holding)
    intake.verdict, intake.waived, intake.blocking = result.verdict, result.waived, result.blocking
    intake.judged = candidates
    intake.versions = admitted(candidates, result.verdict)
    _drop(intake, candidates, again)
    return result.held


def _drop(intake: Intake, candidates: pa.Table, again: Redrive) -> None:
    """Note what was judged again, and which of it has to leave the landing tables."""
    passed = set(intake.versions.column("version_id").to_pylist())
    columns = ["version_id", *LOOKED_AT.names]
    for row in candidates.select(columns).to_pylist():
        if row["version_id"] in again.judged_again:
            intake.looked_at.append(row)
            if row["version_id"] not in passed:
                intake.dropped.append(row["version_id"])


def _sort_out(intake: Intake, told: Comparison, found: Sequence[Row]) -> None:
    for row in quarantine.distinct(found):
        if told.held.get(row["quarantine_id"]) == row["fingerprint"]:
            intake.still.append(run_evidence.set_aside(row, is_new=False))
        else:
            intake.quarantine.append(row)


def _file_rows(
    connection: duckdb.DuckDBPyConnection,
    files: Sequence[Mapping[str, Any]],
    found: Sequence[Row],
    run_id: str,
    now: dt.datetime,
) -> list[Row]:
    """Rows of quality.files for what was read, or set aside though it was not read again, where
    they differ from what is stored."""
    stored = set(
        connection.execute("SELECT source_path, file_hash, outcome FROM quality.files").fetchall()
    )
    bad = {row["source_path"] for row in found}
    read = [(file["source_path"], file["file_hash"]) for file in files if file["was_read"]]
    unread = [(row["source_path"], row["file_hash"]) for row in found if row["file_hash"]]
    rows = []
    for path, digest in dict.fromkeys((*read, *unread)):
        key = (path, digest, "quarantined" if path in bad else "admitted")
        if key not in stored:
            rows.append(dict(zip(("source_path", "file_hash", "outcome"), key, strict=True)))
            rows[-1] |= {"run_id": run_id, "recorded_at": now}
    return rows


def _is_news(
    connection: duckdb.DuckDBPyConnection, intake: Intake, run_id: str, now: dt.datetime
) -> bool:
    """Whether waivers were given or taken back, or states of findings change."""
    rows = to_table(intake.waivers, WAIVERS.arrow_schema).drop_columns(["state"])
    stored = connection.execute("SELECT * EXCLUDE (state) FROM quality.waivers").to_arrow_table()
    if rows.to_pylist() != stored.cast(rows.schema).to_pylist():
        return True
    tables = intake.to_batch(run_id, now)
    seen = Sightings(
        held=tables["quarantine"],
        waived=tables["waived"],
        still=tables["still"],
        files=tables["looked_at"],
    )
    return bool(changes(connection, seen, run_id, now).num_rows)
