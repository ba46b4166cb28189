"""What a person is told when a refresh ends."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from expectations.gate import CheckOutcome, Verdict
from orchestration.cli.summary import show_summary
from orchestration.notice import Notice, notice_of
from orchestration.report import GateCount, RefreshReport, SetAside

FILE = SetAside("file", "broken_json", "raw/a.json", "It breaks off.", "Correct it.")
ROW = SetAside(
    "rows",
    "low_at_most_high",
    "raw/b.txt",
    "The lower bound is above the upper one.",
    "Look at the sentence.",
    observed="low = 9, high = 3",
    evidence="Between nine and three were hurt.",
)


def notice(*evidence: SetAside) -> Notice:
    """What the gate tells when a rule fails on 1 of 120 figures."""
    outcome = CheckOutcome("figures", "low_not_above_high", "block", False, 120, 1)
    return notice_of({"figures": Verdict([outcome], pd.DataFrame())}, evidence)


def shown(report: RefreshReport, capsys: pytest.CaptureFixture[str]) -> str:
    show_summary(report)
    captured = capsys.readouterr()
    assert (captured.err != "") == (report.outcome == "failed")
    return captured.err + captured.out


def test_a_good_refresh_counts_what_it_did_and_says_what_to_try(
    capsys: pytest.CaptureFixture[str],
) -> None:
    report = RefreshReport(
        "done",
        "Release 3 is published.",
        run_id="run",
        seconds=12.34,
        articles_new=1_200,
        articles_unchanged=8,
        articles_quarantined=1,
        rows={"event": 5, "figure": 70, "number": 80},
        rows_quarantined=1,
        gates=(GateCount("articles", passed=9, flagged=1), GateCount("figures", 7, quarantined=2)),
        quarantine=(FILE, ROW),
        published_path=Path("/home/x/published/dispatches.duckdb"),
        release_number=3,
    )
    text = shown(report, capsys)
    for expected in (
        "Release 3 is published.  (12.3 s)",
        "1,200 new · 8 unchanged · 1 set aside",
        "5 events · 70 figures · 80 numbers · 1 set aside",
        "articles 9 passed, 1 flagged · figures 7 passed, 2 set rows aside",
        "/home/x/published/dispatches.duckdb  (release 3)",
        "  raw/a.json\n    why   It breaks off.\n    next  Correct it.\n",
        "above the upper one.  [low = 9, high = 3]\n    text  Between nine and three were hurt.\n",
        'Next  dispatches sql "SELECT',
    ):
        assert expected in text


def test_equal_findings_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(RefreshReport("done", "Done.", quarantine=(ROW, FILE, ROW, ROW)), capsys)
    assert text.count("above the upper one") == 1
    assert "raw/b.txt  3 ×" in text


def test_a_long_list_of_rows_is_cut_and_says_how_to_see_the_rest(
    capsys: pytest.CaptureFixture[str],
) -> None:
    rows = [SetAside("rows", "r", f"{number}.txt", "Why.", "Next.") for number in range(40)]
    text = shown(RefreshReport("done", "Done.", quarantine=tuple(rows)), capsys)
    assert text.count("Why.") == 10
    assert "and 30 more: dispatches quarantine list" in text


def test_what_an_earlier_refresh_reported_is_only_named(
    capsys: pytest.CaptureFixture[str],
) -> None:
    old = SetAside("file", "r", "old.txt", "Why.", "Next.", is_new=False)
    text = shown(RefreshReport("nothing_new", "Nothing new.", quarantine=(old,)), capsys)
    assert "Still set aside since an earlier refresh: 1 file (old.txt)" in text
    assert "Why." not in text


def test_a_block_shows_what_how_many_the_evidence_and_the_commands_to_go_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    stop = replace(ROW, evidence_start=8, evidence_end=12, quarantine_id="00aa11bb22cc33dd")
    text = shown(RefreshReport("blocked", "Not shown.", run_id="run", notice=notice(stop)), capsys)
    for expected in (
        "Blocked by figures.low_not_above_high: 1 of 120 rows fail.  (0.0 s)",
        "readers keep the last release",
        "  raw/b.txt\n    seen  low = 9, high = 3\n    text  Between [[nine]] and three were hurt.",
        "    dispatches quarantine show 00aa11bb22cc33dd\n",
        "    dispatches waive add --rule figures.low_not_above_high "
        "--scope finding:00aa11bb22cc33dd --reason ",
        "    dispatches refresh\n",
    ):
        assert expected in text
    assert "Not shown." not in text


def test_a_held_lock_is_told_without_counts(capsys: pytest.CaptureFixture[str]) -> None:
    text = shown(RefreshReport("locked", "Another refresh is running."), capsys)
    assert "Articles" not in text
    assert "--wait" in text


@pytest.mark.parametrize("hostile", ["\x1b[2J\x1b]0;owned\x07", "a\rb", "\u202egnp.txt", "\x9b31m"])
def test_nothing_of_a_file_acts_on_the_terminal(
    hostile: str, capsys: pytest.CaptureFixture[str]
) -> None:
    item = SetAside("rows", hostile, hostile, hostile, hostile, hostile, hostile)
    still = SetAside("file", hostile, hostile, hostile, hostile, is_new=False)
    told = replace(notice(item), headline=hostile, demand=hostile, next_step=hostile)
    report = RefreshReport("failed", hostile, quarantine=(item, still), notice=told, alert=hostile)
    text = shown(report, capsys)
    assert not set("\x1b\x07\r\u202e\x9b") & set(text)


def test_markup_in_names_is_text(capsys: pytest.CaptureFixture[str]) -> None:
    item = SetAside("file", "r", "[red]a[/].txt :smile:", "Why.", "Next.")
    assert "[red]a[/].txt :smile:" in shown(
        RefreshReport("done", "Done.", quarantine=(item,)), capsys
    )
