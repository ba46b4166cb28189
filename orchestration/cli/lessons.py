"""What `--help` teaches about each command: what it does, what to expect, examples that work.

Belongs here: prose. Does not belong here: the help of single options (`app.py`).
"""

from __future__ import annotations


def _lesson(purpose: str, explanation: str, *examples: tuple[str, str]) -> str:
    """Help in Rich markup; examples are (command, what it does)."""
    width = max(len(command) for command, _ in examples)
    lines = [f"[bold]{command:<{width}}[/]  [dim]{does}[/]" for command, does in examples]
    return "\n\n".join((purpose, explanation, "Examples:", "\n".join(lines)))


REFRESH = _lesson(
    "Read what is new, check it, and publish it.",
    "Articles that were read before are passed over. A file or a row that fails a check is set "
    "aside with its reason; the rest goes on. When a check blocks, nothing is published, the file "
    "that readers use stays as it was, and the exit code is 3.",
    ("dispatches refresh", "everything new under raw/"),
    ("dispatches refresh a.txt news/", "one file and one folder"),
    ("dispatches refresh --wait 600", "after the refresh that is running"),
)
EXTRACT = _lesson(
    "Print what is read from an article; no warehouse is touched.",
    "The table shows what people ask first. The rows of --format jsonl hold every field, with the "
    "offsets of each in the clean text.",
    ("dispatches extract a.txt", "events, figures, other numbers"),
    ("dispatches extract a.txt --published 2026-01-31", "'on Tuesday' gets a date"),
    ("dispatches extract a.txt --format jsonl | head -1", "one row a line"),
)
SQL = _lesson(
    "Ask the published warehouse; it can only be read.",
    "Tables of marts and quality need no schema name: fct_figure, fct_event_mention, fct_number, "
    "dim_document, quarantine. At the prompt and as a query, .tables lists them and .columns TABLE "
    "explains one.",
    ("dispatches sql .tables", "what there is"),
    ('dispatches sql "FROM fct_figure LIMIT 5"', "five figures"),
    ('dispatches sql --format csv "FROM quarantine"', "what was set aside, as CSV"),
    ("dispatches sql < report.sql", "a query from a file"),
    ("dispatches sql", "a prompt"),
)
UI = _lesson(
    "Open the Dagster UI and run the nightly schedule, until Ctrl-C.",
    "It shows every run, also those of dispatches refresh: steps, the result of each check, and "
    "plots of the counts over time.",
    ("dispatches ui", "says its address when it is ready"),
    ("dispatches ui --port 3001", "on another port"),
)
STATUS = _lesson(
    "Say what is published, what was set aside, and how the last runs went.",
    "Before the first refresh it says what to do.",
    ("dispatches status", "one screen"),
)
