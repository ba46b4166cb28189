"""What a noun is, for the conditions of frames: one of some words, or of a class.

Belongs here: words, classes of noun_classes.tsv, and the classes that ask who is named. Does not
belong here: which slot a noun fills (`reading`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from extraction.actors.phrases import Phrases
from extraction.actors.subjects import notable_sectors
from extraction.events.grammar import VIOLENT_CAUSE, Condition, cause_of_word, violent_verbs
from extraction.rows import Entity
from extraction.vocabulary.noun_classes import noun_classes

_THINGS = frozenset({"it", "what", "itself"})
_NAMES = frozenset({"NNP", "NNPS"})
_NUMBERS = frozenset({"CD", "DT", "IN", "JJR", "RB", "$"})
_NAMES_OF_STATES = frozenset({"state", "demonym", "capital", "leader", "organisation"})


class Kinds:
    """The nouns of one sentence."""

    def __init__(self, phrases: Phrases) -> None:
        """Read `phrases.tree`."""
        self.phrases = phrases
        self.tree = phrases.tree
        self._by_name: dict[str, Callable[[int], bool]] = {
            "VIOLENTVERB": self._is_violent,
            "STATE": self._is_state,
            "GEO": self._is_place,
            "NOTABLE": self._is_notable,
            "HUMAN": self._is_human,
        }

    def is_one_of(self, head: int, condition: Condition) -> bool:
        """A head, or what its quantity counts, is one of a condition's words or classes."""
        for token in self._looked_through(head):
            written = {self.tree.lemmas[token], self.tree.lowers[token]}
            if written & condition.words or any(self._is(token, c) for c in condition.classes):
                return True
        return False

    def names_actor(self, token: int) -> bool:
        """A word before an event's noun that says whose act it is: "Israeli", "rebel"."""
        lemma = self.tree.lemmas[token]
        armed = lemma in noun_classes()["ARMED"] and lemma not in noun_classes()["PROJECTILE"]
        return token in self.phrases.by_token or armed

    def is_weapon(self, token: int) -> bool:
        """Arms and what they fire, which do nothing by themselves."""
        lemma, classes = self.tree.lemmas[token], noun_classes()
        arms = lemma in classes["WEAPON"] or lemma in classes["PROJECTILE"]
        return arms and token not in self.phrases.by_token

    def is_nobody(self, entity: Entity) -> bool:
        """A bare number ("54 of which"), goods, a time or a mishap: nothing is done to them."""
        inside = self._unnamed(entity)
        if not inside or all(self.tree.tags[t] in _NUMBERS for t in inside):
            return bool(inside)
        last, classes = self.tree.lemmas[inside[-1]], noun_classes()
        goods = last in classes["AIDGOODS"] and last not in classes["HUMAN"]
        return goods or last in classes["TIME"] or cause_of_word(last) not in {"", VIOLENT_CAUSE}

    def is_means(self, entity: Entity) -> bool:
        """A weapon or an outbreak of violence that is nobody's: it has no will of its own."""
        last = {self.tree.lemmas[t] for t in self._unnamed(entity)[-1:]}
        return any(last & noun_classes()[name] for name in ("BLAST", "PROJECTILE", "VIOLENCE"))

    def _unnamed(self, entity: Entity) -> list[int]:
        """The tokens of an entity that names nobody; empty for any other."""
        if entity.country or entity.sector or entity.name:
            return []
        starts = self.tree.starts
        return [t for t in range(len(self.tree)) if entity.start <= starts[t] < entity.end]

    def _looked_through(self, head: int) -> Iterator[int]:
        """The head, the words that make up its name, and in "tons of food" the food."""
        tree = self.tree
        yield head
        for child in tree.having(head, "compound", "flat", "amod", "nmod:desc"):
            if child < head or tree.deps[child] == "nmod:desc":
                yield child
        classes = noun_classes()
        written = {tree.lemmas[head], tree.lowers[head]}  # "most" has the lemma "much"
        counts = bool(written & (classes["QUANTITY"] | classes["DELIVERY"]))
        if counts or tree.having(head, "nummod"):
            for child in tree.having(head, "nmod"):
                if tree.preposition(child) == "of":
                    yield from tree.conjuncts(child)

    def _is(self, token: int, name: str) -> bool:
        if name in self._by_name:
            return self._by_name[name](token)
        return self.tree.lemmas[token] in noun_classes()[name]

    def _is_violent(self, token: int) -> bool:
        return self.tree.lemmas[token] in violent_verbs()

    def _is_state(self, token: int) -> bool:
        mention = self.phrases.by_token.get(token)
        return mention is not None and mention.kind in _NAMES_OF_STATES

    def _is_place(self, token: int) -> bool:
        mention = self.phrases.by_token.get(token)
        if mention is not None:
            return mention.kind in {"state", "capital"}
        return self.tree.entity_types[token] == "PLACE"

    def _is_human(self, token: int) -> bool:
        mention = self.phrases.by_token.get(token)
        named = mention is not None and mention.kind == "leader"
        if named or self.tree.entity_types[token] == "PERSON":
            return True
        if self.tree.tags[token] in {"PRP", "WP"}:
            return self.tree.lowers[token] not in _THINGS
        return self.tree.lemmas[token] in noun_classes()["HUMAN"]

    def _is_notable(self, token: int) -> bool:
        """A state, an organisation, an official, any name: their words are acts."""
        tree = self.tree
        if tree.tags[token] in _NAMES:
            return True
        if token in self.phrases.by_token or tree.entity_types[token] in {"PERSON", "ORG"}:
            return True
        return tree.tags[token] == "PRP" or self.phrases.sector(token) in notable_sectors()
