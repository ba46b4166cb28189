"""Which files are found, under which names, and what is refused before it is opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orchestration.ingest import NoSuchPathError, discover, missing
from orchestration.settings import Settings


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    raw = tmp_path / "raw"
    raw.mkdir()
    return Settings(raw=raw)


def put(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("text")


def found(settings: Settings, *paths: Path) -> list[tuple[str, str | None]]:
    return [
        (source.source_path, source.problem and source.problem.rule)
        for source in discover(paths or (settings.raw,), settings)
    ]


def names(settings: Settings, *paths: Path) -> list[str]:
    return [name for name, _ in found(settings, *paths)]


def test_folders_are_searched_to_the_bottom_in_a_fixed_order(settings: Settings) -> None:
    put(settings.raw, "b.txt", "a.txt", "2024/05/c.jsonl", "2023/d.html")
    assert names(settings) == ["2023/d.html", "2024/05/c.jsonl", "a.txt", "b.txt"]


def test_hidden_files_notes_and_descriptions_are_no_articles(settings: Settings) -> None:
    put(settings.raw, ".hidden.txt", ".git/x.txt", "README.md", "a.txt", "a.meta.json")
    put(settings.raw, "b.html", "b.html.meta.json")
    assert names(settings) == ["a.txt", "b.html"]


def test_a_description_without_its_article_is_told(settings: Settings) -> None:
    put(settings.raw, "lost.meta.json")
    assert found(settings) == [("lost.meta.json", "sidecar_without_article")]


@pytest.mark.parametrize(
    "given", [["."], ["a.txt"], ["news"], [".", "a.txt", "news", "news/b.txt"]]
)
def test_a_file_in_raw_has_one_name_however_it_is_asked_for(
    settings: Settings, given: list[str]
) -> None:
    put(settings.raw, "a.txt", "news/b.txt")
    expected = {"a.txt", "news/b.txt"}
    listed = names(settings, *(settings.raw / path for path in given))
    assert set(listed) <= expected
    assert len(listed) == len(set(listed))


def test_outside_raw_the_name_begins_with_the_folder(settings: Settings, tmp_path: Path) -> None:
    put(tmp_path / "wire", "a.txt", "sub/b.txt")
    assert names(settings, tmp_path / "wire") == ["wire/a.txt", "wire/sub/b.txt"]
    assert names(settings, tmp_path / "wire" / "a.txt") == ["wire/a.txt"]


def test_the_name_does_not_depend_on_the_working_folder(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(tmp_path / "wire", "a.txt")
    monkeypatch.chdir(tmp_path / "wire")
    assert names(settings, Path("a.txt"), Path("../wire")) == ["wire/a.txt"]


def test_two_files_of_one_name_do_not_become_one_document(
    settings: Settings, tmp_path: Path
) -> None:
    put(tmp_path / "one" / "wire", "a.txt")
    put(tmp_path / "two" / "wire", "a.txt")
    listed = found(settings, tmp_path / "one" / "wire", tmp_path / "two" / "wire")
    assert listed == [("wire/a.txt", None), ("wire/a.txt", "same_name")]


def test_a_link_out_of_the_folder_is_told_and_not_followed(
    settings: Settings, tmp_path: Path
) -> None:
    put(tmp_path, "secret.txt")
    (settings.raw / "link.txt").symlink_to(tmp_path / "secret.txt")
    (settings.raw / "folder").symlink_to(tmp_path)
    (settings.raw / "broken.txt").symlink_to("nowhere")
    (settings.raw / "loop").symlink_to("loop")
    assert {rule for _, rule in found(settings)} == {"link_leaves_folder"}
    assert len(found(settings)) == 4


def test_a_link_inside_the_folder_gives_no_second_copy(settings: Settings) -> None:
    put(settings.raw, "a.txt", "sub/b.txt")
    (settings.raw / "again.txt").symlink_to("a.txt")
    (settings.raw / "sub2").symlink_to("sub")
    assert names(settings) == ["a.txt", "sub/b.txt"]


def test_a_link_that_is_asked_for_by_name_is_followed(settings: Settings, tmp_path: Path) -> None:
    put(tmp_path / "elsewhere", "a.txt")
    link = settings.raw / "link.txt"
    link.symlink_to(tmp_path / "elsewhere" / "a.txt")
    assert found(settings, link) == [("link.txt", None)]


def test_a_pipe_is_told_and_never_opened(settings: Settings) -> None:
    os.mkfifo(settings.raw / "pipe.txt")
    assert found(settings) == [("pipe.txt", "special_file")]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("Überfall in Łódź.txt", "Überfall in Łódź.txt", id="spaces and accents stay"),
        pytest.param("cafe\u0301.txt", "caf\u00e9.txt", id="accents are composed"),
        pytest.param("a\x1b[2Jb.txt", "a\\x1b[2Jb.txt", id="control characters are escaped"),
        pytest.param("a\nb.txt", "a\\x0ab.txt", id="line breaks are escaped"),
        pytest.param("a\u202eb.txt", "a\\u202eb.txt", id="direction overrides are escaped"),
        pytest.param("[bold]<b>.txt", "[bold]<b>.txt", id="markup is text like any other"),
    ],
)
def test_names_can_be_shown(settings: Settings, name: str, shown: str) -> None:
    put(settings.raw, name)
    assert names(settings) == [shown]


def test_a_name_that_is_not_utf_8_can_be_shown(settings: Settings) -> None:
    with open(os.fsencode(settings.raw) + b"/caf\xe9.txt", "wb") as file:  # noqa: PTH123
        file.write(b"text")
    assert names(settings) == ["caf\\xe9.txt"]


def test_a_path_that_does_not_exist_is_the_callers_mistake(settings: Settings) -> None:
    with pytest.raises(NoSuchPathError, match="NOSUCH"):
        discover([Path("NOSUCH")], settings)


def test_a_folder_that_cannot_be_opened_is_told_and_the_rest_goes_on(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The superuser may open any folder, so the refusal is the operating system's, simulated."""
    put(settings.raw, "closed/a.txt", "open/b.txt")
    scandir = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert found(settings) == [("closed", "unreadable_folder"), ("open/b.txt", None)]


@pytest.mark.parametrize(
    ("once", "given", "gone"),
    [
        pytest.param("x.txt", ".", True, id="deleted"),
        pytest.param("a.txt", ".", False, id="still there"),
        pytest.param("news/x.txt", ".", True, id="deleted from a folder"),
        pytest.param("news/x.txt", "news", True, id="the folder alone is searched"),
        pytest.param("x.txt", "news", False, id="its folder is not searched"),
        pytest.param("x.txt", "a.txt", False, id="another file alone is read"),
        pytest.param("old/x.txt", ".", False, id="its folder is gone, or never was in raw"),
        pytest.param(".git/x.txt", ".", False, id="its folder is hidden now"),
        pytest.param("../raw/x.txt", ".", False, id="a name of no file"),
    ],
)
def test_a_file_is_missing_where_its_folder_was_searched(
    settings: Settings, once: str, given: str, gone: bool
) -> None:
    put(settings.raw, "a.txt", "news/b.txt", ".git/c.txt")
    paths = [settings.raw / given]
    told = missing([once], discover(paths, settings), paths, settings)
    assert told == ([once] if gone else [])


def test_a_file_outside_raw_is_missing_where_its_folder_was_searched(
    settings: Settings, tmp_path: Path
) -> None:
    put(tmp_path / "drop", "b.txt", "deep/c.txt")
    paths = [tmp_path / "drop"]
    once = ["drop/a.txt", "drop/b.txt", "drop/deep/a.txt", "a.txt"]
    told = missing(once, discover(paths, settings), paths, settings)
    assert told == ["drop/a.txt", "drop/deep/a.txt"]
