"""Places that an event takes over from a neighbouring mention, each with the reason.

Belongs here: the two cases in which that is safe. Does not belong here: places of the event's own
sentence (`attachment`).

- "There", "the town", "the area": the place of the event before.
- "The attack", "the explosion": the same event mentioned again.
- The sentence after one that names a place and an event of the same type.
- Else an act of force or protest between nobody foreign: the dateline's country, no nearer.
"""

from __future__ import annotations

from dataclasses import replace

from extraction.actors.lexicon import name_of_state
from extraction.actors.people import dateline_country
from extraction.article import Article
from extraction.language.tree import Tree
from extraction.rows import Event, PlaceMention

SENTENCE_BEFORE = "inherited from the sentence before"
SAME_SENTENCE = "named earlier in the sentence; the text says there"
EARLIER_MENTION = "inherited from an earlier mention of the event"
DATELINE = "the dateline's country; the text names no nearer place"
LOCAL_TYPES = frozenset({"ASSAULT", "COERCE", "PROTEST"})
_POINTING = frozenset({"there", "here"})
_DEFINITE = frozenset({"the", "this", "that", "these", "those"})


def inherit_places(article: Article, trees: dict[int, Tree | None]) -> None:
    """Give events without a place that of the mention before, where that is safe."""
    latest: dict[str, tuple[int, PlaceMention]] = {}
    dateline = _dateline(article)
    for event in article.events:
        if event.place is not None:
            latest[event.event_type] = latest[""] = (event.sentence, event.place)
            continue
        event.place = _inherited(event, trees.get(event.sentence), latest)
        if event.place is None and dateline is not None and _is_domestic(event, dateline):
            event.place = dateline


def _dateline(article: Article) -> PlaceMention | None:
    """The country of the dateline's place, as a place no nearer than that."""
    country = dateline_country(article)
    for place in article.places:
        if article.sentence_at(place.start).index > 2 or country is None:
            return None
        if place.country == country:
            return replace(
                place,
                name=name_of_state(country),
                latitude=None,
                longitude=None,
                geonames_id=None,
                precision="country",
                reason=DATELINE,
            )
    return None


def _is_domestic(event: Event, dateline: PlaceMention) -> bool:
    named = {e.country for e in (*event.actors, *event.recipients) if e.country}
    return event.event_type in LOCAL_TYPES and named <= {dateline.country}


def _inherited(
    event: Event, tree: Tree | None, latest: dict[str, tuple[int, PlaceMention]]
) -> PlaceMention | None:
    if tree is None:
        return None
    same = latest.get(event.event_type)
    if same and event.sentence - same[0] <= 1:
        return replace(same[1], reason=SENTENCE_BEFORE)
    if same and _is_definite(tree, tree.at(event.start)):
        return replace(same[1], reason=EARLIER_MENTION)
    before = latest.get("")
    if before and event.sentence - before[0] <= 1 and _POINTING & set(tree.lowers):
        return replace(before[1], reason=SENTENCE_BEFORE)
    return None


def _is_definite(tree: Tree, token: int) -> bool:
    return tree.is_noun(token) and any(
        tree.lowers[c] in _DEFINITE for c in tree.having(token, "det")
    )


def point_back(article: Article, trees: dict[int, Tree | None]) -> None:
    """Give figures of a clause with "there" the place named last.

    It is looked for in this sentence and the one before. "There are …" points nowhere.
    """
    for figure in article.figures:
        tree = trees.get(figure.sentence)
        if figure.place is not None or tree is None or not _points(tree):
            continue
        first = article.sentences[max(figure.sentence - 1, 0)].start
        named = [p for p in article.places if first <= p.start < figure.start]
        if named:
            here = named[-1].start >= article.sentences[figure.sentence].start
            figure.place = replace(named[-1], reason=SAME_SENTENCE if here else SENTENCE_BEFORE)


def _points(tree: Tree) -> bool:
    return any(
        word in _POINTING and tree.deps[token] == "advmod" and tree.tags[token] != "EX"
        for token, word in enumerate(tree.lowers)
    )
