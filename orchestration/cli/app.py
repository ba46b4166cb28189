"""The commands and their arguments.

Belongs here: names, options, defaults. Does not belong here: what a command does; each
imports its own module when it is called, so that `dispatches --help` answers at once.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import Annotated

import typer

from orchestration.cli import lessons, quarantine_app, release_app, waive_app

app = typer.Typer(
    help="Read news articles into a warehouse of what was reported: who did what to whom, every "
    "number, and who says so.",
    epilog="First steps:  dispatches refresh  ·  dispatches status  ·  dispatches sql  ·  "
    "dispatches ui",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.add_typer(quarantine_app.app, name="quarantine")
app.add_typer(waive_app.app, name="waive")
app.add_typer(release_app.app, name="release")


class RowFormat(StrEnum):
    """How `extract` prints."""

    TABLE = "table"
    JSONL = "jsonl"


class ResultFormat(StrEnum):
    """How `sql` prints."""

    TABLE = "table"
    CSV = "csv"
    JSONL = "jsonl"


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"dispatches {version('dispatches')}")
        raise typer.Exit


@app.callback()
def _start(
    _version: Annotated[
        bool,
        typer.Option("--version", help="Print the version.", callback=_show_version, is_eager=True),
    ] = False,
    _debug: Annotated[
        bool, typer.Option("--debug", help="Show the traceback when something goes wrong.")
    ] = False,
) -> None:
    """Options of every command."""


@app.command(help=lessons.REFRESH)
def refresh(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH",
            help="Files or folders with articles (.txt, .html, .json, .jsonl). Default: the folder "
            "raw, or DISPATCHES_RAW.",
            show_default=False,
        ),
    ] = None,
    wait: Annotated[
        float,
        typer.Option(
            min=0, metavar="SECONDS", help="How long to wait for a refresh that is running."
        ),
    ] = 0,
) -> None:
    """Hand over to `cli.refresh`."""
    from orchestration.cli.refresh import refresh_command

    raise typer.Exit(refresh_command(paths or [], wait))


@app.command(help=lessons.EXTRACT)
def extract(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE", help="Articles to read.", show_default=False)
    ],
    published: Annotated[
        dt.datetime | None,
        typer.Option(
            formats=["%Y-%m-%d"],
            metavar="DATE",
            help="Publication date, as 2026-01-31, for articles whose file gives none. Without a "
            "date, 'on Tuesday' stays unresolved.",
            show_default=False,
        ),
    ] = None,
    form: Annotated[
        RowFormat, typer.Option("--format", help="table for people, jsonl for programs.")
    ] = RowFormat.TABLE,
) -> None:
    """Hand over to `cli.extract`."""
    from orchestration.cli.extract import extract_command

    day = None if published is None else published.date()
    raise typer.Exit(extract_command(files, day, form.value))


@app.command(help=lessons.SQL)
def sql(
    query: Annotated[
        str | None,
        typer.Argument(
            help="SQL (DuckDB). Without it: a prompt, or what is piped in.", show_default=False
        ),
    ] = None,
    form: Annotated[
        ResultFormat, typer.Option("--format", help="table for people, csv or jsonl for programs.")
    ] = ResultFormat.TABLE,
) -> None:
    """Hand over to `cli.sql`."""
    from orchestration.cli.sql import sql_command

    raise typer.Exit(sql_command(query, form.value))


@app.command(help=lessons.UI)
def ui(
    port: Annotated[
        int | None,
        typer.Option(
            min=1, max=65535, help="Port on this machine; without it 3000 or the next free one."
        ),
    ] = None,
) -> None:
    """Hand over to `cli.ui`."""
    from orchestration.cli.ui import ui_command

    raise typer.Exit(ui_command(port))


@app.command(help=lessons.STATUS)
def status() -> None:
    """Hand over to `cli.status`."""
    from orchestration.cli.status import status_command

    raise typer.Exit(status_command())
