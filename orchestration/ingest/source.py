"""The two things that reading passes on: a file that was found, and an article read from it.

Belongs here: their shapes. Does not belong here: finding or reading them.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from orchestration.ingest.problem import FileProblem


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was found: where it lies, and the name by which the warehouse knows it."""

    path: Path
    source_path: str
    """Relative to the folder of raw articles, or `FOLDER/…` for a folder given by hand; `/` between
    parts, accents composed, characters that can't be shown escaped. The same on every machine."""
    problem: FileProblem | None = None
    """Why it can't even be opened; then `read_file` returns just that."""


@dataclass(frozen=True, slots=True)
class RawArticle:
    """One article as its file gives it; `text` is not cleaned yet."""

    source_path: str
    source_record: int | None
    """Position in a .json list or line of a .jsonl file, 1-based; None for one article a file."""
    source_format: str
    """txt, html, json or jsonl."""
    file_hash: str
    canonical_url: str | None
    title: str | None
    publisher: str | None
    published_date: dt.date | None
    published_source: str
    """sidecar, html or json; or, in words, why there is no date."""
    language: str | None
    text: str
    record_key: str | None = None
    """What names the record inside its file: its own id, else its position."""
