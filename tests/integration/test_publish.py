"""Publishing on a small build database of our own: what arrives, and what stays when it can't."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from release_build import MADE_WITH, Shelf, read

from orchestration.home import Home
from orchestration.publish import PublishError, publish
from orchestration.warehouse import Warehouse, WarehouseSchemaError


def _filled(folder: Path) -> Shelf:
    shelf = Shelf.at(folder / "a home")
    shelf.text("d1", "v1")
    shelf.text("d2", "v2")
    shelf.figure("f1", "v1", 9)
    shelf.figure("f2", "v2", 7)
    shelf.do("UPDATE marts.fct_figure SET parts = [{a: 1, b: 'one'}] WHERE row_id = 'f1'")
    return shelf


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return _filled(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Published once and only read."""
    shelf = _filled(tmp_path_factory.mktemp("published"))
    shelf.publish()
    return shelf


def test_the_published_file_holds_marts_and_quality_alone(published: Shelf) -> None:
    query = "SELECT DISTINCT table_schema FROM information_schema.tables ORDER BY 1"
    assert published.ask(query) == [("marts",), ("quality",)]


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
def test_a_reader_finds(published: Shelf, query: str, expected: Sequence[Any]) -> None:
    assert published.ask(query) == expected


def test_nothing_but_the_published_file_is_left_beside_it(shelf: Shelf) -> None:
    (shelf.home.published_db.parent / ".incoming-of-a-run-that-died").touch()
    shelf.publish()
    published = shelf.home.published_db
    assert [p.name for p in published.parent.iterdir()] == [published.name]


def test_a_view_of_something_unpublished_stops_the_publication(shelf: Shelf) -> None:
    shelf.publish()
    before = shelf.home.published_db.read_bytes()
    shelf.do("CREATE VIEW marts.rpt_leak AS SELECT * FROM staging.secret")
    with pytest.raises(PublishError, match=r"marts\.rpt_leak"):
        publish(shelf.home, shelf.judged(), MADE_WITH)
    assert shelf.home.published_db.read_bytes() == before
    assert [folder.name for folder in shelf.home.releases.iterdir()] == ["000001"]


def test_an_open_reader_keeps_what_it_opened(shelf: Shelf) -> None:
    shelf.publish()
    with closing(duckdb.connect(shelf.home.published_db, read_only=True)) as reader:
        shelf.text("d3", "v3")
        shelf.publish()
        assert reader.execute("SELECT count(*) FROM marts.dim_document").fetchall() == [(2,)]
    assert shelf.ask("SELECT count(*) FROM marts.dim_document") == [(3,)]


def test_a_release_that_was_published_but_not_noted_is_taken_back(shelf: Shelf) -> None:
    """The run died after the swap: the next release must not take its number."""
    publish(shelf.home, shelf.judged(), MADE_WITH)
    assert read(shelf.home.build_db, "SELECT count(*) FROM quality.releases") == [(0,)]
    assert shelf.judged()["release_number"] == 2
    shelf.note()
    assert read(shelf.home.build_db, "SELECT release_number FROM quality.releases") == [(1,)]


def test_a_noted_release_counts_on(shelf: Shelf) -> None:
    assert [shelf.publish()["release"] for _ in range(3)] == [1, 2, 3]


def test_a_build_database_of_other_columns_is_refused_by_name(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    with closing(duckdb.connect(home.build_db)) as connection:
        connection.execute("CREATE SCHEMA landing; CREATE TABLE landing.events (row_id VARCHAR)")
    with (
        pytest.raises(WarehouseSchemaError, match=r"landing\.events.*new DISPATCHES_HOME"),
        Warehouse(home=str(home.root)).connect(),
    ):
        pass


def test_a_transaction_that_fails_leaves_no_row(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    warehouse = Warehouse(home=str(home.root))

    def half() -> None:
        with warehouse.transaction() as connection:
            connection.execute(
                "INSERT INTO quality.files VALUES ('a.txt', 'h', 'admitted', 'r', now())"
            )
            raise RuntimeError("the power goes")

    with pytest.raises(RuntimeError, match="power"):
        half()
    assert read(home.build_db, "SELECT count(*) FROM quality.files") == [(0,)]
