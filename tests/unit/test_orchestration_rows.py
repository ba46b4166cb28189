"""Rows on their way to landing: flattened, freed of pointers to what was set aside, worded."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import dagster as dg
import pandas as pd
import pyarrow as pa
import pytest

from expectations.gate import CheckOutcome, Verdict
from extraction import extract
from extraction.sentences import split_sentences
from orchestration.batches import MissingBatchError, ParquetBatches, to_table
from orchestration.blocking import blocked
from orchestration.checks import check_results
from orchestration.home import Home
from orchestration.hooks import plain_message
from orchestration.presentation import preview
from orchestration.printable import in_cell
from orchestration.quarantine import quarantine_id
from orchestration.readings import KINDS, flat_row
from orchestration.report import SetAside
from orchestration.row_gate import DETACHED, detached
from orchestration.run_evidence import read_evidence, write_evidence
from orchestration.tables import FIGURES, TABLES
from orchestration.verdicts import admitted
from orchestration.warehouse import sql_type

TEXT = "KORVA, June 4 — Some 9,000 miners went on strike on Tuesday, the union said."
KEYS = {"extraction_id": "e", "document_id": "d", "version_id": "v"}


def _rows(kind: str) -> list[dict[str, Any]]:
    sentences = split_sentences(TEXT)
    found = extract(TEXT, dt.date(2024, 6, 4)).to_rows()
    return [flat_row(row, KEYS, sentences) for row in found if row["kind"] == kind]


@pytest.mark.parametrize("kind", KINDS)
def test_rows_of_the_extractor_fit_their_landing_table(kind: str) -> None:
    table = KINDS[kind]
    for row in _rows(kind):
        assert set(row) <= {column.name for column in table.columns}
        assert to_table([row], table.arrow_schema).num_rows == 1


def test_a_row_carries_its_sentence_and_where_that_begins() -> None:
    for row in _rows("figure"):
        start = row["start"] - row["sentence_start"]
        assert row["sentence_text"][start : start + len(row["text"])] == row["text"]


def test_resolved_days_become_dates() -> None:
    row = {"sentence": 0, "date": {"from": "2024-06-04", "to": None, "text": "Tuesday"}}
    flat = flat_row(row, KEYS, split_sentences(TEXT))
    assert (flat["date_from"], flat["date_to"]) == (dt.date(2024, 6, 4), None)


# --- verdicts -------------------------------------------------------------------------------------

TWO = pa.table({"row_id": ["a", "b"], "flags": pa.array([[], []], pa.list_(pa.string()))})


def _verdict(*failures: tuple[str, str, int | None]) -> Verdict:
    rows = [
        {
            "check_name": name,
            "severity": severity,
            "row_position": at,
            "row_id": None,
            "version_id": "v",
            "reason": "It is wrong.",
            "observed": "unit = x | y",
            "next_step": "Correct it.",
        }
        for name, severity, at in failures
    ]
    frame = pd.DataFrame(rows, columns=list(rows[0]))
    outcomes = [
        CheckOutcome("figures", name, severity, False, 2, 1)  # type: ignore[arg-type]
        for name, severity, _ in failures
    ]
    return Verdict(outcomes, frame.astype({"row_position": "Int64"}))


@pytest.mark.parametrize(
    ("failures", "ids", "flags"),
    [
        pytest.param([("n", "warning", 1)], ["a", "b"], [[], ["n"]], id="a warning flags its row"),
        pytest.param([("n", "quarantine", 0)], ["b"], [[]], id="a held row does not go on"),
        pytest.param(
            [("m", "warning", 0), ("n", "quarantine", 0), ("n", "warning", 1)],
            ["b"],
            [["n"]],
            id="flags stay with their rows when others are held",
        ),
        pytest.param([("n", "info", 0)], ["a", "b"], [[], []], id="information changes nothing"),
        pytest.param(
            [("n", "quarantine", None)], ["a", "b"], [[], []], id="a failure of no row holds none"
        ),
    ],
)
def test_admitted(failures: list[Any], ids: list[str], flags: list[list[str]]) -> None:
    table = admitted(TWO, _verdict(*failures))
    assert table.column("row_id").to_pylist() == ids
    assert table.column("flags").to_pylist() == flags
    assert table.schema == TWO.schema


def test_a_block_says_what_how_many_where_and_what_next() -> None:
    evidence = [SetAside("rows", "n", "a.txt", "It is wrong.", "Correct it.", observed="x")]
    failure = blocked({"figures": _verdict(("columns_present", "block", None))}, evidence)
    assert failure.description is not None
    assert failure.description.startswith("Blocked by figures.columns_present: 1 of 2 rows fail.")
    assert "First: x in a.txt." in failure.description
    assert failure.allow_retries is False


def test_a_check_that_could_not_run_stops_the_run_whatever_its_severity() -> None:
    outcome = CheckOutcome("figures", "n", "warning", False, 0, 0, problem="KeyError: 'unit'")
    verdict = Verdict([outcome], _verdict(("m", "info", 0)).failures)
    (result,) = check_results("figures", verdict)
    assert not result.passed
    assert result.severity == dg.AssetCheckSeverity.ERROR
    assert result.description == "Could not run: KeyError: 'unit'"


# --- pointers -------------------------------------------------------------------------------------


def test_a_pointer_to_a_row_that_was_set_aside_is_emptied_and_flagged() -> None:
    figures = [row | {"event": "gone"} for row in _rows("figure")]
    assert figures
    tables = {kind: to_table([], table.arrow_schema) for kind, table in KINDS.items()}
    tables["figure"] = to_table(figures, FIGURES.arrow_schema)
    aside: dict[str, list[dict[str, Any]]] = {
        "event": [{"row_id": "gone"}],
        "figure": [],
        "number": [],
    }
    freed = detached(tables, aside)["figure"]
    assert set(freed.column("event").to_pylist()) == {None}
    assert freed.column("flags").to_pylist() == [[DETACHED]] * len(figures)


def test_pointers_stay_while_nothing_is_set_aside() -> None:
    tables = {kind: to_table(_rows(kind), table.arrow_schema) for kind, table in KINDS.items()}
    assert detached(tables, {kind: [] for kind in KINDS}) == tables


# --- words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        pytest.param(dg.Failure("Blocked by x."), "Blocked by x.", id="a gate's own words stay"),
        pytest.param(
            ValueError("disk full\nsecond line"),
            "Loading the rows failed: disk full",
            id="an error becomes one line that says at what",
        ),
        pytest.param(
            KeyError(), "Loading the rows failed: KeyError", id="a wordless error is named by type"
        ),
    ],
)
def test_plain_message(error: Exception, expected: str) -> None:
    message = plain_message("landing", error)
    assert message.startswith(expected)
    assert "\n" not in message


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        pytest.param("a | b", "a \\| b", id="a bar does not end the cell"),
        pytest.param("two\nlines", "two lines", id="a line break does not end the row"),
        pytest.param("![x](http://a.b)", "\\!\\[x\\](http\\://a.b)", id="no image is loaded"),
        pytest.param("<b>", "\\<b\\>", id="no element is built"),
        pytest.param("\x1b[2J\u202e", "\\\\x1b\\[2J\\\\u202e", id="no character acts"),
        pytest.param(None, "", id="nothing is an empty cell"),
        pytest.param(pd.NA, "", id="a missing value is an empty cell"),
    ],
)
def test_in_cell(value: object, cell: str) -> None:
    assert in_cell(value) == cell


def test_a_preview_shows_some_rows_and_says_of_how_many() -> None:
    shown = preview(pa.table({"a": [1, 2, 3], "b": ["x" * 200, "y", "z"]}), ("a", "b"), 2)
    text = str(shown.value)
    assert text.count("\n| ") == 2
    assert "2 of 3 rows." in text
    assert "x" * 100 not in text


def test_evidence_is_read_as_it_was_written(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    found = [SetAside("file", "r", "naïve “name”.txt", "a", "b", evidence="…")]
    write_evidence(home, "run", found)
    write_evidence(home, "run", found)
    assert read_evidence(home, "run") == found * 2
    assert read_evidence(home, "another") == []


def test_findings_keep_their_names() -> None:
    assert quarantine_id("same_text", "a.txt", None) == quarantine_id(
        "same_text_landed", "a.txt", None
    )
    assert quarantine_id("same_text", "a.txt", None) != quarantine_id("same_text", "b.txt", None)


# --- storage --------------------------------------------------------------------------------------


def test_every_column_has_a_type_in_the_database() -> None:
    for table in TABLES:
        for column in table.columns:
            assert sql_type(column.type)


def test_a_batch_is_read_as_it_was_written_and_missed_in_words(tmp_path: Path) -> None:
    batches = ParquetBatches(root=str(tmp_path))
    made = {"rows": TWO, "none": TWO.slice(0, 0)}
    with dg.build_output_context(asset_key=dg.AssetKey("a"), run_id="run") as out:
        batches.handle_output(out, made)
        with dg.build_input_context(asset_key=dg.AssetKey("a"), upstream_output=out) as given:
            assert batches.load_input(given) == made
    other = dg.build_output_context(asset_key=dg.AssetKey("a"), run_id="gone")
    with (
        dg.build_input_context(asset_key=dg.AssetKey("a"), upstream_output=other) as given,
        pytest.raises(MissingBatchError, match="dispatches refresh"),
    ):
        batches.load_input(given)


def test_old_batches_and_artifacts_are_removed(tmp_path: Path) -> None:
    home = Home.at(tmp_path).create()
    for parent in (home.staging, home.dbt / "target"):
        for number in range(4):
            (parent / f"run-{number}").mkdir(parents=True)
            (parent / f"run-{number}" / "x").touch()
    home.prune(keep=2)
    for parent in (home.staging, home.dbt / "target"):
        assert len(list(parent.iterdir())) == 2
