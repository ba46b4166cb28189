"""The gates on a batch as a whole, with real refreshes: breakers, history, the gold sentences.

One home is refreshed in this order: blocked by a breaker and by its history, passed, blocked by an
extractor that reads nothing. Only the second builds models.
"""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Any

import duckdb
import pytest
from refreshing import FLOOD, STRIKE, TALKS, write_articles

import extraction
from orchestration.home import Home
from orchestration.refresh import closing_instance, run_refresh
from orchestration.report import RefreshReport
from orchestration.settings import Settings
from orchestration.warehouse import ensure_tables
from orchestration.wiring import GOLD

pytestmark = pytest.mark.slow


class _Rows:
    """What an extractor returns."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        self._rows = rows

    def to_rows(self) -> list[dict[str, Any]]:
        return self._rows


def _careless(text: str, published: dt.date | None) -> _Rows:
    """The real rows; every figure has a status that does not exist."""
    rows = extraction.extract(text, published).to_rows()
    for row in rows:
        if row["kind"] == "figure":
            row["status"] = "happened"
    return _Rows(rows)


def _blind(text: str, published: dt.date | None) -> _Rows:
    return _Rows([])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("batch gate")
    raw = write_articles(root / "raw", {"flood": FLOOD, "strike": STRIKE})
    return Settings(home=root / "home", raw=raw, breaker_min_rows=5, breaker_min_articles=2)


@pytest.fixture(scope="module")
def home(settings: Settings) -> Home:
    return Home.at(settings.home)


def _ask(home: Home, query: str) -> list[tuple[Any, ...]]:
    with closing(duckdb.connect(home.build_db, read_only=True)) as connection:
        return connection.execute(query).fetchall()


def _steps(home: Home, report: RefreshReport) -> set[str]:
    with closing_instance(home) as instance:
        return {stats.step_key for stats in instance.get_run_step_stats(report.run_id or "")}


def _unusual_past(home: Home) -> None:
    """Fifteen such weekdays, each with a hundred rows an article and a claimant on every row."""
    home.create()
    with closing(duckdb.connect(home.build_db)) as connection:
        ensure_tables(connection)
        connection.execute(
            "INSERT INTO quality.volumes SELECT 'run' || week, now(), day, isodow(day), "
            "'Test Wire', 2, 200 + week, 0, 50, 50, 100, 50, 5 FROM ("
            "SELECT week, (today() - (7 * week)::INT)::DATE AS day "
            "FROM range(1, 16) AS weeks (week))"
        )


@pytest.fixture(scope="module")
def tripped(settings: Settings, home: Home) -> RefreshReport:
    _unusual_past(home)
    return run_refresh([], settings, extractor=_careless)


@pytest.fixture(scope="module")
def passed(settings: Settings, home: Home, tripped: RefreshReport) -> RefreshReport:
    """Without the past, which would block it as well."""
    with closing(duckdb.connect(home.build_db)) as connection:
        connection.execute("DELETE FROM quality.volumes")
    return run_refresh([], settings)


@pytest.fixture(scope="module")
def blind(settings: Settings, passed: RefreshReport) -> RefreshReport:
    write_articles(settings.raw, {"talks": TALKS})
    return run_refresh([], settings, extractor=_blind, gold=GOLD)


# --- a breaker ------------------------------------------------------------------------------------


def test_many_bad_rows_block_the_batch(tripped: RefreshReport) -> None:
    assert tripped.exit_code == 3
    assert {gate.suite for gate in tripped.gates if gate.blocked} == {"batch"}


def test_the_message_says_how_many_rows_of_whom_and_which_rule(tripped: RefreshReport) -> None:
    message = tripped.message
    assert message.startswith("Blocked by batch.quarantine_rate")
    for told in ("quarantined_count", "row_count", "figures.status_known"):
        assert told in message


def test_nothing_of_a_blocked_batch_is_loaded(
    tripped: RefreshReport, home: Home, passed: RefreshReport
) -> None:
    assert {"landing", "models"}.isdisjoint(_steps(home, tripped))
    loaded = _ask(home, "SELECT DISTINCT run_id FROM quality.volumes")
    assert loaded == [(passed.run_id,)]


def test_the_outcomes_of_a_tripped_breaker_are_kept(
    tripped: RefreshReport, home: Home, passed: RefreshReport
) -> None:
    failed = _ask(
        home,
        "SELECT check_name FROM quality.check_results WHERE gate = 'batch' AND NOT success "
        f"AND run_id = '{tripped.run_id}'",
    )
    assert {("quarantine_rate",), ("source_quarantine_rate",)} <= set(failed)


def test_a_day_unlike_all_others_is_blocked(tripped: RefreshReport, home: Home) -> None:
    seen = _ask(
        home,
        "SELECT observed FROM quality.check_results WHERE NOT success "
        f"AND check_name = 'rows_per_article_not_extreme' AND run_id = '{tripped.run_id}'",
    )
    assert "rows_per_article_median = 104.0" in seen[0][0]
    assert "rows_per_article_days = 15" in seen[0][0]


# --- a batch that passes --------------------------------------------------------------------------


def test_volumes_and_accuracy_of_a_run_are_kept(passed: RefreshReport, home: Home) -> None:
    assert passed.outcome == "done"
    volumes = _ask(
        home,
        "SELECT source, article_count, row_count, quarantined_count FROM quality.volumes "
        f"WHERE run_id = '{passed.run_id}'",
    )
    assert volumes == [("Test Wire", 2, sum(passed.rows.values()), 0)]
    below = _ask(home, "SELECT count(*), count_if(value < floor) FROM quality.accuracy")[0]
    assert below[0] > 10
    assert below[1] == 0


def test_a_tripped_breaker_is_settled_when_a_batch_passes(
    tripped: RefreshReport, passed: RefreshReport, home: Home
) -> None:
    states = _ask(home, "SELECT DISTINCT state FROM quality.quarantine_now WHERE gate = 'batch'")
    assert states == [("fixed",)]


# --- gold -----------------------------------------------------------------------------------------


def test_an_extractor_below_its_floors_reads_no_article(blind: RefreshReport, home: Home) -> None:
    assert blind.message.startswith("Blocked by accuracy.above_floor")
    assert "extraction" not in _steps(home, blind)
