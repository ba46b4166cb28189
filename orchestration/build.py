"""The definitions, put together from their parts.

Belongs here: `build_defs`, with overrides for tests. Does not belong here: the parts.
"""

from __future__ import annotations

from pathlib import Path

import dagster as dg

from orchestration import project
from orchestration.assets import accuracy, ingest, landing, models, release, volumes
from orchestration.assets import extraction as rows
from orchestration.batches import ParquetBatches
from orchestration.home import Home
from orchestration.jobs import refresh
from orchestration.progress import LOGGER, progress_logger
from orchestration.schedules import nightly
from orchestration.sensors import ended_runs, new_files
from orchestration.settings import Settings
from orchestration.warehouse import Warehouse
from orchestration.wiring import GOLD, Extractor, Wiring, extractor_of


def build_defs(
    *,
    settings: Settings | None = None,
    extractor: Extractor | None = None,
    extractor_version: str | None = None,
    gold: Path | None = None,
) -> dg.Definitions:
    """Everything that Dagster loads. Each part can be replaced and the rest stays real.

    `extractor` and `extractor_version`: in place of what the settings ask for. `gold`: sentences
    that the extractor is measured on; one that is given is not measured on the product's own.

    Needs dbt's manifest: raises ManifestMissingError, which says how to prepare it.
    """
    settings = settings or Settings()
    home = Home.at(settings.home)
    manifest = project.require_manifest(home)
    own, version = extractor_of(settings)
    return definitions_of(
        Wiring(
            settings,
            home,
            manifest,
            extractor or own,
            extractor_version or version,
            gold or (None if extractor else GOLD),
        )
    )


def definitions_of(wiring: Wiring) -> dg.Definitions:
    """The definitions made of these parts."""
    settings, home = wiring.settings, wiring.home
    dbt = models.build(wiring)
    keys = sorted(key for definition in dbt for key in definition.keys)
    return dg.Definitions(
        assets=[
            *ingest.build(wiring),
            *accuracy.build(wiring),
            *rows.build(wiring),
            *volumes.build(wiring),
            *landing.build(wiring),
            *dbt,
            *release.build(wiring, keys),
        ],
        jobs=[refresh],
        schedules=[nightly(wiring)],
        sensors=[new_files(wiring), *ended_runs(wiring)],
        resources={
            "warehouse": Warehouse(
                home=str(home.root), lock_wait_seconds=settings.lock_wait_seconds
            ),
            "batches": ParquetBatches(root=str(home.staging)),
            "dbt": project.resource(home),
        },
        executor=dg.in_process_executor,
        loggers={LOGGER: progress_logger},
    )
