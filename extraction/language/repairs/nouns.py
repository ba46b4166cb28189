"""Repairs of nouns: numbers' limits, plurals read as verbs, subjects read into phrases.

Belongs here: rules after which a noun is one. Does not belong here: rules that make a verb
(`verbs`).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extraction.language.lemmas import lemma_of
from extraction.vocabulary import load_table

if TYPE_CHECKING:
    from extraction.language.tree import Tree

_NOMINAL_PLACES = frozenset(
    {"obj", "nmod", "obl", "nsubj", "nsubj:pass", "compound", "obl:agent", "conj"}
)
_FINITE = frozenset({"VBD", "VBP"})


@cache
def _limits() -> dict[str, list[tuple[str, ...]]]:
    """First word → the limits that begin with it, in file order."""
    limits: dict[str, list[tuple[str, ...]]] = {}
    for row in load_table("number_limits", ("words",)):
        words = tuple(row["words"].split())
        limits.setdefault(words[0], []).append(words)
    return limits


def limit_of_number(tree: Tree, token: int) -> bool:
    """ "send up to 30,000 soldiers": the soldiers are the object, "up to" belongs to the number."""
    limits = _limits().get(tree.lowers[token])
    if limits is None:
        return False
    words = next((w for w in limits if tuple(tree.lowers[token : token + len(w)]) == w), None)
    if words is None:
        return False
    number = token + len(words)
    if number >= len(tree) or tree.tags[number] != "CD":
        return False
    noun = number
    while tree.deps[noun] in {"nummod", "compound", "flat"} and tree.heads[noun] > noun:
        noun = tree.heads[noun]
    for part in range(token, number):
        tree.heads[part], tree.deps[part] = number, "advmod"
    verb = token - 1
    if verb >= 0 and tree.is_verb(verb) and tree.deps[noun] in {"obl", "nmod", "obl:unmarked"}:
        if not tree.having(verb, "obj") and not tree.having(verb, "aux:pass", "nsubj:pass"):
            tree.heads[noun], tree.deps[noun] = verb, "obj"
    elif tree.heads[noun] in range(token, number):
        tree.heads[noun] = max(verb, 0)
    return True


def subject_read_into_phrase(tree: Tree, token: int) -> bool:
    """ "On Monday gunmen killed 12": the plural right before a verb without a subject is that."""
    verb, inner = token + 1, token - 1
    if token == 0 or tree.tags[token] != "NNS" or tree.deps[token] != "obl":
        return False
    if tree.heads[token] != verb:
        return False
    if tree.deps[inner] != "compound" or tree.heads[inner] != token or not tree.preposition(token):
        return False
    if tree.tags[verb] not in _FINITE or tree.deps[verb] == "conj":
        return False
    if tree.having(verb, "nsubj", "nsubj:pass", "csubj", "expl", "aux", "aux:pass"):
        return False
    for child in tree.children[token]:
        tree.heads[child] = inner
    tree.heads[inner], tree.deps[inner] = verb, "obl"
    tree.deps[token] = "nsubj"
    return True


def second_subject(tree: Tree, token: int) -> bool:
    """ "60,000 Israelis and 90,000 Lebanese have fled": one subject, though parsed as two."""
    verb, dep = tree.heads[token], tree.deps[token]
    if dep not in {"nsubj", "nsubj:pass"} or not tree.having(token, "cc") or token > verb:
        return False
    first = next((t for t in tree.having(verb, dep) if t < token), -1)
    if first < 0 or not tree.is_noun(first):
        return False
    tree.heads[token], tree.deps[token] = first, "conj"
    return True


def plural_noun(tree: Tree, token: int) -> bool:
    """ "knocked 60 websites offline": no verb, though its ending would allow one."""
    if tree.tags[token] != "VBZ" or tree.deps[token] not in _NOMINAL_PLACES:
        return False
    head = tree.heads[token]
    if tree.deps[token] == "conj" and not (tree.is_noun(head) or tree.having(head, "obj")):
        return False
    if tree.having(token, "aux", "obj", "ccomp", "xcomp", "cop"):
        return False
    if tree.deps[token] == "conj" and tree.having(token, "nsubj"):
        return False
    tree.tags[token] = "NNS"
    tree.lemmas[token] = lemma_of(tree.lowers[token], "NNS").lower()
    for child in tree.having(token, "nsubj"):
        if child < token:
            tree.deps[child] = "compound"
    return False
