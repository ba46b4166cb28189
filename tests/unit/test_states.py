"""How a finding goes from state to state, and that the last state is the one that holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import duckdb
import pyarrow as pa
import pytest
from finding_book import (
    ARTICLE,
    FAILURE,
    NOW,
    ROW,
    SPAN,
    Book,
    a_file_finding,
    a_row_finding,
    held,
    looked_at,
    read,
    waived,
)

from orchestration import quarantine
from orchestration.settling import Sightings
from orchestration.states import EVENTS, NEW, STATES, TRANSITIONS, reject
from orchestration.warehouse import ensure_tables


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


def test_a_file_that_is_gone_takes_its_findings_along(book: Book) -> None:
    book.see(held(a_file_finding()))
    book.see(Sightings(files=looked_at(None)))
    row = book.now()
    assert (row["state"], row["state_reason"]) == (
        "superseded",
        "there is no such file in its folder any more",
    )
    book.see(held(a_file_finding()))
    assert book.states() == ["open", "superseded", "open"]


@pytest.mark.parametrize("gate", ["article", "rows"])
def test_what_has_landed_stays_though_its_file_is_gone(book: Book, gate: str) -> None:
    book.land_version("v")
    book.see(held(a_row_finding() | {"source_path": "a.json", "gate": gate}))
    book.see(Sightings(files=looked_at(None)))
    assert book.now()["state"] == "open"


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
