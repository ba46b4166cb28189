"""The life of findings with the real parts: set aside, looked at, waived, expired, fixed.

One home lives through the story below in this order. Only one step is a whole refresh, which builds
models and publishes; the others end with the loading of rows, where states are settled.
"""

from __future__ import annotations

import datetime as dt
import io
import json
import os
import uuid
from collections.abc import Callable, Sequence
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

import duckdb
import pytest
from refreshing import FLOOD, write_articles

import extraction
from orchestration.batches import to_table
from orchestration.cli import main
from orchestration.home import Home
from orchestration.incremental import seen
from orchestration.intake import take_in
from orchestration.reading import read_files
from orchestration.readings import KINDS, counted, read_articles
from orchestration.record import load
from orchestration.refresh import run_refresh
from orchestration.report import RefreshReport
from orchestration.row_gate import judge_under_waivers, passing
from orchestration.settings import Settings
from orchestration.settling import WAIVED
from orchestration.tables import CHECK_RESULTS, QUARANTINE
from orchestration.waiver_file import read_waivers
from orchestration.waivers import holding
from orchestration.warehouse import Warehouse
from orchestration.wiring import Extractor, Wiring, utc_now

pytestmark = pytest.mark.slow

RULE = "figures.low_not_above_high"
GERMAN = (
    "Die Feuerwehr teilte am Abend mit, dass der Brand im Hafen gelöscht sei und niemand mehr "
    "vermisst werde. Zwei Schiffe wurden zerstört, ein Lager ist bis auf die Mauern abgebrannt. "
    "Warum das Feuer ausbrach, ist noch nicht bekannt; die Polizei sucht nach Zeugen.\n"
)


class _Swapped:
    """An extraction whose ranges run the wrong way."""

    def __init__(self, real: extraction.Extraction) -> None:
        self._real = real

    def to_rows(self) -> list[dict[str, Any]]:
        rows = self._real.to_rows()
        for row in rows:
            if row["kind"] == "figure" and row["comparator"] == "between":
                row["low"], row["high"] = row["high"], row["low"]
        return rows


def swapping(text: str, published: dt.date | None) -> _Swapped:
    return _Swapped(extraction.extract(text, published))


@dataclass(frozen=True)
class Told:
    """What a command has said."""

    returncode: int
    stdout: str
    stderr: str


class Desk:
    """A home with its raw folder, its waivers, and the command line over it."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(
            home=folder / "home", raw=folder / "raw", waivers=folder / "waivers.yml"
        )
        self.home = Home.at(self.settings.home).create()

    def command(self, *arguments: str) -> Told:
        """Run `dispatches` here, in this process."""
        out, err = io.StringIO(), io.StringIO()
        code = 0
        with (
            mock.patch.dict(os.environ, {**self.settings.as_environment(), "NO_COLOR": "1"}),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            try:
                main(arguments)
            except SystemExit as end:
                code = int(end.code or 0)
        return Told(code, out.getvalue(), err.getvalue())

    def load(
        self,
        extractor: Extractor,
        version: str,
        *,
        now: Callable[[], dt.datetime] = utc_now,
        redrive: Sequence[str] = (),
    ) -> None:
        """What the steps do up to the loading of rows, without Dagster around them."""
        at, run_id = now(), uuid.uuid4().hex
        wiring = Wiring(self.settings, self.home, Path(), extractor, version, None, now)
        given = read_waivers(self.settings.waivers)
        with Warehouse(home=str(self.home.root)).transaction() as connection:
            files = read_files([], seen(connection), wiring)
            intake = take_in(connection, wiring, files, run_id, at, given=given, redrive=redrive)
            articles = intake.to_batch(run_id, at)
            readings = read_articles(wiring, intake.work, run_id, at)
            tables = {kind: readings.table(kind) for kind in KINDS}
            results = judge_under_waivers(
                tables, intake.work, holding(articles["waivers"]), version, run_id, at
            )
            assert not any(result.verdict.blocked for result in results.values())
            passed = passing(tables, results)
            rows = {
                f"{kind}_rows": {
                    "rows": passed[kind],
                    "extractions": counted(readings.extractions, passed),
                    "quarantine": to_table(
                        results[kind].held if results else (), QUARANTINE.arrow_schema
                    ),
                    "waived": to_table(results[kind].waived if results else (), WAIVED),
                    "checks": CHECK_RESULTS.arrow_schema.empty_table(),
                }
                for kind in KINDS
            }
            load(connection, articles, rows, run_id, at)

    def ask(self, query: str, *, published: bool = False) -> list[tuple[Any, ...]]:
        path = self.home.published_db if published else self.home.build_db
        with closing(duckdb.connect(path, read_only=True)) as connection:
            return connection.execute(query).fetchall()

    def states(self, rule_id: str = RULE) -> list[str]:
        """The states of the finding of a rule, first to last."""
        return [
            state
            for (state,) in self.ask(
                "SELECT s.state FROM quality.quarantine_states s JOIN quality.quarantine_now q "
                f"USING (quarantine_id) WHERE q.rule_id = '{rule_id}' ORDER BY s.recorded_at"
            )
        ]

    def ranges(self) -> list[tuple[Any, ...]]:
        """The ranges that are landed, of the extraction loaded last: low, high, flags."""
        return self.ask(
            "SELECT low, high, flags FROM landing.figures JOIN landing.extractions "
            "USING (extraction_id) WHERE comparator = 'between' "
            "QUALIFY loaded_at = max(loaded_at) OVER ()"
        )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """After a first run with an extractor that reads ranges the wrong way round."""
    desk = Desk(tmp_path_factory.mktemp("quarantine"))
    raw = write_articles(desk.settings.raw, {"flood": FLOOD, "fire": GERMAN})
    (raw / "broken.json").write_text('{"text": "It stops \x1b[2J', encoding="utf-8")
    desk.load(swapping, "1")
    return desk


@pytest.fixture(scope="module")
def finding(desk: Desk) -> str:
    (row,) = [json.loads(line) for line in _listed(desk, "--rule", RULE).splitlines()]
    return str(row["quarantine_id"])


def _listed(desk: Desk, *options: str) -> str:
    return desk.command("quarantine", "list", "--format", "jsonl", *options).stdout


# --- looking --------------------------------------------------------------------------------------


def test_findings_are_listed_though_nothing_is_published(desk: Desk) -> None:
    assert not desk.home.published_db.exists()
    done = desk.command("quarantine", "list")
    assert done.returncode == 0
    assert "the build database" in done.stderr
    for rule in (RULE, "articles.reads_as_english", "file.broken_json"):
        assert rule in done.stdout


def test_a_finding_says_where_it_comes_from(desk: Desk) -> None:
    (row,) = [json.loads(line) for line in _listed(desk, "--rule", RULE).splitlines()]
    assert (row["state"], row["source"], row["extractor_version"]) == ("open", "Test Wire", "1")
    for name in ("fingerprint", "file_hash", "extraction_id", "version_id", "row_id", "run_id"):
        assert row[name], name


def test_one_is_shown_with_its_span_marked_and_what_to_do(desk: Desk, finding: str) -> None:
    shown = desk.command("quarantine", "show", finding[:5]).stdout
    assert "[[55 and 60]]." in shown
    assert "low = 60.0, high = 55.0" in shown
    assert f"dispatches quarantine redrive {finding}" in shown
    assert f"dispatches waive add --scope finding:{finding}" in shown


def test_no_control_character_of_a_file_reaches_the_terminal(desk: Desk) -> None:
    (row,) = [json.loads(line) for line in _listed(desk, "--rule", "broken_json").splitlines()]
    shown = desk.command("quarantine", "show", row["quarantine_id"])
    assert "\\x1b[2J" in shown.stdout
    assert "\x1b" not in shown.stdout


def test_a_source_has_its_findings(desk: Desk) -> None:
    assert len(_listed(desk, "--source", "Test Wire").splitlines()) == 2
    assert len(_listed(desk, "--source", "broken.json").splitlines()) == 1


_GIVEN = ["waive", "add", "--reason", "r", "--by", "b", "--until", "2099-01-01"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        pytest.param(["quarantine", "show", "ffffffff"], 1, id="no such finding"),
        pytest.param(["quarantine", "show", "f"], 1, id="an id too short"),
        pytest.param(["quarantine", "redrive"], 2, id="re-drive of nothing"),
        pytest.param(["quarantine", "redrive", "ffff", "--all-open"], 2, id="two ways to choose"),
        pytest.param(["quarantine", "reject", "ffffffff"], 2, id="no reason"),
        pytest.param(
            [*_GIVEN, "--scope", "finding:ffffffff"],
            1,
            id="a waiver for no finding",
        ),
        pytest.param(["waive", "revoke", "ff", "--reason", "r", "--by", "b"], 1, id="no waiver"),
    ],
)
def test_mistakes_are_told(desk: Desk, arguments: list[str], code: int) -> None:
    done = desk.command(*arguments)
    assert done.returncode == code
    assert done.stderr.strip()
    assert "Traceback" not in done.stderr


def test_looking_again_changes_nothing_while_nothing_is_mended(desk: Desk, finding: str) -> None:
    before = {name: desk.ask(f"SELECT * FROM landing.{name}") for name in _LANDED}
    recorded = desk.ask("SELECT * FROM quality.quarantine ORDER BY ALL")
    desk.load(swapping, "1", redrive=[finding])
    for name, rows in before.items():
        assert len(desk.ask(f"SELECT * FROM landing.{name}")) == len(rows)
    assert desk.ask("SELECT * FROM quality.quarantine ORDER BY ALL") == recorded
    assert desk.states() == ["open"]


_LANDED = ("document_versions", "extractions", "figures", "events", "numbers")


# --- a waiver -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def waived(desk: Desk, finding: str) -> RefreshReport:
    """The findings on the range and on the German article are waived until tomorrow, and looked at
    again; this run publishes."""
    until = utc_now().date() + dt.timedelta(days=1)
    (german,) = _listed(desk, "--rule", "reads_as_english").splitlines()
    article = json.loads(german)["quarantine_id"]
    for quarantine_id in (finding, article):
        given = desk.command(
            *("waive", "add", "--scope", f"finding:{quarantine_id}"),
            *("--reason", "The paper prints it so.", "--by", "A. Editor", "--until", str(until)),
        )
        assert given.returncode == 0, given.stderr
        assert "It covers 1 finding now." in given.stdout
    return run_refresh(
        [],
        desk.settings,
        redrive=[finding, article],
        extractor=swapping,
        extractor_version="1",
    )


def test_a_waived_row_is_published_with_its_flag(desk: Desk, waived: RefreshReport) -> None:
    assert waived.outcome == "done", waived.message
    assert waived.findings == {"waived": 2}
    found = desk.ask(
        "SELECT low, high, flags FROM marts.fct_figure WHERE comparator = 'between'", published=True
    )
    assert found == [(60.0, 55.0, ["waived:low_not_above_high"])]


def test_a_waived_article_is_published_with_its_flag(desk: Desk, waived: RefreshReport) -> None:
    found = desk.ask(
        "SELECT flags FROM marts.dim_document_version WHERE source_path = 'fire.txt'",
        published=True,
    )
    assert found == [(["waived:reads_as_english"],)]


def test_a_release_says_which_waivers_hold(desk: Desk, waived: RefreshReport) -> None:
    found = desk.ask(
        "SELECT rule, state, given_by FROM quality.waivers ORDER BY rule", published=True
    )
    assert found == [
        ("articles.reads_as_english", "active", "A. Editor"),
        (RULE, "active", "A. Editor"),
    ]
    counted = desk.ask(
        "SELECT waived_count FROM quality.check_results "
        f"WHERE check_name = 'low_not_above_high' AND run_id = '{waived.run_id}'",
        published=True,
    )
    assert counted == [(1,)]


def test_waivers_are_listed_with_what_they_cover(desk: Desk, waived: RefreshReport) -> None:
    rows = desk.command("waive", "list", "--format", "jsonl").stdout.splitlines()
    first = json.loads(rows[0])
    assert (first["rule"], first["state"], first["days_left"]) == (RULE, "active", 2)
    assert len(first["covers"]) == 1


# --- the waiver ends ------------------------------------------------------------------------------


def _in_three_days() -> dt.datetime:
    return utc_now() + dt.timedelta(days=3)


@pytest.fixture(scope="module")
def expired(desk: Desk, waived: RefreshReport) -> None:
    desk.load(swapping, "1", now=_in_three_days)


def test_when_a_waiver_ends_the_row_is_set_aside_again(desk: Desk, expired: None) -> None:
    assert desk.states() == ["open", "waived", "open"]
    assert desk.ranges() == []


def test_when_a_waiver_ends_the_article_is_taken_out_again(desk: Desk, expired: None) -> None:
    assert desk.states("articles.reads_as_english") == ["open", "waived", "open"]
    there = desk.ask("SELECT source_path FROM landing.document_versions")
    assert there == [("flood.txt",)]
    assert desk.ask("SELECT DISTINCT document_id FROM landing.numbers") == desk.ask(
        "SELECT document_id FROM landing.document_versions"
    )


def test_the_history_of_a_finding_is_shown(desk: Desk, finding: str, expired: None) -> None:
    shown = desk.command("quarantine", "show", finding).stdout
    assert "no waiver covers it any more" in shown
    assert "it passes under waiver" in shown


# --- a new extractor, and a person's decision -----------------------------------------------------


@pytest.fixture(scope="module")
def mended(desk: Desk, expired: None) -> None:
    """A run with an extractor that reads ranges rightly; nobody asks for anything."""
    desk.load(extraction.extract, "2", now=_in_three_days)


def test_a_new_extractor_version_mends_its_rows_by_itself(desk: Desk, mended: None) -> None:
    assert desk.states() == ["open", "waived", "open", "fixed"]
    assert desk.ranges() == [(55.0, 60.0, [])]


def test_status_tells_open_findings_from_closed_ones(desk: Desk, mended: None) -> None:
    told = desk.command("status").stdout
    assert "2 open findings" in told
    assert "1 fixed" in told
    assert RULE not in told


def test_what_a_person_rejects_is_closed_with_the_name(desk: Desk, mended: None) -> None:
    reject = ("--reason", "Cut off for good.", "--by", "B. Editor")
    (row,) = [json.loads(line) for line in _listed(desk, "--rule", "broken_json").splitlines()]
    assert desk.command("quarantine", "reject", row["quarantine_id"], *reject).returncode == 0
    assert desk.states("file.broken_json") == ["open", "rejected"]
    again = desk.command("quarantine", "reject", row["quarantine_id"], *reject)
    assert "rejected before" in again.stdout
    assert desk.states("file.broken_json") == ["open", "rejected"]


def test_what_is_fixed_can_not_be_rejected(desk: Desk, finding: str, mended: None) -> None:
    done = desk.command("quarantine", "reject", finding, "--reason", "r", "--by", "b")
    assert done.returncode == 1
    assert "is fixed" in done.stderr


def test_a_mistake_in_the_waivers_stops_a_refresh_before_it_starts(
    desk: Desk, mended: None
) -> None:
    runs = len(desk.ask("SELECT DISTINCT run_id FROM quality.check_results"))
    text = desk.settings.waivers.read_text(encoding="utf-8")
    desk.settings.waivers.write_text(text.replace("until:", "untill:"), encoding="utf-8")
    report = run_refresh([], desk.settings)
    assert (report.outcome, report.exit_code, report.run_id) == ("failed", 1, None)
    assert "waivers.yml, entry 1: nobody knows the field 'untill'" in report.message
    assert len(desk.ask("SELECT DISTINCT run_id FROM quality.check_results")) == runs
