"""A batch as a whole: how it is counted, what history says, when a breaker trips."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa
import pytest
from gate_mutants.wholes import LIMITS, usual_day
from warehouse_sample import Rows, arrow, sample_rows

from expectations.gate import evaluate
from orchestration import volumes
from orchestration.assets.volumes import judge
from orchestration.quarantine import CRASHED
from orchestration.settings import Settings
from orchestration.tables import QUARANTINE, VOLUMES
from orchestration.waivers import Waiver
from orchestration.warehouse import append, ensure_tables

MONDAY = dt.datetime(2026, 3, 2, 23, 30, tzinfo=dt.UTC)
WEEK = dt.timedelta(days=7)
GAZETTE = "The Aster Gazette"


def failing(row: dict[str, Any], limits: pd.DataFrame = LIMITS) -> set[str]:
    frame = pd.DataFrame([row]).convert_dtypes(dtype_backend="pyarrow")
    outcomes = evaluate("batch", frame, limits=limits).outcomes
    assert [o.problem for o in outcomes if o.problem] == []
    return {o.check_name for o in outcomes if not o.success}


@pytest.mark.parametrize(
    ("cells", "rules"),
    [
        ({}, set()),
        ({"quarantined_count": 50}, set()),
        ({"quarantined_count": 90, "row_count": 99, "rows_per_article": 25.0}, set()),
        ({"quarantined_count": 900, "article_count": 9, "usual_article_count": 9.0}, set()),
        ({"scope": "source", "quarantined_count": 200}, set()),
        ({"crashed_count": 2}, set()),
        ({"crashed_count": 9, "article_count": 9, "usual_article_count": 9.0}, set()),
        ({"attribution_share": 0.04, "attribution_share_days": 13}, set()),
        ({"attribution_share": 0.04, "rows_per_article_days": 13}, set()),
        ({"rows_per_article": 6.0, "article_count": 19}, set()),
        ({"attribution_share": 0.65, "attribution_share_mad": 0.0}, set()),
        ({"attribution_share": 0.66, "attribution_share_mad": 0.0}, {"attribution_share"}),
        (
            {"scope": "source", "article_count": 9, "usual_article_count": 9.0,
             "attribution_share": 0.04},
            {"attribution_share"},
        ),
        (
            {"row_count": 0, "quarantined_count": 0, "rows_per_article": 0.0,
             "rows_per_article_least": 0.0},
            {"rows_per_article_not_extreme"},
        ),
        (
            {"scope": "source", "article_count": 2, "usual_article_count": 2.0, "row_count": 0,
             "quarantined_count": 0, "rows_per_article": 0.0},
            {"rows_per_article"},
        ),
        ({"attribution_share": None, "attribution_share_median": None}, set()),
    ],
    ids=[
        "a usual day",
        "exactly at the limit",
        "too few rows for a breaker",
        "too few articles for a breaker",
        "a source exactly at its limit",
        "two failures in forty articles",
        "failures on a handful of articles",
        "too few days that have the measure",
        "too few days at all",
        "a batch of less than half the usual size",
        "within the floor where all days are alike",
        "beyond the floor where all days are alike",
        "a small source is flagged and never blocked",
        "no rows where some day had none either",
        "no rows from a small source",
        "nothing that could be attributed",
    ],
)  # fmt: skip
def test_a_batch(cells: dict[str, Any], rules: set[str]) -> None:
    assert failing(usual_day(**cells)) == rules


def test_limits_are_settings() -> None:
    strict = volumes.limits(Settings(quarantine_rate_limit=0.005, history_warning_deviations=0.1))
    cells = {"attribution_share": 0.61}
    assert failing(usual_day(**cells), strict) == {"quarantine_rate", "attribution_share"}


# --- counting -------------------------------------------------------------------------------------


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ensure_tables(connection)
        yield connection


def _finding(row: dict[str, Any], kind: str | None, rule: str) -> dict[str, Any]:
    empty: dict[str, Any] = dict.fromkeys(QUARANTINE.arrow_schema.names, "x")
    empty |= {"source_record": None, "evidence_start": None, "evidence_end": None}
    named = {name: row.get(name) for name in ("version_id", "extraction_id", "row_id")}
    return {**empty, **named, "row_kind": kind, "rule": rule, "recorded_at": MONDAY}


def _count(
    connection: duckdb.DuckDBPyConnection, rows: Rows, held: Sequence[dict[str, Any]] = ()
) -> None:
    none = QUARANTINE.arrow_schema.empty_table()
    batches = {
        f"{kind}_rows": {"rows": arrow(rows, f"{kind}s"), "quarantine": none}
        for kind in ("event", "figure", "number")
    }
    batches["figure_rows"]["quarantine"] = pa.Table.from_pylist(held, QUARANTINE.arrow_schema)
    volumes.count(connection, arrow(rows, "document_versions"), batches)


def _volumes(connection: duckdb.DuckDBPyConnection, **settings: Any) -> list[dict[str, Any]]:
    found = volumes.rows_of(connection, "run", MONDAY, Settings(**settings))
    return list(found.to_pylist())


def test_rows_are_counted_by_source(connection: duckdb.DuckDBPyConnection) -> None:
    rows = sample_rows()
    held = [_finding(rows["figures"].pop(0), "figure", "status_known")]
    held.append({**held[0], "rule": "polarity_known"})
    _count(connection, rows, held)
    gazette, unknown = _volumes(connection)
    assert (gazette["source"], unknown["source"]) == (GAZETTE, "unknown")
    assert gazette["article_count"] == 2
    assert gazette["quarantined_count"] == 1, "a row that two rules set aside is one row"
    assert gazette["row_count"] == 1 + sum(
        row["document_id"] == rows["figures"][0]["document_id"]
        for kind in ("events", "figures", "numbers")
        for row in rows[kind]
    )
    assert unknown["attributed_count"] == 2
    assert unknown["dated_count"] == 0


def test_a_crash_counts_as_an_article_and_as_no_row(connection: duckdb.DuckDBPyConnection) -> None:
    rows = sample_rows()
    _count(connection, rows, [_finding(rows["document_versions"][0], None, CRASHED)])
    whole = volumes.judged(connection, MONDAY, Settings()).to_dict("records")[0]
    assert (whole["scope"], whole["source"]) == ("batch", volumes.WHOLE)
    assert (whole["crashed_count"], whole["quarantined_count"]) == (1, 0)


def test_the_rule_that_set_most_aside_is_named(connection: duckdb.DuckDBPyConnection) -> None:
    rows = sample_rows()
    first, second = rows["figures"].pop(0), rows["figures"].pop(0)
    held = [
        _finding(first, "figure", "unit_known"),
        _finding(first, "figure", "status_known"),
        _finding(second, "figure", "status_known"),
    ]
    _count(connection, rows, held)
    judged = volumes.judged(connection, MONDAY, Settings())
    assert judged["most_failed_rule"].to_list()[:2] == ["figures.status_known"] * 2


@pytest.mark.parametrize(
    ("publisher", "address", "source"),
    [
        (" Test Wire ", "https://elsewhere.example/a", "Test Wire"),
        (None, "https://News.Example:8443/a?b#c", "news.example"),
        ("", None, "unknown"),
        (None, "urn:isbn:0", "unknown"),
    ],
    ids=["a publisher", "the host of the address", "neither", "an address without a host"],
)
def test_the_source_of_an_article(
    publisher: str | None,
    address: str | None,
    source: str,
    connection: duckdb.DuckDBPyConnection,
) -> None:
    rows = sample_rows()
    rows["document_versions"] = [
        {**rows["document_versions"][0], "publisher": publisher, "canonical_url": address}
    ]
    _count(connection, rows)
    assert [row["source"] for row in _volumes(connection)] == [source]


def test_the_day_is_that_of_the_time_zone(connection: duckdb.DuckDBPyConnection) -> None:
    _count(connection, sample_rows())
    here = _volumes(connection, time_zone="Europe/Kyiv")[0]
    assert (here["day"], here["weekday"]) == (dt.date(2026, 3, 3), 2)


def test_history_is_one_point_a_day_of_the_same_weekday_before(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    _count(connection, sample_rows())
    for weeks, factor, runs in ((3, 1, 1), (2, 2, 2), (1, 6, 1), (0, 9, 1), (-1, 9, 1)):
        for run in range(runs):
            past = volumes.rows_of(connection, f"{weeks}.{run}", MONDAY - weeks * WEEK, Settings())
            rows = [{**row, "row_count": row["row_count"] * factor} for row in past.to_pylist()]
            append(connection, VOLUMES, pa.Table.from_pylist(rows, VOLUMES.arrow_schema))
    tuesday = volumes.rows_of(connection, "t", MONDAY + dt.timedelta(days=1) - WEEK, Settings())
    append(connection, VOLUMES, tuesday)
    judged = volumes.judged(connection, MONDAY, Settings()).set_index("source").loc[GAZETTE]
    assert judged["rows_per_article_days"] == 3, "not today, not the future, not another weekday"
    assert judged["rows_per_article_median"] == 2 * judged["rows_per_article"]
    assert judged["rows_per_article_mad"] == judged["rows_per_article"]
    assert judged["rows_per_article_least"] == judged["rows_per_article"]
    assert judged["usual_article_count"] == 2, "of two runs of a day the articles are added"


def test_nothing_read_is_nothing_to_judge(connection: duckdb.DuckDBPyConnection) -> None:
    _count(connection, {name: [] for name in sample_rows()})
    assert len(volumes.judged(connection, MONDAY, Settings())) == 0


# --- waivers --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("scope", "row", "rule"),
    [
        ("batch", usual_day(source=volumes.WHOLE, quarantined_count=90), "quarantine_rate"),
        ("source:Test Wire", usual_day("source", quarantined_count=300), "source_quarantine_rate"),
    ],
    ids=["the whole batch", "one source"],
)
def test_a_waiver_lets_a_batch_pass(scope: str, row: dict[str, Any], rule: str) -> None:
    frame = pd.DataFrame([row]).convert_dtypes(dtype_backend="pyarrow")
    day = MONDAY.date()
    waiver = Waiver(
        f"batch.{rule}", scope, "known fault, corrected upstream", "Ada Roe", day, until=day
    )
    without = judge(frame, Settings(), [], "run", MONDAY)
    under = judge(frame, Settings(), [waiver], "run", MONDAY)
    assert without is not None
    assert under is not None
    assert without.verdict.blocked
    assert [row["rule"] for row in without.blocking] == [rule]
    assert not under.verdict.blocked
    assert [row["waiver_id"] for row in under.waived] == [waiver.waiver_id]
