"""The command line as a person and as a program meet it: exit codes, streams, words."""

from __future__ import annotations

import csv
import io
import json
import sys
from pathlib import Path

import pytest
from command_line import CommandLine, publish_by_hand

from orchestration.home import Home, refresh_lock

ARTICLE = (
    "GENEVA, May 2 — Aid workers said on Thursday that at least 30 people had been wounded.\n"
    "The ministry put the number at 12. About 5,000 residents have left the valley."
)


@pytest.fixture
def dispatches(tmp_path: Path) -> CommandLine:
    return CommandLine(tmp_path)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A command line whose home holds a small published file."""
    command_line = CommandLine(tmp_path_factory.mktemp("published"))
    publish_by_hand(
        command_line.published,
        "INSERT INTO marts.fct_figure VALUES "
        "('r1', '30 people', 30, 30, ['a', 'b'], '2024-05-02'), "
        "('r2', E'[bold]\\x1b[2J5,000', 5000.5, NULL, [], NULL)",
        "COMMENT ON COLUMN marts.fct_figure.low IS 'Lower bound'",
        "INSERT INTO quality.releases BY NAME SELECT 4 AS release_number, 'run' AS run_id, "
        "TIMESTAMPTZ '2024-05-03 02:00:00Z' AS published_at, '0.1.0' AS extractor_version, "
        "7 AS document_count, 20 AS event_count, 30 AS figure_count, 40 AS number_count",
        "INSERT INTO quality.quarantine BY NAME SELECT 'q' AS quarantine_id, 'file' AS gate, "
        "'broken_json' AS rule, E'a\\x1b[2J.json' AS source_path, 'It breaks off.' AS reason, "
        "'Correct it.' AS next_step, 'run' AS run_id, now() AS recorded_at",
    )
    return command_line


# --- help and usage -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "command",
    [
        *("refresh", "extract", "sql", "ui", "status", "quarantine", "waive"),
        *("quarantine list", "quarantine show", "quarantine redrive", "quarantine reject"),
        *("waive add", "waive list", "waive revoke"),
        *("release", "release list", "release show", "release diff"),
        *("release rollback", "release keep"),
    ],
)
def test_help_shows_examples(dispatches: CommandLine, command: str) -> None:
    done = dispatches(*command.split(), "--help")
    assert done.returncode == 0
    assert f"dispatches {command}" in done.stdout
    assert "Examples" in done.stdout
    assert done.stderr == ""


def test_help_answers_at_once(dispatches: CommandLine) -> None:
    """No import of a second stands before it; a clock would measure how busy the machine is."""
    program = (
        "import sys; from orchestration.cli.app import app; app(['--help'], standalone_mode=False);"
        "slow = {'dagster', 'duckdb', 'extraction', 'pandas', 'pyarrow', 'pydantic', 'spacy'};"
        "sys.exit(', '.join(sorted(slow & set(sys.modules))) or 0)"
    )
    done = dispatches.run([sys.executable, "-c", program])
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param(["bogus"], id="no such command"),
        pytest.param(["refresh", "NOSUCH"], id="no such file to refresh"),
        pytest.param(["refresh"], id="no folder raw"),
        pytest.param(["extract", "NOSUCH"], id="no such file to extract"),
        pytest.param(["extract"], id="no file to extract"),
        pytest.param(["extract", "a", "--published", "May 2"], id="a date in words"),
        pytest.param(["sql", "--format", "xml", "SELECT 1"], id="no such format"),
        pytest.param(["ui", "--port", "0"], id="no such port"),
    ],
)
def test_wrong_usage_exits_with_2_and_says_why(
    dispatches: CommandLine, arguments: list[str]
) -> None:
    done = dispatches(*arguments)
    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_a_setting_that_cannot_be_is_named(dispatches: CommandLine) -> None:
    done = dispatches("status", environment={"DISPATCHES_TIME_ZONE": "Mars/Olympus"})
    assert done.returncode == 2
    assert "DISPATCHES_TIME_ZONE" in done.stderr
    assert "Mars/Olympus" in done.stderr


def test_what_nobody_foresaw_is_one_line_and_a_log(dispatches: CommandLine) -> None:
    dispatches.published.parent.mkdir(parents=True)
    dispatches.published.mkdir()
    done = dispatches("sql", "SELECT 1")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "Traceback" in dispatches("sql", "SELECT 1", "--debug").stderr


# --- sql ------------------------------------------------------------------------------------------


def test_before_the_first_refresh_sql_says_what_to_do(dispatches: CommandLine) -> None:
    done = dispatches("sql", "SELECT 1")
    assert done.returncode == 1
    assert "dispatches refresh" in done.stderr


def test_results_go_to_standard_output_alone(published: CommandLine) -> None:
    done = published("sql", "SELECT text, value FROM fct_figure ORDER BY row_id LIMIT 1")
    assert (done.returncode, done.stdout) == (0, "text       value\n30 people     30\n")
    assert done.stderr == "1 row\n"


def test_csv_is_csv(published: CommandLine) -> None:
    done = published("sql", "--format", "csv", "FROM fct_figure ORDER BY row_id")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert rows[0] == {
        "row_id": "r1",
        "text": "30 people",
        "value": "30",
        "low": "30",
        "flags": '["a", "b"]',
        "seen": "2024-05-02",
    }
    assert rows[1]["low"] == rows[1]["seen"] == ""
    assert done.stderr == ""


def test_jsonl_is_an_object_a_line(published: CommandLine) -> None:
    done = published("sql", "--format", "jsonl", "FROM fct_figure ORDER BY row_id")
    first, second = map(json.loads, done.stdout.splitlines())
    assert first["flags"] == ["a", "b"]
    assert first["seen"] == "2024-05-02"
    assert second["low"] is None
    assert second["text"] == "[bold]\x1b[2J5,000"


@pytest.mark.parametrize("form", ["table", "jsonl"])
def test_no_control_character_of_an_article_reaches_the_terminal(
    published: CommandLine, form: str
) -> None:
    done = published("sql", "--format", form, "FROM fct_figure")
    assert "\x1b" not in done.stdout
    assert "[bold]" in done.stdout


@pytest.mark.parametrize("query", ["DROP TABLE fct_figure", "FROM read_text('secret.txt')"])
def test_sql_reads_the_published_tables_and_nothing_else(
    published: CommandLine, query: str
) -> None:
    (published.folder / "secret.txt").write_text("secret")
    before = published.published.read_bytes()
    done = published("sql", query)
    assert (done.returncode, done.stdout) == (1, "")
    assert "read" in done.stderr
    assert "Traceback" not in done.stderr
    assert published.published.read_bytes() == before


def test_a_query_with_a_slip_is_helped(published: CommandLine) -> None:
    done = published("sql", "FROM fct_figures")
    assert (done.returncode, done.stdout) == (1, "")
    assert "Did you mean fct_figure" in done.stderr


def test_tables_and_columns_explain_themselves(published: CommandLine) -> None:
    assert "fct_figure" in published("sql", ".tables").stdout
    assert "Lower bound" in published("sql", ".columns fct_figure").stdout


def test_a_query_may_be_piped_in(published: CommandLine) -> None:
    done = published("sql", stdin="SELECT 40 + 2 AS answer;\nSELECT 'b' AS other;")
    assert done.stdout == "answer\n    42\nother\nb\n"


def test_nothing_but_rows_is_printed_however_long_it_takes(published: CommandLine) -> None:
    """DuckDB would print a progress bar among the rows after two seconds."""
    query = "SELECT i FROM range(3000000) t(i)"
    lines = published("sql", "--format", "csv", query).stdout.splitlines()
    assert lines == ["i", *map(str, range(3_000_000))]


def test_a_reader_that_has_enough_gets_no_error(published: CommandLine) -> None:
    program = "import sys; sys.stdin.readline()"
    query = "SELECT i FROM range(100000000) t(i)"
    done = published.piped_into([sys.executable, "-c", program], "sql", "--format", "csv", query)
    assert done == (0, "")


# --- status ---------------------------------------------------------------------------------------


def test_status_before_the_first_refresh_says_what_to_do(dispatches: CommandLine) -> None:
    done = dispatches("status")
    assert done.returncode == 0
    assert "Nothing is published yet" in done.stdout
    assert "dispatches refresh" in done.stdout


def test_status_tells_the_release_and_what_was_set_aside(published: CommandLine) -> None:
    done = published("status")
    assert done.returncode == 0
    for expected in (
        "Release 4",
        "2024-05-03",
        "0.1.0",
        "7 documents",
        "broken_json",
        "Correct it",
    ):
        assert expected in done.stdout
    assert "\x1b" not in done.stdout


# --- extract --------------------------------------------------------------------------------------


def test_extract_prints_rows_that_programs_can_read(dispatches: CommandLine) -> None:
    (dispatches.folder / "a.txt").write_text(ARTICLE)
    done = dispatches("extract", "a.txt", "--published", "2024-05-02", "--format", "jsonl")
    assert done.returncode == 0
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["kind"] for row in rows} >= {"figure", "number"}
    assert all(ARTICLE[row["start"] : row["end"]] == row["text"] for row in rows)
    assert done.stderr == ""
    assert not (dispatches.folder / ".dispatches").exists()


def test_extract_prints_tables_for_people(dispatches: CommandLine) -> None:
    (dispatches.folder / "a.txt").write_text(ARTICLE.replace("valley", "\x1b[2Jvalley [red]"))
    done = dispatches("extract", "a.txt")
    assert done.returncode == 0
    assert "at least 30" in done.stdout
    assert "5,000" in done.stdout
    assert "\x1b" not in done.stdout


def test_extract_goes_on_after_a_bad_file(dispatches: CommandLine) -> None:
    (dispatches.folder / "a.txt").write_text(ARTICLE)
    (dispatches.folder / "b.json").write_text("{")
    done = dispatches("extract", "b.json", "a.txt", "--format", "jsonl")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) > 3
    assert "b.json" in done.stderr
    assert "Traceback" not in done.stderr


# --- refresh --------------------------------------------------------------------------------------


def test_a_second_refresh_says_who_is_running(dispatches: CommandLine) -> None:
    (dispatches.folder / "raw").mkdir()
    (dispatches.folder / "raw" / "a.txt").write_text(ARTICLE)
    home = Home.at(dispatches.folder / ".dispatches").create()
    with refresh_lock(home):
        done = dispatches("refresh")
        assert "Running" in dispatches("status").stdout
    assert done.returncode == 1
    assert "another refresh" in done.stdout.lower()
    assert "Traceback" not in done.stdout + done.stderr
