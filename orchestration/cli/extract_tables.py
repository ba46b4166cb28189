"""The rows of one article as three tables for people.

Belongs here: which columns a person wants to see first. Does not belong here: the full rows, which
`--format jsonl` prints.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from orchestration.cli.console import count, out, plain
from orchestration.cli.results import print_table

if TYPE_CHECKING:
    from extraction import Extraction
    from extraction.rows import Claim, Entity, Event, Figure
    from orchestration.ingest import RawArticle


def show_article(article: RawArticle, published: dt.date | None, extraction: Extraction) -> None:
    """Print the events, the figures, and the numbers that are no figures."""
    heading = plain(article.title or article.source_path, "bold")
    when = (
        f"published {published}"
        if published
        else f"no publication date ({article.published_source})"
    )
    out.print(heading.append_text(plain(f"  {when}", "dim not bold")), soft_wrap=True)
    others = [number for number in extraction.numbers if number.disposition != "figure"]
    _show(
        count(len(extraction.events), "event"),
        ("event", "type", "actors", "recipients", "status", "date", "place", "says who"),
        [_event(event) for event in extraction.events],
    )
    _show(
        count(len(extraction.figures), "figure"),
        ("figure", "bounds", "unit", "counts", "kind", "status", "date", "says who"),
        [_figure(figure) for figure in extraction.figures],
    )
    _show(
        count(len(others), "other number"),
        ("number", "is", "why"),
        [(number.text, number.disposition, number.reason) for number in others],
    )
    out.print()


def _show(title: str, names: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    out.print(Text(f"\n{title}", style="bold"))
    if not rows:
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        table.add_row(*(plain(cell) for cell in row))
    print_table(table)


def _event(event: Event) -> tuple[str, ...]:
    kind = event.event_type if event.mode is None else f"{event.event_type} {event.mode}"
    return (
        event.text,
        kind,
        _names(event.actors),
        _names(event.recipients),
        _status(event),
        _date(event),
        "" if event.place is None else event.place.name or event.place.text,
        _claimants(event),
    )


def _figure(figure: Figure) -> tuple[str, ...]:
    return (
        figure.text,
        _bounds(figure),
        figure.unit if figure.per is None else f"{figure.unit} per {figure.per}",
        figure.counted or figure.concept or "",
        " ".join(part for part in (figure.measure, figure.quantity_kind, figure.change) if part),
        _status(figure),
        _date(figure),
        _claimants(figure),
    )


def _bounds(figure: Figure) -> str:
    low, high, value = (_number(n) for n in (figure.low, figure.high, figure.value))
    if figure.comparator == "exact":
        return value
    if figure.low is not None and figure.high is not None and figure.low != figure.high:
        return f"{low} – {high}"
    return f"{figure.comparator.replace('_', ' ')} {value or low or high}".strip()


def _number(number: float | None) -> str:
    if number is None:
        return ""
    return f"{number:,.0f}" if float(number).is_integer() else f"{number:,g}"


def _names(entities: Sequence[Entity]) -> str:
    return ", ".join(entity.name or entity.text for entity in entities)


def _status(claim: Claim) -> str:
    parts = [claim.status]
    if claim.polarity == "negated":
        parts.append("negated")
    if claim.certainty != "certain":
        parts.append(claim.certainty)
    return ", ".join(parts)


def _date(claim: Claim) -> str:
    if claim.date is None:
        return ""
    if claim.date.from_ is None or claim.date.resolution != "resolved":
        return f"“{claim.date.text}” ({claim.date.resolution})"
    same = claim.date.to in (None, claim.date.from_)
    return claim.date.from_ if same else f"{claim.date.from_} – {claim.date.to}"


def _claimants(claim: Claim) -> str:
    return " ← ".join(link.name or link.text for link in claim.attribution) or "the article"
