"""Repairs of verbs: words that the parser took for names, nouns or modifiers.

Belongs here: rules that make a word its clause's verb, or hang a participle where it belongs. Does
not belong here: nouns (`nouns`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extraction.language.lemmas import lemma_of
from extraction.language.repairs.neighbours import (
    NAMES,
    known_verbs,
    left_nominal,
    make_verb,
)
from extraction.vocabulary import load_table

if TYPE_CHECKING:
    from extraction.language.tree import Tree

_OBJECT_STARTS = frozenset(
    {"DT", "PRP$", "PRP", "CD", "JJ", "NNS", "NNP", "NNPS", "NN", "PDT", "VBG", "VBN"}
)
_OBJECT_PLACES = frozenset({"ROOT", "conj", "nmod", "obl", "obj"})
_MISREAD = frozenset({"VBN", "VBD", "JJ", "NN", "NNP"})
_HABITS = frozenset({"often", "usually", "always", "regularly", "routinely", "generally", "do"})
_HAVE = frozenset({"have", "has", "had"})
_BE = frozenset({"is", "are", "was", "were"})


def gerund(tree: Tree, token: int) -> bool:
    """ "the United States halting shipments": -ing between a name and the noun it governs."""
    if not (
        0 < token < len(tree) - 1
        and tree.lowers[token].endswith("ing")
        and tree.words[token].islower()
        and tree.tags[token] in {"NN", "VBG"}
        and tree.deps[token] in {"compound", "amod"}
        and tree.heads[token] > token
        and tree.tags[token - 1] in NAMES
    ):
        return False
    noun = tree.heads[token]
    make_verb(
        tree, token, "VBG", tree.heads[noun] if tree.heads[noun] != noun else token, tree.deps[noun]
    )
    name = token - 1
    while (
        tree.heads[name] != name
        and tree.heads[name] < token
        and tree.tags[tree.heads[name]] in NAMES
    ):
        name = tree.heads[name]
    for other in range(token):
        if tree.heads[other] == noun:
            tree.heads[other] = token
    tree.heads[noun], tree.deps[noun] = token, "obj"
    tree.heads[name], tree.deps[name] = token, "nsubj"
    return True


def verb_read_as_name(tree: Tree, token: int) -> bool:
    """A small-letter word after a name, tagged as a name itself, that is a known verb's form."""
    if not (
        0 < token < len(tree) - 1 and tree.tags[token] in NAMES and tree.words[token].islower()
    ):
        return False
    tag = (
        "VBD"
        if tree.lowers[token].endswith("ed")
        or lemma_of(tree.lowers[token], "VBD") != tree.lowers[token]
        else "VBZ"
    )
    if lemma_of(tree.lowers[token], tag) not in known_verbs():
        return False
    before, after = token - 1, token + 1
    top = before
    while (
        tree.deps[top] in {"flat", "compound", "nmod:desc", "amod"}
        and tree.heads[top] != top
        and tree.heads[top] < token
    ):
        top = tree.heads[top]
    old, dep = (
        (tree.heads[top], "ccomp") if tree.heads[top] not in {token, top} else (token, "ROOT")
    )
    make_verb(tree, token, tag, old, dep)
    tree.heads[top], tree.deps[top] = token, "nsubj"
    if tree.tags[after] in NAMES and tree.heads[after] <= token:
        tree.heads[after], tree.deps[after] = token, "obj"
    return True


def verb_read_as_modifier(tree: Tree, token: int) -> bool:
    """ "police in A confiscated weapons": a known verb's past form before its object."""
    if not _may_be_past_form(tree, token):
        return False
    noun = tree.heads[token]
    if tree.lowers[token - 1] in _HAVE:
        _take_place_of_have(tree, token)
    else:
        subject = left_nominal(tree, token)
        if subject < 0:
            return False
        above = tree.heads[subject]
        is_clause = above not in {subject, token, noun} and tree.is_verb(above)
        make_verb(
            tree, token, "VBD", above if is_clause else token, "ccomp" if is_clause else "ROOT"
        )
        tree.heads[subject], tree.deps[subject] = token, "nsubj"
    if tree.heads[noun] <= token or tree.deps[noun] in _OBJECT_PLACES:
        tree.heads[noun], tree.deps[noun] = token, "obj"
    return True


def _may_be_past_form(tree: Tree, token: int) -> bool:
    """A word before a noun that it seems to describe, in a form that a known verb's past has."""
    if token == 0 or tree.deps[token] not in {"amod", "compound"} or tree.heads[token] <= token:
        return False
    if tree.tags[token] not in _MISREAD or not _is_cased_as_verb(tree, token):
        return False
    base = lemma_of(tree.lowers[token], "VBD")
    return base in known_verbs() and (base != tree.lowers[token] or base in _same_in_past())


def _take_place_of_have(tree: Tree, token: int) -> None:
    """ "have tortured scores": the participle is the verb, "have" its auxiliary."""
    over = token - 1
    head = tree.heads[over]
    make_verb(tree, token, "VBN", head if head != over else token, tree.deps[over])
    for child in range(len(tree)):
        if tree.heads[child] == over and child != token:
            tree.heads[child] = token
    tree.heads[over], tree.deps[over] = token, "aux"


def perfect_after_neither(tree: Tree, token: int) -> bool:
    """ "has neither confirmed nor denied the plan": a verb with its object, no modifier of it."""
    noun = tree.heads[token]
    have = tree.heads[noun]
    if tree.deps[token] != "amod" or tree.tags[token] != "VBN" or tree.deps[noun] != "obj":
        return False
    if not tree.having(token, "cc:preconj") or tree.lemmas[have] != "have":
        return False
    head, dep = tree.heads[have], tree.deps[have]
    for child in tree.children[have]:
        if child != have:
            tree.heads[child] = token
    tree.heads[token], tree.deps[token] = (token if head == have else head), dep
    tree.heads[have], tree.deps[have] = token, "aux"
    tree.heads[noun], tree.deps[noun] = token, "obj"
    return True


def past_read_as_present(tree: Tree, token: int) -> bool:
    """ "Rebels set fire to a bridge": news tells a deed in the past, not a habit."""
    if tree.tags[token] != "VBP" or tree.lowers[token] not in _same_in_past():
        return False
    if any(tree.lowers[c] in _HABITS for c in tree.children[token]):
        return False
    tree.tags[token] = "VBD"
    return True


@cache
def _same_in_past() -> frozenset[str]:
    return frozenset(row["lemma"] for row in load_table("same_in_past", ("lemma",)))


def _is_cased_as_verb(tree: Tree, token: int) -> bool:
    return tree.words[token].islower() or (
        tree.words[token].isupper() and tree.words[token - 1].isupper()
    )


def infinitive(tree: Tree, token: int) -> bool:
    """ "to halt deliveries": a known verb's base form between "to" and a noun phrase."""
    if (
        token == 0
        or tree.lowers[token - 1] != "to"
        or tree.is_verb(token)
        or token + 1 >= len(tree)
    ):
        return False
    if tree.lowers[token] not in known_verbs() or not (
        tree.words[token].islower() or tree.words[token].isupper()
    ):
        return False
    after = token + 1
    if tree.tags[after] not in _OBJECT_STARTS and tree.lowers[after] not in {
        "as",
        "up",
        "more",
        "at",
    }:
        return False
    noun = tree.heads[token] if tree.deps[token] in {"compound", "amod", "nmod:desc"} else -1
    anchor = noun if noun > token else token
    governor = tree.heads[anchor] if tree.heads[anchor] != anchor else max(token - 2, 0)
    be = token - 2
    if be >= 0 and tree.lowers[be] in _BE and tree.is_verb(be):
        make_verb(
            tree, token, "VB", tree.heads[be] if tree.heads[be] != be else token, tree.deps[be]
        )
        for child in tree.children[be]:
            if child != token:
                tree.heads[child] = token
        tree.heads[be], tree.deps[be] = token, "aux"
    else:
        make_verb(tree, token, "VB", governor, "acl" if tree.is_noun(governor) else "xcomp")
    tree.heads[token - 1], tree.deps[token - 1] = token, "mark"
    if noun > token:
        tree.heads[noun], tree.deps[noun] = token, "obj"
        if tree.tags[noun] == "VBG":
            tree.tags[noun] = "NN"
    return True
