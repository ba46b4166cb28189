"""The first two assets: what the files hold, and which articles are new.

Belongs here: wiring `ingest` and `intake` into Dagster. Does not belong here: what they do.
"""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import dagster as dg
from pydantic import Field

from orchestration import incremental
from orchestration.batches import Batch
from orchestration.blocking import blocked
from orchestration.checks import check_results, check_specs
from orchestration.datadocs import RunDocs, entries
from orchestration.docs_site import prune as prune_docs
from orchestration.intake import Intake, take_in
from orchestration.presentation import OWNERS, column_schema, of_table, preview
from orchestration.reading import DESCRIPTIONS, RAW_ARTICLES, read_files
from orchestration.record import record_blocked
from orchestration.redrive import redrive_of
from orchestration.release_rows import take_back
from orchestration.releases import newest_file
from orchestration.run_evidence import set_aside, write_evidence
from orchestration.swap import settle
from orchestration.tables import DOCUMENT_VERSIONS
from orchestration.waiver_file import read_waivers
from orchestration.waivers import active
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

_SHOWN = ("source_path", "publisher", "published_date", "title")


class RawArticlesConfig(dg.Config):
    """What to read."""

    paths: list[str] = Field(default=[], description="Files and folders; none = the raw folder")
    redrive: list[str] = Field(default=[], description="Findings: only their files are read")


class ArticlesConfig(dg.Config):
    """What to look at again."""

    redrive: list[str] = Field(default=[], description="Findings that go through their gate again")


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
            "dagster/column_schema": column_schema(RAW_ARTICLES, DESCRIPTIONS),
            "grain": "One row per article of a file that is read in this run",
        },
    )
    def raw_articles(config: RawArticlesConfig, warehouse: Warehouse) -> dg.Output[Batch]:
        began = time.monotonic()
        given = read_waivers(wiring.settings.waivers)  # a mistake in it stops the run at once
        wiring.home.prune(wiring.settings.kept_runs)
        prune_docs(wiring.home.docs, wiring.settings.kept_runs)
        settle(wiring.home)
        with warehouse.connect() as connection:
            take_back(connection, newest_file(wiring.home))  # of a run that died after the swap
            seen = incremental.seen(connection)
            again = redrive_of(connection, active(given, wiring.clock().date()), config.redrive)
        paths = [Path(path) for path in config.paths]
        batch = read_files(paths, seen, wiring, again.files if config.redrive else None)
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
        context: dg.AssetExecutionContext,
        config: ArticlesConfig,
        raw_articles: Batch,
        warehouse: Warehouse,
    ) -> Iterator[dg.AssetCheckResult | dg.Output[Batch]]:
        began, now = time.monotonic(), wiring.clock()
        given = read_waivers(wiring.settings.waivers)
        with warehouse.connect() as connection:
            intake = take_in(
                connection,
                wiring,
                raw_articles,
                context.run.run_id,
                now,
                given=given,
                redrive=config.redrive,
            )
            unfinished = incremental.awaits_publishing(connection, wiring.home)
        aside = [*map(set_aside, intake.quarantine), *intake.still]
        write_evidence(wiring.home, context.run.run_id, aside)
        counts = _counts(intake, began)
        if intake.is_empty and not unfinished:
            context.log.info("Nothing new: no step after this one has anything to do.")
            context.log_event(dg.AssetObservation("articles", metadata=counts))
            return
        docs = RunDocs(wiring.home, wiring.settings, context.run.run_id)
        page = docs.suite("articles", intake.verdict, intake.judged)
        yield from check_results("articles", intake.verdict, page)
        if intake.verdict is not None and intake.verdict.blocked:
            suites = {"articles": intake.verdict}
            record_blocked(warehouse, suites, context.run.run_id, now, intake.blocking)
            raise blocked(suites, [*map(set_aside, intake.blocking)], docs)
        shown = preview(intake.versions, _SHOWN, wiring.settings.preview_rows)
        yield dg.Output(
            intake.to_batch(context.run.run_id, now),
            output_name="articles",
            metadata={**counts, "resumes_a_cut_run": unfinished, "preview": shown, **entries(page)},
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
