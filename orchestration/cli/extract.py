"""`dispatches extract`: the rows of an article, without a warehouse.

Belongs here: reading the files and choosing the display. Does not belong here: the tables
(`extract_tables.py`).
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from orchestration.cli.extract_tables import show_article
from orchestration.cli.failure import UsageProblemError, load_settings, say
from orchestration.cli.results import json_line


def extract_command(files: Sequence[Path], published: dt.date | None, form: str) -> int:
    """Print the rows of every article in `files`; 1 when a file, or a part of one, can't be read.

    `published` stands in for the publication date where an article gives none.
    """
    settings = load_settings()
    from extraction import extract  # loads the language pipeline: a second
    from orchestration.ingest import NoSuchPathError, clean, discover, read_file

    try:
        sources = discover(files, settings)
    except NoSuchPathError as error:
        raise UsageProblemError(error.reason, error.next_step) from error
    failed = False
    for source in sources:
        articles, problems = read_file(source, settings)
        for article in articles:
            text = clean(article.text)
            day = article.published_date or published
            extraction = extract(text, day)
            if form == "table":
                show_article(article, day, extraction)
                continue
            for row in extraction.to_rows():
                named = {"source_path": article.source_path, "source_record": article.source_record}
                sys.stdout.write(json_line(row | named))
        for problem in problems:
            failed = True
            record = "" if problem.source_record is None else f", record {problem.source_record}"
            say(f"{problem.source_path}{record}: {problem.reason}", problem.next_step)
    if not sources:
        raise UsageProblemError(
            f"There is no article in {files[0]}.", "Name .txt, .html or .json files."
        )
    return 1 if failed else 0
