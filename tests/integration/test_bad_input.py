"""One refresh over a folder that holds everything that can be wrong at once.

The superuser may open any file, so where the tests run as root the command runs without the two
capabilities that allow it (Linux): then closed files and folders are closed to root as well.
"""

from __future__ import annotations

import ctypes
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from command_line import CommandLine

pytestmark = pytest.mark.slow

GOOD = (
    "ALMATY, March 4 — Flood water has forced 1,200 people out of three villages, the emergency "
    "service said on Monday.\nA provincial official spoke of at least 40 ruined houses. Two dams "
    "are being watched, she told reporters."
)
OTHER = (
    "PORTO, June 9 — Dockers ended their strike after 11 days, the union said.\n"
    "The port had lost about 3 million euros, according to its operator."
)
LAST = (
    "QUITO, July 1 — The congress approved the budget on Tuesday by 71 votes to 52.\n"
    "Police detained 9 demonstrators outside the building, local media reported."
)
ENDLESS = "The river rose again and nobody came. " * 2_700

BAD: dict[str, str] = {
    "broken.json": "broken_json",
    "closed": "unreadable_folder",
    "closed.txt": "unreadable_file",
    "control\\x1b[2J.txt": "empty_file",
    "empty.txt": "empty_file",
    "endless.txt": "long_line",
    "feed.jsonl": "broken_json",
    "huge.txt": "too_large",
    "lonely.meta.json": "sidecar_without_article",
    "menu.html": "html_without_article",
    "no-text.json": "record_without_text",
    "outside.txt": "link_leaves_folder",
    "picture.txt": "binary_content",
    "pipe.txt": "special_file",
    "same again.txt": "same_text",
    "table.xlsx": "unknown_format",
    "windows.txt": "not_utf8",
    "[bold]markup[red].txt": "empty_file",
}
"""Name as it is shown → the rule that it breaks."""


def fill(raw: Path) -> None:
    """The folder with three good articles and one of each kind of bad input."""
    raw.mkdir()
    texts = {
        "good.txt": GOOD,
        "same again.txt": GOOD,
        "Łódź – ¿qué pasó?.txt": OTHER,
        "broken.json": '{"text": "LIMA, May 1 — The mayor',
        "no-text.json": '{"title": "Only a title"}',
        "feed.jsonl": json.dumps({"text": LAST, "published": "2025-07-01"}) + '\n{"text": "cut',
        "empty.txt": "",
        "control\x1b[2J.txt": "",
        "[bold]markup[red].txt": " \n",
        "endless.txt": ENDLESS,
        "menu.html": "<html><body><nav><a href='/'>Home</a></nav></body></html>",
        "table.xlsx": "PK",
        "lonely.meta.json": "{}",
        "closed.txt": GOOD + " More.",
    }
    for name, text in texts.items():
        (raw / name).write_text(text, encoding="utf-8")
    (raw / "windows.txt").write_bytes("The café was closed.".encode("cp1252"))
    (raw / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    with (raw / "huge.txt").open("wb") as file:
        file.truncate(50_000_000)
    (raw / "closed").mkdir()
    (raw / "closed" / "inside.txt").write_text(GOOD + " Inside.")
    (raw / "outside.txt").symlink_to("/etc/hostname")
    os.mkfifo(raw / "pipe.txt")
    (raw / "closed").chmod(0)
    (raw / "closed.txt").chmod(0)


def _give_up_file_privileges() -> None:
    """CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH leave the bounding set; exec then drops them."""
    for capability in (1, 2):
        if ctypes.CDLL(None, use_errno=True).prctl(24, capability, 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "can't drop a capability")


@dataclass
class Refreshed:
    """Two refreshes in a row over the same folder."""

    dispatches: CommandLine
    first: subprocess.CompletedProcess[str]
    second: subprocess.CompletedProcess[str]
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def said(self) -> str:
        return self.first.stdout + self.first.stderr + self.second.stdout + self.second.stderr


@pytest.fixture(scope="module")
def refreshed() -> Iterator[Refreshed]:
    folder = Path(tempfile.mkdtemp(prefix="dispatches-bad-input-"))
    options: dict[str, Any] = {"preexec_fn": _give_up_file_privileges} if os.geteuid() == 0 else {}
    fill(folder / "raw")
    dispatches = CommandLine(folder)
    try:
        first, second = (dispatches("refresh", **options) for _ in range(2))
        yield Refreshed(dispatches, first, second, options)
    finally:
        (folder / "raw" / "closed").chmod(0o700)
        shutil.rmtree(folder)


def test_the_rest_of_the_batch_goes_on(refreshed: Refreshed) -> None:
    assert refreshed.first.returncode == 0, refreshed.said
    paths = refreshed.dispatches.ask(
        "SELECT source_path FROM marts.dim_document_version ORDER BY ALL"
    )
    assert paths == [("feed.jsonl",), ("good.txt",), ("Łódź – ¿qué pasó?.txt",)]
    assert refreshed.dispatches.ask("SELECT count(*) > 5 FROM marts.fct_figure") == [(True,)]


def test_no_traceback_and_no_control_character(refreshed: Refreshed) -> None:
    assert "Traceback" not in refreshed.said
    assert "\x1b" not in refreshed.said


@pytest.mark.parametrize(("name", "rule"), BAD.items(), ids=list(BAD.values()))
def test_each_has_a_clear_line_and_a_quarantine_row(
    refreshed: Refreshed, name: str, rule: str
) -> None:
    rows = [
        row
        for row in refreshed.dispatches.ask(
            "SELECT source_path, gate, rule, reason, next_step FROM quality.quarantine"
        )
        if row[0] == name
    ]
    assert [(gate, found) for _, gate, found, _, _ in rows] == [("file", rule)]
    (_, _, _, reason, next_step) = rows[0]
    said = refreshed.first.stdout
    start = said.index(f"\n  {name}\n")
    assert reason in said[start : start + 600]
    assert next_step in said[start : start + 900]


def test_nothing_else_is_set_aside(refreshed: Refreshed) -> None:
    rows = refreshed.dispatches.ask(
        "SELECT source_path FROM quality.quarantine WHERE gate = 'file'"
    )
    assert sorted(path for (path,) in rows) == sorted(BAD)


def test_a_second_refresh_adds_nothing_and_still_knows(refreshed: Refreshed) -> None:
    assert refreshed.second.returncode == 0
    assert "nothing new" in refreshed.second.stdout.lower()
    assert f"{len(BAD)} files" in refreshed.second.stdout
    assert refreshed.dispatches.ask("SELECT count(*) FROM quality.releases") == [(1,)]


def test_status_sums_up(refreshed: Refreshed) -> None:
    done = refreshed.dispatches("status", **refreshed.options)
    assert done.returncode == 0
    assert f"Set aside  {len(BAD)} open findings" in done.stdout
    assert "\x1b" not in done.stdout
