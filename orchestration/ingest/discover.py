"""Which files there are to read.

Belongs here: walking folders, naming what was found, refusing links and special files. Does not
belong here: opening a file, and deciding whether it was read before.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from orchestration.ingest.limits import Limits
from orchestration.ingest.problem import IngestError, NoSuchPathError
from orchestration.ingest.source import SourceFile
from orchestration.printable import printable

SIDECAR_SUFFIX = ".meta.json"
FORMATS = {".txt": "txt", ".html": "html", ".htm": "html", ".json": "json", ".jsonl": "jsonl"}
"""Ending of the file name, in lower case → format."""
SPECIAL = "a pipe, socket or device"
NOTE = "README.md"
"""A note to the people who use the folder; no article."""


def discover(paths: Sequence[Path], settings: Limits) -> list[SourceFile]:
    """Every file under `paths`, each once, sorted by name.

    Folders are searched to the bottom. Hidden files, notes (`README.md`) and descriptions
    (`NAME.meta.json`) are not listed. Links inside a folder are never followed: one that stays
    inside is found in its own place, one that leaves is listed with its problem. What can't be
    opened is listed with its problem as well.
    Raises NoSuchPathError for a path that does not exist.
    """
    found: dict[Path, SourceFile] = {}
    for path in paths:
        for source in _found_at(path, settings.raw):
            found.setdefault(source.path, source)
    return _unambiguous(
        sorted(found.values(), key=lambda source: (source.source_path, source.path))
    )


def missing(
    names: Iterable[str], found: Sequence[SourceFile], paths: Sequence[Path], settings: Limits
) -> list[str]:
    """Those of `names`, the names of files that were there once, that `paths` do not lead to now.

    `found`: what `discover` lists under the same paths. A name counts only where its folder was
    looked into: one in a folder that is gone, or can't be opened, is not missing.
    """
    absent = set(names) - {source.source_path for source in found}
    if not absent:
        return []
    folders = {f for path in paths if path.is_dir() for f in _folders(path, settings.raw)}
    return sorted(name for name in absent if name.rpartition("/")[0] in folders)


def name_hash(source_path: str) -> str:
    """What stands for the content hash of a file that can't be read: SHA-256 of its name."""
    return hashlib.sha256(source_path.encode()).hexdigest()


def _found_at(given: Path, raw: Path) -> Iterator[SourceFile]:
    path = Path(os.path.abspath(given))  # noqa: PTH100 - Path.resolve would lose a link's own name
    try:
        mode = path.stat().st_mode
    except PermissionError as error:
        yield _with_problem(_named(path, path.parent, raw), _unreadable("unreadable_file", error))
        return
    except OSError:
        raise NoSuchPathError(str(given)) from None
    if stat.S_ISDIR(mode):
        yield from _in_folder(path, raw)
    elif path.name.endswith(SIDECAR_SUFFIX):
        yield from _orphan(path, set(os.listdir(path.parent)), path.parent, raw)  # noqa: PTH208
    else:
        yield replace(_named(path, path.parent, raw), path=path.resolve())


def _folders(given: Path, raw: Path) -> Iterator[str]:
    """The folders that are looked into under `given`, as the names of their files give them."""
    root = Path(os.path.abspath(given))  # noqa: PTH100
    for folder, inner, _ in os.walk(root):
        inner[:] = filter(_is_offered, inner)
        yield _named(Path(folder, "file"), root, raw).source_path.rpartition("/")[0]


def _in_folder(root: Path, raw: Path) -> Iterator[SourceFile]:
    folders = [root]
    while folders:
        folder = folders.pop()
        try:
            with os.scandir(folder) as listing:
                entries = [entry for entry in listing if _is_offered(entry.name)]
        except OSError as error:
            yield _with_problem(_named(folder, root, raw), _unreadable("unreadable_folder", error))
            continue
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                folders.append(Path(entry.path))
            else:
                yield from _in_entry(entry, names, root, raw)


def _is_offered(name: str) -> bool:
    return not name.startswith(".") and name != NOTE


def _in_entry(
    entry: os.DirEntry[str], names: set[str], root: Path, raw: Path
) -> Iterator[SourceFile]:
    path = Path(entry.path)
    source = _named(path, root, raw)
    if entry.is_symlink():
        if not _stays_inside(path, root):
            yield _with_problem(source, IngestError("link_leaves_folder"))
    elif entry.name.endswith(SIDECAR_SUFFIX):
        yield from _orphan(path, names, root, raw)
    elif entry.is_file(follow_symlinks=False):
        yield source
    else:
        yield _with_problem(source, IngestError("special_file", detail=SPECIAL))


def _orphan(path: Path, names: set[str], root: Path, raw: Path) -> Iterator[SourceFile]:
    stem = path.name.removesuffix(SIDECAR_SUFFIX)
    articles = (stem, *(stem + suffix for suffix in (".txt", ".html", ".htm")))
    if not any(article in names for article in articles):
        orphan = IngestError("sidecar_without_article", expected=f"{stem}.txt")
        yield _with_problem(_named(path, root, raw), orphan)


def _stays_inside(link: Path, root: Path) -> bool:
    try:
        return link.resolve(strict=True).is_relative_to(root.resolve())
    except (OSError, RuntimeError):  # broken, or a link to itself: nothing to read, so it leaves
        return False


def _named(path: Path, root: Path, raw: Path) -> SourceFile:
    raw_folder = Path(os.path.abspath(raw))  # noqa: PTH100
    if path.is_relative_to(raw_folder) and path != raw_folder:
        parts = path.relative_to(raw_folder).parts
    else:
        parts = (root.name, *path.relative_to(root).parts)
    plain = os.fsencode(PurePosixPath(*parts)).decode("utf-8", "backslashreplace")
    return SourceFile(path, printable(unicodedata.normalize("NFC", plain)))


def _with_problem(source: SourceFile, error: IngestError) -> SourceFile:
    return replace(source, problem=error.about(source.source_path, name_hash(source.source_path)))


def _unreadable(rule: str, error: OSError) -> IngestError:
    detail = os.strerror(error.errno or errno.EIO).lower()
    return IngestError(rule, detail=detail)


def _unambiguous(sources: list[SourceFile]) -> list[SourceFile]:
    """Two files of one name would become versions of one document: the second is set aside."""
    first: dict[str, SourceFile] = {}
    unique: list[SourceFile] = []
    for source in sources:
        other = first.setdefault(source.source_path, source)
        if other is not source and source.problem is None:
            source = _with_problem(source, IngestError("same_name", other=other.path))
        unique.append(source)
    return unique
