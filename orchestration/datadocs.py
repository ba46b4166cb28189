"""The Data Docs: a page for every suite that a run evaluated, and the lists that lead to them.

Belongs here: which pages a run gets, and links to them. Does not belong here: how a suite's page
looks (`expectations.docs`), the lists (`docs_site.py`), or serving them (`docs_server.py`).

Documentation is no gate: a page that can't be written is named in the step's metadata and stops
nothing.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dagster as dg
import pyarrow as pa

from expectations.docs.evidence import Evidence
from expectations.gate import Verdict
from orchestration.docs_site import INDEX, RunSite
from orchestration.evidence import marked
from orchestration.home import Home
from orchestration.notice import Notice
from orchestration.printable import printable
from orchestration.settings import HOST, Settings

_ROWS = 3
"""Failing rows shown of each rule."""
_BEGINNING = 200
"""Characters of an article shown where no sentence is at hand."""
_NEEDED = (
    *("version_id", "source_path", "source", "sentence_text", "sentence_start", "start", "end"),
    "clean_text",
)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the Data Docs, or why there is none."""

    url: str = ""
    path: Path | None = None
    problem: str = ""

    def link(self) -> dict[str, dg.MetadataValue[Any]]:
        """The link alone, for a check's result."""
        if self.path is None:
            return {}
        return {"data_docs": dg.MetadataValue.url(self.url)}

    def metadata(self) -> dict[str, dg.MetadataValue[Any]]:
        """Link and file, for an asset or a failure; the link works while `dispatches ui` runs."""
        if self.path is None:
            return {"data_docs": dg.MetadataValue.text(f"not written: {self.problem}")}
        return self.link() | {"data_docs_file": dg.MetadataValue.path(str(self.path))}


class RunDocs:
    """The pages of one run."""

    def __init__(self, home: Home, settings: Settings, run_id: str) -> None:
        self._site = RunSite(home.docs, run_id)
        self._settings = settings
        self._run_id = run_id

    def suite(
        self,
        suite: str,
        verdict: Verdict | None,
        rows: pa.Table | None = None,
        paths: Mapping[str, str] | None = None,
    ) -> Page | None:
        """Write the page of a suite; None where nothing was evaluated.

        `rows`: the table that was judged; `paths`: version_id → file, where `rows` has no
        source_path.
        """
        if verdict is None:
            return None
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")

        def write() -> None:
            from expectations.docs.page import render  # imports Great Expectations, as the gate did

            evidence = first_rows(verdict, rows, paths or {})
            html = render(suite, verdict, evidence, run_id=self._run_id, recorded_at=now)
            self._site.add_suite(suite, verdict, html, now)

        return self._harmless(f"{suite}.html", write)

    def blocked(self, notice: Notice) -> Page:
        """Put the notice on the run's page."""
        now = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
        return self._harmless(INDEX, lambda: self._site.block(notice, now))

    def _harmless(self, name: str, write: Callable[[], None]) -> Page:
        try:
            write()
        except Exception as error:
            return Page(problem=printable(f"{type(error).__name__}: {error}"))
        address = address_of(self._settings, self._run_id, name)
        return Page(address, self._site.folder / name)


def address_of(settings: Settings, run_id: str, name: str = INDEX) -> str:
    """Where `dispatches ui` serves a page."""
    return f"http://{HOST}:{settings.docs_port}/{run_id}/{name}"


def entries(page: Page | None) -> dict[str, dg.MetadataValue[Any]]:
    """Metadata of a page; nothing where nothing was evaluated."""
    return page.metadata() if page else {}


def first_rows(
    verdict: Verdict, rows: pa.Table | None, paths: Mapping[str, str]
) -> dict[str, list[Evidence]]:
    """Check name → its first failing rows, each with its sentence and span where it has one."""
    found: dict[str, list[Evidence]] = {}
    if verdict.failures.empty:
        return found
    wanted = None if rows is None else rows.select([n for n in _NEEDED if n in rows.column_names])
    first = verdict.failures.groupby("check_name", sort=False).head(_ROWS)
    for failure in first.to_dict("records"):
        at = failure["row_position"]
        known = wanted is not None and isinstance(at, int) and at < wanted.num_rows
        row = wanted.slice(at, 1).to_pylist()[0] if known and wanted is not None else {}
        found.setdefault(failure["check_name"], []).append(_evidence(failure, row, paths))
    return found


def _evidence(
    failure: Mapping[Any, Any], row: Mapping[str, Any], paths: Mapping[str, str]
) -> Evidence:
    observed = failure["observed"] if isinstance(failure["observed"], str) else None
    where = row.get("source_path") or row.get("source") or paths.get(row.get("version_id", ""))
    text, start = row.get("sentence_text"), row.get("start")
    if text is None:
        text, start = " ".join((row.get("clean_text") or "")[:_BEGINNING].split()), None
    offset = 0 if start is None else row["sentence_start"]
    end = None if start is None else row["end"] - offset
    return Evidence(
        printable(where or "the batch"),
        None if observed is None else printable(observed),
        marked(text or "", None if start is None else start - offset, end),
    )
