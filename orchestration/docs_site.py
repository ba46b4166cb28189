"""The lists of the Data Docs: one page a run, one page of all runs.

Belongs here: what is kept of a run beside its pages (`run.json`), and the lists made of it. Does
not belong here: the pages of suites, and Dagster.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup, escape

from expectations.docs.frame import frame_values, templates
from expectations.gate import Verdict
from orchestration.evidence import marked_parts
from orchestration.home import write_whole
from orchestration.notice import Notice
from orchestration.printable import printable

INDEX = "index.html"
_STATE = "run.json"


class RunSite:
    """The folder of one run: a page for each suite, its own list, and what the list is made of."""

    def __init__(self, docs: Path, run_id: str) -> None:
        self.folder = docs / run_id
        self._docs = docs
        self._run_id = run_id

    def add_suite(self, suite: str, verdict: Verdict, html: str, now: str) -> None:
        """Write a suite's page and list it. `now`: ISO 8601."""
        state = self._state(now)
        failed = [o for o in verdict.outcomes if not o.success or o.problem is not None]
        state["suites"][suite] = {
            "passed": len(verdict.outcomes) - len(failed),
            "failed": len(failed),
            "rows": sum(outcome.unexpected_count for outcome in failed),
            "blocked": verdict.blocked,
        }
        self.folder.mkdir(parents=True, exist_ok=True)
        write_whole(self.folder / f"{suite}.html", html)
        self._write(state)

    def block(self, notice: Notice, now: str) -> None:
        """Tell on the run's page what was blocked."""
        state = self._state(now)
        state["notice"] = notice.as_dict()
        state["ending"] = {"outcome": "blocked", "message": notice.message()}
        self.folder.mkdir(parents=True, exist_ok=True)
        self._write(state)

    def end(self, outcome: str, message: str) -> None:
        """Note how the run ended; a run without any page gets none for that."""
        if not (self.folder / _STATE).exists():
            return
        state = self._state("")
        state["ending"] = {"outcome": outcome, "message": message}
        self._write(state)

    def _state(self, now: str) -> dict[str, Any]:
        return read_state(self.folder) or {
            "run_id": self._run_id,
            "began_at": now,
            "suites": {},
            "notice": None,
            "ending": None,
        }

    def _write(self, state: Mapping[str, Any]) -> None:
        write_whole(self.folder / _STATE, json.dumps(state, ensure_ascii=False))
        notice = state["notice"] and Notice.of_dict(state["notice"])
        page = _environment().get_template("run.j2")
        html = page.render(**frame_values(), **{**state, "notice": notice})
        write_whole(self.folder / INDEX, html)
        write_list(self._docs)


def read_state(folder: Path) -> dict[str, Any] | None:
    """What is kept of a run; None where there is nothing that can be read."""
    try:
        state: dict[str, Any] = json.loads((folder / _STATE).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return state


def write_list(docs: Path) -> None:
    """Write the page of all runs, newest first."""
    states = [read_state(folder) for folder in sorted(docs.iterdir()) if folder.is_dir()]
    runs = sorted((s for s in states if s), key=lambda s: (s["began_at"], s["run_id"]))
    html = _environment().get_template("runs.j2").render(**frame_values(), runs=runs[::-1])
    write_whole(docs / INDEX, html)


def prune(docs: Path, keep: int) -> None:
    """Remove the pages of all but the `keep` latest runs."""
    if not docs.is_dir():
        return
    folders = [folder for folder in docs.iterdir() if folder.is_dir()]
    latest = sorted(
        folders, key=lambda folder: ((read_state(folder) or {}).get("began_at", ""), folder.name)
    )
    for old in latest[:-keep]:
        shutil.rmtree(old, ignore_errors=True)
    if latest[:-keep]:
        write_list(docs)


@cache
def _environment() -> Environment:
    """Everything that a template prints is made harmless and escaped."""
    loader = ChoiceLoader([PackageLoader("orchestration", "docs_pages"), templates()])
    environment = Environment(loader=loader, autoescape=True, finalize=_harmless)
    environment.filters["marked_parts"] = marked_parts
    environment.filters["worded"] = _worded
    return environment


def _worded(text: str) -> Markup:
    """Our own words; what stands between backticks is set as code."""
    pieces = printable(text).split("`")
    code = Markup("<code>{}</code>")
    told = (code.format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces))
    return Markup("").join(told)


def _harmless(value: Any) -> Any:
    return printable(value) if isinstance(value, str) and not isinstance(value, Markup) else value
