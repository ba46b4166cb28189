"""The order of the stages, and the result that they leave.

Belongs here: which stage runs when, and the shape of `Extraction`. Does not belong here: any rule
that reads text.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, fields
from typing import Any

from extraction import actors, attribution, dates, events, links, modality, places
from extraction.article import Article
from extraction.language import stage as language
from extraction.numbers import stage as numbers
from extraction.rows import (
    NO_DATE,
    Attribution,
    DateMention,
    Event,
    Figure,
    Number,
    Row,
    Span,
)

STAGES: tuple[Callable[[Article], None], ...] = (
    dates.find_dates,
    numbers.find_numbers,
    language.parse_sentences,
    places.find_places,
    actors.find_actors,
    attribution.find_attributions,
    events.find_events,
    modality.set_modality,
    links.link_mentions,
)
"""Each stage reads what the earlier ones found and adds to it; no stage reaches back."""

_NAMES = {
    kind: tuple(f.name for f in fields(row_class))
    for kind, row_class in (("figure", Figure), ("event", Event), ("number", Number))
}
"""Kind of row → its fields, in the order of the contract."""


@dataclass(slots=True)
class Extraction:
    """Everything read from one text; each list is in text order."""

    version_id: str
    figures: list[Figure]
    events: list[Event]
    numbers: list[Number]
    attributions: list[Attribution]
    dates: list[DateMention]

    def to_rows(self) -> list[dict[str, Any]]:
        """The rows of the contract as dictionaries in text order, a figure before its number."""
        rows: list[tuple[int, int, int, str, dict[str, Any]]] = []
        for order, kind in enumerate(_NAMES):
            for row in getattr(self, f"{kind}s"):
                rows.append((row.start, row.end, order, row.row_id, _to_dict(row, kind)))
        return [row for *_, row in sorted(rows, key=lambda item: item[:4])]


def extract(
    text: str, published: dt.date | None = None, *, pipeline: str | None = None
) -> Extraction:
    """Read every figure, event and number of `text`.

    `text` is clean text and stays untouched: offsets refer to exactly this string. `published` is
    the anchor of relative dates; without it they stay `partial` or `unresolved`.
    `pipeline` names a UD-labelled spaCy pipeline, by path or package, in place of the bundled one.
    Equal arguments give equal results on every machine.
    """
    article = Article.read(text, published, pipeline)
    for stage in STAGES:
        stage(article)
    return Extraction(
        article.version_id,
        article.figures,
        article.events,
        article.numbers,
        article.attributions,
        article.dates,
    )


def _to_dict(row: Row, kind: str) -> dict[str, Any]:
    out: dict[str, Any] = {"kind": kind}
    for name in _NAMES[kind]:
        out[name] = _plain(getattr(row, name), name)
    return out


def _plain(value: Any, name: str) -> Any:
    if name == "date":
        return dict(NO_DATE) if value is None else value.to_row()
    if isinstance(value, Span):
        return {f.name: getattr(value, f.name) for f in fields(value)}
    if isinstance(value, list):
        return [_plain(item, "") for item in value]
    return value
