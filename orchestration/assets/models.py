"""The dbt models as assets: staging views, dimensions, facts and their tests.

Belongs here: how dbt's project looks in Dagster, and running `dbt build`. Does not belong here:
models.

Tests on sources stay out of Dagster: shown as checks of the landing tables they would take the
place of the row gate, and dbt would start before it.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

import dagster as dg
from dagster_dbt import (
    DagsterDbtTranslator,
    DagsterDbtTranslatorSettings,
    DbtCliResource,
    dbt_assets,
)

from orchestration.presentation import OWNERS, POOL
from orchestration.progress import advanced
from orchestration.project import target_folder
from orchestration.wiring import Wiring

_BUILT = ("model", "seed", "snapshot")


class Translator(DagsterDbtTranslator):
    """Groups by schema, owners as everywhere, the warehouse's own kinds."""

    def get_asset_spec(
        self, manifest: Mapping[str, Any], unique_id: str, project: Any
    ) -> dg.AssetSpec:
        """The spec of a model with what every asset of the project carries."""
        spec = super().get_asset_spec(manifest, unique_id, project)
        props = self.get_resource_props(manifest, unique_id)
        if props["resource_type"] not in _BUILT:
            return spec
        return spec.replace_attributes(
            group_name=props["schema"], owners=OWNERS, kinds={"dbt", "duckdb"}
        )


def build(wiring: Wiring) -> list[dg.AssetsDefinition]:
    """Every model and seed of the project, built in one step."""
    total = _count(wiring)

    @dbt_assets(
        manifest=wiring.manifest,
        name="models",
        dagster_dbt_translator=Translator(
            DagsterDbtTranslatorSettings(enable_source_tests_as_checks=False)
        ),
        pool=POOL,
    )
    def models(context: dg.AssetExecutionContext, dbt: DbtCliResource) -> Iterator[Any]:
        target = target_folder(wiring.home, context.run_id, wiring.manifest)
        invocation = dbt.cli(["build"], context=context, target_path=target)
        built = 0
        for event in invocation.stream().fetch_row_counts().fetch_column_metadata():
            if isinstance(event, dg.Output | dg.AssetMaterialization | dg.MaterializeResult):
                built += 1
                advanced("models", built, total, "models")
            yield event

    return [models]


def _count(wiring: Wiring) -> int:
    nodes = json.loads(wiring.manifest.read_text(encoding="utf-8"))["nodes"].values()
    return sum(node["resource_type"] in _BUILT for node in nodes)
