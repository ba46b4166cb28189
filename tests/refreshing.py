"""Refreshes as tests start them: articles and homes of their own, real parts throughout."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from orchestration.settings import Settings

ROOT = Path(__file__).parents[1]
FLOOD = (
    "PORT SELAH, June 3 — At least 40 people were killed when a dam burst above the town on "
    "Monday, the interior ministry said.\n"
    "Rescue workers told reporters that about 1,200 residents had fled. "
    "The mayor put the number of dead at between 55 and 60.\n"
)
STRIKE = (
    "KORVA, June 4 — Some 9,000 miners went on strike on Tuesday, according to the union. "
    "The company said only 3,500 had stopped work.\n"
    "Police arrested 12 protesters outside the head office.\n"
)
TALKS = (
    "ORUNA, June 5 — Ministers from six countries met on Wednesday and agreed to send $40 million "
    "in aid, a spokeswoman said.\n"
)
REPORT = """
import dataclasses, json, sys
from pathlib import Path
from orchestration.refresh import run_refresh
from orchestration.settings import Settings
report = run_refresh([], Settings(home=Path(sys.argv[1]), raw=Path(sys.argv[2])))
print(json.dumps(dataclasses.asdict(report), default=str))
"""
KILLED_AFTER_LANDING = """
import os, signal
from orchestration.assets import models
models._collected = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""
"""Ends the process, as a power cut would, when dbt has been started and the rows have landed."""
KILLED_AFTER_THE_SWAP = """
import os, signal
from orchestration import swap
swap._give_number = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
"""
"""Ends the process when readers have the new release and nobody has noted it yet."""
ROWS = {
    "marts.fct_figure": "row_id",
    "marts.fct_event_mention": "row_id",
    "marts.fct_number": "row_id",
    "marts.dim_document": "document_id",
    "marts.dim_actor": "ALL",
    "marts.bridge_attribution": "ALL",
    "marts.bridge_event_participant": "ALL",
}
"""Published table → what to order it by. None of them holds the time of a run."""


def write_articles(folder: Path, articles: Mapping[str, str]) -> Path:
    """Drop articles into a raw folder, each with its publication date."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        described = {"published": "2024-06-06", "publisher": "Test Wire"}
        (folder / f"{name}.meta.json").write_text(json.dumps(described), encoding="utf-8")
    return folder


def spawn(
    settings: Settings, *, before: str = "", environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """Start a refresh in a process of its own; `before` is code that runs there first."""
    return subprocess.Popen(
        [sys.executable, "-c", before + REPORT, str(settings.home), str(settings.raw)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def report_of(process: subprocess.Popen[str]) -> dict[str, Any]:
    """The report of a spawned refresh, when it has ended."""
    out, err = process.communicate(timeout=900)
    assert process.returncode == 0, err
    return dict(json.loads(out.splitlines()[-1]))


def published_rows(path: Path, table: str, columns: Sequence[str] = ()) -> list[tuple[Any, ...]]:
    """Every row of a published table, in a fixed order, without what names the run."""
    with closing(duckdb.connect(path, read_only=True)) as connection:
        dropped = [
            name
            for (name,) in connection.execute(
                "SELECT column_name FROM information_schema.columns "
                "WHERE table_schema || '.' || table_name = ? "
                "AND column_name IN ('run_id', 'loaded_at', 'first_loaded_at', 'last_loaded_at')",
                [table],
            ).fetchall()
        ]
        chosen = ", ".join(f'"{name}"' for name in columns) or (
            f"* EXCLUDE ({', '.join(dropped)})" if dropped else "*"
        )
        return connection.execute(
            f"SELECT {chosen} FROM {table} ORDER BY {ROWS.get(table, 'ALL')}"
        ).fetchall()


def fingerprint(path: Path) -> str:
    """Content hash of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
