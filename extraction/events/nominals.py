"""Nouns around a trigger: under its prepositions, over it as light verbs, tied to it by a word.

Belongs here: walks from a verb or noun to nominals that are neither its subject nor its object.
Does not belong here: subjects and objects (`slots`).
"""

from __future__ import annotations

from functools import cache

from extraction.events.slots import (
    is_passive,
    nominals_of,
    objects,
    owners_of,
    subjects,
    surface_subjects,
)
from extraction.language.tree import Tree
from extraction.vocabulary import load_table
from extraction.vocabulary.noun_classes import noun_classes

MAX_STEPS = 3
_OBLIQUES = frozenset({"obl", "nmod", "obl:agent", "advcl", "acl"})


@cache
def light_verbs() -> frozenset[str]:
    """Verbs that add nothing to the noun that they govern ("launch an attack")."""
    return frozenset(row["lemma"] for row in load_table("light_verbs", ("lemma",)))


@cache
def subjects_of_light_verbs() -> dict[str, str]:
    """Light verb → what its subject is to the event: "" its actor, "target" or "scene"."""
    return {row["lemma"]: row["subject"] for row in load_table("light_verbs", ("lemma",))}


@cache
def _perpetration() -> dict[tuple[str, str], str]:
    rows = load_table("perpetration", ("word", "preposition", "whose"))
    return {(row["word"], row["preposition"]): row["whose"] for row in rows}


def ascribed_to(tree: Tree, noun: int) -> list[int]:
    """Whom the sentence ties to an act: "responsible for the attack", "blamed A for the raid"."""
    top = tree.first_conjunct(noun)
    preposition = tree.preposition(top)
    if preposition == "behind":
        return [t for c in tree.having(top, "nsubj") for t in nominals_of(tree, c)]
    if not preposition:
        return _named_after(tree, top)
    for word in list(tree.ancestors(top))[:MAX_STEPS]:
        whose = _perpetration().get((tree.lemmas[word], preposition))
        if whose is not None:
            return _tied(tree, word, whose)
        if tree.is_verb(word):
            break
    return []


def _tied(tree: Tree, word: int, whose: str) -> list[int]:
    if whose == "object":
        return objects(tree, word) if tree.is_verb(word) else nominals_of(tree, word)
    if whose == "subject":
        return subjects(tree, word) if tree.is_verb(word) else surface_subjects(tree, word)
    if whose == "owner":
        verb = light_verb_over(tree, word)
        return owners_of(tree, word) or (subjects(tree, verb) if verb >= 0 else [])
    return []


def _named_after(tree: Tree, noun: int) -> list[int]:
    """ "The attack was attributed to A", "an attack claimed by A"."""
    words = [c for c in tree.having(noun, "acl", "acl:relcl") if tree.is_verb(c)]
    if tree.deps[noun] in {"obj", "nsubj:pass"}:
        words.append(tree.heads[noun])
    for word in words:
        for (lemma, preposition), whose in _perpetration().items():
            if whose == "after" and lemma == tree.lemmas[word]:
                found = _under(tree, word, preposition)
                if found:
                    return found
    return []


def prepositional(tree: Tree, token: int, preposition: str) -> list[int]:
    """Nominals under a preposition of the trigger, or of its object where none is its own."""
    own = _under(tree, token, preposition)
    if own or not tree.is_verb(token):
        return own
    misread = [c for c in tree.having(token, "conj") if tree.is_noun(c)]
    for child in [*tree.having(token, "obj", "nsubj:pass", "xcomp"), *misread]:
        for part in tree.conjuncts(child):
            own = inside(tree, part, preposition, 0)
            if own:
                return own
    return []


def inside(tree: Tree, token: int, preposition: str, depth: int = 0) -> list[int]:
    """Nominals under a preposition anywhere in a noun phrase ("shipments of missiles to A")."""
    own = _under(tree, token, preposition)
    if own or depth > 3:
        return own
    for child in tree.having(token, "nmod", "conj"):
        own = inside(tree, child, preposition, depth + 1)
        if own:
            return own
    return []


def _under(tree: Tree, token: int, preposition: str) -> list[int]:
    for child in tree.children[token]:
        is_oblique = tree.deps[child] in _OBLIQUES and not tree.is_verb(child)
        if is_oblique and tree.preposition(child) == preposition:
            return nominals_of(tree, child)
    return []


def light_verb_over(tree: Tree, noun: int) -> int:
    """The verb that only carries the noun ("carried out an attack"); -1 if there is none.

    A quantity between them is looked through ("began a series of attacks").
    """
    top = tree.first_conjunct(noun)
    while tree.deps[top] == "nmod" and tree.preposition(top) == "of":
        if tree.lemmas[tree.heads[top]] not in noun_classes()["QUANTITY"]:
            break
        top = tree.first_conjunct(tree.heads[top])
    verb, dep = tree.heads[top], tree.deps[top]
    if verb == top or not tree.is_verb(verb):
        return -1
    if dep == "obj" and len(tree.having(verb, "obj")) > 1:
        return -1  # "called the protests a coup"
    if dep == "obj" or (dep in {"nsubj:pass", "nsubj"} and is_passive(tree, verb)):
        return verb
    return -1
