"""When the machine stores nothing more: a full disk, a read-only folder, missing rights.

Belongs here: telling these from every other error, in one plain message, and asking for them before
a refresh begins. Does not belong here: what is stored, or where (`home.py`).

DuckDB, SQLite, dbt and Python each say it in words of their own, dbt in the midst of its log; what
they share is the operating system's wording of the error number.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from orchestration.home import Home

_SIGNS = {
    "full": (
        os.strerror(errno.ENOSPC),
        os.strerror(errno.EDQUOT),
        os.strerror(errno.EFBIG),
        "database or disk is full",  # SQLite
    ),
    "read-only": (os.strerror(errno.EROFS), "attempt to write a readonly database"),
    "not allowed": (os.strerror(errno.EACCES), os.strerror(errno.EPERM)),
}
_UNCLEAR = ("unable to open database file", "disk I/O error")
"""What SQLite says of any of them; the folders themselves are asked then."""
_PATH = re.compile(r"""(?:'(/[^'\n]+)'|"(/[^"\n]+)")""")
_PROBE = bytes(8 << 20)
"""What is written for a try: with less than this left, not even the history of the run fits."""


class StorageError(RuntimeError):
    """A file can't be written; names it and says what to do."""


def require_writable(home: Home) -> None:
    """Write to every folder of `home` and take it back. Raises StorageError where that can't be."""
    for folder in home.folders:
        try:
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(_PROBE)
                probe.flush()
        except OSError as error:
            told = refusal([f"{os.strerror(error.errno or errno.EIO)}: '{folder}'"])
            raise StorageError(told or f"{folder} can't be written: {error}") from error


def refusal(messages: Iterable[str], home: Home | None = None) -> str | None:
    """The plain message, where one of these (an error's, then its causes') is such a refusal.

    `home`: named where they name no file, and asked by writing where the words alone don't tell.
    """
    for message in messages:
        for kind, signs in _SIGNS.items():
            if found := next((sign for sign in signs if sign in message), None):
                path = _path_near(message, message.index(found))
                return _worded(kind, path or (home.root if home else None))
        if home is not None and any(sign in message for sign in _UNCLEAR):
            try:
                require_writable(home)
            except StorageError as error:
                return str(error)
    return None


def messages_of(error: BaseException | None) -> Iterator[str]:
    """What an error says, then what caused it, down to the first."""
    while error is not None:
        name = getattr(error, "filename", None)
        yield f"{error}" if name is None else f"{error}: '{name}'"
        error = error.__cause__ or error.__context__


def _path_near(message: str, at: int) -> Path | None:
    """The path that stands quoted on the line of the refusal, if one does."""
    start, end = message.rfind("\n", 0, at) + 1, message.find("\n", at)
    match = _PATH.search(message[start : end if end >= 0 else len(message)])
    return Path(match[1] or match[2]) if match else None


def _worded(kind: str, path: Path | None) -> str:
    what = path or "the home folder (DISPATCHES_HOME)"
    if kind == "full":
        why, step = f"the disk is full{_free(path)}", "Free some space there"
    elif kind == "read-only":
        why = "the file system is read-only"
        step = "Mount it for writing, or set DISPATCHES_HOME to a folder that can be written"
    else:
        why = "this user may not"
        step = "Give the user the right to, or set DISPATCHES_HOME to a folder of their own"
    return (
        f"Can't write {what}: {why} — readers keep the last release. "
        f"{step}, then run: dispatches refresh"
    )


def _free(path: Path | None) -> str:
    """How much space is left where `path` lies or would lie."""
    folder = next((p for p in (path, *path.parents) if p.is_dir()), None) if path else None
    if folder is None:
        return ""
    return f" ({shutil.disk_usage(folder).free / 1e6:.1f} MB free)"
