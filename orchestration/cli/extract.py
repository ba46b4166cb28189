"""`dispatches extract`: the rows of an article, without a warehouse.

Belongs here: reading the files and choosing the display. Does not belong here: the tables
(`extract_tables.py`).
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.cli.extract_tables import show_article
from orchestration.cli.failure import UsageProblemError, load_settings, reader_left, say
from orchestration.cli.results import json_line

if TYPE_CHECKING:
    from orchestration.ingest import SourceFile
    from orchestration.settings import Settings


def extract_command(files: Sequence[Path], published: dt.date | None, form: str) -> int:
    """Print the rows of every article in `files`; 1 when a file, or a part of one, can't be read.

    `published` stands in for the publication date where an article gives none.
    """
    settings = load_settings()
    from orchestration.ingest import NoSuchPathError, discover  # loads the extractor: a second

    try:
        sources = discover(files, settings)
    except NoSuchPathError as error:
        raise UsageProblemError(error.reason, error.next_step) from error
    if not sources:
        raise UsageProblemError(
            f"There is no article in {files[0]}.", "Name .txt, .html or .json files."
        )
    try:
        failed = [source for source in sources if not _show(source, settings, published, form)]
        sys.stdout.flush()
    except BrokenPipeError:
        return reader_left()
    return 1 if failed else 0


def _show(source: SourceFile, settings: Settings, published: dt.date | None, form: str) -> bool:
    """Print the articles of one file; False when something of it can't be read."""
    from extraction import extract
    from orchestration.ingest import clean, read_file

    articles, problems = read_file(source, settings)
    for article in articles:
        day = article.published_date or published
        extraction = extract(clean(article.text), day, pipeline=settings.language_pipeline)
        if form == "table":
            show_article(article, day, extraction)
            continue
        named = {"source_path": article.source_path, "source_record": article.source_record}
        sys.stdout.writelines(json_line(row | named) for row in extraction.to_rows())
    for problem in problems:
        record = "" if problem.source_record is None else f", record {problem.source_record}"
        say(f"{problem.source_path}{record}: {problem.reason}", problem.next_step)
    return not problems
