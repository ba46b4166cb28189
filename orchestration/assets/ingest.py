"""The first two assets: what the files hold, and which articles are new.

Belongs here: wiring `ingest` and `intake` into Dagster. Does not belong here: what they do.
"""

import datetime as dt
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa
from pydantic import Field

from orchestration import incremental
from orchestration.batches import Batch, to_table
from orchestration.checks import blocked, check_results, check_specs
from orchestration.ingest import (
    FileProblem,
    RawArticle,
    SourceFile,
    discover,
    file_hash,
    read_file,
)
from orchestration.intake import Intake, take_in
from orchestration.presentation import OWNERS, column_schema, of_table, preview
from orchestration.progress import advanced
from orchestration.quarantine import set_aside, write_evidence
from orchestration.record import record_blocked
from orchestration.tables import DOCUMENT_VERSIONS
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

_TEXT = pa.string()
RAW_ARTICLES = pa.schema(
    [
        ("source_path", _TEXT),
        ("source_record", pa.int64()),
        ("source_format", _TEXT),
        ("file_hash", _TEXT),
        ("canonical_url", _TEXT),
        ("title", _TEXT),
        ("publisher", _TEXT),
        ("published_date", pa.date32()),
        ("published_source", _TEXT),
        ("language", _TEXT),
        ("text", _TEXT),
        ("record_key", _TEXT),
    ]
)
_DESCRIPTIONS = {
    "source_path": "The file as given, relative to the folder that was read",
    "source_record": "Line of a .jsonl file, place in a .json list, 1-based",
    "source_format": "txt, html, json or jsonl",
    "file_hash": "SHA-256 of the file's bytes, and of the description beside it",
    "canonical_url": "The article's own address, where it gives one",
    "title": "Headline",
    "publisher": "Who published it",
    "published_date": "Publication date; never invented",
    "published_source": "sidecar, html, json, or why there is no date",
    "language": "Declared language, where the file gives one",
    "text": "The text as the file gives it, not cleaned",
    "record_key": "What names the record inside its file",
}
_PROBLEMS = pa.schema(
    [
        ("rule", _TEXT),
        ("source_path", _TEXT),
        ("source_record", pa.int64()),
        ("reason", _TEXT),
        ("observed", _TEXT),
        ("evidence", _TEXT),
        ("next_step", _TEXT),
        ("file_hash", _TEXT),
    ]
)
_FILES = pa.schema(
    [
        ("source_path", _TEXT),
        ("file_hash", _TEXT),
        ("articles", pa.int64()),
        ("was_read", pa.bool_()),
    ]
)
_SHOWN = ("source_path", "publisher", "published_date", "title")


class RawArticlesConfig(dg.Config):
    """What to read."""

    paths: list[str] = Field(default=[], description="Files and folders; none = the raw folder")


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """`raw_articles` and `articles`."""
    return [_raw_articles(wiring), _articles(wiring)]


def _raw_articles(wiring: Wiring) -> dg.AssetsDefinition:
    @dg.asset(
        group_name="ingest",
        kinds={"python", "parquet"},
        owners=OWNERS,
        io_manager_key="batches",
        description="Articles of the files that are new or changed, as their files give them; "
        "what can't be read is listed with its reason.",
        metadata={
            "dagster/table_name": "staging.raw_articles",
            "dagster/column_schema": column_schema(RAW_ARTICLES, _DESCRIPTIONS),
            "grain": "One row per article of a file that is read in this run",
        },
    )
    def raw_articles(config: RawArticlesConfig, warehouse: Warehouse) -> dg.Output[Batch]:
        began = time.monotonic()
        with warehouse.connect() as connection:
            known = incremental.seen(connection).admitted_files
        paths = [Path(path) for path in config.paths] or [wiring.settings.raw]
        batch = _read(discover(paths, wiring.settings), known, wiring)
        return dg.Output(
            batch,
            metadata={
                "files": batch["files"].num_rows,
                "files_read": sum(batch["files"].column("was_read").to_pylist()),
                "articles": batch["articles"].num_rows,
                "quarantined": batch["problems"].num_rows,
                "seconds": round(time.monotonic() - began, 2),
                "preview": preview(batch["articles"], _SHOWN, wiring.settings.preview_rows),
            },
        )

    return raw_articles


def _read(
    sources: Sequence[SourceFile], known: dict[tuple[str, str], int], wiring: Wiring
) -> Batch:
    articles: list[RawArticle] = []
    problems: list[FileProblem] = []
    files: list[dict[str, Any]] = []
    for done, source in enumerate(sources, 1):
        digest = source.problem.file_hash if source.problem else file_hash(source, wiring.settings)
        there = known.get((source.source_path, digest))
        if there is None:
            found, wrong = read_file(source, wiring.settings)
            articles += found
            problems += wrong
        files.append(
            {
                "source_path": source.source_path,
                "file_hash": digest,
                "articles": there or 0,
                "was_read": there is None,
            }
        )
        advanced("raw_articles", done, len(sources), "files")
    return {
        "articles": to_table(map(asdict, articles), RAW_ARTICLES),
        "problems": to_table(map(asdict, problems), _PROBLEMS),
        "files": to_table(files, _FILES),
    }


def _articles(wiring: Wiring) -> dg.AssetsDefinition:
    @dg.multi_asset(
        name="articles",
        outs={
            "articles": dg.AssetOut(
                key="articles",
                is_required=False,
                io_manager_key="batches",
                group_name="ingest",
                kinds={"python", "greatexpectations", "parquet"},
                owners=OWNERS,
                description="Articles whose text or description is new, cleaned, named by content "
                "and past the article gate. Nothing new: the steps after it are skipped.",
                metadata=of_table(DOCUMENT_VERSIONS, "staging.articles"),
            )
        },
        check_specs=check_specs(["articles"]),
        can_subset=True,
    )
    def articles(
        context: dg.AssetExecutionContext, raw_articles: Batch, warehouse: Warehouse
    ) -> Iterator[dg.AssetCheckResult | dg.Output[Batch]]:
        began, now = time.monotonic(), dt.datetime.now(dt.UTC)
        with warehouse.connect() as connection:
            intake = take_in(
                connection,
                wiring,
                [RawArticle(**row) for row in raw_articles["articles"].to_pylist()],
                [FileProblem(**row) for row in raw_articles["problems"].to_pylist()],
                raw_articles["files"].to_pylist(),
                context.run_id,
                now,
            )
            unfinished = incremental.awaits_publishing(connection, wiring.home)
        aside = [*map(set_aside, intake.quarantine), *intake.still]
        write_evidence(wiring.home, context.run_id, aside)
        counts = _counts(intake, began)
        if intake.is_empty and not unfinished:
            context.log.info("Nothing new: no step after this one has anything to do.")
            context.log_event(dg.AssetObservation("articles", metadata=counts))
            return
        yield from check_results("articles", intake.verdict)
        if intake.verdict is not None and intake.verdict.blocked:
            record_blocked(warehouse, {"articles": intake.verdict}, context.run_id, now)
            raise blocked({"articles": intake.verdict}, aside)
        shown = preview(intake.versions, _SHOWN, wiring.settings.preview_rows)
        yield dg.Output(
            intake.to_batch(context.run_id, now),
            output_name="articles",
            metadata={**counts, "resumes_a_cut_run": unfinished, "preview": shown},
        )

    return articles


def _counts(intake: Intake, began: float) -> dict[str, Any]:
    return {
        "articles_new": intake.new,
        "articles_unchanged": intake.unchanged,
        "articles_quarantined": len(intake.quarantine) + len(intake.still),
        "to_extract": intake.work.num_rows,
        "seconds": round(time.monotonic() - began, 2),
    }
