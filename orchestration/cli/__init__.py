"""The `dispatches` command: what a person types, and what a person is told.

Belongs here: arguments, messages, tables, exit codes. Does not belong here: doing the work
(`refresh.py`, `ui.py` one folder up, `extraction`).

Results go to standard output, messages and progress to standard error. Exit codes: 0 done, 1 error,
2 usage, 3 blocked by a gate.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Sequence

DEBUG = "--debug"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; a person never sees a traceback unless asked for with
    --debug."""
    from orchestration.cli.app import app  # not at import: rich and typer cost a tenth of a second
    from orchestration.cli.failure import exit_code_of

    for stream in (sys.stdout, sys.stderr):  # a terminal that knows no dash shows its code instead
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = DEBUG in given
    try:
        app([word for word in given if word != DEBUG], prog_name="dispatches")
    except Exception as error:  # the last place that can put it in plain words
        sys.exit(exit_code_of(error, debug))
