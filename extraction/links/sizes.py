"""The event that a figure sizes: the 17 killed by a strike, the 300 arrested in a raid.

Belongs here: which event of the sentence a figure belongs to. Does not belong here: finding
events.
"""

from __future__ import annotations

from typing import Any

from extraction.article import Article
from extraction.rows import Event, Figure

_SIZING_DIMENSIONS = frozenset(("count", "currency", "mass", "volume"))
_NOT_SIZING = frozenset(("age", "duration", "distance", "share", "rate"))
_NEAR = 60
"""Characters between a figure and an event's trigger where no parse tells more."""
_CLIMB = 6
"""Steps from the figure's word to the trigger that governs it."""


def link_sizes(article: Article) -> None:
    """Set `event` of each figure that sizes an event of its sentence; null where none does."""
    by_sentence: dict[int, list[Event]] = {}
    for event in article.events:
        by_sentence.setdefault(event.sentence, []).append(event)
    for figure in article.figures:
        events = by_sentence.get(figure.sentence, [])
        if (
            events
            and figure.dimension in _SIZING_DIMENSIONS
            and figure.quantity_kind not in _NOT_SIZING
        ):
            found = _governing(article, figure, events) or _nearest(article, figure, events)
            figure.event = found.row_id if found is not None else None


def _governing(article: Article, figure: Figure, events: list[Event]) -> Event | None:
    """The event whose trigger stands above the figure in the parse."""
    doc: Any = article.parses.get(figure.sentence)
    if doc is None:
        return None
    offset = article.sentences[figure.sentence].start
    token = next(
        (t for t in doc if offset + t.idx <= figure.start < offset + t.idx + len(t.text)), None
    )
    for _ in range(_CLIMB):
        if token is None or token.head.i == token.i:
            return None
        token = token.head
        at = offset + token.idx
        for event in events:
            if event.start <= at < event.end:
                return event
    return None


def _nearest(article: Article, figure: Figure, events: list[Event]) -> Event | None:
    """The nearest trigger in the same clause, for figures with a measure or a noun."""
    if figure.measure is None and figure.counted is None:
        return None
    near = [(_distance(figure, event), event.start, event) for event in events]
    near = [
        item for item in near if item[0] <= _NEAR and not _clause_between(article, figure, item[2])
    ]
    return min(near, key=lambda item: item[:2])[2] if near else None


def _distance(figure: Figure, event: Event) -> int:
    return max(figure.start - event.end, event.start - figure.end, 0)


def _clause_between(article: Article, figure: Figure, event: Event) -> bool:
    first, last = sorted((figure, event), key=lambda row: row.start)
    gap = article.text[first.end : last.start]
    return any(mark in gap for mark in ";:—")
