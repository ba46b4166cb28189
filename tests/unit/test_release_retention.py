"""Which releases stay, and the folders that a crash leaves: files alone, no database."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.home import Home
from orchestration.releases import (
    DATABASE,
    MANIFEST,
    DamagedReleaseError,
    NoSuchReleaseError,
    linked_release,
    mark_kept,
    newest_file,
    prune,
    release,
    releases,
    served,
    verify,
)
from orchestration.swap import serve, settle


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home.at(tmp_path / "home").create()


def _make(home: Home, numbers: range, now: int) -> None:
    for number in numbers:
        folder = home.releases / f"{number:06d}"
        folder.mkdir()
        (folder / DATABASE).write_text(f"the database of {number}")
    serve(home, release(home, now).file)


def _there(home: Home) -> list[int]:
    return [one.number for one in releases(home)]


@pytest.mark.parametrize(
    ("made", "now", "kept", "keep", "left"),
    [
        pytest.param(3, 3, [], 10, [1, 2, 3], id="fewer than are kept: all stay"),
        pytest.param(5, 5, [], 2, [4, 5], id="the newest stay"),
        pytest.param(5, 5, [1, 3], 2, [1, 3, 4, 5], id="what a person keeps stays beside them"),
        pytest.param(5, 2, [], 2, [2, 4, 5], id="what is served stays"),
        pytest.param(5, 1, [], 1, [1, 5], id="the newest stays though another is served"),
    ],
)
def test_what_stays(
    home: Home, made: int, now: int, kept: list[int], keep: int, left: list[int]
) -> None:
    _make(home, range(1, made + 1), now)
    for number in kept:
        mark_kept(release(home, number), {"by": "ann"})
    gone = prune(home, keep)
    assert _there(home) == left
    assert gone == [number for number in range(1, made + 1) if number not in left]
    assert prune(home, keep) == []
    assert served(home) == now


def test_what_is_let_go_goes(home: Home) -> None:
    _make(home, range(1, 4), 3)
    mark_kept(release(home, 1), {"by": "ann", "reason": "cited"})
    assert release(home, 1).mark == {"by": "ann", "reason": "cited"}
    mark_kept(release(home, 1), None)
    assert prune(home, 1) == [1, 2]


def test_serving_changes_the_file_that_readers_open_and_no_release(home: Home) -> None:
    _make(home, range(1, 4), 3)
    with home.published_db.open() as reader:
        serve(home, release(home, 1).file)
        assert reader.read() == "the database of 3"
    assert home.published_db.read_text() == "the database of 1"
    assert (served(home), newest_file(home)) == (1, release(home, 3).file)
    serve(home, release(home, 1).file)  # again: a rename of a file onto itself does nothing
    assert [file.name for file in home.published_db.parent.iterdir()] == [DATABASE]


def test_where_there_are_no_links_the_file_is_copied(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    _make(home, range(1, 3), 2)
    assert home.published_db.read_text() == "the database of 2"
    assert linked_release(home) is None


def test_a_release_that_is_not_there_is_refused_with_those_that_are(home: Home) -> None:
    _make(home, range(1, 3), 2)
    with pytest.raises(NoSuchReleaseError, match=r"Release 7 is not kept; there are: 1, 2\."):
        release(home, 7)


def test_a_manifest_that_is_half_there_is_refused_by_name(home: Home) -> None:
    _make(home, range(1, 2), 1)
    (release(home, 1).folder / MANIFEST).write_text('{"release": 1')
    with pytest.raises(DamagedReleaseError, match=MANIFEST):
        verify(release(home, 1))


def test_what_runs_left_that_died_early_is_cleared_away(home: Home) -> None:
    _make(home, range(1, 3), 2)
    for name in (".candidate-of-a-run", ".going-000000"):
        (home.releases / name).mkdir()
        (home.releases / name / DATABASE).touch()
    (home.published_db.parent / ".incoming-77").touch()
    settle(home)
    assert sorted(path.name for path in home.releases.iterdir()) == ["000001", "000002"]
    assert [path.name for path in home.published_db.parent.iterdir()] == [DATABASE]
