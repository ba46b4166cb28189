"""`dbt build` on landing rows made by hand: the marts hold what the README of the marts says."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pytest
from warehouse_build import PROJECT, Built
from warehouse_sample import Rows, sample_rows

TWELVE, FOURTEEN = "12", "14"


def ask(built: Built, query: str) -> list[tuple[Any, ...]]:
    with duckdb.connect(str(built.database), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_build_succeeds(built: Built) -> None:
    assert built.returncode == 0, built.output
    assert set(built.status.values()) <= {"success", "pass"}


def test_every_figure_with_bounds_what_it_counts_who_says_so_and_the_sentence(built: Built) -> None:
    rows = ask(
        built,
        """
        select text, low, low_inclusive, high, counted, claimant_names, sentence_text
        from marts.fct_figure
        where is_current_version and measure = 'wounded'
        """,
    )
    assert len(rows) == 1
    *figure, sentence = rows[0]
    assert figure == ["14", 14.0, False, None, "sailors", "Ida Holm; Aster Gazette"]
    assert sentence.startswith("More than 14 sailors")


def test_events_by_type_actor_recipient_and_status(built: Built) -> None:
    rows = ask(
        built,
        """
        select event_type, mode, actor_names, recipient_names, status, count(*)
        from marts.fct_event_mention
        where is_current_version
        group by all
        order by event_type
        """,
    )
    assert rows == [
        ("AID", None, "Norland", "Sudland", "occurred", 1),
        ("ASSAULT", "drone", None, "sailors", "occurred", 1),
    ]


def test_a_text_that_was_read_twice_counts_once(built: Built) -> None:
    assert ask(built, "select distinct extractor_version from marts.dim_document_version") == [
        ("2",)
    ]
    assert ask(built, f"select count(*) from marts.fct_figure where text = '{TWELVE}'") == [(1,)]


def test_an_update_leaves_the_first_report_on_record(built: Built) -> None:
    rows = ask(
        built,
        """
        select text, is_current_version from marts.fct_figure
        where measure = 'wounded' order by text
        """,
    )
    assert rows == [(TWELVE, False), (FOURTEEN, True)]


def test_the_document_shows_its_current_version(built: Built) -> None:
    rows = ask(
        built,
        """
        select d.version_count, v.version_number, v.is_current_version
        from marts.dim_document as d
        inner join marts.dim_document_version as v on d.current_version_id = v.version_id
        order by d.version_count
        """,
    )
    assert rows == [(1, 1, True), (2, 2, True)]


def test_a_conveyor_and_a_publisher_of_one_name_are_one_source(built: Built) -> None:
    rows = ask(
        built,
        "select source_name, is_conveyor, is_publisher from marts.dim_source where is_publisher",
    )
    assert rows == [("Aster Gazette", True, True)]


@pytest.mark.parametrize(
    ("table", "key", "dimension"),
    [
        ("fct_figure", "place_id", "dim_place"),
        ("dim_document_version", "publisher_id", "dim_source"),
    ],
    ids=["a figure without a place", "a version without a publisher"],
)
def test_unknown_is_a_member_of_the_dimension(
    built: Built, table: str, key: str, dimension: str
) -> None:
    member = key.replace("publisher", "source")
    found = ask(
        built,
        f"""
        select count(*) from marts.{table} as t
        inner join marts.{dimension} as d on t.{key} = d.{member}
        where t.{key} = 'unknown'
        """,
    )
    assert found[0][0] > 0


def test_spans_slice_back_in_sql(built: Built) -> None:
    moved = ask(
        built,
        """
        select f.row_id from marts.fct_figure as f
        inner join marts.dim_document_version as v using (version_id)
        where substr(v.clean_text, f.start + 1, f."end" - f.start) != f.text
        """,
    )
    assert moved == []


def test_marts_need_nothing_but_themselves(built: Built) -> None:
    """The published file holds only marts: a view over staging would break there."""
    objects = ask(
        built,
        "select table_name, table_type from information_schema.tables where table_schema = 'marts'",
    )
    assert objects
    assert all(kind == "BASE TABLE" for _, kind in objects)


def test_tables_and_columns_carry_their_documentation(built: Built) -> None:
    bare = ask(
        built,
        """
        select table_name, column_name from duckdb_columns()
        where schema_name = 'marts' and comment is null
        """,
    )
    assert bare == []


def _statements(page: Path) -> list[str]:
    blocks = re.findall(r"```sql\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    return [statement for block in blocks for statement in block.split(";\n") if statement.strip()]


_README = _statements(PROJECT / "models" / "marts" / "README.md")


@pytest.mark.parametrize("statement", _README, ids=[s.splitlines()[0] for s in _README])
def test_sql_of_the_marts_readme_runs(built: Built, statement: str) -> None:
    assert ask(built, statement)


@pytest.mark.slow
def test_an_empty_landing_schema_builds(build_with: Callable[[Rows], Built]) -> None:
    built = build_with({name: [] for name in sample_rows()})
    assert built.returncode == 0, built.output
    assert ask(built, "select count(*) from marts.fct_figure") == [(0,)]


@pytest.mark.slow
def test_lost_rows_and_unknown_members_fail_the_build(build_with: Callable[[Rows], Built]) -> None:
    """Without these tests a row could vanish between landing and fact, or join to nothing."""
    rows = sample_rows()
    dropped = rows["numbers"].pop()
    event = next(r for r in rows["events"] if r["event_type"] == "AID")
    event["event_type"] = "FIGHT"
    figure = next(r for r in rows["figures"] if r["unit"] == "tonne")
    figure["unit"] = "stone circle"
    built = build_with(rows)
    failed = {name.split(".")[2] for name, status in built.status.items() if status == "fail"}
    assert built.returncode == 1
    assert dropped["disposition"]
    assert failed == {
        "rows_reconcile_fct_number_number_count",
        "relationships_fct_event_mention_event_type_id__event_type_id__ref_dim_event_type_",
        "relationships_fct_figure_unit__unit__ref_dim_unit_",
    }
