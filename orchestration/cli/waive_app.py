"""The commands of `dispatches waive` and their arguments.

Belongs here: names, options, defaults. Does not belong here: what a command does (`waive.py`),
which is imported when it is called.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated

import typer

from orchestration.cli import lessons
from orchestration.cli.quarantine_app import By, ListFormat, Reason

app = typer.Typer(
    help=lessons.WAIVE,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(help=lessons.WAIVE_ADD)
def add(
    scope: Annotated[
        str,
        typer.Option(metavar="SCOPE", help="finding:ID, document:ID, source:NAME or batch."),
    ],
    reason: Reason,
    by: By,
    until: Annotated[
        dt.datetime,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Last day on which it holds, as 2026-01-31; at most 90 days from today.",
        ),
    ],
    rule: Annotated[
        str | None,
        typer.Option(
            metavar="RULE",
            help="As in docs/rules.md: figures.unit_known. A finding knows its own.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Hand over to `cli.waive`."""
    from orchestration.cli.waive import add_command

    raise typer.Exit(add_command(rule, scope, reason, by, until.date()))


@app.command("list", help=lessons.WAIVE_LIST)
def list_waivers(
    form: Annotated[
        ListFormat, typer.Option("--format", help="table for people, jsonl for programs.")
    ] = ListFormat.TABLE,
) -> None:
    """Hand over to `cli.waive`."""
    from orchestration.cli.waive import list_command

    raise typer.Exit(list_command(form.value))


@app.command(help=lessons.WAIVE_REVOKE)
def revoke(
    waiver: Annotated[
        str, typer.Argument(metavar="ID", help="The waiver; its first characters do.")
    ],
    reason: Reason,
    by: By,
) -> None:
    """Hand over to `cli.waive`."""
    from orchestration.cli.waive import revoke_command

    raise typer.Exit(revoke_command(waiver, reason, by))
