"""`dispatches ui` as a person sees it: Chromium on the page, web server and daemon behind it.

Needs /usr/bin/chromium (Debian: apt-get install chromium); without it these tests are skipped.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
from refreshing import ROOT

from extraction import extract
from orchestration.home import Home
from orchestration.refresh import run_refresh
from orchestration.settings import Settings
from orchestration.ui import serve

CHROMIUM = Path("/usr/bin/chromium")
FLAGS = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
SERVE = """
import sys
from pathlib import Path
from orchestration.settings import Settings
from orchestration.ui import serve
sys.exit(serve(Settings(home=Path(sys.argv[1]), raw=Path(sys.argv[2])), int(sys.argv[3]),
               lambda line: print(line, flush=True)))
"""
HOSTILE = (
    "KORVA, June 4 — Some 9,000 <script>alert(1)</script> miners ![x](http://evil.example/x.png) "
    "went on strike on Tuesday | the union said. Nobody knew why the talks had ended so soon, and "
    "the company did not answer questions that reporters put to it in the evening.\n"
)
SCHEDULES = """{ schedulesOrError(repositorySelector: {repositoryLocationName: "dispatches",
    repositoryName: "__repository__"}) { __typename ... on Schedules { results {
    name cronSchedule executionTimezone scheduleState { status } } } } }"""
pytestmark = [pytest.mark.browser, pytest.mark.slow]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    root = tmp_path_factory.mktemp("ui")
    (root / "raw").mkdir()
    return Settings(home=root / "home", raw=root / "raw", docs_port=_free_port())


@pytest.fixture(scope="module")
def blocked_run(settings: Settings) -> str:
    """Id of a run that the row gate stopped: every figure's span is off by one."""

    def misread(text: str, published: dt.date | None) -> Any:
        rows = extract(text, published).to_rows()
        for row in rows:
            if row["kind"] == "figure":
                row["end"] += 1
        return SimpleNamespace(to_rows=lambda: rows)

    article = settings.raw / "hostile.txt"
    article.write_text(HOSTILE, encoding="utf-8")
    report = run_refresh([], settings, extractor=misread)
    article.unlink()  # or the sensor would start a run of its own
    assert report.outcome == "blocked", report.message
    assert report.run_id is not None
    return report.run_id


@pytest.fixture(scope="module")
def served(settings: Settings, blocked_run: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a UI that answers, and its process."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(settings.home), str(settings.raw), str(port)],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "DISPATCHES_DOCS_PORT": str(settings.docs_port),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = [process.stdout.readline() for _ in range(3)]
    assert f"http://127.0.0.1:{port}" in said[1], said
    assert f"http://127.0.0.1:{settings.docs_port}" in said[2], said
    yield f"http://127.0.0.1:{port}", process
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0


@pytest.fixture(scope="module")
def page(served: tuple[str, Any]) -> Iterator[Any]:
    if not CHROMIUM.exists():
        pytest.skip(f"no Chromium at {CHROMIUM}; Debian: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=list(FLAGS))
        yield browser.new_page(viewport={"width": 1600, "height": 4000})
        browser.close()


def _visible(page: Any, text: str) -> None:
    page.get_by_text(text, exact=True).first.wait_for(state="visible", timeout=120_000)


def test_a_blocked_run_leads_to_the_page_that_says_how_to_go_on(
    served: tuple[str, Any], page: Any, settings: Settings, blocked_run: str
) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served[0]}/runs/{blocked_run}", wait_until="domcontentloaded")
    link = page.locator(f"a[href$='{settings.docs_port}/{blocked_run}/index.html']").first
    link.wait_for(state="visible", timeout=120_000)
    with page.context.expect_page() as opened:
        link.click()
    docs = opened.value
    for said in ("Blocked by figures.id_is_content_hash", "dispatches refresh"):
        docs.get_by_text(said).last.wait_for(state="visible")
    assert "<script>alert(1)</script> miners" in docs.locator("blockquote").first.inner_text()
    docs.get_by_role("link", name="figures").click()
    docs.get_by_role("heading", name="Blocks the batch (2)").wait_for(state="visible")
    for width in (390, 1280):
        docs.set_viewport_size({"width": width, "height": 900})
        assert docs.evaluate("document.documentElement.scrollWidth") <= width
    docs.close()
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}


def test_evidence_from_a_hostile_article_stays_text_in_the_ui(
    served: tuple[str, Any], page: Any, blocked_run: str
) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    page.goto(f"{served[0]}/runs/{blocked_run}", wait_until="domcontentloaded")
    page.get_by_text("[Show Markdown]").last.click(timeout=120_000)
    page.get_by_text("Let it pass, if someone answers for it:").wait_for(state="visible")
    _visible(page, "How to go on")
    assert page.get_by_text("<script>alert(1)</script> miners").count() > 0
    assert {urlsplit(url).hostname for url in asked} == {"127.0.0.1"}


def test_the_catalog_lists_the_assets(served: tuple[str, Any], page: Any) -> None:
    page.goto(f"{served[0]}/assets", wait_until="domcontentloaded")
    for asset in ("raw_articles", "articles", "figure_rows", "published_warehouse"):
        _visible(page, asset)
    for asset in ("landing / figures", "marts / fct_event_mention", "marts / fct_figure"):
        _visible(page, asset)


def test_the_lineage_shows_the_groups_of_the_flow(served: tuple[str, Any], page: Any) -> None:
    page.goto(f"{served[0]}/asset-groups", wait_until="domcontentloaded")
    for group in ("ingest", "extraction", "landing", "staging", "marts", "publish"):
        _visible(page, group)


def test_no_page_asks_for_a_mail_address(served: tuple[str, Any], page: Any) -> None:
    page.goto(f"{served[0]}/asset-groups", wait_until="domcontentloaded")
    _visible(page, "landing")
    assert page.get_by_text("Join the Dagster community").count() == 0


def test_the_nightly_schedule_is_switched_on(served: tuple[str, Any], page: Any) -> None:
    page.goto(f"{served[0]}/automation", wait_until="domcontentloaded")
    _visible(page, "nightly")
    _visible(page, "new_files")
    row = page.locator("a[href$='/schedules/nightly']").first
    switch = row.locator("xpath=following::input[@type='checkbox'][1]")
    deadline = time.monotonic() + 60  # it is drawn before the state of the schedule is known
    while not switch.is_checked() and time.monotonic() < deadline:
        page.wait_for_timeout(200)
    assert switch.is_checked()


def test_the_nightly_schedule_is_running(served: tuple[str, Any]) -> None:
    asked = Request(
        f"{served[0]}/graphql",
        data=json.dumps({"query": SCHEDULES}).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urlopen(asked, timeout=60) as answer:
        found = json.load(answer)["data"]["schedulesOrError"]
    assert found["results"] == [
        {
            "name": "nightly",
            "cronSchedule": "0 2 * * *",
            "executionTimezone": "UTC",
            "scheduleState": {"status": "RUNNING"},
        }
    ]


def test_a_second_ui_on_the_same_home_is_refused_in_words(
    served: tuple[str, Any], settings: Settings
) -> None:
    said: list[str] = []
    assert serve(settings, None, said.append) == 1
    assert "already runs" in said[-1]


def test_a_taken_port_is_named(served: tuple[str, Any], tmp_path: Path) -> None:
    port = int(served[0].rsplit(":", 1)[1])
    said: list[str] = []
    assert serve(Settings(home=tmp_path), port, said.append) == 1
    assert str(port) in said[-1]
    assert "--port" in said[-1]


def test_ending_the_ui_ends_what_it_started(settings: Settings, tmp_path: Path) -> None:
    """On a home of its own, so that the tests above keep theirs."""
    home = Home.at(tmp_path / "home")
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(home.root), str(settings.raw), str(port)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while "shows the warehouse" not in process.stdout.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return
        time.sleep(0.2)
    pytest.fail(f"something still answers on port {port}")
