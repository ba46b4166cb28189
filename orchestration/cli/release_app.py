"""The commands of `dispatches release` and their arguments.

Belongs here: names, options, defaults. Does not belong here: what a command does (`release.py`,
`release_diff.py`), which is imported when it is called.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from orchestration.cli import lessons

app = typer.Typer(
    help=lessons.RELEASE,
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The release.")]
Wait = Annotated[
    float,
    typer.Option(min=0, metavar="SECONDS", help="How long to wait for a refresh that is running."),
]


class ListFormat(StrEnum):
    """How lists are printed."""

    TABLE = "table"
    JSONL = "jsonl"


class ManifestFormat(StrEnum):
    """How a manifest is printed."""

    TABLE = "table"
    JSON = "json"


class Fact(StrEnum):
    """The tables whose rows are compared."""

    EVENTS = "fct_event_mention"
    FIGURES = "fct_figure"
    NUMBERS = "fct_number"


Rows = Annotated[ListFormat, typer.Option("--format", help="table for people, jsonl for programs.")]


@app.command("list", help=lessons.RELEASE_LIST)
def list_releases(form: Rows = ListFormat.TABLE) -> None:
    """Hand over to `cli.release`."""
    from orchestration.cli.release import list_command

    raise typer.Exit(list_command(form.value))


@app.command(help=lessons.RELEASE_SHOW)
def show(
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="N", min=1, help="The release; none = the one served.", show_default=False
        ),
    ] = None,
    form: Annotated[
        ManifestFormat, typer.Option("--format", help="table for people, json for programs.")
    ] = ManifestFormat.TABLE,
) -> None:
    """Hand over to `cli.release`."""
    from orchestration.cli.release import show_command

    raise typer.Exit(show_command(number, form.value))


@app.command(help=lessons.RELEASE_DIFF)
def diff(
    before: Annotated[
        int | None,
        typer.Argument(
            metavar="A",
            min=1,
            help="From this release; none = the one before B.",
            show_default=False,
        ),
    ] = None,
    after: Annotated[
        int | None,
        typer.Argument(
            metavar="B", min=1, help="To this one; none = the newest.", show_default=False
        ),
    ] = None,
    table: Annotated[
        Fact | None, typer.Option(help="Rows of this table alone.", show_default=False)
    ] = None,
    form: Rows = ListFormat.TABLE,
) -> None:
    """Hand over to `cli.release_diff`."""
    from orchestration.cli.release_diff import diff_command

    raise typer.Exit(diff_command(before, after, table and table.value, form.value))


@app.command(help=lessons.RELEASE_ROLLBACK)
def rollback(
    reason: Annotated[str, typer.Option(metavar="TEXT", help="Why; it is kept and published.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who answers for it.")],
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="N",
            min=1,
            help="The release to serve; none = the one before the served one.",
            show_default=False,
        ),
    ] = None,
    wait: Wait = 0,
) -> None:
    """Hand over to `cli.release`."""
    from orchestration.cli.release import rollback_command

    raise typer.Exit(rollback_command(number, reason, by, wait))


@app.command(help=lessons.RELEASE_KEEP)
def keep(
    number: Number,
    reason: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Why.", show_default=False)
    ] = None,
    by: Annotated[
        str | None, typer.Option(metavar="NAME", help="Who wants it.", show_default=False)
    ] = None,
    let_go: Annotated[
        bool, typer.Option("--let-go", help="Keep it no longer: it goes when its time has come.")
    ] = False,
    wait: Wait = 0,
) -> None:
    """Hand over to `cli.release`."""
    from orchestration.cli.release import keep_command

    raise typer.Exit(keep_command(number, reason, by, let_go, wait))
