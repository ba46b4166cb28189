"""The commands of `dispatches quarantine` and their arguments.

Belongs here: names, options, defaults. Does not belong here: what a command does (`quarantine.py`),
which is imported when it is called.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from orchestration.cli import lessons

app = typer.Typer(
    help=lessons.QUARANTINE,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Ids = Annotated[list[str], typer.Argument(metavar="ID", help="Findings; the first characters do.")]
Rule = Annotated[
    str | None,
    typer.Option(metavar="RULE", help="Of this rule: figures.unit_known, or unit_known."),
]
Source = Annotated[
    str | None, typer.Option(metavar="NAME", help="Of this publisher, or of this file.")
]
Reason = Annotated[str, typer.Option(metavar="TEXT", help="Why; it is kept and published.")]
By = Annotated[str, typer.Option(metavar="NAME", help="Who answers for it.")]


class ListedState(StrEnum):
    """Which findings `list` shows."""

    OPEN = "open"
    FIXED = "fixed"
    WAIVED = "waived"
    REJECTED = "rejected"
    SUPERSEDED = "superseded"
    ALL = "all"


class ListFormat(StrEnum):
    """How lists are printed."""

    TABLE = "table"
    JSONL = "jsonl"


@app.command("list", help=lessons.QUARANTINE_LIST)
def list_findings(
    state: Annotated[ListedState, typer.Option(help="In this state.")] = ListedState.OPEN,
    rule: Rule = None,
    source: Source = None,
    form: Annotated[
        ListFormat, typer.Option("--format", help="table for people, jsonl for programs.")
    ] = ListFormat.TABLE,
) -> None:
    """Hand over to `cli.quarantine`."""
    from orchestration.cli.quarantine import list_command

    raise typer.Exit(list_command(state.value, rule, source, form.value))


@app.command(help=lessons.QUARANTINE_SHOW)
def show(
    finding: Annotated[
        str, typer.Argument(metavar="ID", help="The finding; its first characters do.")
    ],
) -> None:
    """Hand over to `cli.quarantine`."""
    from orchestration.cli.quarantine import show_command

    raise typer.Exit(show_command(finding))


@app.command(help=lessons.QUARANTINE_REDRIVE)
def redrive(
    findings: Annotated[
        list[str] | None,
        typer.Argument(metavar="ID", help="Findings; the first characters do.", show_default=False),
    ] = None,
    rule: Rule = None,
    source: Source = None,
    all_open: Annotated[
        bool, typer.Option("--all-open", help="Every finding that is open.")
    ] = False,
    wait: Annotated[
        float,
        typer.Option(
            min=0, metavar="SECONDS", help="How long to wait for a refresh that is running."
        ),
    ] = 0,
) -> None:
    """Hand over to `cli.quarantine`."""
    from orchestration.cli.quarantine import redrive_command

    raise typer.Exit(redrive_command(findings or [], rule, source, all_open, wait))


@app.command(help=lessons.QUARANTINE_REJECT)
def reject(findings: Ids, reason: Reason, by: By) -> None:
    """Hand over to `cli.quarantine`."""
    from orchestration.cli.quarantine import reject_command

    raise typer.Exit(reject_command(findings, reason, by))
