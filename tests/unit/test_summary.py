"""What a run's report says of findings, read from the warehouse and the run's evidence."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import duckdb
import pytest
from finding_book import Book, a_row_finding, held, read

from orchestration.home import Home
from orchestration.run_evidence import set_aside, write_evidence
from orchestration.settling import Sightings
from orchestration.summary import summarise
from orchestration.warehouse import ensure_tables

RUN = "run"


@pytest.mark.parametrize(
    ("then", "listed", "findings"),
    [
        pytest.param([], 1, {"open": 1}, id="what is open is listed"),
        pytest.param(
            [Sightings(extractions=read("e9"))], 0, {"superseded": 1}, id="what is gone is not"
        ),
    ],
)
def test_a_finding_is_listed_while_somebody_has_to_look_at_it(
    tmp_path: Path, then: list[Sightings], listed: int, findings: dict[str, int]
) -> None:
    home = Home.at(tmp_path).create()
    with closing(duckdb.connect(home.build_db)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        ensure_tables(connection)
        book = Book(connection)
        for seen in (held(a_row_finding()), *then):
            book.see(seen)
    write_evidence(home, RUN, [set_aside(a_row_finding())])
    result = SimpleNamespace(all_events=[], run_id=RUN, success=True)
    report = summarise(cast("Any", result), home, 1.0)
    assert (len(report.quarantine), report.rows_quarantined) == (listed, listed)
    assert report.findings == findings
