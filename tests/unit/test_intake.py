"""What a refresh takes for new, run after run: files, texts, descriptions, extractors."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pytest

from orchestration import incremental
from orchestration.batches import to_table
from orchestration.home import Home
from orchestration.intake import Intake, take_in
from orchestration.quarantine import CRASHED, crash_id
from orchestration.reading import read_files
from orchestration.readings import KINDS, Readings, counted, read_articles
from orchestration.record import load
from orchestration.settings import Settings
from orchestration.settling import WAIVED
from orchestration.tables import QUARANTINE
from orchestration.warehouse import ensure_tables
from orchestration.wiring import Wiring

FIRE = "Fire swept through a market in Adona on Friday, and 14 stalls burned down, police said.\n"
VOTE = "Voters in Belmar go to the polls on Sunday to choose between 5 candidates for mayor.\n"


class _Nothing:
    def to_rows(self) -> list[dict[str, object]]:
        return []


@dataclass
class Desk:
    """A raw folder and a build database; each `refresh` takes in and lands what is new."""

    wiring: Wiring
    connection: duckdb.DuckDBPyConnection
    runs: int = 0

    @property
    def raw(self) -> Path:
        return self.wiring.settings.raw

    def write(self, name: str, text: str, **described: str) -> None:
        (self.raw / f"{name}.txt").write_text(text, encoding="utf-8")
        if described:
            sidecar = self.raw / f"{name}.meta.json"
            sidecar.write_text(json.dumps(described), encoding="utf-8")

    def look(self, redrive: Sequence[str] = ()) -> Intake:
        batch = read_files([], incremental.seen(self.connection), self.wiring)
        return take_in(
            self.connection,
            self.wiring,
            batch,
            f"run-{self.runs}",
            self.now,
            redrive=redrive,
            look_only=True,
        )

    @property
    def now(self) -> dt.datetime:
        return dt.datetime(2024, 6, 1, tzinfo=dt.UTC) + dt.timedelta(hours=self.runs)

    def refresh(self) -> Intake:
        self.runs += 1
        intake = self.look()
        run_id = f"run-{self.runs}"
        batch = intake.to_batch(run_id, self.now)
        readings = read_articles(self.wiring, intake.work, run_id, self.now)
        tables = {kind: readings.table(kind) for kind in KINDS}
        extractions = counted(readings.extractions, tables)
        crashes = {"event": readings.crashes}
        rows = {
            f"{kind}_rows": {
                "rows": tables[kind],
                "extractions": extractions,
                "quarantine": to_table(crashes.get(kind, []), QUARANTINE.arrow_schema),
                "waived": WAIVED.empty_table(),
                "checks": batch["checks"],
            }
            for kind in KINDS
        }
        load(self.connection, batch, rows, run_id, self.now)
        return intake

    def states(self) -> list[str]:
        """What findings were and are, first to last."""
        found = self.connection.execute(
            "SELECT state FROM quality.quarantine_states ORDER BY recorded_at"
        )
        return [state for (state,) in found.fetchall()]

    def count(self, table: str) -> int:
        return int(self.connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0])


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    (tmp_path / "raw").mkdir()
    settings = Settings(home=tmp_path / "home", raw=tmp_path / "raw")
    wiring = Wiring(
        settings,
        Home.at(settings.home),
        tmp_path / "manifest.json",
        extractor=lambda *_: _Nothing(),
        extractor_version="1",
    )
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ensure_tables(connection)
        yield Desk(wiring, connection)


def test_a_new_file_is_a_new_article_to_be_read(desk: Desk) -> None:
    desk.write("fire", FIRE)
    intake = desk.refresh()
    assert (intake.new, intake.unchanged, intake.work.num_rows) == (1, 0, 1)


def test_the_same_files_again_are_nothing(desk: Desk) -> None:
    desk.write("fire", FIRE)
    desk.write("vote", VOTE)
    desk.refresh()
    intake = desk.refresh()
    assert intake.is_empty
    assert intake.unchanged == 2


def test_a_new_text_under_the_same_name_is_a_new_version_of_the_document(desk: Desk) -> None:
    desk.write("fire", FIRE)
    desk.refresh()
    desk.write("fire", FIRE.replace("14", "21"))
    intake = desk.refresh()
    assert intake.new == 1
    documents = desk.connection.execute(
        "SELECT count(DISTINCT document_id), count(*) FROM landing.document_versions"
    ).fetchall()
    assert documents == [(1, 2)]


def test_a_publication_date_that_comes_later_makes_the_text_be_read_again(desk: Desk) -> None:
    desk.write("fire", FIRE)
    desk.refresh()
    desk.write("fire", FIRE, published="2024-05-31")
    intake = desk.refresh()
    assert (intake.new, intake.unchanged, intake.work.num_rows) == (0, 1, 1)
    assert desk.count("landing.document_versions") == 1
    assert desk.count("landing.extractions") == 2
    assert desk.refresh().is_empty


def test_a_headline_that_comes_later_lands_without_another_reading(desk: Desk) -> None:
    desk.write("fire", FIRE, published="2024-05-31")
    desk.refresh()
    desk.write("fire", FIRE, published="2024-05-31", title="Market burns")
    intake = desk.refresh()
    assert intake.versions.column("title").to_pylist() == ["Market burns"]
    assert intake.work.num_rows == 0
    assert desk.count("landing.extractions") == 1


def test_another_extractor_version_reads_every_landed_text_again(desk: Desk) -> None:
    desk.write("fire", FIRE)
    desk.write("vote", VOTE)
    desk.refresh()
    for name in ("fire", "vote"):
        (desk.raw / f"{name}.txt").unlink()
    desk.wiring = replace(desk.wiring, extractor_version="2")
    intake = desk.refresh()
    assert (intake.new, intake.work.num_rows) == (0, 2)
    assert desk.refresh().is_empty


@pytest.mark.parametrize("when", ["together", "one after the other"])
def test_two_files_of_one_text_are_one_finding_for_good(desk: Desk, when: str) -> None:
    desk.write("fire", FIRE)
    if when == "one after the other":
        desk.refresh()
    desk.write("same text", FIRE)
    intake = desk.refresh()
    assert [row["source_path"] for row in intake.quarantine] == ["same text.txt"]
    again = desk.refresh()
    assert again.is_empty
    assert [(item.source_path, item.is_new) for item in again.still] == [("same text.txt", False)]
    assert desk.count("quality.quarantine") == 1


def test_a_broken_file_is_reported_each_time_and_recorded_once(desk: Desk) -> None:
    (desk.raw / "broken.json").write_text('{"text": "It st', encoding="utf-8")
    assert len(desk.refresh().quarantine) == 1
    again = desk.refresh()
    assert again.is_empty
    assert [item.rule for item in again.still] == ["broken_json"]


def test_a_broken_file_that_is_deleted_leaves_nothing_open(desk: Desk) -> None:
    path = desk.raw / "broken.json"
    path.write_text('{"text": "It st', encoding="utf-8")
    desk.refresh()
    path.unlink()
    assert not desk.refresh().is_empty
    assert desk.states() == ["open", "superseded"]
    assert desk.refresh().is_empty
    path.write_text('{"text": "It st', encoding="utf-8")
    assert [row["rule"] for row in desk.refresh().quarantine] == ["broken_json"]
    assert desk.states() == ["open", "superseded", "open"]


def test_looking_again_at_an_unchanged_file_is_nothing_new(desk: Desk) -> None:
    (desk.raw / "broken.json").write_text('{"text": "It st', encoding="utf-8")
    (finding,) = desk.refresh().quarantine
    assert desk.look([finding["quarantine_id"]]).is_empty


def test_a_corrected_file_is_taken_in(desk: Desk) -> None:
    path = desk.raw / "broken.json"
    path.write_text('{"text": "It st', encoding="utf-8")
    desk.refresh()
    path.write_text(json.dumps({"text": VOTE}), encoding="utf-8")
    intake = desk.refresh()
    assert (intake.new, intake.still) == (1, [])


def test_a_file_that_a_raised_limit_allows_is_read_though_it_has_not_changed(desk: Desk) -> None:
    desk.write("fire", FIRE * 50)
    settings = desk.wiring.settings
    desk.wiring = replace(
        desk.wiring, settings=settings.model_copy(update={"max_file_bytes": 1000})
    )
    assert desk.refresh().new == 0
    desk.wiring = replace(desk.wiring, settings=settings)
    assert desk.refresh().new == 1


def test_a_text_on_which_the_extractor_crashes_is_set_aside_and_the_rest_is_read(
    desk: Desk,
) -> None:
    def crash(text: str, _: dt.date | None) -> _Nothing:
        if "stalls" in text:
            raise ZeroDivisionError("no stalls left")
        return _Nothing()

    desk.write("fire", FIRE)
    desk.write("vote", VOTE)
    desk.wiring = replace(desk.wiring, extractor=crash)
    desk.refresh()
    assert desk.count("landing.extractions") == 1
    found = desk.connection.execute(
        "SELECT rule, source_path, observed FROM quality.quarantine"
    ).fetchall()
    assert found == [(CRASHED, "fire.txt", "ZeroDivisionError: no stalls left")]
    assert desk.refresh().is_empty


def test_a_crash_counts_for_its_extractor_version_alone() -> None:
    assert crash_id("v", "1") != crash_id("v", "2")
    assert crash_id("v", "1") == crash_id("v", "1")


def test_a_cut_run_awaits_publishing_until_a_release_holds_it(desk: Desk, tmp_path: Path) -> None:
    home = Home.at(tmp_path / "home").create()
    assert not incremental.awaits_publishing(desk.connection, home)
    desk.write("fire", FIRE)
    desk.refresh()
    assert incremental.awaits_publishing(desk.connection, home)
    with closing(duckdb.connect(home.published_db)) as published:
        ensure_tables(published)
    assert incremental.awaits_publishing(desk.connection, home)
    desk.connection.execute(f"ATTACH '{home.published_db}' AS release")
    for table in ("files", "quarantine_states"):
        desk.connection.execute(
            f"INSERT INTO release.quality.{table} SELECT * FROM quality.{table}"
        )
    desk.connection.execute("DETACH release")
    assert not incremental.awaits_publishing(desk.connection, home)


def test_an_extraction_is_named_by_text_date_and_extractor() -> None:
    day = dt.date(2024, 5, 31)
    ids = {
        incremental.extraction_id(*key)
        for key in (("v", day, "1"), ("v", None, "1"), ("v", day, "2"), ("w", day, "1"))
    }
    assert len(ids) == 4


def test_empty_readings_have_the_columns_of_their_tables() -> None:
    readings = Readings()
    for kind, table in KINDS.items():
        assert readings.table(kind).schema == table.arrow_schema
