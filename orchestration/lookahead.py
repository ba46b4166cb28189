"""Whether a refresh would find anything to do, asked before it is planned.

Belongs here: the question. Does not belong here: the steps, which ask it again in their own run.

A run plans every asset and check that it is started with: 230 events, and each planned check that
then has nothing to look at would be shown as skipped in place of its last result.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import dagster as dg
import duckdb

from orchestration import incremental
from orchestration.ingest import IngestError
from orchestration.intake import take_in
from orchestration.reading import read_files
from orchestration.redrive import redrive_of
from orchestration.waiver_file import WaiverFileError, read_waivers
from orchestration.waivers import active
from orchestration.wiring import Wiring

LOOKING = [dg.AssetKey("raw_articles"), dg.AssetKey("articles")]
"""What a run consists of that finds nothing new."""


def is_anything_new(wiring: Wiring, paths: Sequence[Path], redrive: Sequence[str] = ()) -> bool:
    """Whether files, articles to read, waivers or an unfinished release wait. In doubt, yes.

    `paths`: none = the raw folder. `redrive`: ids of findings; then only what they are about
    counts. Changes nothing; while a refresh writes, the answer is yes.
    """
    if not wiring.home.build_db.exists():
        return True
    try:
        with closing(duckdb.connect(wiring.home.build_db, read_only=True)) as connection:
            connection.execute("SET TimeZone = 'UTC'")
            given, now = read_waivers(wiring.settings.waivers), wiring.clock()
            again = redrive_of(connection, active(given, now.date()), redrive)
            only = again.files if redrive else None
            batch = read_files(paths, incremental.seen(connection), wiring, only)
            intake = take_in(
                connection,
                wiring,
                batch,
                "",
                now,
                given=given,
                redrive=redrive,
                look_only=True,
            )
            unfinished = incremental.awaits_publishing(connection, wiring.home)
    except (duckdb.Error, IngestError, WaiverFileError):
        return True
    return unfinished or not intake.is_empty
