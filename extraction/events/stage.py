"""The event stage: triggers of every parsed sentence to event rows.

Belongs here: the order of the steps and the rows. Does not belong here: any rule about words.
"""

from __future__ import annotations

from extraction.actors.reference import Resolver
from extraction.article import Article
from extraction.events.frames import Match, Reading
from extraction.events.merging import Group, group
from extraction.rows import Entity, Event, row_id_of


def find_events(article: Article) -> None:
    """Fill `article.events`, one row per event mention, in text order."""
    resolver = Resolver(article)
    for index in sorted(article.trees):
        reading = Reading(resolver.enter(index))
        matches = [m for m in map(reading.match, range(len(reading.tree))) if m]
        for found in group(reading, matches):
            event = _event(article, index, reading, resolver, found)
            resolver.remember(event.event_type, event.actors)
            article.events.append(event)


def _event(
    article: Article, index: int, reading: Reading, resolver: Resolver, found: Group
) -> Event:
    tree, main = reading.tree, found.main
    start, end = tree.starts[main.token], tree.ends[main.last]
    frame = main.frame
    details = [m.frame for m in (main, *found.others) if m.frame.event_type == frame.event_type]
    actors, recipients = _roles(reading, resolver, found)
    return Event(
        row_id_of(article.version_id, "event", start, end, frame.event_type),
        article.text[start:end],
        start,
        end,
        index,
        event_type=frame.event_type,
        mode=next((f.mode for f in details if f.mode), None),
        acled=next((f.acled for f in details if f.acled), None),
        actors=actors,
        recipients=recipients,
    )


def _roles(
    reading: Reading, resolver: Resolver, found: Group
) -> tuple[list[Entity], list[Entity]]:
    actors: list[Entity] = []
    recipients: list[Entity] = []
    for match in (found.main, *found.others):
        pos = "v" if reading.tree.is_verb(match.token) else "n"
        if not actors:
            actors = _filled(reading, resolver, match, pos, match.frame.actor)
        recipients += _filled(reading, resolver, match, pos, match.frame.recipient)
    spans = {(a.start, a.end) for a in actors}
    return actors, _unique([r for r in recipients if (r.start, r.end) not in spans])


def _filled(
    reading: Reading, resolver: Resolver, match: Match, pos: str, names: tuple[str, ...]
) -> list[Entity]:
    """Entities of the first slot that is filled."""
    for name in names:
        heads = reading.slot(match.token, pos, name)
        heads = [h for h in heads if not reading.tree.is_verb(h)]
        if heads:
            return _unique([e for h in heads for e in resolver.entities(h)])
    return []


def _unique(entities: list[Entity]) -> list[Entity]:
    found: dict[tuple[int, int], Entity] = {}
    for entity in entities:
        found.setdefault((entity.start, entity.end), entity)
    return list(found.values())
