"""Publishing on a small build database of our own: what arrives, and what stays when it can't."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest

from orchestration.home import Home
from orchestration.publish import (
    PublishError,
    publish,
    record_release,
    release_row,
    take_back_releases,
)
from orchestration.warehouse import Warehouse, WarehouseSchemaError

MARTS = (
    "CREATE SCHEMA marts",
    "CREATE SCHEMA staging",
    "CREATE TABLE marts.dim_document (document_id VARCHAR PRIMARY KEY, note VARCHAR NOT NULL)",
    "COMMENT ON TABLE marts.dim_document IS 'One row per document; it''s small'",
    "COMMENT ON COLUMN marts.dim_document.note IS 'A note'",
    "INSERT INTO marts.dim_document VALUES ('d1', 'x'), ('d2', 'y')",
    "CREATE TABLE marts.fct_event_mention (row_id VARCHAR)",
    "CREATE TABLE marts.fct_figure "
    '(row_id VARCHAR, "end" BIGINT, parts STRUCT(a INT, b VARCHAR)[])',
    "INSERT INTO marts.fct_figure VALUES ('f1', 9, [{a: 1, b: 'one'}]), ('f2', NULL, NULL)",
    "CREATE TABLE marts.fct_number (row_id VARCHAR)",
    # made in this order, a later view of an earlier name reads one of a later name
    'CREATE VIEW dispatches.marts.rpt_b AS SELECT * FROM "dispatches"."marts"."fct_figure"',
    "CREATE VIEW marts.rpt_a AS SELECT row_id FROM dispatches.marts.rpt_b",
    "COMMENT ON VIEW marts.rpt_a IS 'Figures by id'",
    "CREATE TABLE staging.secret AS SELECT 1 AS one",
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "a home").create()


@pytest.fixture
def warehouse(home: Home) -> Warehouse:
    warehouse = Warehouse(home=str(home.root))
    with warehouse.connect() as connection:
        for statement in MARTS:
            connection.execute(statement)
    return warehouse


def _release(warehouse: Warehouse, run_id: str = "run-1") -> dict[str, Any]:
    with warehouse.connect() as connection:
        return release_row(
            connection,
            run_id=run_id,
            published_at=dt.datetime(2024, 6, 6, tzinfo=dt.UTC),
            extractor_version="9.9",
        )


def _read(path: Path, query: str) -> Sequence[Any]:
    with closing(duckdb.connect(path, read_only=True)) as connection:
        return connection.execute(query).fetchall()


def test_the_published_file_holds_marts_and_quality_alone(home: Home, warehouse: Warehouse) -> None:
    publish(home, _release(warehouse))
    query = "SELECT DISTINCT table_schema FROM information_schema.tables ORDER BY 1"
    assert _read(home.published_db, query) == [("marts",), ("quality",)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        pytest.param(
            "SELECT parts FROM marts.fct_figure ORDER BY row_id",
            [([{"a": 1, "b": "one"}],), (None,)],
            id="nested values and nulls arrive as they were",
        ),
        pytest.param("SELECT count(*) FROM marts.rpt_a", [(2,)], id="a view of a view can be read"),
        pytest.param(
            "SELECT comment FROM duckdb_tables() WHERE table_name = 'dim_document'",
            [("One row per document; it's small",)],
            id="a table keeps its comment",
        ),
        pytest.param(
            "SELECT comment FROM duckdb_views() WHERE view_name = 'rpt_a'",
            [("Figures by id",)],
            id="a view keeps its comment",
        ),
        pytest.param(
            "SELECT comment FROM duckdb_columns() WHERE column_name = 'note'",
            [("A note",)],
            id="a column keeps its comment",
        ),
        pytest.param(
            "SELECT has_primary_key FROM duckdb_tables() WHERE table_name = 'dim_document'",
            [(True,)],
            id="a key stays a key",
        ),
        pytest.param(
            "SELECT release_number, document_count, figure_count FROM quality.releases",
            [(1, 2, 2)],
            id="the release is listed with its counts",
        ),
    ],
)
def test_a_reader_finds(
    home: Home, warehouse: Warehouse, query: str, expected: Sequence[Any]
) -> None:
    publish(home, _release(warehouse))
    assert _read(home.published_db, query) == expected


def test_nothing_but_the_published_file_is_left_beside_it(home: Home, warehouse: Warehouse) -> None:
    died = home.published_db.parent / ".candidate-of-a-run-that-died"
    died.mkdir()
    publish(home, _release(warehouse))
    assert [p.name for p in home.published_db.parent.iterdir()] == [home.published_db.name]


def test_a_view_of_something_unpublished_stops_the_publication(
    home: Home, warehouse: Warehouse
) -> None:
    publish(home, _release(warehouse))
    before = home.published_db.read_bytes()
    with warehouse.connect() as connection:
        connection.execute("CREATE VIEW marts.rpt_leak AS SELECT * FROM staging.secret")
    with pytest.raises(PublishError, match=r"marts\.rpt_leak"):
        publish(home, _release(warehouse, "run-2"))
    assert home.published_db.read_bytes() == before


def test_an_open_reader_keeps_what_it_opened(home: Home, warehouse: Warehouse) -> None:
    publish(home, _release(warehouse))
    with closing(duckdb.connect(home.published_db, read_only=True)) as reader:
        with warehouse.connect() as connection:
            connection.execute("INSERT INTO marts.dim_document VALUES ('d3', 'z')")
        publish(home, _release(warehouse, "run-2"))
        assert reader.execute("SELECT count(*) FROM marts.dim_document").fetchall() == [(2,)]
    assert _read(home.published_db, "SELECT count(*) FROM marts.dim_document") == [(3,)]


def test_a_release_that_was_published_but_not_noted_is_taken_back(
    home: Home, warehouse: Warehouse
) -> None:
    """The run died after the swap: the next release must not take its number."""
    publish(home, _release(warehouse))
    assert _release(warehouse, "run-2")["release_number"] == 1
    with warehouse.connect() as connection:
        take_back_releases(connection, home)
        take_back_releases(connection, home)
    assert _release(warehouse, "run-2")["release_number"] == 2


def test_a_noted_release_counts_on(home: Home, warehouse: Warehouse) -> None:
    release = _release(warehouse)
    publish(home, release)
    with warehouse.connect() as connection:
        record_release(connection, release)
    assert _release(warehouse, "run-2")["release_number"] == 2


def test_a_build_database_of_other_columns_is_refused_by_name(home: Home) -> None:
    with closing(duckdb.connect(home.build_db)) as connection:
        connection.execute("CREATE SCHEMA landing; CREATE TABLE landing.events (row_id VARCHAR)")
    with (
        pytest.raises(WarehouseSchemaError, match=r"landing\.events.*new DISPATCHES_HOME"),
        Warehouse(home=str(home.root)).connect(),
    ):
        pass


def test_a_transaction_that_fails_leaves_no_row(home: Home) -> None:
    warehouse = Warehouse(home=str(home.root))

    def half() -> None:
        with warehouse.transaction() as connection:
            connection.execute(
                "INSERT INTO quality.files VALUES ('a.txt', 'h', 'admitted', 'r', now())"
            )
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError, match="power"):
        half()
    assert _read(home.build_db, "SELECT count(*) FROM quality.files") == [(0,)]
