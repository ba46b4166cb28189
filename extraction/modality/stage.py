"""The modality stage: completes events and figures.

Belongs here: the order in which status, claimants, date and place are set. Does not belong here:
the rules for each of them.
"""

from __future__ import annotations

from extraction.article import Article
from extraction.attribution import attribution_at, claimants_at, is_unknown
from extraction.language.tree import Tree
from extraction.modality.attachment import (
    FAR,
    dates_of_sayings,
    is_of_another,
    locates,
    nearest,
    place_before_where,
    token_of,
)
from extraction.modality.inheritance import inherit_places, point_back
from extraction.modality.status import modality_of, modality_of_clause
from extraction.modality.words import (
    Modality,
    is_earlier_level,
    is_held_out,
    modality_of_words,
)
from extraction.rows import Claim, DateMention, Event, Figure, PlaceMention

DATE_LIMIT = 6
PLACE_LIMIT = FAR
ADDRESSED = frozenset(
    {
        "ACCUSE",
        "AGREE",
        "CONCEDE",
        "COOPERATE",
        "REJECT",
        "REQUEST",
        "SANCTION",
        "SUPPORT",
        "THREATEN",
    }
)
"""Types whose recipient is a party and no scene: "condemned Peru" happened anywhere."""


def set_modality(article: Article) -> None:
    """Set status, polarity, certainty, attribution, date and place of every event and figure."""
    scenes = _scenes(article)
    for event in article.events:
        _complete(article, event, scenes)
    inherit_places(article, {i: s.tree for i, s in scenes.items()})
    for figure in article.figures:
        _complete(article, figure, scenes)
    point_back(article, {i: s.tree for i, s in scenes.items()})


class _Scene:
    """What one sentence offers: its tree, dates, places and verbs of saying."""

    def __init__(self, article: Article, index: int) -> None:
        sentence = article.sentences[index]
        self.tree: Tree | None = article.trees.get(index)
        within = (sentence.start, sentence.end)
        self.dates = [d for d in article.dates if within[0] <= d.start < within[1]]
        self.places = [
            p for p in article.places if within[0] <= p.start < within[1] and p.reason != "dateline"
        ]
        self.cues: frozenset[int] = frozenset()
        self.events: dict[int, Event] = {}
        self.triggers: frozenset[int] = frozenset()
        self.tokens: dict[int, int] = {}
        if self.tree is not None:
            tree = self.tree
            cues = [
                a.cue.start
                for a in article.attributions
                if a.is_claim and within[0] <= a.cue.start < within[1]
            ]
            triggers = (tree.at(e.start) for e in article.events if e.sentence == index)
            self.triggers = frozenset(t for t in triggers if tree.is_verb(t))
            self.cues = frozenset(tree.at(c) for c in cues if tree.is_verb(tree.at(c)))
            saying = dates_of_sayings(tree, self.dates, self.cues)
            self.dates = [d for d in self.dates if d.start not in saying]
            self.places = [p for p in self.places if locates(tree, p)]
            self.tokens = {s.start: token_of(tree, s) for s in (*self.dates, *self.places)}


def _scenes(article: Article) -> dict[int, _Scene]:
    wanted = {row.sentence for row in (*article.events, *article.figures)}
    return {index: _Scene(article, index) for index in sorted(wanted)}


def _complete(article: Article, row: Event | Figure, scenes: dict[int, _Scene]) -> None:
    scene = scenes[row.sentence]
    row.attribution = claimants_at(article, row.start, row.end)
    if scene.tree is None:
        tokens = article.sentences[row.sentence].tokens
        words = [token.lower for token in tokens]
        _apply(row, _by_words(words, sum(t.end <= row.start for t in tokens)), article)
        return
    tree = scene.tree
    token = _anchor(tree, row)
    row.date = _date(tree, token, scene)
    row.place = _place(tree, token, scene, row)
    if isinstance(row, Event):
        scene.events[token] = row
        _apply(row, modality_of(tree, token), article)
        return
    event = _event_over(tree, token, scene)
    if event is not None:
        row.date = row.date or event.date
        row.place = row.place or event.place
    noun = _event_noun_over(tree, token, scene)
    if noun >= 0:
        _apply(row, modality_of(tree, noun).over(Modality("occurred")), article)
        return
    said = modality_of_clause(tree, token, row.unit != "percent")
    _apply(row, said if said.status else said.over(modality_of_words(tree.lowers)), article)


def _by_words(words: list[str], place: int) -> Modality:
    """What a sentence without a parse says of the number at a place."""
    if is_earlier_level(words[:place]):
        return Modality("occurred")
    if is_held_out(words, place):
        return Modality("hypothetical")
    return modality_of_words(words)


def _event_over(tree: Tree, token: int, scene: _Scene) -> Event | None:
    """The event that a figure's noun is part of: the nearest trigger above or beside it."""
    for above in (token, *tree.ancestors(token)):
        if above in scene.events:
            return scene.events[above]
        if above in scene.cues:
            return None
        for child in tree.having(above, "nsubj", "nsubj:pass", "obl", "obj"):
            if child in scene.events and tree.is_verb(above):
                return scene.events[child]
    return None


def _event_noun_over(tree: Tree, token: int, scene: _Scene) -> int:
    """The noun of an event whose size a figure tells ("the killing of three men") or -1."""
    for above in tree.ancestors(token):
        if tree.is_verb(above) or tree.preposition(token) not in {"of", ""}:
            return -1
        if above in scene.events:
            return above
        token = above
    return -1


def _anchor(tree: Tree, row: Claim) -> int:
    """The word whose clause speaks for a row: the trigger, or what a figure counts."""
    token = tree.at(row.start)
    if isinstance(row, Event):
        return token
    while tree.deps[token] in {"nummod", "advmod", "compound", "amod", "case", "det", "punct"}:
        if tree.heads[token] == token:
            break
        token = tree.heads[token]
    return token


def _date(tree: Tree, token: int, scene: _Scene) -> DateMention | None:
    if not scene.dates:
        return None
    own = [
        date
        for date in scene.dates
        if not is_of_another(tree, token, scene.tokens[date.start], scene.triggers)
    ]
    cues = _other_cues(tree, token, scene)
    found = nearest(tree, token, own, scene.tokens, cues, DATE_LIMIT)
    return found.claimed if found else None


def _place(tree: Tree, token: int, scene: _Scene, row: Claim) -> PlaceMention | None:
    taken = []
    if isinstance(row, Event):
        parties = [*row.actors, *(row.recipients if row.event_type in ADDRESSED else ())]
        taken = [(p.start, p.end) for p in parties]
    free = [p for p in scene.places if not any(s <= p.start < e for s, e in taken)]
    named = place_before_where(tree, token, free)
    if named is not None or not free:
        return named
    cues = _other_cues(tree, token, scene)
    return nearest(tree, token, free, scene.tokens, cues, PLACE_LIMIT)


def _other_cues(tree: Tree, token: int, scene: _Scene) -> frozenset[int]:
    """Verbs of saying that date and place of a mention cannot stand under.

    "No arrests were reported in A" says where the arrests were.
    """
    above = {tree.heads[token]} if tree.deps[token] == "nsubj:pass" else set()
    return scene.cues - {token} - above


def _apply(row: Event | Figure, said: Modality, article: Article) -> None:
    row.status = said.status or ("occurred" if isinstance(row, Event) else "unknown")
    if isinstance(row, Event) or row.value != 0:
        row.polarity = said.polarity or row.polarity
    claim = attribution_at(article, row.start, row.end)
    row.certainty = said.certainty or (claim.certainty if claim and claim.certainty else "certain")
    if row.certainty == "certain" and is_unknown(article, row.start, row.end):
        row.certainty = "uncommitted"
