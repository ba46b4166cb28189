"""What a sentence mentions only in passing, to say which noun or when it means.

Belongs here: nouns that name nobody, and clauses that only tell one noun from others. Does not
belong here: the topics of demands and meetings (`topics`).
"""

from __future__ import annotations

from extraction.events import slots
from extraction.events.commitments import FORCE
from extraction.events.frames import Match
from extraction.events.reading import Reading

_ADJUNCTS = frozenset({"obl", "nmod", "appos", "nmod:poss", "advcl", "acl"})
_PRESENT = frozenset({"VBZ", "VBP"})


def is_background(reading: Reading, match: Match, is_alone: bool) -> bool:
    """Only a noun in passing, or beside another event a clause that identifies another noun."""
    if match.frame.pos == "n":
        return _is_in_passing(reading, match, is_alone)
    return not is_alone and _identifies(reading, match)


def _is_in_passing(reading: Reading, match: Match, is_alone: bool) -> bool:
    """ "After hours of talks": a noun that names nobody and has no clause of its own."""
    tree = reading.tree
    named = (*match.frame.actor, *match.frame.recipient)
    if any(_names_somebody(reading, match, name) for name in named):
        return False
    top = tree.first_conjunct(match.token)
    while tree.deps[top] == "nmod" and tree.preposition(top) == "of":
        top = tree.first_conjunct(tree.heads[top])
    if tree.having(match.token, "acl:relcl", "acl") or set(tree.subtree(top)) & reading.hidden:
        return False
    return tree.deps[top] in _ADJUNCTS or (not is_alone and _is_in_adjunct_clause(reading, top))


def _is_in_adjunct_clause(reading: Reading, noun: int) -> bool:
    """ "Following an offensive" where the parse takes the preposition for a verb."""
    clause = reading.tree.heads[noun]
    is_object = reading.tree.deps[noun] == "obj" and reading.tree.deps[clause] == "advcl"
    return is_object and reading.tree.lowers[clause] == "following"


def _names_somebody(reading: Reading, match: Match, name: str) -> bool:
    """The slot is filled, as doer by more than arms ("the deployment of missiles")."""
    heads = [
        h
        for h in reading.slot(match.token, match.frame.pos, name)
        if h not in reading.hidden and h != match.token
    ]
    if name in match.frame.recipient:
        return bool(heads)
    return not all(reading.kinds.is_weapon(h) for h in heads)


def _identifies(reading: Reading, match: Match) -> bool:
    """ "A man accused of theft", "the group that backs the mayor": tells which one."""
    tree, token = reading.tree, match.token
    if match.frame.event_type in FORCE or tree.lowers[token - 1] == ",":
        return False
    if tree.deps[token] == "acl" and tree.tags[token] == "VBN":
        noun = tree.first_conjunct(tree.heads[token])
        is_clause = any(tree.tags[c] in slots.FINITE for c in tree.having(token, "conj"))
        return tree.heads[noun] != noun and not is_clause and not slots.by_phrase(tree, token)
    token = tree.first_conjunct(token)
    if tree.deps[token] == "xcomp" and tree.tags[token] == "VB":
        token = tree.heads[token]
    return _is_characterising(reading, token)


def _is_characterising(reading: Reading, verb: int) -> bool:
    """A relative clause without a comma, in the simple present, without a date."""
    tree = reading.tree
    if tree.deps[verb] != "acl:relcl" or tree.tags[verb] not in _PRESENT:
        return False
    if tree.having(verb, "aux") or reading.hidden & set(tree.subtree(verb)):
        return False
    subject = tree.having(verb, *slots.SUBJECTS)
    pronoun = subject[0] if subject else -1
    relative = pronoun > 0 and tree.tags[pronoun] in slots.RELATIVE_PRONOUNS
    return relative and tree.lowers[pronoun - 1] != ","
