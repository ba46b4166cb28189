"""Repairs of clauses: particles, root nouns and participles that hang in the wrong place.

Belongs here: rules that keep a verb and move what belongs to it. Does not belong here: rules that
make a word a verb (`verbs`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from extraction.language.repairs.neighbours import phrasal_verbs

if TYPE_CHECKING:
    from extraction.language.tree import Tree

_FINITE = frozenset({"VBD", "VBZ", "VBP"})
_BESIDE = frozenset({"while", "though", "although", "as", "after", "before", "because"})


def particle_read_as_preposition(tree: Tree, token: int) -> bool:
    """ "called off the strike": a known phrasal verb, its particle, its object."""
    particle = token + 1
    if not tree.is_verb(token) or particle >= len(tree) or tree.deps[particle] != "case":
        return False
    noun = tree.heads[particle]
    if (tree.lemmas[token], tree.lowers[particle]) not in phrasal_verbs():
        return False
    if tree.heads[noun] != token or tree.having(token, "obj", "nsubj:pass", "aux:pass"):
        return False
    tree.heads[particle], tree.deps[particle] = token, "compound:prt"
    tree.deps[noun] = "obj"
    return True


def participle_root(tree: Tree, token: int) -> bool:
    """ "Peru and its allies agreed to go": a root noun's participle with object or clause.

    "The blast of a depot killed 68": with an object, the participle of a noun below it as well.
    """
    head = tree.first_conjunct(tree.heads[token])
    while tree.deps[head] == "nmod" and tree.having(token, "obj"):
        head = tree.first_conjunct(tree.heads[head])
    if (
        tree.deps[token] != "acl"
        or tree.tags[token] != "VBN"
        or tree.heads[head] != head
        or head > token
    ):
        return False
    if (
        tree.is_verb(head)
        or tree.having(head, "cop")
        or not tree.having(token, "obj", "xcomp", "ccomp", "advcl")
    ):
        return False
    tree.tags[token] = "VBD"
    for child in range(len(tree)):
        if tree.heads[child] == head and child > token:
            tree.heads[child] = token
    tree.heads[token], tree.deps[token] = token, "ROOT"
    tree.heads[head], tree.deps[head] = token, "nsubj"
    return True


def participle_before_saying(tree: Tree, token: int) -> bool:
    """ "The blast of a depot killed 68, officials said": what is said has a verb, and "said" one
    subject."""
    if tree.deps[token] != "acl" or tree.tags[token] not in {"VBN", "VBD"}:
        return False
    head = tree.first_conjunct(tree.heads[token])
    while tree.deps[head] == "nmod" and tree.having(token, "obj"):
        head = tree.first_conjunct(tree.heads[head])
    verb = tree.heads[head]
    if tree.deps[head] not in {"nsubj", "ccomp"} or not head < token < verb:
        return False
    if tree.is_verb(head) or not any(token < other < verb for other in tree.having(verb, "nsubj")):
        return False
    tree.tags[token] = "VBD"
    for child in range(token + 1, verb):
        if tree.heads[child] == head:
            tree.heads[child] = token
    tree.heads[token], tree.deps[token] = verb, "ccomp"
    tree.heads[head], tree.deps[head] = token, "nsubj"
    return True


def object_read_as_clause(tree: Tree, token: int) -> bool:
    """ "A bomb wounded four people, officials said": no clause, but the object of the verb before
    it, which is what is said."""
    saying = tree.heads[token]
    if tree.deps[token] != "ccomp" or not tree.is_noun(token) or saying < token:
        return False
    if tree.having(token, "cop", "nsubj", "case"):
        return False
    verb = min(tree.subtree(token)) - 1
    if verb < 0 or tree.tags[verb] not in _FINITE or tree.heads[verb] != verb:
        return False
    if tree.having(verb, "obj", "xcomp", "ccomp"):
        return False
    tree.heads[token], tree.deps[token] = verb, "obj"
    tree.heads[verb], tree.deps[verb] = saying, "ccomp"
    return True


def clause_read_into_noun(tree: Tree, token: int) -> bool:
    """ "condemned it as a crime, while Chile called for calm": a clause beside the main one."""
    noun = tree.heads[token]
    if tree.deps[token] != "acl" or tree.tags[token] not in _FINITE or noun > token:
        return False
    marks = {tree.lowers[m] for m in tree.having(token, "mark")}
    if not marks & _BESIDE or not tree.having(token, "nsubj", "nsubj:pass"):
        return False
    verb = next((t for t in tree.ancestors(noun) if tree.is_verb(t)), -1)
    if verb < 0:
        return False
    tree.heads[token], tree.deps[token] = verb, "advcl"
    return True


def late_participle(tree: Tree, token: int) -> bool:
    """ "hit a market, killing 17, officials said": the killing goes with the hit."""
    head = tree.heads[token]
    if tree.tags[token] != "VBG" or tree.deps[token] not in {"advcl", "acl"} or head < token:
        return False
    if tree.lowers[token - 1 : token] != [","] or not tree.is_verb(head):
        return False
    for earlier in range(token - 2, -1, -1):
        if tree.tags[earlier] in {"VBD", "VBN", "VBZ", "VBP"} and tree.deps[earlier] not in {
            "aux",
            "aux:pass",
            "cop",
            "amod",
        }:
            tree.heads[token], tree.deps[token] = earlier, "advcl"
            return True
    return False
