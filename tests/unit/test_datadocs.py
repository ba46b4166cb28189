"""Pages of the Data Docs: readable, small, closed to the network, safe whatever an article says."""

from __future__ import annotations

import html
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from expectations.catalogue import CHECKS
from expectations.gate import CheckOutcome, Verdict
from orchestration.blocking import blocked, models_blocked
from orchestration.checks import check_results
from orchestration.datadocs import RunDocs, first_rows
from orchestration.docs_site import RunSite, prune, read_state
from orchestration.home import Home
from orchestration.report import SetAside
from orchestration.settings import Settings

SENTENCE = "Between nine and three were hurt."
ROWS = pa.table(
    {
        "version_id": ["v1", "v2"],
        "sentence_text": ["Twelve arrived.", SENTENCE],
        "sentence_start": [0, 100],
        "start": [0, 108],
        "end": [6, 112],
    }
)
RULE = "low_not_above_high"
HOSTILE = [
    "<script>alert(1)</script>",
    "</p></blockquote></body><img src=//evil.example/x onerror=alert(1)>",
    '"><svg/onload=alert(1)>',
    "<a href='javascript:alert(1)'>click</a>",
    "<style>*{background:url(//evil.example)}</style>",
    "$piece0 ${text} $$ {{ 7*7 }} {% raw %}",
    "\u202egnp.exe \x1b[2J",
    "<!-- <iframe src=//evil.example>",
]


def verdict(rows: int = 1, evaluated: int = 2, observed: str = "low = 9, high = 3") -> Verdict:
    """Every rule of the suite passes but one."""
    outcomes = [
        CheckOutcome("figures", c.check_name, "block", False, evaluated, rows)
        if c.check_name == RULE
        else CheckOutcome("figures", c.check_name, c.severity, True, evaluated, 0)
        for c in CHECKS
        if c.suite == "figures"
    ]
    failures = pd.DataFrame(
        {
            "check_name": [RULE] * rows,
            "severity": ["block"] * rows,
            "row_position": pd.array([1] * rows, dtype="Int64"),
            "row_id": ["r"] * rows,
            "version_id": ["v2"] * rows,
            "reason": [""] * rows,
            "observed": [observed] * rows,
            "next_step": [""] * rows,
        }
    )
    return Verdict(outcomes, failures)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home").create()


@pytest.fixture
def docs(home: Home) -> RunDocs:
    return RunDocs(home, Settings(home=home.root), "run-1")


class Elements(HTMLParser):
    """Elements of a page, with what could load or run something."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.addresses: list[str] = []
        self.handlers: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attributes: Any) -> None:
        self.tags.add(tag)
        for name, value in attributes:
            if name in ("href", "src", "action", "data", "srcset", "background"):
                self.addresses.append(value)
            if name.startswith("on") or name == "style":
                self.handlers.append(name)


def _text(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


def test_a_page_says_in_words_what_failed_with_the_sentence_and_its_span(docs: RunDocs) -> None:
    page = docs.suite("figures", verdict(), ROWS, {"v2": "raw/flood.txt"})
    assert page is not None
    assert page.path is not None
    text = page.path.read_text(encoding="utf-8")
    assert "<mark >nine</mark>" in text
    rule = next(c for c in CHECKS if (c.suite, c.check_name) == ("figures", RULE))
    for told in (
        "Suite figures Blocked",
        "1 of 2 fail raw/flood.txt low = 9, high = 3",
        SENTENCE,
        f"Why: {rule.why}",
        f"Next: {rule.next_step}",
        "Great Expectations",
    ):
        assert told.replace("`", "") in _text(text)
    assert "belong to this set" not in text


def test_a_million_failures_make_a_small_page(docs: RunDocs) -> None:
    page = docs.suite("figures", verdict(5_000, 1_000_000), ROWS)
    assert page is not None
    assert page.path is not None
    assert page.path.stat().st_size < 100_000
    assert "and 4,997 more" in page.path.read_text(encoding="utf-8")


@pytest.mark.parametrize("hostile", HOSTILE)
def test_nothing_of_an_article_is_markup_on_any_page(
    docs: RunDocs, home: Home, hostile: str
) -> None:
    rows = ROWS.set_column(1, "sentence_text", pa.array(["x", hostile]))
    rows = rows.set_column(3, "start", pa.array([0, 101])).set_column(4, "end", pa.array([0, 104]))
    bad = verdict(observed=hostile)
    docs.suite("figures", bad, rows, {"v2": hostile})
    stop = SetAside("rows", RULE, hostile, hostile, hostile, hostile, hostile, suite="figures")
    blocked({"figures": bad}, [stop], docs)
    pages = sorted(home.docs.rglob("*.html"))
    assert [p.name for p in pages] == ["index.html", "figures.html", "index.html"]
    for page in pages:
        text = page.read_text(encoding="utf-8")
        found = Elements(text)
        assert not found.tags & {"script", "img", "svg", "iframe", "link", "object", "form"}
        assert all(re.fullmatch(r"[\w./-]+\.html", address) for address in found.addresses)
        assert found.handlers == []
        assert not set("\u202e\x1b") & set(text)
    assert "7*7" in pages[1].read_text(encoding="utf-8") or "7*7" not in hostile


def test_a_page_states_a_policy_that_lets_nothing_load(docs: RunDocs) -> None:
    page = docs.suite("figures", verdict(), ROWS)
    assert page is not None
    assert page.path is not None
    text = page.path.read_text(encoding="utf-8")
    policy = html.unescape(
        re.search(r'Content-Security-Policy" content="([^"]*)"', text)[1]  # type: ignore[index]
    )
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "http" not in re.sub(r"127\.0\.0\.1", "", policy)


def test_the_runs_page_leads_to_its_suites_and_tells_the_block(docs: RunDocs, home: Home) -> None:
    docs.suite("figures", verdict(), ROWS)
    stop = SetAside(
        "rows",
        RULE,
        "raw/flood.txt",
        "Wrong.",
        "Look.",
        "low = 9, high = 3",
        SENTENCE,
        suite="figures",
        quarantine_id="00aa11bb22cc33dd",
        evidence_start=8,
        evidence_end=12,
    )
    failure = blocked({"figures": verdict()}, [stop], docs)
    text = (home.docs / "run-1" / "index.html").read_text(encoding="utf-8")
    assert 'href="figures.html"' in text
    assert "Between <mark>nine</mark> and three were hurt." in text
    for command in (
        "dispatches quarantine show 00aa11bb22cc33dd",
        "dispatches waive add --rule figures.low_not_above_high --scope finding:00aa11bb22cc33dd",
        "dispatches refresh",
    ):
        assert command in html.unescape(text)
        assert command in str(failure.metadata["what was blocked"].value)
    assert failure.metadata["data_docs"].value == "http://127.0.0.1:3070/run-1/index.html"
    runs = (home.docs / "index.html").read_text(encoding="utf-8")
    assert 'href="run-1/index.html"' in runs
    assert "Blocked" in runs


def test_failing_tests_of_the_models_stand_on_the_runs_page(docs: RunDocs, home: Home) -> None:
    import dagster as dg

    models_blocked(
        [dg.AssetCheckResult(passed=False, check_name="unique_id", asset_key="fct_figure")], docs
    )
    text = (home.docs / "run-1" / "index.html").read_text(encoding="utf-8")
    assert "Blocked by the test fct_figure: unique_id." in text


def test_the_ending_of_a_run_is_noted(docs: RunDocs, home: Home) -> None:
    docs.suite("figures", verdict(0), ROWS)
    RunSite(home.docs, "run-1").end("done", "Release 4 is published.")
    assert "Release 4 is published." in (home.docs / "index.html").read_text(encoding="utf-8")


def test_a_run_that_evaluated_nothing_has_no_page(docs: RunDocs, home: Home) -> None:
    assert docs.suite("figures", None) is None
    RunSite(home.docs, "run-1").end("nothing_new", "Nothing new.")
    assert list(home.docs.iterdir()) == []


def test_older_runs_lose_their_pages(home: Home) -> None:
    for number in range(4):
        docs = RunDocs(home, Settings(home=home.root), f"run-{number}")
        docs.suite("figures", verdict(0), ROWS)
    (home.docs / "run-3" / "run.json").write_text("{", encoding="utf-8")  # cut by a crash
    prune(home.docs, 2)
    left = sorted(folder.name for folder in home.docs.iterdir() if folder.is_dir())
    assert left == ["run-1", "run-2"]
    assert "run-0" not in (home.docs / "index.html").read_text(encoding="utf-8")
    assert read_state(home.docs / "run-2") is not None


def test_a_page_that_can_not_be_written_stops_nothing(docs: RunDocs, home: Home) -> None:
    (home.docs / "run-1").write_text("a file in the way", encoding="utf-8")
    page = docs.suite("figures", verdict(), ROWS)
    assert page is not None
    assert "not written" in str(page.metadata()["data_docs"].value)
    assert page.link() == {}


def test_each_result_of_a_check_links_to_its_page(docs: RunDocs) -> None:
    page = docs.suite("figures", verdict(), ROWS)
    results = list(check_results("figures", verdict(), page))
    links = {result.metadata["data_docs"].value for result in results}
    assert links == {"http://127.0.0.1:3070/run-1/figures.html"}


def test_evidence_of_an_article_is_how_it_begins() -> None:
    articles = pa.table(
        {"source_path": ["a.txt", "b.txt"], "clean_text": ["x", "Nine\n\npeople " + "y" * 400]}
    )
    (found,) = first_rows(verdict(), articles, {})[RULE]
    assert found.where == "b.txt"
    assert found.text[0].startswith("Nine people yyy")
    assert len(found.text[0]) <= 200
    assert found.text[1:] == ("", "")
