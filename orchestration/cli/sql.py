"""`dispatches sql`: one query, or a prompt.

Belongs here: where the query comes from. Does not belong here: the connection (`query.py`), the
prompt (`prompt.py`), the formats (`results.py`).
"""

from __future__ import annotations

import sys

import duckdb

from orchestration.cli.failure import UsageProblemError, load_settings, reader_left
from orchestration.cli.prompt import ask_until_done
from orchestration.cli.query import connect, fetch, run
from orchestration.cli.results import FORMATS
from orchestration.cli.tables import describe
from orchestration.home import Home


def sql_command(query: str | None, form: str) -> int:
    """Answer `query`, or what is piped in, or whatever is typed at the prompt."""
    home = Home.at(load_settings().home)
    if query is None and sys.stdin.isatty():
        ask_until_done(home, form, answer)
        return 0
    with connect(home) as connection:
        try:
            answer(connection, sys.stdin.read() if query is None else query, form)
            sys.stdout.flush()
        except BrokenPipeError:
            return reader_left()
    return 0


def answer(connection: duckdb.DuckDBPyConnection, query: str, form: str) -> None:
    """Run the query, or the dot command, and print what it gives. Raises QueryError."""
    show, batch = FORMATS[form]
    if not query.strip():
        raise UsageProblemError("There is no query.", 'For example: dispatches sql ".tables"')
    if query.lstrip().startswith("."):
        query = describe(connection, query)
    for result in run(connection, query):
        show([column[0] for column in result.description or ()], fetch(result, batch))
