"""What Dagster loads: it holds together, runs by itself, and explains itself in the UI."""

from __future__ import annotations

from pathlib import Path

import dagster as dg
import pytest
import yaml

from orchestration import project
from orchestration.assets.landing import LANDED
from orchestration.assets.models import Translator
from orchestration.build import build_defs
from orchestration.checks import CHECKED_ASSETS, check_specs
from orchestration.home import Home
from orchestration.jobs import REFRESH
from orchestration.settings import Settings
from orchestration.wiring import Wiring

GROUPS = {"ingest", "extraction", "landing", "staging", "marts", "publish"}
STEPS = [
    *("raw_articles", "articles", "accuracy", "extraction", "volumes"),
    *("landing", "models", "published_warehouse"),
]


def _specs(definitions: dg.Definitions) -> list[dg.AssetSpec]:
    graph = definitions.resolve_asset_graph()
    keys = sorted(graph.materializable_asset_keys)
    return [graph.get(key).to_asset_spec() for key in keys]


def test_definitions_are_loadable(definitions: dg.Definitions) -> None:
    dg.Definitions.validate_loadable(definitions)


@pytest.mark.parametrize(
    "has",
    [
        pytest.param(lambda s: bool(s.kinds), id="kinds"),
        pytest.param(lambda s: bool(s.owners), id="owners"),
        pytest.param(lambda s: s.group_name in GROUPS, id="a group of the flow"),
        pytest.param(lambda s: bool(s.description), id="a description"),
        pytest.param(lambda s: bool(s.metadata.get("dagster/table_name")), id="a table name"),
        pytest.param(lambda s: bool(s.metadata["dagster/column_schema"].columns), id="columns"),
    ],
)
def test_every_asset_has(definitions: dg.Definitions, has) -> None:
    assert [s.key.to_user_string() for s in _specs(definitions) if not has(s)] == []


def test_assets_flow_from_files_to_the_published_file(definitions: dg.Definitions) -> None:
    graph = definitions.resolve_asset_graph()
    upstream = graph.get_ancestor_asset_keys(dg.AssetKey("published_warehouse"))
    named = {key.to_user_string() for key in upstream}
    assert {"raw_articles", "articles", "figure_rows", "landing/figures"} <= named
    assert {"marts/fct_figure", "marts/fct_event_mention", "marts/dim_document"} <= named


def test_the_refresh_job_runs_everything_in_one_process(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def(REFRESH)
    assert {node.name for node in job.nodes} == set(STEPS)
    assert job.executor_def.name == "in_process"
    assert {hook.name for hook in job.hook_defs} == {"plain_failure_message"}


def test_steps_that_write_share_the_one_slot(definitions: dg.Definitions) -> None:
    job = definitions.resolve_job_def(REFRESH)
    pooled = {node.name for node in job.nodes if "duckdb" in node.definition.pools}
    assert pooled == {"landing", "models", "published_warehouse"}
    template = Path(project.__file__).with_name("dagster.yaml").read_text(encoding="utf-8")
    configured = yaml.safe_load(template)
    assert configured["concurrency"]["pools"] == {"default_limit": 1, "granularity": "op"}
    assert configured["telemetry"] == {"enabled": False}


# --- checks ---------------------------------------------------------------------------------------


def test_every_rule_is_a_check_of_its_asset_and_blocks_where_it_says_so() -> None:
    specs = check_specs(CHECKED_ASSETS)
    assert len(specs) > 50
    for spec in specs:
        assert spec.blocking == (spec.metadata["severity"] == "block")
        assert spec.description
        assert spec.metadata["next_step"]


def test_no_dbt_test_stands_as_a_check_of_a_landing_table(definitions: dg.Definitions) -> None:
    """Tests on sources shown as checks would take the place of the row gate."""
    graph = definitions.resolve_asset_graph()
    landing = {dg.AssetKey([table.schema, table.name]) for table in LANDED}
    assert [key for key in graph.asset_check_keys if key.asset_key in landing] == []
    assert Translator().settings.enable_source_tests_as_checks is False


# --- schedule and sensor --------------------------------------------------------------------------


def test_the_nightly_schedule_runs_at_two_in_the_time_zone_of_the_settings(
    definitions: dg.Definitions,
) -> None:
    nightly = definitions.resolve_schedule_def("nightly")
    assert nightly.cron_schedule == "0 2 * * *"
    assert nightly.execution_timezone == "Europe/Kyiv"
    assert nightly.job_name == REFRESH
    assert nightly.default_status == dg.DefaultScheduleStatus.RUNNING


def test_the_nightly_schedule_asks_for_a_run(definitions: dg.Definitions) -> None:
    nightly = definitions.resolve_schedule_def("nightly")
    with dg.instance_for_test() as instance:
        data = nightly.evaluate_tick(dg.build_schedule_context(instance=instance))
    assert len(data.run_requests or []) == 1


def _tick(definitions: dg.Definitions, cursor: str | None = None):
    sensor = definitions.resolve_sensor_def("new_files")
    with dg.instance_for_test() as instance:
        return sensor.evaluate_tick(dg.build_sensor_context(instance=instance, cursor=cursor))


def test_the_sensor_rests_while_there_is_no_file(definitions: dg.Definitions, raw: Path) -> None:
    assert not _tick(definitions).run_requests


def test_the_sensor_asks_once_for_a_new_file(definitions: dg.Definitions, raw: Path) -> None:
    (raw / "new.txt").write_text("Nine people were hurt, police said.", encoding="utf-8")
    data = _tick(definitions)
    assert len(data.run_requests) == 1
    again = _tick(definitions, cursor=data.cursor)
    assert not again.run_requests


def test_the_sensor_asks_again_when_the_file_changes(
    definitions: dg.Definitions, raw: Path
) -> None:
    path = raw / "changing.txt"
    path.write_text("Nine people were hurt, police said.", encoding="utf-8")
    cursor = _tick(definitions).cursor
    path.write_text("Twelve people were hurt, police said now.", encoding="utf-8")
    assert len(_tick(definitions, cursor=cursor).run_requests) == 1


@pytest.mark.parametrize(
    ("watch", "status"),
    [
        pytest.param(True, dg.DefaultSensorStatus.RUNNING, id="on as the settings say"),
        pytest.param(False, dg.DefaultSensorStatus.STOPPED, id="off as the settings say"),
    ],
)
def test_the_sensor_is(wiring: Wiring, watch: bool, status: dg.DefaultSensorStatus) -> None:
    settings = wiring.settings.model_copy(update={"watch_raw": watch})
    sensor = build_defs(settings=settings).resolve_sensor_def("new_files")
    assert sensor.default_status == status


@pytest.mark.parametrize("name", ["finished_runs", "failed_runs"])
def test_what_follows_a_run_is_on_from_the_start_for_every_run(
    definitions: dg.Definitions, name: str
) -> None:
    """A job that somebody starts in the UI is none of this project's, and is told all the same."""
    sensor = definitions.resolve_sensor_def(name)
    assert sensor.default_status == dg.DefaultSensorStatus.RUNNING
    assert isinstance(sensor, dg.RunStatusSensorDefinition)


# --- the manifest ---------------------------------------------------------------------------------


def test_definitions_without_a_manifest_say_how_to_prepare_it(tmp_path: Path) -> None:
    with pytest.raises(project.ManifestMissingError, match=r"python -m orchestration\.project"):
        build_defs(settings=Settings(home=tmp_path))


def test_a_prepared_manifest_is_used_again(wiring: Wiring) -> None:
    before = wiring.manifest.stat().st_mtime_ns
    assert project.prepare(wiring.settings) == wiring.manifest
    assert wiring.manifest.stat().st_mtime_ns == before


def test_changed_models_need_another_manifest(
    wiring: Wiring, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "models").mkdir()
    monkeypatch.setattr(project, "PROJECT", tmp_path)
    paths = []
    for text in ("select 1", "select 2"):
        (tmp_path / "models" / "one.sql").write_text(text, encoding="utf-8")
        paths.append(project.manifest_path(wiring.home))
    assert len({*paths, wiring.manifest}) == 3


def test_a_project_that_dbt_cannot_parse_says_so_in_dbts_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "dbt_project.yml").write_text("name: 7 [", encoding="utf-8")
    monkeypatch.setattr(project, "PROJECT", tmp_path / "project")
    with pytest.raises(project.ProjectError, match="dbt can't parse"):
        project.prepare(Settings(home=tmp_path / "home"))
    assert not list((Home.at(tmp_path / "home").dbt / "manifest").glob("*"))
