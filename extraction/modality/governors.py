"""Words beside and above a word that negate it, doubt it or say when it is.

Belongs here: modifiers, conjunctions, governors and deniers of modal_governors.tsv, and one "not"
for two verbs. Does not belong here: tense, and the way through the tree (`status`).
"""

from __future__ import annotations

from extraction.language.tree import Tree
from extraction.modality.words import NOTHING, Modality, words_of

_NOBODY = frozenset({"nobody", "none", "nothing"})


def said_beside(tree: Tree, token: int) -> Modality:
    """Negation, adverbs and conjunctions of the clause itself."""
    found = NOTHING
    for child in tree.children[token]:
        word = tree.lowers[child]
        if tree.deps[child] == "mark" or tree.deps[child] == "case":
            found = found.over(words_of("mark").get(word, NOTHING))
        elif tree.deps[child] in {"advmod", "det", "amod", "aux", "compound", "cc", "cc:preconj"}:
            said = words_of("modifier").get(word, NOTHING)
            if said.status and tree.is_verb(token) and word != "still":
                said = said._replace(status=None)
            found = found.over(said)
        elif tree.deps[child] in {"nsubj", "nsubj:pass", "obj"} and _is_none(tree, child):
            found = found.over(Modality(polarity="negated"))
    return found


def _is_none(tree: Tree, nominal: int) -> bool:
    has_no = any(tree.lowers[c] == "no" for c in tree.having(nominal, "det"))
    return has_no or tree.lowers[nominal] in _NOBODY


def negated_too(tree: Tree, verb: int) -> Modality:
    """ "did not confirm or deny": one "not" for both."""
    head = tree.heads[verb]
    if tree.deps[verb] != "conj" or tree.having(verb, "nsubj", "nsubj:pass", "aux"):
        return NOTHING
    joined = {tree.lowers[c] for c in tree.having(verb, "cc")}
    return Modality(polarity=said_beside(tree, head).polarity if "or" in joined else None)


def governing(tree: Tree, token: int) -> Modality:
    """What the word above says. Who does not deny says neither yes nor no."""
    head = tree.heads[token]
    if head == token:
        return NOTHING
    said = words_of("governor").get(tree.lemmas[head], NOTHING)
    if said.polarity and tree.is_verb(head) and _is_negated(tree, head):
        return said._replace(polarity=None, certainty="uncommitted")
    return said


def _is_negated(tree: Tree, verb: int) -> bool:
    return said_beside(tree, verb).over(negated_too(tree, verb)).polarity == "negated"


def denied(tree: Tree, verb: int) -> Modality:
    """ "rejected reports that it had sent": a noun's clause, and a verb that denies the noun."""
    noun = tree.heads[verb]
    over = tree.heads[noun]
    if tree.deps[verb] != "acl" or tree.deps[noun] not in {"obj", "nsubj:pass"}:
        return NOTHING
    said = words_of("denier").get(tree.lemmas[over], NOTHING)
    if said.polarity and _is_negated(tree, over):
        return Modality(certainty="uncommitted")
    return said
