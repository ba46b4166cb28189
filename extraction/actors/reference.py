"""Who a pronoun or a definite phrase of the document is, where that is safe.

Belongs here: the document's own mentions so far, and resolving against them. Does not belong here:
names and noun phrases that explain themselves (`lexicon`, `phrases`), people (`people`).

Safe means: the same sentence before the pronoun, or the sentence before. What is resolved keeps its
words as `text`; `name` says who it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from extraction.actors.lexicon import Mention
from extraction.actors.people import home_country, mention_before, read_people, state_before
from extraction.actors.phrases import Phrases
from extraction.actors.subjects import (
    Subject,
    candidates,
    fits,
    is_person,
    is_plural,
    right_before_verb,
)
from extraction.article import Article
from extraction.rows import Entity
from extraction.vocabulary import load_table

LOCAL_SECTORS = frozenset({"COP", "JUD"})
_STATES = frozenset({"state", "capital"})
_GROUPS = frozenset({"organisation"})


@cache
def _anaphors() -> dict[str, tuple[tuple[str, frozenset[str]], ...]]:
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for row in load_table("anaphors", ("lemma", "kind")):
        determiners = frozenset(filter(None, row["determiners"].split("|")))
        found.setdefault(row["lemma"], []).append((row["kind"], determiners))
    return {lemma: tuple(kinds) for lemma, kinds in found.items()}


class Resolver:
    """Reads the sentences of an article in order and remembers who was mentioned."""

    def __init__(self, article: Article) -> None:
        """Read the whole document's people; nothing is entered yet."""
        self.article = article
        self.sentences = {
            index: Phrases(tree, article.mentions.get(index, []), article.text)
            for index, tree in article.trees.items()
        }
        self.people = read_people(article, self.sentences)
        self.home = home_country(article)
        self.index = -1
        self.forces: tuple[int, Entity] | None = None
        self.pair: tuple[int, list[Entity]] | None = None
        self._claimants = {
            claimant.start: claimant.name
            for attribution in article.attributions
            for claimant in attribution.chain
            if claimant.name and claimant.name != claimant.text
        }
        self._pairs: dict[frozenset[str | None], int] = {}
        self._pair_key: frozenset[str | None] = frozenset()
        self._subjects: dict[int, list[Subject]] = {}

    def enter(self, index: int) -> Phrases:
        """Go on to a sentence; its phrases."""
        self.index = index
        self.phrases = self.sentences[index]
        self._subjects[index] = []
        self._find_subjects(self.phrases)
        return self.phrases

    def remember(self, event_type: str, actors: list[Entity]) -> None:
        """Take note of an event's actors: "these troops", "both sides" may mean them later."""
        if event_type in {"MOBILIZE", "ASSAULT"} and actors and actors[0].country:
            self.forces = (self.index, actors[0])
        if len({a.country for a in actors if a.country}) == 2:
            countries = frozenset(a.country for a in actors if a.country)
            count = self._pairs.get(countries, 0) + 1
            self._pairs[countries] = count
            if self.pair is None or count > self._pairs[self._pair_key]:
                self.pair, self._pair_key = (self.index, actors), countries

    def entities(self, head: int) -> list[Entity]:
        """The phrase around a head as entities: one, or several where it stands for several."""
        tree = self.phrases.tree
        found = self.phrases.entities(head)
        if len(found) > 1 or found[0].country:
            return found
        if tree.tags[head] in {"PRP", "PRP$"}:
            return self._pronoun(head, found[0])
        kind = self._anaphor_kind(head)
        if kind and self.phrases.naming(head) is None:
            known = self._anaphor(kind, head)
            if known:
                return [_as(found[0], e) for e in known]
        return [self._by_document(head, found[0])]

    def _by_document(self, head: int, entity: Entity) -> Entity:
        """Country from the document: of a person, an owner, or the state reported on."""
        tree = self.phrases.tree
        mention = self.phrases.naming(head)
        if mention is not None and mention.kind == "organisation":
            return entity
        person = self._known_person(head)
        if person:
            return replace(
                entity,
                name=person.name,
                country=person.country,
                sector=entity.sector or person.sector,
            )
        for owner in tree.having(head, "nmod:poss"):
            if tree.tags[owner] == "PRP$":
                known = self._pronoun(owner, entity)
                return replace(entity, country=known[0].country)
            kind = self._anaphor_kind(owner)
            for found in self._anaphor(kind, owner) if kind else []:
                return replace(entity, country=found.country)
        for child in tree.having(head, "nmod"):
            kind = self._anaphor_kind(child) if tree.preposition(child) == "of" else ""
            for found in self._anaphor(kind, child) if kind else []:
                return replace(entity, country=found.country)
        if self.phrases.is_organ_of_state(head):
            return replace(entity, country=self._state_of_organ(head, entity))
        return entity

    def _known_person(self, head: int):  # type: ignore[no-untyped-def]
        tree = self.phrases.tree
        first, last = tree.phrase(head)
        for token in range(last, first - 1, -1):
            if tree.tags[token] in {"NNP", "NNPS"} and tree.lowers[token] in self.people:
                person = self.people[tree.lowers[token]]
                if person.country:
                    return person
        return None

    def _state_of_organ(self, head: int, entity: Entity) -> str | None:
        start = self.phrases.tree.starts[head]
        if entity.sector in LOCAL_SECTORS and self.home:
            return self.home
        before = state_before(self.article, self.index, start)
        if before or self.home:
            return before or self.home
        named = {m.country for m in self.phrases.mentions if m.country and m.kind != "organisation"}
        return next(iter(named)) if len(named) == 1 else None

    def _anaphor_kind(self, head: int) -> str:
        tree = self.phrases.tree
        for kind, determiners in _anaphors().get(tree.lemmas[head], ()):
            words = {
                tree.lowers[c]
                for c in tree.having(head, "det", "nummod", "nmod:poss", "det:predet")
            }
            if words & determiners and (
                kind != "pair" or words & {"two", "both", "each", "either"}
            ):
                return kind
        return ""

    def _anaphor(self, kind: str, head: int) -> list[Entity]:
        start = self.phrases.tree.starts[head]
        if kind == "pair" and self.pair:
            return self.pair[1]
        if kind == "forces" and self.forces and self.index - self.forces[0] <= 2:
            return [self.forces[1]]
        if kind == "state":
            mention = mention_before(self.article, self.index, start, _STATES)
            if mention:
                return [_entity(mention, "GOV")]
            if self.home:
                return [Entity("", start, start, None, self.home, "GOV")]
        if kind == "group":
            mention = mention_before(self.article, self.index, start, _GROUPS)
            is_one = self.phrases.tree.tags[head] == "NN" and mention and not mention.country
            near = self.article.sentences[max(0, self.index - 1)].start
            if is_one and mention and mention.start >= near:
                return [_entity(mention, mention.sector)]
        return []

    def _pronoun(self, token: int, entity: Entity) -> list[Entity]:
        kind = next((k for k, _ in _anaphors().get(self.phrases.tree.lowers[token], ())), "")
        if kind == "speaker":
            return [self._speaker(entity)]
        claimed = self._claimant_name(entity)
        if claimed:
            return [claimed]
        here = candidates(self.phrases.tree, token, self._subjects[self.index])
        for subject in [*here, *self._subjects.get(self.index - 1, [])]:
            if fits(kind, subject):
                return [_as(entity, subject.entity)]
        return [entity]

    def _claimant_name(self, entity: Entity) -> Entity | None:
        """What attribution found a pronoun to be."""
        name = self._claimants.get(entity.start)
        return self._named(entity, name) if name else None

    def _named(self, entity: Entity, name: str) -> Entity | None:
        person = self.people.get(name.split()[-1].lower())
        if person:
            return replace(entity, name=person.name, country=person.country, sector=person.sector)
        return None

    def _speaker(self, entity: Entity) -> Entity:
        """ "We" in a quotation: the one who is quoted."""
        for attribution in self.article.attributions:
            content = attribution.content
            if content.start <= entity.start < content.end and attribution.source:
                source = attribution.source
                known = self._named(entity, source.name or source.text)
                if known:
                    return known
                country = next(
                    (
                        a.country
                        for a in self.article.actors
                        if source.start <= a.start < source.end
                    ),
                    None,
                )
                return replace(entity, name=source.name or source.text, country=country)
        return entity

    def _find_subjects(self, phrases: Phrases) -> None:
        tree = phrases.tree
        for token, dep in enumerate(tree.deps):
            if dep in {"nsubj", "nsubj:pass"} and tree.is_noun(token):
                head = right_before_verb(phrases, token)
                entity = phrases.entities(head)[0]
                if not entity.country:
                    entity = self._by_document(head, entity)
                named = is_person(phrases, head) or tree.lowers[head] in self.people
                subject = Subject(token, entity, named, is_plural(tree, head))
                self._subjects[self.index].append(subject)


def _entity(mention: Mention, sector: str | None) -> Entity:
    return Entity(mention.text, mention.start, mention.end, mention.name, mention.country, sector)


def _as(entity: Entity, known: Entity) -> Entity:
    """The words of one entity with the identity of another."""
    return replace(
        entity, name=known.name or known.text, country=known.country, sector=known.sector
    )
