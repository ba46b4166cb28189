"""The dbt models as assets: staging views, dimensions, facts and their tests.

Belongs here: how dbt's project looks in Dagster, and running `dbt build`. Does not belong here:
models, or what the database says of them afterwards (`relations.py`).

Tests on sources stay out of Dagster: shown as checks of the landing tables they would take the
place of the row gate, and dbt would start before it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import DagsterDbtTranslator, DagsterDbtTranslatorSettings, dbt_assets
from dagster_dbt.errors import DagsterDbtCliRuntimeError

from orchestration.blocking import models_blocked
from orchestration.datadocs import RunDocs
from orchestration.presentation import OWNERS, POOL
from orchestration.progress import advanced, unprinted
from orchestration.project import Dbt, target_folder
from orchestration.relations import described
from orchestration.wiring import Wiring

_BUILT = ("model", "seed", "snapshot")
BUILD = ("build", "--exclude-resource-type", "unit_test")
"""Unit tests hold the models' logic against made-up rows: the project's tests run them, a refresh
has data of its own to test."""
_COUNTED = (*_BUILT, "test")


class Translator(DagsterDbtTranslator):  # type: ignore[misc]
    """Groups by schema, owners as everywhere, the warehouse's own kinds."""

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: Any
    ) -> dg.AssetSpec:
        """The spec of a model with what every asset of the project carries."""
        spec: dg.AssetSpec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if props["resource_type"] not in _BUILT:
            return spec
        return spec.replace_attributes(
            group_name=props["schema"], owners=OWNERS, kinds={"dbt", "duckdb"}
        )


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """Every model and seed of the project, built and tested in one step."""
    nodes = json.loads(wiring.manifest.read_text(encoding="utf-8"))["nodes"]
    total = sum(node["resource_type"] in _COUNTED for node in nodes.values())

    @dbt_assets(  # type: ignore[untyped-decorator]
        manifest=wiring.manifest,
        name="models",
        dagster_dbt_translator=Translator(
            DagsterDbtTranslatorSettings(enable_source_tests_as_checks=False)
        ),
        pool=POOL,
    )
    def models(context: dg.AssetExecutionContext, dbt: Dbt) -> Iterator[Any]:
        target = target_folder(wiring.home, context.run.run_id, wiring.manifest)
        invocation = dbt.cli([*BUILD], context=context, target_path=target)
        events, error = _collected(invocation.stream(), total)
        yield from described(wiring.home, nodes, events)
        if error is not None:
            failed = [e for e in events if isinstance(e, dg.AssetCheckResult) and not e.passed]
            if failed:
                docs = RunDocs(wiring.home, wiring.settings, context.run.run_id)
                raise models_blocked(failed, docs) from error
            raise error

    return [models]


def _collected(
    stream: Iterator[Any], total: int
) -> tuple[list[Any], DagsterDbtCliRuntimeError | None]:
    """All that dbt reports, and its failure if it fails; until it ends, the file is its own."""
    events: list[Any] = []
    while True:
        try:
            with unprinted():
                events.append(next(stream))
        except StopIteration:
            return events, None
        except DagsterDbtCliRuntimeError as error:
            return events, error
        advanced("models", len(events), total, "models and tests")
