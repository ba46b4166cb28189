"""What goes wrong, in plain words.

Belongs here: errors that a command raises to end itself, and what is said of those that nobody
foresaw. Does not belong here: errors of the work itself.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.cli.console import err, plain

if TYPE_CHECKING:
    from orchestration.settings import Settings


class PlainError(Exception):
    """Ends a command with a message, what to do next, and an exit code."""

    def __init__(self, message: str, next_step: str = "", exit_code: int = 1) -> None:
        super().__init__(message)
        self.next_step = next_step
        self.exit_code = exit_code


class UsageProblemError(PlainError):
    """The command was called in a way that can't work; exit code 2."""

    def __init__(self, message: str, next_step: str = "") -> None:
        super().__init__(message, next_step, exit_code=2)


def load_settings() -> Settings:
    """The settings. Raises UsageProblemError where the environment holds a value that can't be."""
    from pydantic import ValidationError  # a third of a second that --help need not pay

    from orchestration.settings import Settings

    try:
        return Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        message = first["msg"].removeprefix("Value error, ")
        raise UsageProblemError(
            f"The setting DISPATCHES_{name} can't be used: {message}.",
            f"Correct it or remove it: unset DISPATCHES_{name}",
        ) from None


def exit_code_of(error: Exception, debug: bool) -> int:
    """Tell the person about `error` and return the exit code it stands for."""
    if isinstance(error, BrokenPipeError):
        return reader_left()
    if debug:
        traceback.print_exception(error)
    if isinstance(error, PlainError):
        say(str(error), error.next_step)
        return error.exit_code
    if isinstance(error, OSError) and error.filename and error.strerror:
        say(f"{error.strerror}: {error.filename}", "Put that right, then try again.")
        return 1
    where = _log(error)
    say(
        f"Something went wrong that should not: {type(error).__name__}: {error}",
        f"The details are in {where}; --debug shows them here.",
    )
    return 1


def reader_left() -> int:
    """The program that reads our output had enough (`| head`): no error, exit code 0."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def say(message: str, next_step: str = "") -> None:
    """A message on standard error and, below it, what to do next."""
    err.print(plain(message, "bold red"), soft_wrap=True)
    for line in next_step.splitlines():
        err.print(plain(line), soft_wrap=True)


def _log(error: Exception) -> Path:
    """Append the traceback to the log under the home folder, or where that can't be to a new
    file."""
    from orchestration.home import Home
    from orchestration.settings import Settings

    stamp = dt.datetime.now(dt.UTC).isoformat(timespec="seconds")
    entry = f"{stamp}\n{''.join(traceback.format_exception(error))}\n"
    try:
        folder = Home.at(Settings().home).root / "logs"
        folder.mkdir(parents=True, exist_ok=True)
        log = folder / "dispatches.log"
        with log.open("a", encoding="utf-8") as file:
            file.write(entry)
    except (OSError, ValueError):
        handle, name = tempfile.mkstemp(prefix="dispatches-", suffix=".log", text=True)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(entry)
        return Path(name)
    return log
