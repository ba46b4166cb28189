"""Subjects of sentences, and which of them a pronoun may mean.

Belongs here: what is kept of a subject, and the order and fit of candidates. Does not belong here:
noun phrases ("the country"), and whom the document makes of a subject (`reference`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.actors.phrases import Phrases, roles
from extraction.language.tree import Tree
from extraction.rows import Entity
from extraction.vocabulary import load_table
from extraction.vocabulary.noun_classes import noun_classes

_STATES = frozenset({"state", "capital"})


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject that later pronouns may mean."""

    token: int
    entity: Entity
    is_person: bool
    is_plural: bool


def candidates(tree: Tree, token: int, subjects: list[Subject]) -> list[Subject]:
    """Subjects before a pronoun in its sentence: those of the clauses above it first."""
    above = set(tree.ancestors(token))
    before = [s for s in subjects if s.token < token]
    return sorted(before, key=lambda s: (tree.heads[s.token] not in above, -s.token))


def fits(kind: str, subject: Subject) -> bool:
    """A pronoun of a kind (anaphors.tsv) may mean the subject."""
    if kind == "person" or subject.is_person:
        return kind == "person" and subject.is_person
    if kind == "thing":
        return not subject.is_plural and _acts(subject.entity)
    return kind == "many" and (subject.is_plural or subject.entity.country is not None)


def right_before_verb(phrases: Phrases, subject: int) -> int:
    """The state between a person's name with a comma and the verb ("according to A, Peru has").

    The parse takes it for a part of the name; else the subject itself.
    """
    tree = phrases.tree
    for part in tree.having(subject, "nmod:unmarked", "appos", "flat", "conj"):
        mention = phrases.by_token.get(part)
        if part > subject and tree.lowers[part - 1] == "," and mention and mention.kind in _STATES:
            between = range(part + 1, tree.heads[subject])
            if all(tree.deps[t] in {"advmod", "aux", "aux:pass"} for t in between):
                return part
    return subject


def is_person(phrases: Phrases, token: int) -> bool:
    """A named person, or a singular office before a name ("President A said he …")."""
    tree = phrases.tree
    mention = phrases.by_token.get(token)
    if mention and mention.kind in _STATES:
        return False
    if tree.entity_types[token] == "PERSON" or (mention and mention.kind == "leader"):
        return True
    lemma, classes = tree.lemmas[token], noun_classes()
    role = lemma in roles() and lemma in classes["HUMAN"] and lemma not in classes["COLLECTIVE"]
    return (role and tree.tags[token] in {"NN", "NNP"}) or bool(tree.having(token, "nmod:desc"))


def is_plural(tree: Tree, token: int) -> bool:
    """A plural noun, or several coordinated ones."""
    return tree.tags[token] in {"NNS", "NNPS"} or bool(tree.having(token, "conj"))


@cache
def notable_sectors() -> frozenset[str]:
    """Sectors whose words are acts: states, organisations, armed groups."""
    return frozenset(row["sector"] for row in load_table("notable_sectors", ("sector",)))


def _acts(entity: Entity) -> bool:
    return entity.country is not None or entity.sector in notable_sectors()
