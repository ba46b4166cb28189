"""How a dbt project of this house is made, checked over its manifest."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from warehouse_build import PROJECT, Built

MODELS = PROJECT / "models"
_LAYER = {"stg_": "staging", "dim_": "marts", "fct_": "marts", "bridge_": "marts", "rpt_": "marts"}
_UPSTREAM = {"staging": {"source", "stg_"}, "marts": {"stg_", "dim_", "fct_", "bridge_", "seed"}}


@pytest.fixture(scope="module")
def models(built: Built) -> dict[str, dict[str, Any]]:
    nodes = built.manifest["nodes"].values()
    return {n["name"]: n for n in nodes if n["resource_type"] == "model"}


def prefix_of(name: str) -> str:
    return name.split("_", 1)[0] + "_"


def test_every_model_has_the_prefix_of_its_folder(models: dict[str, Any]) -> None:
    wrong = [n for n, m in models.items() if _LAYER.get(prefix_of(n)) != m["fqn"][1]]
    assert wrong == []


def test_every_model_begins_its_description_with_the_grain(models: dict[str, Any]) -> None:
    assert [n for n, m in models.items() if not m["description"].startswith("One row per ")] == []


def test_every_column_of_a_model_is_described(models: dict[str, Any]) -> None:
    bare = [
        f"{name}.{column['name']}"
        for name, model in models.items()
        for column in model["columns"].values()
        if not column["description"].strip()
    ]
    assert bare == []


def test_every_mart_has_an_enforced_contract_and_a_primary_key(models: dict[str, Any]) -> None:
    def has_key(model: dict[str, Any]) -> bool:
        columns = [c for column in model["columns"].values() for c in column["constraints"]]
        return any(c["type"] == "primary_key" for c in [*columns, *model["constraints"]])

    marts = {n: m for n, m in models.items() if m["schema"] == "marts"}
    assert [n for n, m in marts.items() if not (m["contract"]["enforced"] and has_key(m))] == []


def test_every_staging_model_tests_its_key(built: Built, models: dict[str, Any]) -> None:
    """Views have no constraints; nested columns taken apart have no key of one column."""
    tested = {
        built.manifest["nodes"][test["attached_node"]]["name"]
        for test in built.manifest["nodes"].values()
        if test["resource_type"] == "test" and test["test_metadata"]["name"] == "unique"
    }
    nested = {"stg_claimants", "stg_participants"}
    assert {n for n in models if n.startswith("stg_")} - nested <= tested


def test_every_foreign_key_of_a_mart_has_a_relationships_test(
    built: Built, models: dict[str, Any]
) -> None:
    tests = [
        test
        for test in built.manifest["nodes"].values()
        if test["resource_type"] == "test" and test["test_metadata"]["name"] == "relationships"
    ]
    tested = {
        (built.manifest["nodes"][t["attached_node"]]["name"], t["column_name"]) for t in tests
    }
    keys = {"document_id", "version_id", "current_version_id", "publisher_id", "source_id"}
    keys |= {"actor_id", "place_id", "event_type_id", "unit", "date_from", "date_to"}
    keys |= {"published_date", "event", "reference", "equivalent_of", "figure"}
    untested = [
        f"{name}.{column['name']}"
        for name, model in models.items()
        if model["schema"] == "marts"
        for column in model["columns"].values()
        if column["name"] in keys
        and not any(c["type"] == "primary_key" for c in column["constraints"])
        and (name, column["name"]) not in tested
    ]
    assert untested == []


def test_models_read_only_the_layer_before_them(built: Built, models: dict[str, Any]) -> None:
    """A mart that reads a source skips the choice of the current extraction."""
    wrong = []
    for name, model in models.items():
        for parent in model["depends_on"]["nodes"]:
            kind, _, rest = parent.partition(".")
            upstream = prefix_of(rest.split(".")[-1]) if kind == "model" else kind
            if upstream not in _UPSTREAM[model["fqn"][1]]:
                wrong.append(f"{name} reads {parent}")
    assert wrong == []


def test_every_source_table_is_the_asset_that_loads_it(built: Built) -> None:
    keys = {
        source["name"]: source["config"]["meta"]["dagster"]["asset_key"]
        for source in built.manifest["sources"].values()
    }
    assert keys == {name: ["landing", name] for name in keys}
    assert set(keys) == {"document_versions", "extractions", "figures", "events", "numbers"}


@pytest.mark.parametrize("folder", ["staging", "marts"])
def test_each_sql_file_has_a_yml_of_its_own_beside_it(folder: str) -> None:
    files = {p.stem for p in (MODELS / folder).glob("*.sql")}
    documented: dict[str, list[str]] = {}
    for page in (MODELS / folder).glob("*.yml"):
        entries = yaml.safe_load(page.read_text(encoding="utf-8")).get("models", [])
        documented[page.stem] = [entry["name"] for entry in entries]
    assert {stem: names for stem, names in documented.items() if names} == {
        stem: [stem] for stem in sorted(files)
    }


@pytest.mark.parametrize(
    "path", sorted(MODELS.rglob("*.sql")), ids=lambda path: str(Path(path).stem)
)
def test_a_model_is_short_enough_to_read_at_once(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 75
