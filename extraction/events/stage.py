"""The event stage: triggers of every parsed sentence to event rows.

Belongs here: the order of the steps and the rows. Does not belong here: any rule about words.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.actors.phrases import Phrases
from extraction.actors.reference import Resolver
from extraction.article import Article
from extraction.events.background import is_background
from extraction.events.causes import Causes
from extraction.events.commitments import FORCE
from extraction.events.frames import Match, match
from extraction.events.merging import Group, group
from extraction.events.reading import Reading
from extraction.events.subtypes import complete
from extraction.language.tree import Tree
from extraction.rows import Entity, Event, row_id_of


def find_events(article: Article) -> None:
    """Fill `article.events`, one row per event mention, in text order."""
    resolver, causes = Resolver(article), Causes(article)
    for index in sorted(article.trees):
        phrases = resolver.enter(index)
        reading = Reading(phrases, _tokens_of_dates(article, phrases.tree))
        matches = [m for t in range(len(reading.tree)) if (m := match(reading, t))]
        matches = causes.without_accidents(reading, index, matches)
        groups = group(reading, matches)
        for found in groups:
            if not found.others and is_background(reading, found.main, len(groups) == 1):
                continue
            event = _event(article, index, reading, resolver, found)
            resolver.remember(event.event_type, event.actors)
            article.events.append(event)


def _tokens_of_dates(article: Article, tree: Tree) -> frozenset[int]:
    """Tokens inside dates: "March" is no march, "this week's" owns no attack."""
    if not len(tree):
        return frozenset()
    first, last = tree.starts[0], tree.ends[-1]
    spans = [(d.start, d.end) for d in article.dates if first <= d.start < last]
    return frozenset(
        token
        for token, start in enumerate(tree.starts)
        if any(begin <= start < end for begin, end in spans)
    )


def _event(
    article: Article, index: int, reading: Reading, resolver: Resolver, found: Group
) -> Event:
    tree, main = reading.tree, found.main
    start, end = tree.starts[main.token], tree.ends[main.last]
    frame = main.frame
    details = [m.frame for m in (main, *found.others) if m.frame.event_type == frame.event_type]
    actors, recipients = _roles(reading, resolver, found)
    mode = next((f.mode for f in details if f.mode), None)
    acled = next((f.acled for f in details if f.acled), None)
    mode, acled = complete(tree, found, frame.event_type, mode, acled, actors, recipients)
    return Event(
        row_id_of(article.version_id, "event", start, end, frame.event_type),
        article.text[start:end],
        start,
        end,
        index,
        event_type=frame.event_type,
        mode=mode,
        acled=acled,
        actors=actors,
        recipients=recipients,
    )


def _roles(reading: Reading, resolver: Resolver, found: Group) -> tuple[list[Entity], list[Entity]]:
    actors: list[Entity] = []
    recipients: list[Entity] = []
    own = {m.token for m in (found.main, *found.others)}
    for part in (found.main, *found.others):
        if not actors:
            acting = _filled(reading, resolver, part, part.frame.actor, own)
            actors = [a for a in acting if not reading.kinds.is_means(a)]
        received = _filled(reading, resolver, part, part.frame.recipient, own)
        if not received and part.frame.pos == "n":
            received = [e for h in reading.undergoers(part.token) for e in resolver.entities(h)]
        recipients += [r for r in received if not reading.kinds.is_nobody(r)]
    spans = {(a.start, a.end) for a in actors}
    recipients = _unique([r for r in recipients if (r.start, r.end) not in spans])
    if found.main.frame.event_type not in FORCE:
        actors = _facing(reading.phrases, actors, recipients)
    return actors, recipients


def _facing(phrases: Phrases, actors: list[Entity], recipients: list[Entity]) -> list[Entity]:
    """ "The minister urged Peru": only force is used at home, so he is not taken for Peru's."""
    faced = {r.country for r in recipients if phrases.is_state(r)}
    return [
        replace(a, country=None, name=None) if a.country in faced and not phrases.is_named(a) else a
        for a in actors
    ]


def _filled(
    reading: Reading, resolver: Resolver, match: Match, names: tuple[str, ...], own: set[int]
) -> list[Entity]:
    """Entities of the first slot that names a country or organisation, else of the first filled.

    The event's own words and dates are none.
    """
    first: list[Entity] = []
    for name in names:
        heads = reading.slot(match.token, match.frame.pos, name)
        heads = [
            h
            for h in heads
            if h not in own and h not in reading.hidden and reading.word_class(h) != "v"
        ]
        entities = _unique([e for h in heads for e in resolver.entities(h)])
        if any(e.country or e.name for e in entities):
            return entities
        first = first or entities
    return first


def _unique(entities: list[Entity]) -> list[Entity]:
    found: dict[tuple[int, int, str | None], Entity] = {}
    for entity in entities:
        found.setdefault((entity.start, entity.end, entity.country), entity)
    return list(found.values())
