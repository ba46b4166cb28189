"""The published file can be read and nothing else; slips are helped."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from command_line import publish_by_hand

from orchestration.cli.query import QueryError, connect, fetch, run
from orchestration.cli.tables import describe
from orchestration.home import Home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    made = Home.at(tmp_path_factory.mktemp("home"))
    publish_by_hand(made.published_db, "INSERT INTO marts.fct_figure (row_id) VALUES ('r1')")
    return made


@pytest.fixture
def connection(home: Home) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(home) as opened:
        yield opened


def answers(connection: duckdb.DuckDBPyConnection, query: str) -> list[tuple[object, ...]]:
    return [
        row for result in run(connection, query) for batch in fetch(result, 100) for row in batch
    ]


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO fct_figure (row_id) VALUES ('x')",
        "UPDATE fct_figure SET value = 1",
        "DELETE FROM quality.releases",
        "DROP TABLE fct_figure",
        "CREATE TABLE marts.x AS SELECT 1",
        "CREATE OR REPLACE VIEW marts.v AS SELECT 1",
        "ALTER TABLE fct_figure ADD COLUMN x INT",
        "COMMENT ON TABLE fct_figure IS 'x'",
        "COPY fct_figure TO 'out.csv'",
        "COPY fct_figure FROM 'in.csv'",
        "EXPORT DATABASE 'out'",
        "IMPORT DATABASE 'in'",
        "ATTACH 'other.duckdb'",
        "ATTACH ':memory:' AS m; CREATE TABLE m.x AS FROM read_text('secret.txt')",
        "SELECT * FROM read_text('secret.txt')",
        "SELECT * FROM read_blob('secret.txt')",
        "SELECT * FROM read_csv('secret.txt')",
        "SELECT * FROM read_parquet('secret.txt')",
        "FROM 'secret.txt'",
        "SELECT * FROM glob('*')",
        "SELECT * FROM read_csv('https://wire.example/x.csv')",
        "SELECT * FROM sniff_csv('secret.txt')",
        "SELECT getenv('HOME')",
        "INSTALL httpfs",
        "LOAD httpfs",
        "CREATE SECRET (TYPE s3)",
        "SET enable_external_access = true",
        "SET temp_directory = '.'",
        "RESET lock_configuration",
        "PRAGMA enable_profiling = 'json'",
        "SELECT 1; DROP TABLE fct_figure",
        "FROM home",
    ],
)
def test_what_only_a_writer_may_do_is_refused(
    home: Home,
    connection: duckdb.DuckDBPyConnection,
    query: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "secret.txt").write_text("secret")
    before = home.published_db.read_bytes()
    with pytest.raises(QueryError) as refused:
        answers(connection, query)
    assert str(refused.value)
    assert home.published_db.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["secret.txt"]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT row_id FROM fct_figure",
        "SELECT row_id FROM marts.fct_figure",
        "WITH r AS (FROM releases) SELECT count(*) FROM r",
        "SHOW TABLES",
        "DESCRIBE fct_figure",
        "EXPLAIN FROM fct_figure",
        "CREATE TEMP TABLE t AS FROM fct_figure; FROM t",
    ],
)
def test_what_a_reader_may_do_works(connection: duckdb.DuckDBPyConnection, query: str) -> None:
    assert answers(connection, query)


@pytest.mark.parametrize(
    ("query", "message", "hint"),
    [
        ("FROM fct_figures", "There is no table fct_figures. Did you mean fct_figure?", "LINE 1"),
        ("FROM marts.figure", "Did you mean fct_figure", ""),
        ("FROM release", "Did you mean quality.releases", ""),
        ("SELECT valu FROM fct_figure", "Did you mean value (in fct_figure)", "LINE 1"),
        ("SELECT f.valu FROM fct_figure f", "Did you mean value (in fct_figure)", ""),
        ("SELECT rule_id FROM fct_figure", "Did you mean rule_id (in quarantine_now)", ""),
        ("SELEC 1", 'syntax error at or near "SELEC"', "SELEC 1"),
        ("SELECT 1 / 'x'", "Could not convert string 'x'", ""),
        ("DROP TABLE fct_figure", "can only be read", "dispatches refresh"),
        ("COPY fct_figure TO 'x.csv'", "no files", "--format csv"),
    ],
)
def test_a_query_with_a_slip_is_helped(
    connection: duckdb.DuckDBPyConnection, query: str, message: str, hint: str
) -> None:
    with pytest.raises(QueryError) as helped:
        answers(connection, query)
    assert message in str(helped.value)
    assert hint in helped.value.next_step


def test_dot_commands_explain_the_tables(connection: duckdb.DuckDBPyConnection) -> None:
    tables = {row[0] for row in answers(connection, describe(connection, ".tables"))}
    assert {"fct_figure", "quality.quarantine"} <= tables
    columns = [row[0] for row in answers(connection, describe(connection, ".columns fct_figure"))]
    assert columns[:2] == ["row_id", "text"]


@pytest.mark.parametrize(
    ("command", "hint"), [(".columns fct_figur", "fct_figure"), (".nothing", "no command .nothing")]
)
def test_a_dot_command_with_a_slip_is_helped(
    connection: duckdb.DuckDBPyConnection, command: str, hint: str
) -> None:
    with pytest.raises(QueryError, match=hint):
        describe(connection, command)
