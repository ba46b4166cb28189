"""`dispatches` in a process that can be told at which file operation it dies.

    python -m benchmarks.faults.child refresh

Belongs here: the hooks set before the command's own `main` runs. Does not belong here: when to die
(the harness says so in the environment).

FAULTS_FOLDERS and FAULTS_AT: the process group is killed before the FAULTS_AT-th change (rename,
removal, link, new folder or file) of something in those folders, each with a separator at its end;
counting starts at 1, 0 = never. FAULTS_COUNT: the file that gets the number of changes at the end.
"""

from __future__ import annotations

import atexit
import os
import signal
import sys
from pathlib import Path
from typing import Any

from benchmarks.faults.corpus import SPOILED

_CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.symlink", "open")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


class Watch:
    """An audit hook that kills this process group before the `nth` change in `folders`."""

    def __init__(self, folders: tuple[str, ...], nth: int) -> None:
        self.folders, self.nth, self.seen = folders, nth, 0

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        """Called by the interpreter for whatever it is about to do."""
        if event not in _CHANGES or not any(map(self._inside, arguments[:2])):
            return
        if event == "open" and not (isinstance(arguments[2], int) and arguments[2] & _WRITING):
            return
        self.seen += 1
        if self.seen == self.nth:
            os.killpg(0, signal.SIGKILL)

    def _inside(self, argument: object) -> bool:
        return isinstance(argument, str | os.PathLike) and os.fspath(argument).startswith(
            self.folders
        )


def spoil_one_row() -> None:
    """Give the one figure that says SPOILED a polarity that no list has: the gate holds it."""
    from orchestration import refresh, wiring

    real = wiring.extractor_of

    def extractor_of(settings: Any) -> Any:
        extract, version = real(settings)
        return lambda text, published: _Spoiled(extract(text, published)), version

    setattr(refresh, "extractor_of", extractor_of)  # noqa: B010 - it is not this module's to set


class _Spoiled:
    """An extraction with one bad row, where the article has it."""

    def __init__(self, extraction: Any) -> None:
        self._extraction = extraction

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows of the contract."""
        rows: list[dict[str, Any]] = self._extraction.to_rows()
        for row in rows:
            if row["kind"] == "figure" and row["text"] == SPOILED.split()[0]:
                row["polarity"] = "perhaps"
        return rows


def main() -> None:
    """Set the hooks and run the command."""
    if "FAULTS_AT" in os.environ:
        folders = tuple(os.environ["FAULTS_FOLDERS"].split(os.pathsep))
        watch = Watch(folders, int(os.environ["FAULTS_AT"]))
        sys.addaudithook(watch)
        if "FAULTS_COUNT" in os.environ:
            counted = Path(os.environ["FAULTS_COUNT"])
            atexit.register(lambda: counted.write_text(str(watch.seen), encoding="utf-8"))
    spoil_one_row()
    from orchestration.cli import main as command

    command()


if __name__ == "__main__":
    main()
