"""What the gate makes of results: pass, flag, set aside, block; and when it cannot run."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from typing import Any

import pandas as pd
import pytest
from warehouse_sample import Rows, frame, sample_rows

from expectations.gate import CHECKS, Verdict, evaluate
from expectations.recount import count_numbers
from expectations.rule import SEVERITIES


@pytest.fixture
def rows() -> Rows:
    return sample_rows()


def judge(suite: str, rows: Rows) -> Verdict:
    """The verdict on a suite's rows, with the context that it needs."""
    frames = {name: frame(rows, name) for name in rows}
    context: dict[str, dict[str, pd.DataFrame]] = {
        "figures": {"versions": frames["document_versions"], "events": frames["events"]},
        "events": {"versions": frames["document_versions"]},
        "numbers": {"versions": frames["document_versions"], "figures": frames["figures"]},
    }
    own = "document_versions" if suite == "articles" else suite
    return evaluate(suite, frames[own], **context.get(suite, {}))


def failed(verdict: Verdict) -> set[str]:
    return {o.check_name for o in verdict.outcomes if not o.success}


@pytest.mark.parametrize("suite", ["articles", "figures", "events", "numbers"])
def test_good_rows_pass_every_check_that_can_stop_them(suite: str, rows: Rows) -> None:
    verdict = judge(suite, rows)
    assert failed(verdict) <= {"text_long_enough"}
    assert not verdict.blocked
    assert {o.check_name for o in verdict.outcomes} == {
        c.check_name for c in CHECKS if c.suite == suite
    }


@pytest.mark.parametrize("suite", ["articles", "figures", "events", "numbers"])
def test_a_missing_column_blocks(suite: str, rows: Rows) -> None:
    frames = {name: frame(rows, name) for name in rows}
    column = {"articles": "title", "figures": "concept", "events": "date_edtf"}.get(suite, "reason")
    own = "document_versions" if suite == "articles" else suite
    context = {"versions": frames["document_versions"], **frames} if suite != "articles" else {}
    verdict = evaluate(suite, frames[own].drop(columns=column), **context)
    assert verdict.blocked
    assert "columns_present" in failed(verdict)


def test_a_moved_offset_blocks_the_batch(rows: Rows) -> None:
    rows["figures"][0]["start"] += 1
    verdict = judge("figures", rows)
    assert verdict.blocked
    assert "span_slices_back" in failed(verdict)


def test_a_bad_row_is_set_aside_and_the_rest_goes_on(rows: Rows) -> None:
    rows["figures"][0]["status"] = "happened"
    verdict = judge("figures", rows)
    batch = frame(rows, "figures")
    admitted = verdict.admitted(batch)
    assert not verdict.blocked
    assert len(admitted) == len(batch) - 1
    assert rows["figures"][0]["extraction_id"] not in set(
        admitted[admitted["row_id"] == rows["figures"][0]["row_id"]]["extraction_id"]
    )
    failure = verdict.failures.iloc[0]
    assert failure["check_name"] == "status_known"
    assert failure["row_position"] == 0
    assert failure["row_id"] == rows["figures"][0]["row_id"]
    assert failure["observed"] == "status = happened"


def test_a_warning_flags_the_row_and_lets_it_through(rows: Rows) -> None:
    event = next(r for r in rows["events"] if r["event_type"] == "AID")
    event["recipients"] = []
    batch = frame(rows, "events")
    admitted = judge("events", rows).admitted(batch)
    assert len(admitted) == len(batch)
    flagged = {r: list(f) for r, f in zip(admitted["row_id"], admitted["flags"], strict=True)}
    assert flagged[event["row_id"]] == ["recipient_given"]
    assert sum(map(bool, flagged.values())) == 1


def test_flags_that_were_there_are_kept(rows: Rows) -> None:
    event = next(r for r in rows["events"] if r["event_type"] == "AID")
    event |= {"recipients": [], "flags": ["seen_before"]}
    admitted = judge("events", rows).admitted(frame(rows, "events"))
    assert ["seen_before", "recipient_given"] in [list(flags) for flags in admitted["flags"]]


def test_a_check_without_its_context_has_not_passed(rows: Rows) -> None:
    verdict = evaluate("figures", frame(rows, "figures"), versions=frame(rows, "document_versions"))
    unable = {o.check_name: o.problem for o in verdict.outcomes if o.problem}
    assert set(unable) == {"event_exists"}
    assert "'events'" in str(unable["event_exists"])
    assert verdict.blocked


def test_clean_text_may_come_as_a_column(rows: Rows) -> None:
    texts = {r["version_id"]: r["clean_text"] for r in rows["document_versions"]}
    batch = frame(rows, "events")
    batch["clean_text"] = batch["version_id"].map(texts).astype("category")
    assert failed(evaluate("events", batch)) == set()


def test_frames_of_plain_objects_are_judged_alike(rows: Rows) -> None:
    def plain(table: str) -> pd.DataFrame:
        return pd.DataFrame(frame(rows, table).to_dict("records"))

    verdict = evaluate("events", plain("events"), versions=plain("document_versions"))
    assert failed(verdict) == set()


@pytest.mark.parametrize("suite", ["articles", "figures", "events", "numbers"])
def test_an_empty_batch_passes(suite: str, rows: Rows) -> None:
    verdict = judge(suite, {name: [] for name in rows})
    assert failed(verdict) == set()
    assert verdict.admitted(frame(rows, "figures").iloc[:0])["flags"].to_list() == []


RELEASE = {
    **{"document_count": 10, "event_count": 100, "figure_count": 200, "number_count": 300},
    **{"quarantine_count": 0, "changed_count": 0, "removed_count": 0},
}


@pytest.mark.parametrize(
    ("now", "rules", "blocked"),
    [
        ({}, set(), False),
        ({"document_count": 0}, {"release_has_documents"}, True),
        ({"figure_count": 99}, {"release_keeps_rows"}, True),
        ({"document_count": 9}, {"release_keeps_documents"}, False),
        ({"quarantine_count": 50}, {"release_quarantine_small"}, False),
        ({"changed_count": 121}, {"release_changes_few"}, False),
    ],
    ids=[
        "no change",
        "nothing in it",
        "half of the figures lost",
        "one document less",
        "much set aside",
        "much changed",
    ],
)
def test_a_release_is_held_against_the_last_one(
    now: dict[str, int], rules: set[str], blocked: bool
) -> None:
    last = pd.DataFrame([RELEASE])
    if "document_count" in now and not now["document_count"]:
        last = last.iloc[:0]
    verdict = evaluate(
        "release",
        last.iloc[:0].reindex([0]).assign(**{**RELEASE, **now}),
        previous=last,
    )
    assert failed(verdict) == rules
    assert verdict.blocked == blocked


def test_an_unknown_suite_is_named(rows: Rows) -> None:
    with pytest.raises(KeyError, match="no suite 'figure'"):
        evaluate("figure", frame(rows, "figures"))


def test_the_catalogue_comes_without_great_expectations() -> None:
    """Dagster's definitions read it at every start; the library takes seconds to import."""
    code = (
        "import sys, expectations.gate; "
        "sys.exit('great_expectations' in sys.modules or not expectations.gate.CHECKS)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_check_explains_itself() -> None:
    assert all(c.severity in SEVERITIES for c in CHECKS)
    assert all(c.what and c.why and c.next_step and c.example for c in CHECKS)
    ids = [(c.suite, c.check_name) for c in CHECKS]
    assert len(ids) == len(set(ids))


def test_days_are_read_from_dates_and_from_text(rows: Rows) -> None:
    rows["events"][0]["date_from"] = dt.date(2025, 3, 9)
    batch = frame(rows, "events")
    batch["date_from"] = [None if pd.isna(d) else str(d) for d in batch["date_from"]]
    verdict = evaluate("events", batch, versions=frame(rows, "document_versions"))
    assert failed(verdict) == {"date_from_not_after_to"}


@pytest.mark.parametrize(
    ("needle", "cells"),
    [
        ("12", {"date_granularity": "interval", "date_to": None}),
        ("19 miles", {"value": 20.0, "low": 20.0, "high": 20.0, "base": 20 * 1609.344}),
        ("half", {"comparator": "multiple_of", "low_inclusive": True}),
        ("half", {"value": 13.332, "factor": 0.3333}),
    ],
    ids=[
        "an interval that is open at one end",
        "a dual unit that was rounded",
        "at least a multiple of something",
        "a third, kept with four decimals",
    ],
)
def test_what_is_no_mistake_passes(needle: str, cells: dict[str, Any], rows: Rows) -> None:
    base = cells.pop("base", None)
    if base:
        cells |= {f"base_{name}": base for name in ("value", "low", "high")}
    for figure in rows["figures"]:
        if figure["text"] == needle:
            figure |= cells
    assert failed(judge("figures", rows)) == set()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("In 2024, twenty-one of 3,400", ["2024", "twenty", "one", "3", "400"]),
        ("F-16s and G7 leaders", ["16", "7"]),
        ("one's own, the Twos' house", []),
        ("Millions fled; dozens stayed", ["Millions", "dozens"]),
        ("the second attempt, no evidence", []),
        ("9\u0663\u0664", ["9\u0663\u0664"]),
    ],
    ids=["words and digits", "inside names", "possessives", "plurals", "left out", "other digits"],
)
def test_numbers_are_counted_again_without_the_extractor(text: str, numbers: list[str]) -> None:
    found = count_numbers([text])
    assert [text[a:b] for a, b in zip(found.starts, found.ends, strict=True)] == numbers
