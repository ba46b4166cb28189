"""Bad files: each is good but for one thing.

Belongs here: how to write one bad file for each rule of the file gate, as `problems.tsv` has them.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from orchestration.ingest import LandedVersion, SourceFile, read_file, to_versions
from orchestration.settings import Settings

TEXT = "TORVIK, May 9 — The harbour master said 21 boats had returned by noon.\n"
Found = AbstractContextManager[list[Path]]
Write = Callable[[Path], Found]
"""Writes into an empty folder what is to be read; within, these paths are to be searched."""
LANDED = "same_text_landed"
"""The one rule that needs an earlier run; the text of its file is `TEXT`."""


def _files(**contents: bytes | str) -> Write:
    """Files by name, `__` for the dot."""

    @contextmanager
    def write(folder: Path) -> Iterator[list[Path]]:
        for name, content in contents.items():
            data = content if isinstance(content, bytes) else content.encode()
            (folder / name.replace("__", ".")).write_bytes(data)
        yield [folder]

    return write


@contextmanager
def _unreadable_folder(folder: Path) -> Iterator[list[Path]]:
    """Root may open every folder, so the system call is made to refuse."""
    (folder / "shut").mkdir()
    real = os.scandir

    def scandir(path: Path) -> Any:
        if Path(path).name == "shut":
            raise PermissionError(13, "Permission denied")
        return real(path)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "scandir", scandir)
        yield [folder]


@contextmanager
def _unreadable_file(folder: Path) -> Iterator[list[Path]]:
    """It is gone between being found and being read."""
    path = folder / "gone.txt"
    path.write_text(TEXT, encoding="utf-8")
    yield [folder]
    path.unlink()


@contextmanager
def _link(folder: Path) -> Iterator[list[Path]]:
    outside = folder.parent / "outside.txt"
    outside.write_text(TEXT, encoding="utf-8")
    (folder / "link.txt").symlink_to(outside)
    yield [folder]


@contextmanager
def _pipe(folder: Path) -> Iterator[list[Path]]:
    os.mkfifo(folder / "pipe.txt")
    yield [folder]


@contextmanager
def _one_name(folder: Path) -> Iterator[list[Path]]:
    """Two folders of one name outside the raw folder."""
    paths = [folder.parent / place / "wire" for place in ("one", "two")]
    for path in paths:
        path.mkdir(parents=True)
        (path / "a.txt").write_text(f"{TEXT}{path.parent.name}\n", encoding="utf-8")
    yield paths


def landed(folder: Path) -> LandedVersion:
    """The version that an earlier run made of `TEXT`, from another file."""
    path = folder / "a.txt"
    path.write_text(TEXT, encoding="utf-8")
    read, _ = read_file(SourceFile(path, "a.txt"), Settings())
    version = to_versions(read)[0].to_pylist()[0]
    names = ("document_id", "version_id", "source_path", "text_signature")
    return LandedVersion(*(version[name] for name in names))


MUTANTS: dict[str, Write] = {
    "unreadable_folder": _unreadable_folder,
    "unreadable_file": _unreadable_file,
    "link_leaves_folder": _link,
    "special_file": _pipe,
    "same_name": _one_name,
    "unknown_format": _files(a__docx=TEXT),
    "empty_file": _files(a__txt=" \n"),
    "too_large": _files(a__txt=TEXT * 1_000),
    "binary_content": _files(a__txt=b"%PDF-1.7\n" + TEXT.encode()),
    "not_utf8": _files(a__txt=TEXT.encode("cp1252")),
    "unknown_encoding": _files(a__html=f'<meta charset="x-nobody"><p>{TEXT}</p>'),
    "html_in_text": _files(a__txt=f"<!DOCTYPE html><p>{TEXT}</p>"),
    "json_in_text": _files(a__txt='{"text": "The harbour is open."}'),
    "html_without_markup": _files(a__html=TEXT),
    "html_without_article": _files(a__html="<html><body><script>f()</script></body></html>"),
    "broken_json": _files(a__json='{"text": "The harb'),
    "json_lines_in_json": _files(a__json='{"text": "One."}\n{"text": "Two."}'),
    "record_not_object": _files(a__json="[7]"),
    "record_without_text": _files(a__json='{"title": "Boats return"}'),
    "text_not_string": _files(a__json='{"text": 21}'),
    "long_line": _files(a__txt="boats " * 300),
    "broken_sidecar": _files(a__txt=TEXT, a__meta__json="{"),
    "sidecar_without_article": _files(a__meta__json='{"title": "Boats return"}'),
    "same_text": _files(a__txt=TEXT, b__txt=TEXT),
    LANDED: _files(b__txt=TEXT),
}
ELSEWHERE = {
    "html_too_slow": "a page that the parser can't finish takes seconds: test_ingest_read.py",
    "html_reader_missing": "needs a Python without the parser: test_ingest_read.py",
    "html_unreadable": "a parser that dies is made to in test_ingest_read.py",
    "many_bad_records": "comes after a hundred other findings: test_ingest_read.py",
    "no_such_path": "is the caller's mistake, not a file's: test_ingest_discover.py",
}
"""Rules without a file here, and why."""
