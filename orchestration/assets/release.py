"""The published warehouse: the release gate, then the swap of the file that readers open.

Belongs here: wiring the gate and the publication into Dagster. Does not belong here: how a file is
published (`publish.py`), or what a release must satisfy (`expectations`).
"""

import datetime as dt
import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import dagster as dg

from orchestration.batches import to_table
from orchestration.blocking import blocked
from orchestration.candidate import judge
from orchestration.checks import check_results, check_specs
from orchestration.datadocs import RunDocs, entries
from orchestration.presentation import OWNERS, POOL, of_table, preview
from orchestration.provenance import named, provenance
from orchestration.publish import publish
from orchestration.release_rows import record_event, take_back
from orchestration.releases import newest_file, prune
from orchestration.run_evidence import set_aside
from orchestration.tables import RELEASES
from orchestration.warehouse import Warehouse
from orchestration.wiring import Wiring

_SHOWN = ("release_number", "published_at", "document_count", "event_count", "figure_count")


def build(wiring: Wiring, models: Sequence[dg.AssetKey]) -> list[dg.AssetsDefinition]:
    """`published_warehouse`, which needs every model and its tests."""

    @dg.multi_asset(
        name="published_warehouse",
        specs=[
            dg.AssetSpec(
                "published_warehouse",
                deps=models,
                group_name="publish",
                kinds={"duckdb"},
                owners=OWNERS,
                description="The file that readers open: marts and quality tables, replaced in one "
                "rename after every gate and test has passed.",
                metadata=of_table(RELEASES, "dispatches.quality.releases"),
            )
        ],
        check_specs=check_specs(["release"]),
        pool=POOL,
    )
    def published_warehouse(
        context: dg.AssetExecutionContext, warehouse: Warehouse
    ) -> Iterator[dg.AssetCheckResult | dg.MaterializeResult[None]]:
        began, now = time.monotonic(), dt.datetime.now(dt.UTC)
        made_with = provenance(wiring)
        with warehouse.connect() as connection:
            release, result = judge(
                connection,
                newest_file(wiring.home),
                now,
                run_id=context.run.run_id,
                extractor_version=wiring.extractor_version,
                **named(made_with),
            )
        verdict = result.verdict
        docs = RunDocs(wiring.home, wiring.settings, context.run.run_id)
        page = docs.suite("release", verdict)
        yield from check_results("release", verdict, page)
        if verdict.blocked:
            raise blocked({"release": verdict}, [*map(set_aside, result.blocking)], docs)
        manifest, counts = publish(wiring.home, release, made_with)
        note(warehouse, wiring)
        yield dg.MaterializeResult(
            metadata={
                "release_number": release["release_number"],
                **{kind: release[f"{kind}_count"] for kind in ("added", "changed", "removed")},
                "waivers": release["waiver_count"],
                **{name.replace(".", "_"): rows for name, rows in counts.items()},
                "bytes": wiring.home.published_db.stat().st_size,
                "seconds": round(time.monotonic() - began, 2),
                **entries(page),
                "file": dg.MetadataValue.path(str(wiring.home.published_db)),
                "changes": changes_by_cause(manifest),
                "manifest": dg.MetadataValue.json(manifest),
                "preview": preview(
                    to_table([release], RELEASES.arrow_schema), _SHOWN, wiring.settings.preview_rows
                ),
            }
        )

    return [published_warehouse]


def note(warehouse: Warehouse, wiring: Wiring) -> None:
    """Note the published release in the build database, and remove releases that are too old."""
    gone = prune(wiring.home, wiring.settings.kept_releases)
    now = dt.datetime.now(dt.UTC)
    with warehouse.connect() as connection:
        take_back(connection, newest_file(wiring.home))
        for number in gone:
            record_event(connection, number, "pruned", now)


def changes_by_cause(manifest: Mapping[str, Any]) -> dg.MetadataValue[Any]:
    """The changes of a release as a Markdown table: one line per table and cause."""
    lines = ["| table | cause | added | changed | removed |", "|---|---|--:|--:|--:|"]
    rows: dict[tuple[str, str], dict[str, int]] = {}
    for change in manifest["changes"]:
        key = (change["table"], change["cause"])
        rows.setdefault(key, {})[change["change"]] = change["rows"]
    for (table, cause), by_change in rows.items():
        cells = (f"{by_change.get(kind, 0):,}" for kind in ("added", "changed", "removed"))
        lines.append(f"| {table} | {cause.replace('_', ' ')} | {' | '.join(cells)} |")
    return dg.MetadataValue.md("\n".join(lines) if rows else "No row of a fact has changed.")
