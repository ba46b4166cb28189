"""The two consoles, and text that is safe to print on them.

Belongs here: what every message has in common. Does not belong here: any one message.

Nothing that comes from a file is ever read as markup, emoji code or control sequence: it goes
through `plain`, which escapes control characters, and the consoles interpret no markup.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from rich.console import Console
from rich.text import Text

from orchestration.printable import printable

_WIDE = 100_000
"""Width where the output is no terminal: nothing is cut or folded in a pipe."""


class _Console(Console):
    def on_broken_pipe(self) -> None:
        """Leave it to the command that the reader has gone; Rich would exit with 1."""
        raise BrokenPipeError


def _console(*, stderr: bool = False, file: IO[str] | None = None) -> Console:
    console = _Console(stderr=stderr, file=file, highlight=False, markup=False, emoji=False)
    if not console.is_terminal:
        console.width = _WIDE
    return console


out = _console(stderr=False)
"""Results."""
err = _console(stderr=True)
"""Messages and progress."""


@contextmanager
def kept_stderr() -> Iterator[Console]:
    """Standard error as it is now, whatever a run redirects it to meanwhile.

    Dagster points the descriptor of standard error to a file while a step runs, to keep its output;
    a progress bar would vanish into that file.
    """
    try:
        descriptor = os.dup(sys.stderr.fileno())
    except (OSError, AttributeError):  # no real stream behind it
        yield err
        return
    with open(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:  # noqa: PTH123
        yield _console(file=file)


def plain(text: object, style: str = "") -> Text:
    """Untrusted text, made harmless, in one style; line breaks of our own do not survive it."""
    return Text(printable(str(text)), style=style)


def labelled(label: str, *parts: Text | str, indent: int = 2, width: int = 10) -> Text:
    """One line `label  parts…`, the label dim and padded."""
    line = Text(" " * indent).append(f"{label:<{width}} ", style="dim")
    for part in parts:
        line.append_text(part if isinstance(part, Text) else Text(part))
    return line


def count(number: int, singular: str, plural: str | None = None) -> str:
    """`1 article`, `1,200 articles`."""
    return f"{number:,} {singular if number == 1 else plural or singular + 's'}"
