"""Tense: what a verb's own form and its auxiliaries say of when.

Belongs here: forms, auxiliaries, the conditions of a clause. Does not belong here: what governs the
clause (`governors`).
"""

from __future__ import annotations

from extraction.language.tree import Tree
from extraction.modality.words import NOTHING, Modality, words_of


def tense_of(tree: Tree, verb: int) -> Modality:
    """What the verb's own auxiliaries and form say; nothing for bare infinitives."""
    auxiliaries = tree.having(verb, "aux", "aux:pass", "cop")
    words = [tree.lowers[a] for a in auxiliaries]
    for word in words:
        if word in words_of("auxiliary"):
            modal = words_of("auxiliary")[word]
            if modal.certainty and "have" in words:
                return Modality("occurred", None, modal.certainty)
            if modal.status:
                return modal
    tag = tree.tags[verb]
    if tag == "VB" and any(tree.lemmas[a] == "be" for a in auxiliaries) and has_to(tree, verb):
        return Modality("planned")
    finite = [a for a in auxiliaries if tree.tags[a] in {"VBD", "VBZ", "VBP"}]
    if finite:
        return Modality("ongoing" if tag == "VBG" else _with_auxiliary(tree, verb, finite[0]))
    if tag == "VBD":
        return Modality("occurred")
    if tag in {"VBZ", "VBP"}:
        return Modality("ongoing")
    return NOTHING


def has_to(tree: Tree, verb: int) -> bool:
    """ "is to free": an order or a plan."""
    return any(tree.lowers[m] == "to" for m in tree.having(verb, "mark"))


def is_to(tree: Tree, noun: int) -> bool:
    """ "is to free 18 men" where the parse takes "free" for an adjective."""
    copula = tree.having(noun, "cop")[-1]
    return any(c == copula + 1 and tree.lowers[c] == "to" for c in tree.children[noun])


def _with_auxiliary(tree: Tree, verb: int, auxiliary: int) -> str:
    """ "has sent", "was sent" are over; "is sent" and "is at war" go on."""
    present = tree.tags[auxiliary] in {"VBZ", "VBP"}
    if tree.lemmas[auxiliary] == "have" or not present:
        return "occurred"
    if tree.tags[verb] == "VBN":
        return "occurred"
    return "ongoing"


def has_condition(tree: Tree, verb: int) -> bool:
    """An "if" clause hangs on the verb."""
    for clause in tree.having(verb, "advcl"):
        if any(tree.lowers[m] in {"if", "unless"} for m in tree.having(clause, "mark")):
            return True
    return False
