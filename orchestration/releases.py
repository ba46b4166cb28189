"""Kept releases: one folder each, and the file that readers open, which is a link to one of them.

Belongs here: finding releases, their checksums, and which of them stay. Does not belong here: the
swap (`swap.py`), what is in a release (`publish.py`, `manifest.py`), or what people decide about
one (`rollback.py`).

`releases/<6 digits>/` holds `dispatches.duckdb`, `manifest.json`, and `kept.json` where a person
keeps it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb

from orchestration.durable import as_document, sha256, to_disk
from orchestration.home import Home, write_whole

DATABASE = "dispatches.duckdb"
MANIFEST = "manifest.json"
_MARK = "kept.json"
GOING = ".going-"
_DIGITS = 6


class NoSuchReleaseError(LookupError):
    """No folder holds this release; says which releases are there."""

    def __init__(self, number: int, there: list[int]) -> None:
        shown = ", ".join(map(str, there)) or "none"
        super().__init__(f"Release {number} is not kept; there are: {shown}.")


class DamagedReleaseError(RuntimeError):
    """The file of a release is not the one that was published."""


@dataclass(frozen=True, slots=True)
class Release:
    """A release whose file is there."""

    number: int
    folder: Path

    @property
    def file(self) -> Path:
        """The database of the release, read-only."""
        return self.folder / DATABASE

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest beside the file. Raises DamagedReleaseError where it can't be read."""
        path = self.folder / MANIFEST
        try:
            return dict(json.loads(path.read_text(encoding="utf-8")))
        except (OSError, ValueError) as error:
            raise DamagedReleaseError(f"{path} can't be read: {error}") from error

    @property
    def mark(self) -> dict[str, Any] | None:
        """Who keeps the release and why; null where it goes when its time has come."""
        try:
            return dict(json.loads((self.folder / _MARK).read_text(encoding="utf-8")))
        except FileNotFoundError:
            return None


def releases(home: Home) -> list[Release]:
    """Every release whose file is there, oldest first."""
    if not home.releases.is_dir():
        return []
    found = [
        Release(int(folder.name), folder)
        for folder in home.releases.iterdir()
        if folder.name.isdecimal() and (folder / DATABASE).exists()
    ]
    return sorted(found, key=lambda release: release.number)


def release(home: Home, number: int) -> Release:
    """The release of this number. Raises NoSuchReleaseError."""
    there = releases(home)
    for one in there:
        if one.number == number:
            return one
    raise NoSuchReleaseError(number, [one.number for one in there])


def served(home: Home) -> int | None:
    """Number of the release that readers get; null before the first."""
    linked = linked_release(home)
    if linked is not None:
        return linked.number
    found = named(home.published_db)  # a file system without links, or a crash before the name
    return None if found is None else found[0]


def linked_release(home: Home) -> Release | None:
    """The release whose file is the published one, without opening either."""
    published = home.published_db
    if not published.exists():
        return None
    return next((one for one in releases(home) if one.file.samefile(published)), None)


def newest_file(home: Home) -> Path | None:
    """The file of the newest release, served or not; null before the first."""
    there = releases(home)
    published = home.published_db
    if not published.exists():
        return there[-1].file if there else None
    if not there:
        return published
    newest = there[-1]
    if not newest.file.samefile(published) and (served(home) or 0) > newest.number:
        return published  # a crash came between the swap and the folder's name
    return newest.file


def named(file: Path) -> tuple[int, str] | None:
    """Number and run of the release in a file; null where there is no file or no release in it."""
    if not file.exists():
        return None
    with closing(duckdb.connect(file, read_only=True)) as connection:
        found = connection.execute(
            "SELECT release_number, run_id FROM quality.releases ORDER BY release_number DESC "
            "LIMIT 1"
        ).fetchall()
    return (int(found[0][0]), str(found[0][1])) if found else None


def verify(one: Release) -> None:
    """Compare the file with its manifest. Raises DamagedReleaseError where they differ."""
    stated = one.manifest
    if stated.get("release") != one.number:
        raise DamagedReleaseError(
            f"{one.folder / MANIFEST} is that of release {stated.get('release')}, "
            f"not of {one.number}."
        )
    if stated.get("file", {}).get("sha256") != sha256(one.file):
        raise DamagedReleaseError(
            f"{one.file} is not the file that was published as release {one.number}: "
            "its SHA-256 differs from the one in its manifest."
        )


def mark_kept(one: Release, mark: Mapping[str, Any] | None) -> None:
    """Keep a release for good, or let it go (null) when its time has come."""
    if mark is None:
        (one.folder / _MARK).unlink(missing_ok=True)
    else:
        write_whole(one.folder / _MARK, as_document(mark))
    to_disk(one.folder)


def prune(home: Home, keep: int) -> list[int]:
    """Remove releases but the `keep` newest, those that people keep, and the one served."""
    there = releases(home)
    now = served(home)
    going = [one for one in there[:-keep] if one.mark is None and one.number != now]
    for one in going:
        aside = home.releases / f"{GOING}{one.folder.name}"
        one.folder.replace(aside)  # first out of sight: half a folder is never found
        shutil.rmtree(aside, ignore_errors=True)
    return [one.number for one in going]


def folder_of(home: Home, number: int) -> Path:
    """Where the release of this number lies, or would lie."""
    return home.releases / f"{number:0{_DIGITS}d}"
