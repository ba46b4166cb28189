"""A noun phrase of a parse read as an entity: its words, its country, its sector.

Belongs here: which country a phrase names, and by which part of it. Does not belong here: pronouns
and phrases that only the rest of the document explains (`reference`).

A country is looked for in the phrase's name or words before the head, then after "of", then after a
locating preposition, then in what is set beside it; never in a clause or after "with" or "against".
"""

from __future__ import annotations

import re
from functools import cache

from extraction.actors.lexicon import Mention
from extraction.language.tree import Tree
from extraction.rows import Entity
from extraction.vocabulary import load_table
from extraction.vocabulary.noun_classes import noun_classes

LOCATING = frozenset({"in", "of", "from", "at", "for", "near", "based", "on", "under", "inside"})
_LONGEST_OFFICE = 40
_OF_STATE = {
    "demonym": re.compile(r"[\w .-]*"),
    "state": re.compile(r"['’]s[\w .-]*"),
}
"""Kind of name → what may stand between it and a leader's name."""
_COORDINATED = re.compile(r"(?:,? (?:and|AND|or|OR) |, )(?:the |THE )?")


_SPEAKS_FOR = frozenset({"for", "of", "from", "at"})


@cache
def roles() -> dict[str, tuple[str, bool]]:
    """Lemma → (PLOVER sector, whether it is an organ of a state)."""
    return {
        row["lemma"]: (row["sector"], row["of_state"] in {"yes", "speaks"})
        for row in load_table("roles", ("lemma", "sector", "of_state"))
    }


@cache
def speakers() -> frozenset[str]:
    """Lemmas of those who speak for somebody else: "spokesman", "official"."""
    return frozenset(r["lemma"] for r in load_table("roles") if r["of_state"] == "speaks")


class Phrases:
    """The noun phrases of one sentence, read with the names found in it."""

    def __init__(self, tree: Tree, mentions: list[Mention], text: str) -> None:
        """`text` is the whole article: offsets of tree and mentions refer to it."""
        self.tree = tree
        self.text = text
        self.mentions = mentions
        self.by_token: dict[int, Mention] = {}
        for mention in mentions:
            for token, start in enumerate(tree.starts):
                if start < mention.end and tree.ends[token] > mention.start:
                    self.by_token.setdefault(token, mention)

    def entity(self, head: int) -> Entity:
        """The phrase around a head; country and sector are null where it names none."""
        first, last = self._extent(head)
        start, end = self.tree.starts[first], self.tree.ends[last]
        mention = self.naming(head)
        name = (
            mention.name
            if mention and mention.kind in {"state", "organisation", "leader"}
            else None
        )
        return Entity(
            self.text[start:end],
            start,
            end,
            name,
            mention.country if mention else None,
            self.sector(head, mention),
        )

    def entities(self, head: int) -> list[Entity]:
        """The phrase as one entity, or one for each state that it names side by side.

        "Hungarian and Romanian officials" are two actors; "the leaders of A and B" as well.
        """
        mention = self.naming(head)
        if mention is None:
            return [self.entity(head)]
        several = self._named_side_by_side(head)
        if several:
            return several
        beside = [m for m in self._beside(mention) if m.country != mention.country]
        if not beside or mention.country is None:
            return [self.entity(head)]
        sector = self.sector(head, mention)
        together = sorted([mention, *beside], key=lambda m: m.start)
        return [Entity(m.text, m.start, m.end, m.name, m.country, sector) for m in together]

    def _named_side_by_side(self, head: int) -> list[Entity]:
        """ "the Thai premier S. and the Cambodian leader V." read as one phrase by the parser."""
        first, last = self._extent(head)
        start, end = self.tree.starts[first], self.tree.ends[last]
        named = [m for m in self.mentions if start <= m.start < end and m.country]
        if len({m.country for m in named}) < 2 or not re.search(
            r" (?:and|AND) ", self.text[start:end]
        ):
            return []
        sector = self.sector(head, named[0])
        return [Entity(m.text, m.start, m.end, m.name, m.country, sector) for m in named]

    def _beside(self, mention: Mention) -> list[Mention]:
        """Names of states coordinated with a name: "A, B and C"."""
        place = self.mentions.index(mention)
        found = []
        for step in (-1, 1):
            at = place
            while 0 <= at + step < len(self.mentions):
                left, right = sorted(
                    (self.mentions[at], self.mentions[at + step]), key=lambda m: m.start
                )
                if (
                    not _COORDINATED.fullmatch(self.text[left.end : right.start])
                    or not right.country
                ):
                    break
                if left.kind == "leader" or right.kind == "leader" or not left.country:
                    break
                at += step
                found.append(self.mentions[at])
        return found

    def naming(self, head: int, depth: int = 0) -> Mention | None:
        """The name that gives the phrase its country or organisation, nearest to the head first."""
        own = self._titled(self.by_token.get(head))
        if own and own.country and own.kind != "leader":
            return own
        if depth > 4:
            return own
        front = self._in_front(head, depth)
        if front and front.country:
            return front
        behind = self._behind(head, depth) if own is None else None
        if behind and behind.country:
            return behind
        return own or front or behind

    def _titled(self, mention: Mention | None) -> Mention | None:
        """ "Georgian President S.", "Georgia's President S.": the state before a leader's office
        outdoes the list."""
        if mention is None or mention.kind != "leader":
            return mention
        place = self.mentions.index(mention)
        before = self.mentions[place - 1] if place else None
        between = self.text[before.end : mention.start] if before else ""
        fitting = _OF_STATE.get(before.kind) if before else None
        is_office = fitting is not None and fitting.fullmatch(between) is not None
        return before if is_office and len(between) < _LONGEST_OFFICE else mention

    def _in_front(self, head: int, depth: int) -> Mention | None:
        tree = self.tree
        best = None
        for child in reversed(tree.children[head]):
            if tree.deps[child] in {
                "flat",
                "compound",
                "amod",
                "nmod:desc",
                "nmod:poss",
                "nmod:unmarked",
            }:
                for part in tree.conjuncts(child):
                    found = self.naming(part, depth + 1)
                    if found and found.country:
                        return found
                    best = best or found
        return best

    def _behind(self, head: int, depth: int) -> Mention | None:
        tree = self.tree
        after = [c for c in tree.children[head] if c > head]
        for wanted in ("of", ""):
            for child in after:
                if tree.deps[child] not in {"nmod", "obl"}:
                    continue
                preposition = tree.preposition(child)
                if preposition == wanted or (not wanted and preposition in LOCATING):
                    found = self.naming(child, depth + 1)
                    if found:
                        return found
        for child in after:
            if tree.deps[child] == "appos":
                found = self.naming(child, depth + 1)
                if found:
                    return found
        return None

    def is_named(self, entity: Entity) -> bool:
        """Whether the words of an entity give its country themselves."""
        inside = (m for m in self.mentions if entity.start <= m.start < entity.end)
        return any(m.country == entity.country for m in inside)

    def is_state(self, entity: Entity) -> bool:
        """Whether the words of an entity are a state's name and nothing else."""
        return any(
            m.kind == "state" and m.start <= entity.start and entity.end <= m.end
            for m in self.mentions
        )

    def sector(self, head: int, mention: Mention | None = None) -> str | None:
        """The PLOVER sector of the phrase, from its role words, else from the name."""
        known = roles()
        tree = self.tree
        principal = self._principal(head)
        if principal >= 0:
            return self.sector(principal, mention)
        first, last = self._extent(head)
        order = [head, *range(last, first - 1, -1)]
        found = next((known[tree.lemmas[t]][0] for t in order if tree.lemmas[t] in known), None)
        if mention and (mention.kind == "organisation" or found is None):
            return mention.sector
        return found

    def is_organ_of_state(self, head: int) -> bool:
        """The phrase's role word stands for a state's organ or office."""
        known, tree = roles(), self.tree
        principal = self._principal(head)
        if principal >= 0:
            return self.is_organ_of_state(principal)
        if tree.lemmas[head] in known:
            return known[tree.lemmas[head]][1]
        tokens = [
            t for c in tree.having(head, "nmod:desc", "compound", "appos") for t in tree.subtree(c)
        ]
        return any(known.get(tree.lemmas[t], ("", False))[1] for t in tokens)

    def _principal(self, head: int) -> int:
        """Whom a speaker speaks for ("a spokesman for the rebels", "a police spokesman") or -1."""
        tree = self.tree
        if tree.lemmas[head] not in speakers():
            return -1
        for child in tree.having(head, "nmod"):
            if child > head and tree.preposition(child) in _SPEAKS_FOR and tree.is_noun(child):
                return child
        before = [
            c for c in tree.having(head, "compound", "nmod:poss") if tree.lemmas[c] in roles()
        ]
        return before[-1] if before else -1

    def _extent(self, head: int) -> tuple[int, int]:
        first, last = self.tree.phrase(head)
        mention = self.by_token.get(head)
        if mention:
            while last + 1 < len(self.tree) and self.by_token.get(last + 1) is mention:
                last += 1
        if {self.tree.lemmas[head], self.tree.lowers[head]} & noun_classes()["QUANTITY"]:
            for child in self.tree.having(head, "nmod"):
                if child > last and self.tree.preposition(child) == "of":
                    last = max(last, self._extent(child)[1])
                    break
        return first, last
