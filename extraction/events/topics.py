"""What is no event of its own: the topic of a demand, a proviso, a noun in passing.

Belongs here: telling such matches from events. Does not belong here: which words are the same event
(`merging`).
"""

from __future__ import annotations

from extraction.events.frames import Match
from extraction.events.reading import Reading
from extraction.language.tree import Tree

TOPIC_TYPES = frozenset({"REQUEST", "REJECT"})
NOMINAL_TOPIC_TYPES = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN"})
MAX_STEPS = 8
_TOPICAL = frozenset({"xcomp", "ccomp", "acl", "obj", "nmod", "conj", "obl", "nsubj:pass", "advcl"})


def is_topic(tree: Tree, match: Match, by_token: dict[int, Match]) -> bool:
    """Only what somebody demands or refuses, or the noun of what somebody promises or threatens."""
    token = match.token
    if _is_proviso(tree, token):
        return True
    for _ in range(MAX_STEPS):
        head, dep = tree.heads[token], tree.deps[token]
        if head == token or dep not in _TOPICAL:
            return False
        over = by_token.get(head)
        if over is not None:
            return _is_topic_of(tree, match, token, over)
        token = head
    return False


def _is_topic_of(tree: Tree, match: Match, below: int, over: Match) -> bool:
    """`below` is what hangs directly under the trigger `over`: the match or a word above it."""
    if match.frame.pos == "n" and below == tree.first_conjunct(match.token):
        nominal = over.frame.event_type in NOMINAL_TOPIC_TYPES
        return nominal and tree.preposition(below) in {"", "for", "to", "of", "on"}
    if over.frame.event_type not in TOPIC_TYPES:
        return False
    if tree.is_verb(below):
        asked = over.frame.event_type == "REQUEST" and tree.tags[below] == "VB"
        clause = tree.deps[below] in {"xcomp", "ccomp", "conj"} or (
            asked and tree.deps[below] in {"advcl", "acl"}
        )
        return clause and tree.tags[below] != "VBG"
    return tree.deps[below] in {"obj", "nsubj:pass"} or tree.preposition(below) in {"for", "to"}


def _is_proviso(tree: Tree, token: int) -> bool:
    """ "unless B closes its base", "until they gain control": the condition, not the act."""
    for step, above in enumerate((token, *tree.ancestors(token))):
        if any(tree.lowers[m] in {"unless", "until", "till"} for m in tree.having(above, "mark")):
            return True
        if step > 2 or tree.deps[above] not in {"xcomp", "conj", "obj", "acl", "nmod", "advcl"}:
            return False
    return False


def is_background(reading: Reading, match: Match) -> bool:
    """A noun in passing ("after hours of talks") that names nobody and has no clause of its own."""
    tree = reading.tree
    if match.frame.pos != "n":
        return False
    named = (*match.frame.actor, *match.frame.recipient)
    if any(_names_somebody(reading, match, name) for name in named):
        return False
    top = tree.first_conjunct(match.token)
    while tree.deps[top] == "nmod" and tree.preposition(top) == "of":
        top = tree.first_conjunct(tree.heads[top])
    return tree.deps[top] in {"obl", "nmod", "appos", "nmod:poss", "advcl", "acl"} and not (
        tree.having(match.token, "acl:relcl", "acl") or set(tree.subtree(top)) & reading.hidden
    )


def _names_somebody(reading: Reading, match: Match, name: str) -> bool:
    heads = reading.slot(match.token, "n", name)
    return any(h not in reading.hidden and h != match.token for h in heads)
