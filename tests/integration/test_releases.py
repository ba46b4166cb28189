"""Releases on real files: made, compared, rolled back to, kept, crashed and completed.

Most tests look at one shelf of three releases; those that change something make their own.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import pytest
from release_build import MADE_WITH, Shelf, read, three_releases

from orchestration import swap
from orchestration.assets.release import changes_by_cause, note
from orchestration.changes import change_counts
from orchestration.content_hash import content_hash
from orchestration.differences import changed_rows, compared
from orchestration.home import Home
from orchestration.publish import publish
from orchestration.release_history import history, manifest_of
from orchestration.releases import (
    DATABASE,
    MANIFEST,
    DamagedReleaseError,
    newest_file,
    release,
    releases,
    served,
    verify,
)
from orchestration.rollback import Decision, NothingToRollBackToError, keep, let_go, roll_back
from orchestration.settings import Settings
from orchestration.wiring import Wiring

BY_ANN = Decision("ann", "the unit is wrong", dt.datetime(2024, 7, 1, 9, tzinfo=dt.UTC))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Three releases, only looked at."""
    return three_releases(tmp_path_factory.mktemp("three") / "home")


@pytest.fixture
def shelf(three: Shelf, tmp_path: Path) -> Shelf:
    """Three releases of a test's own."""
    mine = Shelf(Home.at(tmp_path / "home"), runs=three.runs)
    shutil.copytree(three.home.root, mine.home.root)
    swap.serve(mine.home, release(mine.home, 3).file)  # the copies are two files, no link
    return mine


# --- made -----------------------------------------------------------------------------------------


def test_each_release_has_a_folder_and_the_newest_is_served(three: Shelf) -> None:
    assert [one.folder.name for one in releases(three.home)] == ["000001", "000002", "000003"]
    assert release(three.home, 3).file.samefile(three.home.published_db)
    assert served(three.home) == 3


def test_the_files_of_a_release_are_read_only(three: Shelf) -> None:
    for one in releases(three.home):
        modes = {name: (one.folder / name).stat().st_mode & 0o777 for name in (DATABASE, MANIFEST)}
        assert modes == {DATABASE: 0o444, MANIFEST: 0o444}


def test_a_release_passes_its_own_check(three: Shelf) -> None:
    for one in releases(three.home):
        verify(one)


def test_changes_are_published_by_row_with_their_cause(three: Shelf) -> None:
    assert three.ask(
        "SELECT release_number, row_id, document_id, change, cause FROM quality.release_changes "
        "ORDER BY ALL"
    ) == [
        (1, "f1", "d1", "added", "new_text"),
        (1, "f2", "d1", "added", "new_text"),
        (2, "f1", "d1", "changed", "new_extractor"),
        (2, "f2", "d1", "removed", "new_extractor"),
        (2, "f3", "d1", "added", "new_extractor"),
        (3, "f3", "d1", "removed", "rule"),
        (3, "f4", "d2", "added", "new_text"),
    ]


def test_the_row_of_a_release_counts_them(three: Shelf) -> None:
    assert three.ask(
        "SELECT release_number, previous_release, added_count, changed_count, removed_count, "
        "quarantine_count, document_count FROM quality.releases ORDER BY 1"
    ) == [(1, None, 2, 0, 0, 0, 1), (2, 1, 1, 1, 1, 0, 1), (3, 2, 1, 0, 1, 1, 2)]


def test_the_manifest_says_where_a_release_comes_from(three: Shelf) -> None:
    manifest = release(three.home, 3).manifest
    assert manifest["release"] == 3
    assert manifest["previous_release"] == 2
    assert manifest["published_at"] == "2024-06-04T02:00:00+00:00"
    assert manifest["model"] == MADE_WITH["model"]
    assert manifest["open_findings"] == {"figures.unit_known": 1}
    assert manifest["gates"]["release"]["passed"] >= 3
    assert manifest["changes"] == [
        {"table": "fct_figure", "change": "added", "cause": "new_text", "rows": 1},
        {"table": "fct_figure", "change": "removed", "cause": "rule", "rows": 1},
    ]
    assert manifest["tables"]["marts.fct_figure"]["rows"] == 2
    assert manifest["file"]["bytes"] == release(three.home, 3).file.stat().st_size


CHECKED = (
    "INSERT INTO quality.check_results BY NAME SELECT '{run}' AS run_id, 'rows' AS gate, "
    "'figures' AS suite, '{check}' AS check_name, '{severity}' AS severity, {success} AS success, "
    "10 AS evaluated_count, {failed} AS unexpected_count, {waived} AS waived_count, "
    "TIMESTAMPTZ '2024-06-09' AS recorded_at"
)


def _checked(run: str, check: str, severity: str, failed: int = 0, waived: int = 0) -> str:
    values = {"run": run, "check": check, "severity": severity, "failed": failed}
    return CHECKED.format(**values, waived=waived, success=failed == 0)


def test_the_manifest_counts_how_the_checks_of_admitted_batches_went(shelf: Shelf) -> None:
    shelf.do(
        _checked("run-a", "unit_known", "quarantine"),
        _checked("run-a", "bounds_agree", "quarantine", failed=2),
        _checked("run-a", "far_from_sentence", "warning", failed=1),
        _checked("run-a", "slices_back", "block", failed=1, waived=1),
        _checked("run-b", "slices_back", "block", failed=3, waived=1),
        _checked("run-b", "unit_known", "quarantine"),
    )
    assert shelf.publish()["gates"]["figures"] == {
        "passed": 1, "quarantined": 1, "flagged": 1, "waived": 1,
        "rows_evaluated": 40, "rows_failed": 4, "rows_waived": 1,
    }  # fmt: skip
    assert "figures" not in shelf.publish()["gates"]


def test_active_waivers_and_open_findings_are_listed(shelf: Shelf) -> None:
    waiver = (
        "INSERT INTO quality.waivers BY NAME SELECT '{id}' AS waiver_id, '{state}' AS state, "
        "'figures.unit_known' AS rule, 'source:Test Wire' AS scope, 'known' AS reason, "
        "'ann' AS given_by, DATE '2024-06-01' AS given_on, DATE '2024-06-30' AS until"
    )
    shelf.do(
        waiver.format(id="w1", state="active"),
        waiver.format(id="w2", state="expired"),
        "INSERT INTO quality.quarantine_states BY NAME SELECT 'q1' AS quarantine_id, "
        "'fixed' AS state, 'r' AS reason, 'refresh' AS changed_by, now() AS recorded_at",
    )
    manifest = shelf.publish()
    assert [waiver["waiver_id"] for waiver in manifest["waivers"]] == ["w1"]
    assert manifest["waivers"][0]["until"] == "2024-06-30"
    assert manifest["open_findings"] == {}
    assert (manifest["counts"]["waiver_count"], manifest["counts"]["quarantine_count"]) == (1, 0)


def test_the_ui_shows_the_changes_by_cause(three: Shelf) -> None:
    shown = changes_by_cause(release(three.home, 2).manifest).value
    assert shown.splitlines() == [
        "| table | cause | added | changed | removed |",
        "|---|---|--:|--:|--:|",
        "| fct_figure | new extractor | 1 | 1 | 1 |",
    ]


def test_the_manifest_inside_the_file_is_the_same_but_for_the_file(three: Shelf) -> None:
    outside = release(three.home, 2).manifest
    inside = three.ask("SELECT manifest FROM quality.releases WHERE release_number = 2")[0][0]
    assert json.loads(inside) == {name: v for name, v in outside.items() if name != "file"}
    assert inside == json.dumps(json.loads(inside), sort_keys=True)


def test_a_gate_result_stands_in_one_manifest_alone(three: Shelf) -> None:
    evaluated = [
        release(three.home, number).manifest["gates"]["release"]["rows_evaluated"]
        for number in (1, 2, 3)
    ]
    assert len(set(evaluated)) == 1


def test_the_history_lists_releases_whose_file_is_gone(shelf: Shelf) -> None:
    shutil.rmtree(release(shelf.home, 1).folder)
    listed = history(shelf.home)
    assert [row["release_number"] for row in listed] == [1, 2, 3]
    assert [row["file"] is None for row in listed] == [True, False, False]
    assert [row["served"] for row in listed] == [False, False, True]
    gone = manifest_of(shelf.home, 1)
    assert gone is not None
    assert (gone["release"], "file" in gone) == (1, False)


# --- the hash of a table --------------------------------------------------------------------------


def _hash(
    *rows: str, columns: str = "a INT, b VARCHAR, run_id VARCHAR, recorded_at TIMESTAMPTZ"
) -> str:
    with closing(duckdb.connect()) as connection:
        connection.execute(f"CREATE TABLE t ({columns})")
        for row in rows:
            connection.execute(f"INSERT INTO t VALUES ({row})")
        return content_hash(connection, "main", "t")[1]


ONE, OTHER = "1, 'x', 'r', '2024-01-01'", "2, NULL, 'r', '2024-01-01'"


@pytest.mark.parametrize(
    ("rows", "columns", "equal"),
    [
        pytest.param((OTHER, ONE), {}, True, id="the order of rows does not count"),
        pytest.param(
            (ONE, "2, NULL, 's', '2025-01-01'"), {}, True, id="run and instant do not count"
        ),
        pytest.param((ONE,), {}, False, id="a row less counts"),
        pytest.param((ONE, OTHER, OTHER), {}, False, id="a row that stands twice counts twice"),
        pytest.param((ONE, OTHER, ONE, ONE), {}, False, id="a pair of equal rows is not nothing"),
        pytest.param(
            (ONE, OTHER.replace("NULL", "''")), {}, False, id="empty is another value than none"
        ),
        pytest.param(
            (ONE, OTHER.replace("NULL", "'null'")), {}, False, id="a word is not the absence of one"
        ),
        pytest.param(
            (ONE, OTHER),
            {"columns": "a INT, c VARCHAR, run_id VARCHAR, recorded_at TIMESTAMPTZ"},
            False,
            id="the names of the columns count",
        ),
    ],
)
def test_the_hash_of_a_table(rows: tuple[str, ...], columns: dict[str, str], equal: bool) -> None:
    assert (_hash(*rows, **columns) == _hash(ONE, OTHER)) is equal


def test_equal_content_has_an_equal_hash_in_another_home(three: Shelf, tmp_path: Path) -> None:
    """Filled in another order, on other days, in one release instead of three."""
    shelf = Shelf.at(tmp_path / "home")
    shelf.runs = 40
    shelf.text("d2", "v2")
    shelf.figure("f4", "v2", 4)
    shelf.text("d1", "v1", extractor="2")
    shelf.figure("f1", "v1", 10)
    here, there = shelf.publish()["tables"], release(three.home, 3).manifest["tables"]
    for table in here:
        if table.startswith("marts."):
            assert here[table] == there[table], table


# --- compared -------------------------------------------------------------------------------------


def _differences(shelf: Shelf, before: int, after: int) -> list[dict[str, Any]]:
    files = release(shelf.home, before).file, release(shelf.home, after).file
    with compared(*files) as connection:
        return [
            dict(zip(names, row, strict=True))
            for names, batch in changed_rows(connection)
            for row in batch
        ]


def test_two_releases_differ_in_rows_and_columns(three: Shelf) -> None:
    changed = [row for row in _differences(three, 1, 2) if row["change"] == "changed"]
    assert [row["row_id"] for row in changed] == ["f1"]
    assert changed[0]["cause"] == "new_extractor"
    assert changed[0]["columns"] == [
        {"column": "text", "before": "9", "after": "10"},
        {"column": "sentence_text", "before": "About 9 boats burned.",
         "after": "About 10 boats burned."},
        {"column": "value", "before": "9.0", "after": "10.0"},
    ]  # fmt: skip
    assert (changed[0]["title"], changed[0]["source_path"]) == ("About d1", "d1.txt")


def test_releases_that_do_not_follow_each_other_can_be_compared(three: Shelf) -> None:
    with compared(release(three.home, 1).file, release(three.home, 3).file) as connection:
        assert change_counts(connection) == [
            ("fct_figure", "added", "new_text", 1),
            ("fct_figure", "changed", "new_extractor", 1),
            ("fct_figure", "removed", "new_extractor", 1),
        ]


# --- rolled back ----------------------------------------------------------------------------------


def test_a_rollback_serves_the_release_before_at_once(shelf: Shelf) -> None:
    done = roll_back(shelf.home, None, BY_ANN)
    assert (done.was, done.now, done.newest, done.unnoted) == (3, 2, 3, None)
    assert shelf.ask("SELECT max(release_number) FROM quality.releases") == [(2,)]
    assert shelf.ask("SELECT row_id FROM marts.fct_figure ORDER BY 1") == [("f1",), ("f3",)]
    assert newest_file(shelf.home) == release(shelf.home, 3).file


def test_a_rollback_back_and_forth_is_all_in_the_history(shelf: Shelf) -> None:
    for number in (1, 3, 3):
        roll_back(shelf.home, number, BY_ANN)
    assert served(shelf.home) == 3
    assert read(
        shelf.home.build_db, "SELECT release_number, action, done_by FROM quality.release_events"
    ) == [(number, "rolled_back_to", "ann") for number in (1, 3, 3)]


def test_the_next_publication_supersedes_a_rollback_and_tells_of_it(shelf: Shelf) -> None:
    roll_back(shelf.home, 1, BY_ANN)
    manifest = shelf.publish()
    assert (manifest["release"], manifest["previous_release"], manifest["changes"]) == (4, 3, [])
    assert served(shelf.home) == 4
    assert shelf.ask("SELECT release_number, reason FROM quality.release_events") == [
        (1, "the unit is wrong")
    ]


def test_a_rollback_needs_no_build_database(shelf: Shelf) -> None:
    shelf.home.build_db.unlink()
    done = roll_back(shelf.home, 2, BY_ANN)
    assert done.unnoted == "there is no build database"
    assert served(shelf.home) == 2
    assert not shelf.home.build_db.exists()


def test_before_the_first_release_there_is_nothing_to_roll_back_to(shelf: Shelf) -> None:
    roll_back(shelf.home, 1, BY_ANN)
    with pytest.raises(NothingToRollBackToError, match="from before release 1"):
        roll_back(shelf.home, None, BY_ANN)


def test_a_tampered_release_is_refused_and_nothing_changes(shelf: Shelf) -> None:
    file = release(shelf.home, 2).file
    file.chmod(0o644)
    with closing(duckdb.connect(file)) as connection:
        connection.execute("UPDATE marts.fct_figure SET value = 1000")
    with pytest.raises(DamagedReleaseError, match="SHA-256"):
        roll_back(shelf.home, 2, BY_ANN)
    assert served(shelf.home) == 3


def test_the_manifest_of_another_release_is_refused(shelf: Shelf) -> None:
    one, other = release(shelf.home, 1), release(shelf.home, 2)
    for name in (DATABASE, MANIFEST):
        shutil.copy(other.folder / name, one.folder / f"new-{name}")
        (one.folder / f"new-{name}").replace(one.folder / name)
    with pytest.raises(DamagedReleaseError, match="release 2, not of 1"):
        roll_back(shelf.home, 1, BY_ANN)


READER = """
import json, os, sys
import duckdb
path, stop = sys.argv[1:]
queries, seen, errors = 0, set(), []
print("reading", flush=True)
while not os.path.exists(stop):
    try:
        with duckdb.connect(path, read_only=True) as connection:
            rows = connection.execute("FROM marts.fct_figure ORDER BY row_id").fetchall()
            number = connection.execute("SELECT max(release_number) FROM quality.releases")
            seen.add((number.fetchone()[0], len(rows)))
        queries += 1
    except Exception as error:
        errors.append(str(error))
print(json.dumps({"queries": queries, "seen": sorted(seen), "errors": errors}))
"""


def test_a_reader_never_notices_a_rollback(shelf: Shelf, tmp_path: Path) -> None:
    stop = tmp_path / "stop"
    arguments = [sys.executable, "-c", READER, str(shelf.home.published_db), str(stop)]
    reader = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True)
    assert reader.stdout is not None
    reader.stdout.readline()
    for turn in range(15):
        roll_back(shelf.home, 1 + turn % 3, BY_ANN)
    stop.touch()
    told = json.loads(reader.communicate(timeout=60)[0])
    assert told["errors"] == []
    assert told["queries"] > 0
    assert {tuple(seen) for seen in told["seen"]} <= {(1, 2), (2, 2), (3, 2)}


# --- kept -----------------------------------------------------------------------------------------


def test_keeping_and_letting_go_are_in_the_history(shelf: Shelf) -> None:
    keep(shelf.home, 1, BY_ANN)
    assert [row["kept_by"] for row in history(shelf.home)] == ["ann", None, None]
    let_go(shelf.home, 1, Decision(None, None, BY_ANN.at))
    assert [row["kept_for_good"] for row in history(shelf.home)] == [False, False, False]
    assert read(
        shelf.home.build_db, "SELECT action, done_by FROM quality.release_events ORDER BY rowid"
    ) == [("kept", "ann"), ("let_go", None)]


def test_a_publication_removes_what_is_too_old_and_says_so(shelf: Shelf) -> None:
    keep(shelf.home, 1, BY_ANN)
    settings = Settings(home=shelf.home.root, kept_releases=1)
    note(shelf.warehouse, Wiring(settings, shelf.home, manifest=Path()))
    assert [one.number for one in releases(shelf.home)] == [1, 3]
    assert read(
        shelf.home.build_db,
        "SELECT release_number, done_by FROM quality.release_events WHERE action = 'pruned'",
    ) == [(2, None)]
    assert len(history(shelf.home)) == 3
    assert roll_back(shelf.home, None, BY_ANN).now == 1


# --- crashed --------------------------------------------------------------------------------------


class _PowerCutError(BaseException):
    pass


def _cut(*_: object) -> None:
    raise _PowerCutError


def test_a_crash_before_the_swap_leaves_the_release_before(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = shelf.judged()
    with monkeypatch.context() as patch:
        patch.setattr(swap, "serve", _cut)
        with pytest.raises(_PowerCutError):
            publish(shelf.home, candidate, MADE_WITH)
    assert served(shelf.home) == 3
    assert shelf.publish()["release"] == 4
    assert sorted(path.name for path in shelf.home.releases.iterdir()) == [
        "000001", "000002", "000003", "000004",
    ]  # fmt: skip
    counted = "SELECT count(*) FROM quality.release_changes WHERE release_number = 4"
    assert shelf.ask(counted) == [(0,)]


def test_a_crash_between_swap_and_name_is_completed_by_the_next_run(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf.figure("f5", "v2", 5)
    candidate = shelf.judged()
    with monkeypatch.context() as patch:
        patch.setattr(swap, "_give_number", _cut)
        with pytest.raises(_PowerCutError):
            publish(shelf.home, candidate, MADE_WITH)
    assert served(shelf.home) == 4
    assert newest_file(shelf.home) == shelf.home.published_db
    assert shelf.publish()["release"] == 5
    assert [one.number for one in releases(shelf.home)] == [1, 2, 3, 4, 5]
    verify(release(shelf.home, 4))
    noted = "SELECT release_number, added_count FROM quality.releases ORDER BY 1 DESC LIMIT 2"
    assert shelf.ask(noted) == [(5, 0), (4, 1)]


def test_a_rollback_completes_what_a_crash_left(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    candidate = shelf.judged()
    with monkeypatch.context() as patch:
        patch.setattr(swap, "_give_number", _cut)
        with pytest.raises(_PowerCutError):
            publish(shelf.home, candidate, MADE_WITH)
    done = roll_back(shelf.home, None, BY_ANN)
    assert (done.was, done.now, done.newest) == (4, 3, 4)


def test_a_folder_that_somebody_removed_is_made_anew_from_the_served_file(shelf: Shelf) -> None:
    shutil.rmtree(release(shelf.home, 3).folder)
    swap.settle(shelf.home)
    verify(release(shelf.home, 3))
    assert release(shelf.home, 3).file.samefile(shelf.home.published_db)


def test_without_links_releases_are_copies_that_work_alike(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    assert shelf.publish()["release"] == 4
    assert served(shelf.home) == 4
    assert newest_file(shelf.home) == release(shelf.home, 4).file
    assert roll_back(shelf.home, None, BY_ANN).now == 3
    assert served(shelf.home) == 3


def test_a_build_database_made_anew_knows_the_releases_again(shelf: Shelf) -> None:
    """Somebody deleted it to read everything again; numbers go on and changes stay."""
    kept = read(shelf.home.build_db, "FROM quality.release_changes ORDER BY ALL")
    with shelf.warehouse.connect() as connection:
        for table in ("releases", "release_changes"):
            connection.execute(f"DELETE FROM quality.{table}")
    assert shelf.publish()["release"] == 4
    assert shelf.ask("FROM quality.release_changes ORDER BY ALL") == kept
