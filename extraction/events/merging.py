"""One event, one row: several words of a sentence that name the same event become one.

Belongs here: which matched triggers are the same event, or only the topic of another. Does not
belong here: events of different sentences (derived later, from the rows).

- A noun that its verb's frame asked for is part of that verb's event ("signed a truce").
- Killing and wounding as the result of a hit are that hit ("hit a market, killing 17").
- Purposes, promises and threats: `commitments`.
- What is only demanded or refused is not an event of its own.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from extraction.events import slots
from extraction.events.commitments import committed_to
from extraction.events.frames import Match
from extraction.events.reading import Reading
from extraction.events.topics import is_topic
from extraction.language.tree import Tree
from extraction.vocabulary import load_table

_RESULT_LINKS = frozenset({"advcl", "conj", "acl", "xcomp", "acl:relcl", "parataxis"})
_CAUSING = frozenset({"in", "by", "during", "from", "after", "when"})
_DURING = frozenset({"in", "during"})
_OTHER_TIMES = frozenset({"after", "before", "since", "following", "despite", "amid", "until"})
_WITHIN = frozenset({"in", "during", "by"})


@dataclass(slots=True)
class Group:
    """One event of a sentence: the match that names it and those that add to it."""

    main: Match
    others: list[Match] = field(default_factory=list)


def group(reading: Reading, matches: list[Match]) -> list[Group]:
    """The matches of a sentence as events, in text order."""
    by_token = {m.token: m for m in matches}
    owner: dict[int, int] = {}
    for match in matches:
        target = _same_event(reading, match, by_token)
        if target is not None and target != match.token:
            owner[match.token] = target
    groups: dict[int, Group] = {}
    for match in matches:
        if is_topic(reading, match, by_token):
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


def _same_event(reading: Reading, match: Match, by_token: dict[int, Match]) -> int | None:
    """The trigger token whose event this match belongs to, or None."""
    tree, token = reading.tree, match.token
    if match.frame.pos == "n":
        return _owner_of_noun(tree, match, by_token)
    if tree.lemmas[token] in result_verbs():
        return _cause(tree, token, by_token)
    return committed_to(reading, match, by_token)


def _owner_of_noun(tree: Tree, match: Match, by_token: dict[int, Match]) -> int | None:
    """The verb over the noun whose frame asked for a noun like it."""
    top = tree.first_conjunct(match.token)
    verb = tree.heads[top]
    if tree.deps[top] == "nmod" and tree.preposition(top) in _DURING:
        above = by_token.get(tree.heads[verb])  # "detained 18 men in raids": parsed with the men
        if above and above.frame.event_type == match.frame.event_type and tree.deps[verb] == "obj":
            return above.token
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
    same = over.frame.event_type == match.frame.event_type
    by_it = relation in {"obl", "obl:agent"} and tree.preposition(top) not in _OTHER_TIMES
    return verb if same and (relation == "obj" or by_it) else None


def _cause(tree: Tree, verb: int, by_token: dict[int, Match]) -> int | None:
    """The hit that a killing results from: subject, circumstance, or the clause above."""
    candidates = [s for s in slots.surface_subjects(tree, verb) if s != verb]
    candidates += _circumstances(tree, verb, _CAUSING)
    if tree.heads[verb] != verb and tree.deps[verb] in _RESULT_LINKS:
        candidates.append(tree.heads[verb])
    for child in tree.having(verb, "obj"):
        for part in tree.conjuncts(child):
            candidates += _circumstances(tree, part, _WITHIN)
    candidates += tree.having(verb, "advcl")
    return next((c for c in candidates if _is_assault(by_token, c)), None)


def _circumstances(tree: Tree, token: int, prepositions: frozenset[str]) -> list[int]:
    """ "killed in a raid", "died after clashes"."""
    return [
        part
        for child in tree.having(token, "obl", "obl:agent", "nmod")
        if tree.preposition(child) in prepositions
        for part in tree.conjuncts(child)
    ]


def _is_assault(by_token: dict[int, Match], token: int) -> bool:
    match = by_token.get(token)
    return match is not None and match.frame.event_type in {"ASSAULT", "PROTEST"}


def result_verbs() -> frozenset[str]:
    """Verbs of harm that are mostly the result of another act."""
    return frozenset(row["lemma"] for row in load_table("result_verbs", ("lemma",)))
