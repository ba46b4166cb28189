"""What is no event of its own: the topic of a demand, a promise or a meeting, and a proviso.

Belongs here: telling such matches from events. Does not belong here: which words are the same event
(`merging`), what is mentioned in passing (`background`).
"""

from __future__ import annotations

from extraction.events.commitments import CONCESSIONS, FORCE, HELP, is_sized
from extraction.events.frames import Match
from extraction.events.reading import Reading
from extraction.language.tree import Tree

TOPIC_TYPES = frozenset({"REQUEST", "REJECT"})
NOMINAL_TOPIC_TYPES = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN"})
OPINIONS = frozenset({"SUPPORT", "ACCUSE", "CONSULT"})
GRIEVANCES = frozenset({"PROTEST", "REQUEST"})
WORDS = frozenset({"AGREE", "CONSULT", "SUPPORT", "REQUEST", "REJECT", "COOPERATE"})
MAX_STEPS = 8
_PROVISOS = frozenset({"unless", "until", "till"})
_TOPICAL = frozenset({"xcomp", "ccomp", "acl", "obj", "nmod", "conj", "obl", "nsubj:pass", "advcl"})
_TOPIC_PREPOSITIONS = frozenset({"", "for", "to", "of", "on"})


def is_topic(reading: Reading, match: Match, by_token: dict[int, Match]) -> bool:
    """Only what somebody demands or refuses, or the noun of what somebody promises or threatens."""
    tree, token = reading.tree, match.token
    if _is_proviso(tree, token):
        return True
    for _ in range(MAX_STEPS):
        head, dep = tree.heads[token], tree.deps[token]
        if head == token or dep not in _TOPICAL:
            return False
        over = by_token.get(head)
        if over is not None:
            if _is_topic_of(reading, match, token, over):
                return True
            if match.frame.event_type in FORCE or not _shares_fate(tree, match.token, token):
                return False
            match = over
        token = head
    return False


def _shares_fate(tree: Tree, token: int, below: int) -> bool:
    """What is part of a topic is one too ("rejected an offer to host talks to reach a deal")."""
    if tree.is_verb(token) and tree.tags[token] != "VB":
        return False
    if tree.is_verb(below):
        return tree.tags[below] == "VB" and tree.deps[below] in {"advcl", "acl", "xcomp"}
    return tree.deps[below] in {"obj", "nmod"} and tree.preposition(below) in _TOPIC_PREPOSITIONS


def _is_topic_of(reading: Reading, match: Match, below: int, over: Match) -> bool:
    """`below` is what hangs directly under the trigger `over`: the match or a word above it."""
    tree, kind = reading.tree, over.frame.event_type
    if match.frame.pos == "n":
        if below == tree.first_conjunct(match.token):
            return _is_noun_of(tree, match, below, over)
        if _is_noun_below(reading, match, below, kind):
            return True
    elif _is_content_of_noun(tree, match.token, below, over) or _is_charge(tree, match, over):
        return True
    if kind == "REJECT" and _is_denied(tree, match.token, below):
        return False
    return kind in TOPIC_TYPES and _is_demanded(tree, below, kind)


def _is_noun_of(tree: Tree, match: Match, noun: int, over: Match) -> bool:
    """ "Demanded a truce", "praised the agreement", "banned the rally"."""
    kind = over.frame.event_type
    if tree.preposition(noun) not in _TOPIC_PREPOSITIONS:
        return False
    if kind == "COERCE" and match.frame.event_type == "PROTEST":
        return over.frame.mode == "restrict" and over.frame.acled is None
    return kind in NOMINAL_TOPIC_TYPES or (kind in OPINIONS and match.frame.event_type in WORDS)


def _is_noun_below(reading: Reading, match: Match, below: int, kind: str) -> bool:
    """ "Promised to continue aid", "threatened to enact a ban", "agreed to help in the talks"."""
    tree = reading.tree
    top = tree.first_conjunct(match.token)
    if tree.is_noun(below):
        is_part = tree.deps[top] == "nmod" and tree.heads[top] == below
        return is_part and kind in NOMINAL_TOPIC_TYPES and match.frame.event_type == "CONSULT"
    if tree.tags[below] != "VB" or tree.deps[top] != "obj":
        return False
    if kind == "AGREE" and match.frame.event_type in HELP:
        return True
    fits = kind == "THREATEN" or (kind == "AGREE" and match.frame.event_type in CONCESSIONS)
    return fits and not is_sized(reading, match.token)


def _is_content_of_noun(tree: Tree, verb: int, below: int, over: Match) -> bool:
    """ "Protested the decision to send them back", "talks aimed at ending the dispute"."""
    if tree.tags[verb] not in {"VB", "VBG"} or not tree.is_noun(tree.heads[below]):
        outer = tree.deps[verb] == "acl" and tree.heads[verb] == below and tree.is_noun(below)
        return outer and over.frame.event_type in GRIEVANCES and tree.tags[verb] != "VBN"
    return over.frame.event_type == "CONSULT" and tree.deps[below] == "acl" and below != verb


def _is_charge(tree: Tree, match: Match, over: Match) -> bool:
    """ "Jailed for backing the rebels": what somebody is held for, unless it is violence."""
    if match.frame.event_type in FORCE or over.frame.mode not in {"arrest", "convict"}:
        return False
    verb = match.token
    marks = [tree.lowers[m] for m in tree.having(verb, "mark")]
    head = tree.heads[verb]
    is_under = over.token in {head, tree.heads[head]}
    return is_under and tree.tags[verb] == "VBG" and "for" in marks


def _is_demanded(tree: Tree, below: int, kind: str) -> bool:
    if tree.is_verb(below):
        bare = tree.tags[below] == "VB"
        if bare and (tree.deps[below] == "conj" or kind == "REQUEST"):
            return tree.deps[below] in {"xcomp", "ccomp", "conj", "advcl", "acl"}
        return tree.deps[below] in {"xcomp", "ccomp"} and tree.tags[below] != "VBG"
    if tree.deps[below] == "ccomp":
        return kind == "REQUEST" and not tree.having(below, "cop")
    return tree.deps[below] in {"obj", "nsubj:pass"} or tree.preposition(below) in {"for", "to"}


def _is_denied(tree: Tree, verb: int, below: int) -> bool:
    """ "Denied that it had sent", "rejected reports that it sent": nothing that is refused."""
    if not tree.is_verb(verb):
        return False
    is_told = tree.heads[verb] == below and tree.deps[verb] == "acl" and _has_that(tree, verb)
    if verb != below and not is_told:
        return False
    return bool(tree.having(verb, "aux", "aux:pass")) or tree.tags[verb] in {"VBD", "VBP", "VBZ"}


def _has_that(tree: Tree, verb: int) -> bool:
    return any(tree.lowers[m] == "that" for m in tree.having(verb, "mark"))


def _is_aim(tree: Tree, clause: int, mark: int) -> bool:
    """ "so that", but not of what came of it ("so that 12 fled")."""
    if tree.lowers[mark : mark + 2] != ["so", "that"]:
        return False
    tags = {tree.tags[t] for t in (clause, *tree.having(clause, "aux", "aux:pass"))}
    return "VBD" not in tags


def _is_proviso(tree: Tree, token: int) -> bool:
    """ "unless B closes its base", "so that flags are banned": condition or aim, not the act."""
    for step, above in enumerate((token, *tree.ancestors(token))):
        marks = tree.having(above, "mark")
        if any(tree.lowers[m] in _PROVISOS or _is_aim(tree, above, m) for m in marks):
            return True
        if step > 2 or tree.deps[above] not in {"xcomp", "conj", "obj", "acl", "nmod", "advcl"}:
            return False
    return False
