"""What is looked at again although nothing is new."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import closing

import duckdb
import pytest
from finding_book import (
    ARTICLE,
    FAILURE,
    ROW,
    SPAN,
    Book,
    a_file_finding,
    a_row_finding,
    held,
    read,
    waived,
)

from orchestration import quarantine
from orchestration.home import Home
from orchestration.record import record_blocked
from orchestration.redrive import Redrive, redrive_of
from orchestration.settling import Sightings
from orchestration.waivers import Waiver
from orchestration.warehouse import Warehouse, ensure_tables

DAY = dt.date(2024, 6, 1)
FINDING = a_row_finding()
RULE = "figures.low_not_above_high"


@pytest.fixture
def book() -> Iterator[Book]:
    """A warehouse that holds the text which the finding is about."""
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ensure_tables(connection)
        book = Book(connection)
        book.land_version("v")
        yield book


def a_waiver(evidence: str | None = None, until: dt.date = DAY) -> Waiver:
    """A waiver for the finding as it was seen."""
    return Waiver(
        rule=RULE,
        scope=f"finding:{FINDING['quarantine_id']}",
        evidence=evidence or FINDING["fingerprint"],
        reason="The paper prints it so.",
        given_by="A. Editor",
        given_on=DAY,
        until=until,
    )


READ_AGAIN = Redrive(read_again=frozenset({"v"}), files=frozenset({"a.txt"}))
NOTHING = Redrive()


def test_what_a_person_names_is_read_again(book: Book) -> None:
    book.see(held(FINDING))
    assert redrive_of(book.connection, [], [FINDING["quarantine_id"]]) == READ_AGAIN


def test_nothing_is_looked_at_again_by_itself(book: Book) -> None:
    book.see(held(FINDING, a_file_finding()))
    assert redrive_of(book.connection, []) == NOTHING


def test_a_file_is_read_again(book: Book) -> None:
    finding = a_file_finding()
    book.see(held(finding))
    asked = redrive_of(book.connection, [], [finding["quarantine_id"]])
    assert asked == Redrive(files=frozenset({"a.json"}))


def test_a_text_that_never_landed_is_read_from_its_file(book: Book) -> None:
    book.connection.execute("DELETE FROM landing.document_versions")
    book.see(held(FINDING))
    asked = redrive_of(book.connection, [], [FINDING["quarantine_id"]])
    assert asked == Redrive(files=frozenset({"a.txt"}))


@pytest.mark.parametrize("state", ["open", "rejected"])
def test_a_waiver_that_begins_is_followed(book: Book, state: str) -> None:
    book.put(state)
    assert redrive_of(book.connection, [a_waiver()]) == READ_AGAIN


@pytest.mark.parametrize(
    ("waivers", "again"),
    [
        pytest.param([], READ_AGAIN, id="it ended, or was taken back"),
        pytest.param([a_waiver("other")], READ_AGAIN, id="the evidence is another"),
        pytest.param([a_waiver(until=DAY + dt.timedelta(1))], READ_AGAIN, id="it was renewed"),
        pytest.param([a_waiver()], NOTHING, id="it holds"),
    ],
)
def test_a_waiver_that_ends_is_followed(book: Book, waivers: list[Waiver], again: Redrive) -> None:
    book.see(waived(FINDING, a_waiver().waiver_id))
    assert redrive_of(book.connection, waivers) == again


def test_a_fixed_finding_is_left_alone_by_waivers(book: Book) -> None:
    book.put("fixed")
    assert redrive_of(book.connection, [a_waiver()]) == NOTHING


def test_a_waiver_does_not_help_a_row_that_another_rule_holds(book: Book) -> None:
    """Else every refresh would look at it again, in vain."""
    other = quarantine.of_row(
        {**ROW, **SPAN},
        "figure",
        ARTICLE,
        {**FAILURE, "check_name": "unit_known"},
        "1",
        "r",
        book.at,
    )
    book.see(held(FINDING, other))
    assert redrive_of(book.connection, [a_waiver()]) == NOTHING


def test_what_a_waiver_let_in_is_looked_at_until_it_is_out(book: Book) -> None:
    """A rule that blocks sets nothing aside: its row stays, so it has to block every refresh."""
    book.land_row("e1")
    book.see(waived(FINDING, a_waiver().waiver_id))
    book.see(held(FINDING))
    assert book.states() == ["waived", "open"]
    assert redrive_of(book.connection, []) == READ_AGAIN
    book.connection.execute("DELETE FROM landing.figures")
    assert redrive_of(book.connection, []) == NOTHING


def test_an_article_that_is_landed_goes_through_its_gate_again(book: Book) -> None:
    version = {**ARTICLE, "file_hash": "h", "clean_text": "Ein Text."}
    failure = {**FAILURE, "check_name": "reads_as_english"}
    finding = quarantine.of_article(version, failure, "run", book.at)
    book.see(waived(finding))
    assert redrive_of(book.connection, []).judged_again == {"v"}


def test_an_article_that_is_not_landed_is_let_through_to_its_gate(book: Book) -> None:
    version = {**ARTICLE, "version_id": "v0", "file_hash": "h", "clean_text": "Ein Text."}
    failure = {**FAILURE, "check_name": "reads_as_english"}
    finding = quarantine.of_article(version, failure, "run", book.at)
    book.see(held(finding))
    asked = redrive_of(book.connection, [], [finding["quarantine_id"]])
    assert asked.let_through == {finding["quarantine_id"]}
    assert asked.files == {"a.txt"}


def test_what_stops_a_run_is_a_finding_too(tmp_path: object, book: Book) -> None:
    home = Home.at(tmp_path).create()  # type: ignore[arg-type]
    warehouse = Warehouse(home=str(home.root))
    for _ in range(2):
        record_blocked(warehouse, {}, "run", book.at, [FINDING, FINDING])
    with warehouse.connect() as connection:
        states = connection.execute("SELECT state FROM quality.quarantine_states").fetchall()
        found = connection.execute("SELECT rule_id, state FROM quality.quarantine_now").fetchall()
    assert states == [("open",)]
    assert found == [(RULE, "open")]


def test_reading_the_text_again_closes_what_the_run_recorded(book: Book) -> None:
    book.see(held(FINDING))
    book.see(Sightings(extractions=read("e9")))
    assert redrive_of(book.connection, [a_waiver()]) == NOTHING
