"""One event, one row: several words of a sentence that name the same event become one.

Belongs here: which matched triggers are the same event, or only the topic of another. Does not belong
here: events of different sentences (derived later, from the rows).

- A noun that its verb's frame asked for is part of that verb's event ("signed a truce").
- Killing and wounding as the result of a hit are that hit ("hit a market, killing 17").
- What is only demanded or refused is not an event of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.events import slots
from extraction.events.frames import Match
from extraction.events.reading import Reading
from extraction.language.tree import Tree
from extraction.vocabulary import load_table

TOPIC_TYPES = frozenset({"REQUEST", "REJECT"})
NOMINAL_TOPIC_TYPES = frozenset({"REQUEST", "REJECT", "AGREE", "THREATEN"})


MAX_STEPS = 8
_TOPICAL = frozenset({"xcomp", "ccomp", "acl", "obj", "nmod", "conj", "obl", "nsubj:pass", "advcl"})


@dataclass(slots=True)
class Group:
    """One event of a sentence: the match that names it and those that add to it."""

    main: Match
    others: list[Match] = field(default_factory=list)


def group(reading: Reading, matches: list[Match]) -> list[Group]:
    """The matches of a sentence as events, in text order."""
    tree = reading.tree
    by_token = {m.token: m for m in matches}
    owner: dict[int, int] = {}
    for match in matches:
        target = _same_event(tree, match, by_token)
        if target is not None and target != match.token:
            owner[match.token] = target
    groups: dict[int, Group] = {}
    for match in matches:
        if _is_topic(tree, match, by_token):
            continue
        root = _root(owner, match.token)
        if root == match.token:
            groups.setdefault(root, Group(match))
    for match in matches:
        root = _root(owner, match.token)
        if root != match.token and root in groups:
            groups[root].others.append(match)
    return [groups[key] for key in sorted(groups)]


def _root(owner: dict[int, int], token: int) -> int:
    for _ in range(8):
        if token not in owner:
            break
        token = owner[token]
    return token


def _same_event(tree: Tree, match: Match, by_token: dict[int, Match]) -> int | None:
    """The trigger token whose event this match belongs to, or None."""
    token = match.token
    if match.frame.pos == "n":
        return _owner_of_noun(tree, match, by_token)
    if tree.lemmas[token] in result_verbs():
        return _cause(tree, token, by_token)
    return _purpose_of(tree, match, by_token)


def _purpose_of(tree: Tree, match: Match, by_token: dict[int, Match]) -> int | None:
    """ "began a hunger strike to protest against A", "marched to demand": one act and its purpose."""
    token = match.token
    head = tree.heads[token]
    if tree.deps[token] not in {"advcl", "xcomp", "acl", "conj"} or head == token:
        return None
    over = by_token.get(head)
    if over is None and not tree.is_verb(head):
        head = tree.heads[head]
        over = by_token.get(head)
    if over is None:
        return None
    same = over.frame.event_type == match.frame.event_type == "PROTEST"
    asks = over.frame.event_type == "PROTEST" and match.frame.event_type in {"REQUEST", "ACCUSE"}
    return head if (same or asks) and tree.deps[token] != "conj" else None


def _owner_of_noun(tree: Tree, match: Match, by_token: dict[int, Match]) -> int | None:
    """The verb over the noun whose frame asked for a noun like it."""
    top = tree.first_conjunct(match.token)
    verb = tree.heads[top]
    over = by_token.get(verb)
    if over is None or top == verb or not tree.is_verb(verb):
        return None
    if tree.lemmas[verb] in result_verbs():
        return None
    relation = tree.deps[top]
    named = [c for c in over.frame.conditions if c.names_words and c.wanted]
    if relation in {"obj", "nsubj:pass"} and any(c.slot == "obj" for c in named):
        return verb
    if relation == "nsubj" and any(c.slot == "subj" for c in named):
        return verb
    if relation in {"obl", "nmod"} and any(c.slot == tree.preposition(top) for c in named):
        return verb
    return verb if over.frame.event_type == match.frame.event_type and relation == "obj" else None


def _cause(tree: Tree, verb: int, by_token: dict[int, Match]) -> int | None:
    """The hit that a killing or wounding results from."""
    for subject in slots.surface_subjects(tree, verb):
        if _is_assault(by_token, subject) and subject != verb:
            return subject
    for child in tree.having(verb, "obl", "obl:agent", "nmod"):
        for part in tree.conjuncts(child):
            if _is_assault(by_token, part) and tree.preposition(child) in {
                "in",
                "by",
                "during",
                "from",
                "after",
                "when",
            }:
                return part
    head = tree.heads[verb]
    if head != verb and tree.deps[verb] in {
        "advcl",
        "conj",
        "acl",
        "xcomp",
        "acl:relcl",
        "parataxis",
    }:
        if _is_assault(by_token, head):
            return head
    for child in tree.having(verb, "obj"):
        for part in tree.conjuncts(child):
            for noun in tree.having(part, "nmod"):
                if _is_assault(by_token, noun) and tree.preposition(noun) in {"in", "during", "by"}:
                    return noun
    for child in tree.having(verb, "advcl"):
        if _is_assault(by_token, child):
            return child
    return None


def _is_assault(by_token: dict[int, Match], token: int) -> bool:
    match = by_token.get(token)
    return match is not None and match.frame.event_type in {"ASSAULT", "PROTEST"}


def _is_topic(tree: Tree, match: Match, by_token: dict[int, Match]) -> bool:
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
        return tree.deps[below] in {"xcomp", "ccomp", "conj"} and tree.tags[below] != "VBG"
    return tree.deps[below] in {"obj", "nsubj:pass"} or tree.preposition(below) in {"for", "to"}


def _is_proviso(tree: Tree, token: int) -> bool:
    """ "unless B closes its base", "until they gain control": the condition, not the act."""
    for step, above in enumerate((token, *tree.ancestors(token))):
        if any(tree.lowers[m] in {"unless", "until", "till"} for m in tree.having(above, "mark")):
            return True
        if step > 2 or tree.deps[above] not in {"xcomp", "conj", "obj", "acl", "nmod", "advcl"}:
            return False
    return False


def is_background(reading: Reading, found: Group) -> bool:
    """A noun in passing ("after hours of talks") that names nobody and has no clause of its own."""
    tree, match = reading.tree, found.main
    if match.frame.pos != "n" or found.others:
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


def result_verbs() -> frozenset[str]:
    """Verbs of harm that are mostly the result of another act."""
    return frozenset(row["lemma"] for row in load_table("result_verbs", ("lemma",)))
