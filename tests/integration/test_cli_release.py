"""`dispatches release` as a person and as a program meet it."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest
from command_line import CommandLine
from release_build import three_releases

from orchestration.home import Home, refresh_lock
from orchestration.releases import DATABASE, release, releases
from orchestration.swap import serve

WHY = ("--reason", "the unit is wrong", "--by", "ann")


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> CommandLine:
    """A home with three releases, only looked at."""
    folder = tmp_path_factory.mktemp("three")
    three_releases(folder / ".dispatches")
    return CommandLine(folder)


@pytest.fixture
def dispatches(three: CommandLine, tmp_path: Path) -> CommandLine:
    """Three releases of a test's own."""
    shutil.copytree(three.folder, tmp_path / "copy")
    home = Home.at(tmp_path / "copy" / ".dispatches")
    serve(home, release(home, 3).file)  # the copies are two files, no link
    return CommandLine(tmp_path / "copy")


def _home(dispatches: CommandLine) -> Home:
    return Home.at(dispatches.folder / ".dispatches")


def test_the_list_shows_the_newest_first_and_which_is_served(three: CommandLine) -> None:
    done = three("release", "list")
    lines = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[0] for line in lines[:4]] == ["release", "3", "2", "1"]
    assert ["← served now" in line for line in lines[1:4]] == [True, False, False]


def test_the_list_for_programs_has_every_column(three: CommandLine) -> None:
    rows = [
        json.loads(line)
        for line in three("release", "list", "--format", "jsonl").stdout.splitlines()
    ]
    assert [row["release_number"] for row in rows] == [1, 2, 3]
    assert [row["served"] for row in rows] == [False, False, True]
    assert rows[1]["changed_count"] == 1
    assert rows[1]["published_at"] == "2024-06-03T02:00:00Z"


def test_the_manifest_is_shown_for_people_and_for_programs(three: CommandLine) -> None:
    shown = three("release", "show", "3").stdout
    for words in ("Release 3", "← served now", "c0ffee", "fct_figure", "figures.unit_known"):
        assert words in shown
    assert json.loads(three("release", "show", "--format", "json").stdout)["release"] == 3


def test_a_difference_names_row_cause_columns_and_sentence(three: CommandLine) -> None:
    shown = three("release", "diff", "1", "2").stdout
    assert "Release 1 → release 2: 3 rows differ" in shown
    for words in ("~ 10  new extractor  d1.txt  f1", "9.0 → 10.0", "About 10 boats burned."):
        assert words in shown


def test_a_difference_for_programs_is_one_row_a_line(three: CommandLine) -> None:
    done = three("release", "diff", "1", "2", "--format", "jsonl")
    rows = {row["row_id"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert {name: row["change"] for name, row in rows.items()} == {
        "f1": "changed", "f2": "removed", "f3": "added",
    }  # fmt: skip
    assert rows["f1"]["columns"][-1] == {"column": "value", "before": "9.0", "after": "10.0"}


def test_without_numbers_the_newest_is_compared_with_the_one_before(three: CommandLine) -> None:
    assert three("release", "diff").stdout.startswith("Release 2 → release 3: 2 rows differ")


def test_a_table_that_says_the_same_shows_no_row(three: CommandLine) -> None:
    done = three("release", "diff", "--table", "fct_number")
    assert done.stdout == "Release 2 → release 3: the facts say the same\n"


def test_a_rollback_says_what_was_and_what_is_and_the_status_shows_it(
    dispatches: CommandLine,
) -> None:
    done = dispatches("release", "rollback", *WHY)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("Release 2 is served now; it was 3.\n")
    for words in ("supersedes", "dispatches waive revoke", "dispatches release diff 2 3"):
        assert words in done.stdout
    assert dispatches.ask("SELECT max(release_number) FROM quality.releases") == [(2,)]
    status = dispatches("status").stdout
    assert "release 3, which is not served" in status
    assert "by ann: the unit is wrong" in status


def test_a_release_can_be_kept_and_let_go(dispatches: CommandLine) -> None:
    assert dispatches("release", "keep", "1", *WHY).returncode == 0
    assert "for good (ann: the unit is wrong)" in dispatches("release", "list").stdout
    assert dispatches("release", "keep", "1", "--let-go").returncode == 0
    assert "for good (" not in dispatches("release", "list").stdout


def test_a_file_that_is_not_what_was_published_is_refused(dispatches: CommandLine) -> None:
    file = release(_home(dispatches), 2).folder / DATABASE
    file.chmod(0o644)
    with file.open("r+b") as stream:
        stream.seek(-1, 2)
        stream.write(b"!")
    done = dispatches("release", "rollback", *WHY)
    assert (done.returncode, done.stdout) == (1, "")
    assert "SHA-256" in done.stderr
    assert "Nothing has changed." in done.stderr
    assert dispatches.ask("SELECT max(release_number) FROM quality.releases") == [(3,)]


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        pytest.param(("rollback",), 2, "--reason", id="a rollback without a reason"),
        pytest.param(("rollback", "--reason", " ", "--by", "x"), 2, "say something", id="no words"),
        pytest.param(("rollback", "9", *WHY), 1, "there are: 1, 2, 3", id="a release not there"),
        pytest.param(("keep", "9"), 1, "there are: 1, 2, 3", id="keeping what is not there"),
        pytest.param(("show", "9"), 1, "There is no release 9.", id="showing what never was"),
        pytest.param(("diff", "2", "2"), 2, "differ from itself", id="one release twice"),
        pytest.param(("diff", "--table", "dim_unit"), 2, "fct_figure", id="a table without rows"),
    ],
)  # fmt: skip
def test_what_can_not_be_is_said_and_changes_nothing(
    three: CommandLine, arguments: tuple[str, ...], code: int, words: str
) -> None:
    done = three("release", *arguments)
    assert (done.returncode, done.stdout) == (code, "")
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_before_the_first_release_each_command_says_what_to_do(tmp_path: Path) -> None:
    dispatches = CommandLine(tmp_path)
    assert "dispatches refresh" in dispatches("release", "list").stdout
    shown = dispatches("release", "show")
    assert (shown.returncode, shown.stdout) == (1, "")
    assert "dispatches refresh" in shown.stderr
    assert dispatches("release", "rollback", *WHY).returncode == 1
    assert dispatches("release", "diff").returncode == 1


def test_a_rollback_waits_for_no_refresh_unless_told_to(dispatches: CommandLine) -> None:
    home = _home(dispatches)
    with refresh_lock(home):
        done = dispatches("release", "rollback", *WHY)
        assert done.returncode == 1
        assert "another refresh is running" in done.stderr.lower()
        assert dispatches("release", "list").returncode == 0
    freed = threading.Event()

    def hold() -> None:
        with refresh_lock(home):
            freed.wait(3)

    holder = threading.Thread(target=hold)
    holder.start()
    done = dispatches("release", "rollback", *WHY, "--wait", "60")
    holder.join()
    assert done.returncode == 0
    assert len(releases(home)) == 3
