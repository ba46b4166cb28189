"""How a finding goes from state to state, and that the last state is the one that holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import duckdb
import pyarrow as pa
import pytest

from orchestration import quarantine
from orchestration.batches import to_table
from orchestration.settling import LOOKED_AT, WAIVED, Sightings, settle
from orchestration.states import EVENTS, NEW, STATES, TRANSITIONS, reject
from orchestration.tables import DOCUMENT_VERSIONS, EXTRACTIONS, FIGURES, QUARANTINE
from orchestration.warehouse import append, ensure_tables

NOW = dt.datetime(2024, 6, 1, 12, tzinfo=dt.UTC)
KEYS = {"extraction_id": "e1", "document_id": "d", "version_id": "v"}
ARTICLE = {"source_path": "a.txt", "publisher": "Test Wire", **KEYS, "source_record": None}
FAILURE = {
    "check_name": "low_not_above_high",
    "version_id": "v",
    "reason": "`low` is not above `high`.",
    "next_step": "Correct it.",
    "observed": "low = 2, high = 1",
}
ROW = {**KEYS, "row_id": "r", "sentence_text": "From 2 to 1.", "sentence_start": 0}
SPAN = {"start": 5, "end": 6}


def a_row_finding(observed: str = "low = 2, high = 1") -> dict[str, Any]:
    failure = {**FAILURE, "observed": observed}
    return quarantine.of_row({**ROW, **SPAN}, "figure", ARTICLE, failure, "1", "run", NOW)


def a_file_finding(file_hash: str = "h1") -> dict[str, Any]:
    problem = quarantine.FileProblem(
        "broken_json", "a.json", None, "It breaks off.", None, "{", "Correct it.", file_hash
    )
    return quarantine.of_file(problem, "run", NOW)


def held(*rows: dict[str, Any], **seen: Any) -> Sightings:
    return Sightings(held=to_table(rows, QUARANTINE.arrow_schema), **seen)


def waived(row: dict[str, Any], waiver_id: str = "w1") -> Sightings:
    return Sightings(waived=to_table([{**row, "waiver_id": waiver_id}], WAIVED))


def read(extraction_id: str = "e2") -> pa.Table:
    """The extraction of a run that read the text again."""
    row = {
        **dict.fromkeys(EXTRACTIONS.arrow_schema.names, None),
        **KEYS,
        "extraction_id": extraction_id,
    }
    return pa.Table.from_pylist([row])


def looked_at(file_hash: str = "h2") -> pa.Table:
    row = {"source_path": "a.json", "source_record": None, "file_hash": file_hash}
    return to_table([row], LOOKED_AT)


class Book:
    """The quality tables and what a test lands beside them."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.at = NOW

    def see(self, seen: Sightings, now: dt.datetime | None = None) -> None:
        self.at += dt.timedelta(hours=1)
        settle(self.connection, seen, "run", now or self.at)

    def states(self) -> list[str]:
        """States in the order in which they were recorded."""
        found = self.connection.execute(
            "SELECT state FROM quality.quarantine_states ORDER BY recorded_at"
        )
        return [state for (state,) in found.fetchall()]

    def now(self) -> tuple[Any, ...]:
        found = self.connection.execute("SELECT * FROM quality.quarantine_now").to_arrow_table()
        (row,) = found.to_pylist()
        return row

    def put(self, state: str) -> None:
        """Bring the finding about a row to a state."""
        row = a_row_finding()
        steps: dict[str, list[Sightings]] = {
            "new": [],
            "open": [held(row)],
            "waived": [waived(row)],
            "rejected": [held(row)],
            "fixed": [held(row), Sightings(extractions=read())],
            "superseded": [held(row), Sightings(extractions=read("e9"))],
        }
        if state == "fixed":
            self.land_row()
        for seen in steps[state]:
            self.see(seen)
        if state == "rejected":
            reject(self.connection, [row["quarantine_id"]], "Not news.", "A. Editor", self.at)

    def land_row(self) -> None:
        """The row, admitted by the extraction e2."""
        row = {c.name: None for c in FIGURES.columns} | ROW | SPAN
        self.connection.execute("DROP TABLE landing.figures")
        self.connection.register("row", pa.Table.from_pylist([{**row, "extraction_id": "e2"}]))
        self.connection.execute("CREATE TABLE landing.figures AS FROM row")

    def land_version(self, version_id: str, **cells: Any) -> None:
        filled: dict[str, Any] = {
            **{"source_path": "a.json", "source_format": "json", "file_hash": "h2"},
            **{"published_source": "json", "clean_text": "x", "char_count": 1},
            **{"text_signature": "00", "run_id": "run", "loaded_at": self.at, "flags": []},
            **{"document_id": "d", "version_id": version_id},
        }
        append(
            self.connection,
            DOCUMENT_VERSIONS,
            to_table([{**filled, **cells}], DOCUMENT_VERSIONS.arrow_schema),
        )


@pytest.fixture
def book() -> Iterator[Book]:
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ensure_tables(connection)
        yield Book(connection)


HAPPENINGS = {
    "held": held(a_row_finding()),
    "changed": held(a_row_finding("low = 3, high = 1")),
    "waived": waived(a_row_finding(), "w2"),
    "passes": Sightings(extractions=read("e2")),
    "gone": Sightings(extractions=read("e9")),
}
AFTER = {
    #             held          changed  waived    passes       gone          rejects
    "new":        ("open",       "open", "waived", None,        None,         None),
    "open":       ("open",       "open", "waived", "fixed",     "superseded", "rejected"),
    "waived":     ("open",       "open", "waived", "fixed",     "superseded", "waived"),
    "rejected":   ("rejected",   "open", "waived", "fixed",     "superseded", "rejected"),
    "fixed":      ("open",       "open", "waived", "fixed",     "fixed",      "fixed"),
    "superseded": ("open",       "open", "waived", "superseded", "superseded", "superseded"),
}  # fmt: skip
"""State → the state after each event; None = there is no finding."""


@pytest.mark.parametrize("event", [*HAPPENINGS, "rejects"])
@pytest.mark.parametrize("state", AFTER)
def test_from_state_to_state(book: Book, state: str, event: str) -> None:
    book.put(state)
    if event == "rejects":
        reject(book.connection, [a_row_finding()["quarantine_id"]], "No.", "B. Editor", book.at)
    else:
        if event == "passes":
            book.land_row()
        book.see(HAPPENINGS[event])
    expected = AFTER[state][[*HAPPENINGS, "rejects"].index(event)]
    if expected is None:
        assert book.states() == []
    else:
        assert book.now()["state"] == expected


def test_what_changes_nothing_is_not_recorded(book: Book) -> None:
    for _ in range(3):
        book.see(held(a_row_finding()))
    assert book.states() == ["open"]
    assert len(book.connection.execute("FROM quality.quarantine").fetchall()) == 1


def test_a_waiver_that_goes_on_is_recorded_once(book: Book) -> None:
    for _ in range(2):
        book.see(waived(a_row_finding()))
    assert book.states() == ["waived"]


def test_every_transition_is_between_known_states_by_a_known_event() -> None:
    for (state, event), following in TRANSITIONS.items():
        assert state in (NEW, *STATES)
        assert event in EVENTS
        assert following in STATES


def test_other_evidence_takes_the_place_of_the_old(book: Book) -> None:
    book.see(held(a_row_finding()))
    book.see(held(a_row_finding("low = 3, high = 1")))
    row = book.now()
    assert row["observed"] == "low = 3, high = 1"
    assert row["state_reason"] == "what is seen is not what was seen before"


def test_a_clock_that_jumps_back_changes_no_order(book: Book) -> None:
    book.see(held(a_row_finding()))
    book.see(waived(a_row_finding()), now=NOW - dt.timedelta(days=400))
    assert book.states() == ["open", "waived"]
    assert book.now()["state"] == "waived"


# --- why a finding is closed ----------------------------------------------------------------------


def test_a_file_that_is_admitted_is_fixed(book: Book) -> None:
    book.see(held(a_file_finding()))
    book.land_version("v")
    book.see(Sightings(files=looked_at()))
    assert book.now()["state"] == "fixed"


def test_a_file_with_another_problem_is_another_finding(book: Book) -> None:
    book.see(held(a_file_finding("h1")))
    book.see(held(a_file_finding("h2"), files=looked_at()))
    found = book.connection.execute(
        "SELECT file_hash, state FROM quality.quarantine_now ORDER BY 1"
    ).fetchall()
    assert found == [("h1", "superseded"), ("h2", "open")]


def test_a_file_that_was_not_looked_at_keeps_its_state(book: Book) -> None:
    book.see(held(a_file_finding()))
    book.see(Sightings(extractions=read()))
    assert book.now()["state"] == "open"


def test_a_new_text_of_the_document_supersedes_findings_about_the_old(book: Book) -> None:
    book.land_version("v")
    book.see(held(a_row_finding()))
    book.land_version("v2", loaded_at=book.at + dt.timedelta(minutes=1))
    book.see(Sightings(versions=pa.table({"document_id": ["d"]})))
    row = book.now()
    assert (row["state"], row["state_reason"]) == (
        "superseded",
        "the document has another text now",
    )


def test_a_bad_row_of_an_old_text_is_not_open(book: Book) -> None:
    book.land_version("v")
    book.land_version("v2", loaded_at=book.at + dt.timedelta(minutes=1))
    book.see(held(a_row_finding()))
    assert book.now()["state"] == "superseded"


def test_another_rule_about_the_row_takes_the_place(book: Book) -> None:
    book.see(held(a_row_finding()))
    other = quarantine.of_row(
        {**ROW, **SPAN}, "figure", ARTICLE, {**FAILURE, "check_name": "unit"}, "2", "run", NOW
    )
    book.see(held(other, extractions=read()))
    found = book.connection.execute(
        "SELECT rule_id, state, state_reason FROM quality.quarantine_now ORDER BY 1"
    ).fetchall()
    assert found == [
        (
            "figures.low_not_above_high",
            "superseded",
            "another finding about the row took its place",
        ),
        ("figures.unit", "open", "the rule set it aside"),
    ]


def test_a_person_can_reject_only_what_is_open(book: Book) -> None:
    book.put("fixed")
    changed = reject(book.connection, [a_row_finding()["quarantine_id"]], "No.", "B", book.at)
    assert changed == []


def test_a_rejection_names_the_person(book: Book) -> None:
    book.put("rejected")
    row = book.now()
    assert (row["state_by"], row["state_reason"], row["state_run_id"]) == (
        "A. Editor",
        "Not news.",
        None,
    )
