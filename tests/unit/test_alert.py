"""What an alert says, and when there is one."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from expectations.gate import CheckOutcome, Verdict
from orchestration.alert import compose, is_due, occasion_of
from orchestration.channels import in_slack
from orchestration.notice import notice_of
from orchestration.report import RefreshReport, SetAside
from orchestration.settings import Settings
from orchestration.waivers import Waiver

TODAY = dt.date(2026, 11, 23)
STOP = SetAside(
    "rows",
    "low_not_above_high",
    "raw/flood.txt",
    "The lower bound is above the upper one.",
    "Look at the sentence.",
    observed="low = 9, high = 3",
    evidence="Between nine and three were hurt.",
    suite="figures",
    quarantine_id="00aa11bb22cc33dd",
    evidence_start=8,
    evidence_end=12,
)
BROKEN = SetAside("file", "broken_json", "raw/a.json", "It breaks off.", "Correct it.")
OLD = replace(BROKEN, is_new=False)
NOTICE = notice_of(
    {
        "figures": Verdict(
            [CheckOutcome("figures", "low_not_above_high", "block", False, 120, 3)], pd.DataFrame()
        )
    },
    [STOP],
)
BLOCKED = RefreshReport("blocked", "Blocked.", run_id="1234", notice=NOTICE, quarantine=(BROKEN,))
DONE = RefreshReport("done", "Release 4 is published.", run_id="1234", rows={"figure": 1_200})


def waiver(until: dt.date) -> Waiver:
    return Waiver(
        rule="figures.low_not_above_high",
        scope="document:00aa11bb22cc33dd",
        evidence=None,
        reason="The source prints it so.",
        given_by="Mara Lind",
        given_on=dt.date(2026, 11, 1),
        until=until,
    )


@pytest.mark.parametrize(
    ("report", "occasion"),
    [
        pytest.param(BLOCKED, "blocked", id="a block, whatever else was set aside"),
        pytest.param(RefreshReport("failed", "x"), "failed", id="a failure"),
        pytest.param(DONE, "published", id="a release"),
        pytest.param(replace(DONE, quarantine=(BROKEN,)), "quarantine", id="a file set aside"),
        pytest.param(replace(DONE, quarantine=(OLD,)), "published", id="what was told before"),
        pytest.param(RefreshReport("nothing_new", "x"), None, id="a night with nothing new"),
        pytest.param(RefreshReport("locked", "x"), None, id="another refresh was running"),
    ],
)
def test_a_run_is_reported_for(report: RefreshReport, occasion: str | None) -> None:
    assert occasion_of(report) == occasion


@pytest.mark.parametrize(
    ("report", "asked", "due"),
    [
        pytest.param(BLOCKED, ("blocked",), True, id="what is asked for"),
        pytest.param(BLOCKED, ("failed",), False, id="nothing else"),
        pytest.param(DONE, ("blocked", "failed", "quarantine"), False, id="no release unasked"),
        pytest.param(
            replace(DONE, quarantine=(BROKEN,)), ("published",), True, id="a release with findings"
        ),
    ],
)
def test_the_settings_decide(report: RefreshReport, asked: tuple[str, ...], due: bool) -> None:
    assert is_due(report, Settings(notify_on=asked)) is due  # type: ignore[arg-type]


def test_a_block_is_told_in_one_message() -> None:
    report = replace(BLOCKED, docs_page=Path("/home/docs/1234/index.html"))
    soon, later = waiver(dt.date(2026, 11, 30)), waiver(dt.date(2026, 12, 1))
    message = compose(report, [soon, later], TODAY, "http://127.0.0.1:3070/1234/index.html")
    assert message.subject == (
        "dispatches blocked: Blocked by figures.low_not_above_high: 3 of 120 rows fail."
    )
    for expected in (
        "readers keep the last release",
        "- raw/flood.txt: The lower bound is above the upper one.\n"
        "  seen: low = 9, high = 3\n"
        "  text: Between [[nine]] and three were hurt.\n",
        "Set aside in this run: 1\n- 1 × file.broken_json\n",
        "Waivers that end within 7 days:\n- 2026-11-30  figures.low_not_above_high",
        "dispatches quarantine show 00aa11bb22cc33dd",
        "dispatches waive add --rule figures.low_not_above_high",
        "http://127.0.0.1:3070/1234/index.html",
        "Run 1234",
    ):
        assert expected in message.text
    assert message.text.count("Mara Lind") == 1


def test_a_thousand_findings_stay_one_short_message() -> None:
    many = tuple(
        replace(BROKEN, rule=f"rule_{number % 30:02}", source_path=f"{number}.json")
        for number in range(1_000)
    )
    message = compose(replace(DONE, quarantine=many), [], TODAY, None)
    assert "Set aside in this run: 1,000" in message.text
    assert "and 20 more rules" in message.text
    assert len(message.text.splitlines()) < 40


def test_nothing_of_an_article_breaks_a_line_of_the_message() -> None:
    hostile = "a\r\nBcc: everyone@example.org\n\x1b[2J\u202e"
    stop = replace(STOP, source_path=hostile, observed=hostile, evidence=hostile, reason=hostile)
    headline = replace(NOTICE, headline=hostile, evidence=(stop,))
    report = RefreshReport("blocked", hostile, notice=headline, quarantine=(stop,))
    message = compose(report, [], TODAY, None)
    assert "\n" not in message.subject
    assert not set("\r\x1b\u202e") & set(message.subject + message.text)
    assert not any(line.startswith("Bcc") for line in message.text.splitlines())


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        pytest.param("<!channel> now", "&lt;!channel&gt; now", id="no call of a channel"),
        pytest.param("<@U024BE7LH>", "&lt;@\u200bU024BE7LH&gt;", id="no call of a person"),
        pytest.param("@here", "@\u200bhere", id="none in plain words either"),
        pytest.param("<http://x.org|bank>", "&lt;http://x.org|bank&gt;", id="no hidden link"),
        pytest.param("![](http://x.org)", "!\u200b[](http://x.org)", id="no image is loaded"),
        pytest.param("R&D", "R&amp;D", id="an ampersand is one"),
    ],
)
def test_slack_reads_text_and_nothing_else(text: str, sent: str) -> None:
    assert in_slack(text) == sent
