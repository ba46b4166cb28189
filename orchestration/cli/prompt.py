"""The prompt of `dispatches sql`.

Belongs here: reading statements from a terminal. Does not belong here: answering them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import duckdb

from orchestration.cli.console import err, plain
from orchestration.cli.failure import PlainError, say
from orchestration.cli.query import connect, identity
from orchestration.cli.tables import HELP
from orchestration.home import Home

Answer = Callable[[duckdb.DuckDBPyConnection, str, str], None]
_FIRST, _MORE = "dispatches> ", "       ...> "
_HISTORY = "sql_history"


def ask_until_done(home: Home, form: str, answer: Answer) -> None:
    """Read statements and answer each, until Ctrl-D or `.quit`. Ctrl-C drops what was typed.

    A statement ends with `;`. After a refresh the next statement sees the new release.
    """
    connection, seen = connect(home), identity(home.published_db)
    err.print(plain(f"Ends a statement: ;  ·  leaves: Ctrl-D  ·  {HELP}", "dim"))
    with _history(home):
        for statement in _statements():
            if identity(home.published_db) != seen:
                connection.close()
                connection, seen = connect(home), identity(home.published_db)
                err.print(plain("A new release was published; it is read from here on.", "dim"))
            try:
                answer(connection, statement, form)
            except PlainError as error:
                say(str(error), error.next_step)
            except KeyboardInterrupt:
                connection.interrupt()
                err.print("\nStopped.")
    connection.close()


def _statements() -> Iterator[str]:
    typed: list[str] = []
    while True:
        try:
            line = input(_MORE if typed else _FIRST)
        except KeyboardInterrupt:
            typed.clear()
            err.print()
            continue
        except EOFError:
            err.print()
            return
        if not typed and line.strip() in (".quit", ".exit", "quit", "exit", "quit;", "exit;"):
            return
        if not typed and line.strip() in (".help", "help"):
            err.print(plain(HELP))
        elif not typed and line.lstrip().startswith("."):
            yield line
        elif line.strip() or typed:
            typed.append(line)
            if line.rstrip().endswith(";"):
                yield "\n".join(typed)
                typed.clear()


@contextmanager
def _history(home: Home) -> Iterator[None]:
    """Lines typed earlier come back with the arrow keys, where the terminal can do that."""
    try:
        import readline
    except ImportError:
        yield
        return
    file = home.root / _HISTORY
    with suppress(OSError):
        readline.read_history_file(file)
    readline.set_history_length(1000)
    try:
        yield
    finally:
        with suppress(OSError):
            readline.write_history_file(file)
