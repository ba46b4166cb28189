"""From files to a batch of raw articles.

Belongs here: going over the files of a run, leaving out what is known, and the columns of the
batch. Does not belong here: reading one file (`ingest`), or comparing its articles with the
warehouse (`comparison.py`).
"""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from orchestration.batches import Batch, to_table
from orchestration.incremental import Seen
from orchestration.ingest import (
    FileProblem,
    RawArticle,
    SourceFile,
    discover,
    file_hash,
    missing,
    read_file,
)
from orchestration.progress import advanced
from orchestration.wiring import Wiring

_TEXT = pa.string()
RAW_ARTICLES = pa.schema(
    [
        ("source_path", _TEXT),
        ("source_record", pa.int64()),
        ("source_format", _TEXT),
        ("file_hash", _TEXT),
        ("canonical_url", _TEXT),
        ("title", _TEXT),
        ("publisher", _TEXT),
        ("published_date", pa.date32()),
        ("published_source", _TEXT),
        ("language", _TEXT),
        ("text", _TEXT),
        ("record_key", _TEXT),
    ]
)
DESCRIPTIONS = {
    "source_path": "The file as given, relative to the folder that was read",
    "source_record": "Line of a .jsonl file, place in a .json list, 1-based",
    "source_format": "txt, html, json or jsonl",
    "file_hash": "SHA-256 of the file's bytes, and of the description beside it",
    "canonical_url": "The article's own address, where it gives one",
    "title": "Headline",
    "publisher": "Who published it",
    "published_date": "Publication date; never invented",
    "published_source": "sidecar, html, json, or why there is no date",
    "language": "Declared language, where the file gives one",
    "text": "The text as the file gives it, not cleaned",
    "record_key": "What names the record inside its file",
}
_PROBLEMS = pa.schema(
    [
        ("rule", _TEXT),
        ("source_path", _TEXT),
        ("source_record", pa.int64()),
        ("reason", _TEXT),
        ("observed", _TEXT),
        ("evidence", _TEXT),
        ("next_step", _TEXT),
        ("file_hash", _TEXT),
    ]
)
_FILES = pa.schema(
    [
        ("source_path", _TEXT),
        ("file_hash", _TEXT),
        ("articles", pa.int64()),
        ("was_read", pa.bool_()),
    ]
)
_GONE = pa.schema([("source_path", _TEXT)])


def read_files(
    paths: Sequence[Path], seen: Seen, wiring: Wiring, only: Container[str] | None = None
) -> Batch:
    """The articles, problems and files under `paths` (none given: the raw folder), and the files
    with open findings that are there no more.

    `only`: source_path of the files that count; none given = all. Raises NoSuchPathError.
    """
    places, settings = list(paths) or [wiring.settings.raw], wiring.settings
    found = discover(places, settings)
    gone = missing(seen.open_files, found, places, settings)
    if only is not None:
        found = [source for source in found if source.source_path in only]
        gone = [name for name in gone if name in only]
    return {
        **_read(found, seen.admitted_files, wiring),
        "gone": to_table(({"source_path": name} for name in gone), _GONE),
    }


def _read(
    sources: Sequence[SourceFile], known: Mapping[tuple[str, str], int], wiring: Wiring
) -> Batch:
    articles: list[RawArticle] = []
    problems: list[FileProblem] = []
    files: list[dict[str, Any]] = []
    for done, source in enumerate(sources, 1):
        digest = source.problem.file_hash if source.problem else file_hash(source, wiring.settings)
        there = known.get((source.source_path, digest))
        if there is None:
            found, wrong = read_file(source, wiring.settings)
            articles += found
            problems += wrong
        files.append(
            {
                "source_path": source.source_path,
                "file_hash": digest,
                "articles": there or 0,
                "was_read": there is None,
            }
        )
        advanced("raw_articles", done, len(sources), "files")
    return {
        "articles": to_table(map(asdict, articles), RAW_ARTICLES),
        "problems": to_table(map(asdict, problems), _PROBLEMS),
        "files": to_table(files, _FILES),
    }
