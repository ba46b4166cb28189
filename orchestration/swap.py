"""Putting a release in the place that readers open, and completing what a crash left of it.

Belongs here: the candidate's folder, the swap, getting its number. Does not belong here: finding
releases (`releases.py`), or what is in one (`publish.py`, `manifest.py`).

A candidate lies in `releases/.candidate-<run id>/`. It is published first, by one rename of a
second name of its file, and its folder gets its number afterwards: a crash leaves the old release,
or the new one whose folder `settle` renames. The file is read-only, since both names are the same.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb

from orchestration.durable import as_document, sha256, to_disk
from orchestration.home import Home
from orchestration.releases import (
    DATABASE,
    GOING,
    MANIFEST,
    Release,
    folder_of,
    linked_release,
    named,
)

_CANDIDATE = ".candidate-"
_INCOMING = ".incoming-"


def candidate(home: Home, run_id: str) -> Path:
    """An empty folder for the release that this run makes."""
    folder = home.releases / f"{_CANDIDATE}{run_id}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def install(home: Home, folder: Path, number: int, manifest: Mapping[str, Any]) -> Release:
    """Serve the database in a candidate's folder, then give the folder its number.

    The published file is the old release or the new one at every moment, whatever dies when.
    """
    _complete(folder, manifest)
    serve(home, folder / DATABASE)
    return _give_number(home, folder, number)


def serve(home: Home, file: Path) -> None:
    """Make `file` the one that readers open, in one rename. A reader that is open keeps its own."""
    published = home.published_db
    incoming = published.with_name(f"{_INCOMING}{os.getpid()}")
    incoming.unlink(missing_ok=True)
    try:
        try:
            os.link(file, incoming)
        except OSError:  # a file system without hard links
            shutil.copy2(file, incoming)
            to_disk(incoming)
        incoming.replace(published)
    finally:
        incoming.unlink(missing_ok=True)  # a rename onto the same file does nothing
    to_disk(published.parent)


def settle(home: Home) -> None:
    """Complete or clear away what a run left that died. Needs the refresh lock."""
    home.releases.mkdir(parents=True, exist_ok=True)
    now = None if linked_release(home) else named(home.published_db)
    for folder in sorted(home.releases.glob(f"{_CANDIDATE}*")):
        if now and folder.name == f"{_CANDIDATE}{now[1]}" and not folder_of(home, now[0]).exists():
            _give_number(home, folder, now[0])
        else:
            shutil.rmtree(folder, ignore_errors=True)
    for folder in home.releases.glob(f"{GOING}*"):
        shutil.rmtree(folder, ignore_errors=True)
    for file in home.published_db.parent.glob(f"{_INCOMING}*"):
        file.unlink(missing_ok=True)
    if now and not folder_of(home, now[0]).exists():
        _adopt(home, *now)


def _complete(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write the manifest beside the database, both for good and to the disk."""
    file, beside = folder / DATABASE, folder / MANIFEST
    facts = {"bytes": file.stat().st_size, "sha256": sha256(file)}
    beside.write_text(as_document({**manifest, "file": facts}), encoding="utf-8")
    for path in (file, beside):
        path.chmod(0o444)
        to_disk(path)
    to_disk(folder)


def _adopt(home: Home, number: int, run_id: str) -> None:
    """Make the folder of the served release anew: somebody removed it."""
    folder = candidate(home, run_id)
    try:
        os.link(home.published_db, folder / DATABASE)
    except OSError:
        shutil.copy2(home.published_db, folder / DATABASE)
    with closing(duckdb.connect(folder / DATABASE, read_only=True)) as connection:
        found = connection.execute(
            "SELECT manifest FROM quality.releases WHERE release_number = ?", [number]
        ).fetchall()
    _complete(folder, json.loads(found[0][0]))
    _give_number(home, folder, number)


def _give_number(home: Home, folder: Path, number: int) -> Release:
    target = folder_of(home, number)
    folder.replace(target)
    to_disk(home.releases)
    return Release(number, target)
