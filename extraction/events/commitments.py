"""Acts that are the purpose or the content of another act in the same sentence.

Belongs here: telling whose purpose, promise or threat a verb is. Does not belong here: what is only
demanded or refused (`topics`), which nouns belong to a verb (`merging`).

- An act and its purpose of the same type are one ("summoned A to complain"), and so are force and
  what it compels ("fired tear gas to disperse them").
- What protesters demand or condemn is what the protest is for.
- Help or concession that somebody offers or promises is the offer ("offered to send food").
- What somebody threatens to do is the threat, whose mode tells it.
- A promised concession or a threatened act stays a row of its own where a number tells its size
  ("threatened to expel 12 envoys"): the figure needs the act that it sizes.
"""

from __future__ import annotations

from extraction.events import slots
from extraction.events.frames import Match
from extraction.events.reading import Reading
from extraction.language.tree import Tree

HELP = frozenset({"AID", "COOPERATE", "SUPPORT", "CONSULT"})
CONCESSIONS = frozenset({"RETREAT", "CONCEDE"})
FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE", "PROTEST"})
DEMANDS = frozenset({"REQUEST", "ACCUSE"})
MAX_STEPS = 5
_PURPOSES = frozenset({"advcl", "xcomp", "acl"})
_BESIDE = frozenset({"advcl", "xcomp", "acl", "obj", "obl", "conj", "nmod"})
_CLAUSES_APART = frozenset({"advcl", "ccomp", "parataxis", "acl:relcl"})


def committed_to(reading: Reading, match: Match, by_token: dict[int, Match]) -> int | None:
    """The trigger token of the act that a verb is purpose or content of, or None."""
    tree, token = reading.tree, match.token
    for find in (_asked_by_protest, _protested):
        found = find(tree, match, by_token)
        if found is not None:
            return found
    verb = tree.first_conjunct(token)
    head, dep = tree.heads[verb], tree.deps[verb]
    if head == verb or dep not in {*_PURPOSES, "ccomp"}:
        return None
    over = by_token.get(head)
    if over is None and not tree.is_verb(head):
        head = tree.heads[head]
        over = by_token.get(head)
    if over is None or head > token:
        return None
    if dep != "ccomp" and verb == token and _is_means_of(tree, token, match, over):
        return head
    return head if _is_content(reading, verb, match, over) else None


def _is_means_of(tree: Tree, token: int, match: Match, over: Match) -> bool:
    """The same type, or force with what it compels."""
    pair = (over.frame.event_type, match.frame.event_type)
    return _is_purpose(tree, token) and (pair[0] == pair[1] or pair == ("ASSAULT", "COERCE"))


def _is_purpose(tree: Tree, token: int) -> bool:
    """An infinitive with "to" and no subject of its own."""
    marked = any(tree.lowers[m] == "to" for m in tree.having(token, "mark"))
    return marked and not tree.having(token, *slots.SUBJECTS)


def _is_content(reading: Reading, verb: int, match: Match, over: Match) -> bool:
    """The act is what the verb over it, at the same time, promises or threatens."""
    tree = reading.tree
    kind, wanted = over.frame.event_type, match.frame.event_type
    if tree.tags[verb] != "VB" or tree.is_noun(over.token) or kind not in {"AGREE", "THREATEN"}:
        return False
    if tree.deps[verb] == "ccomp" and kind == "THREATEN":
        return False
    if kind == "AGREE" and wanted in HELP:
        return verb == match.token
    fits = kind == "THREATEN" or wanted in CONCESSIONS
    return fits and not is_sized(reading, match.token)


def is_sized(reading: Reading, token: int) -> bool:
    """A number, not of a date, stands in the act's own clause."""
    tree = reading.tree
    found = [token]
    for member in found:
        found += [c for c in tree.children[member] if tree.deps[c] not in _CLAUSES_APART]
    return any(tree.tags[t] == "CD" and t not in reading.hidden for t in found)


def _asked_by_protest(tree: Tree, match: Match, by_token: dict[int, Match]) -> int | None:
    """ "marched, joining others in demanding …", "stormed the hall, smashing windows"."""
    kind, token = match.frame.event_type, match.token
    asks = kind in DEMANDS and tree.tags[token] in {"VB", "VBG"}
    breaks = match.frame.mode == "destroy" and tree.tags[token] == "VBG"
    if not (asks or breaks) or tree.having(token, *slots.SUBJECTS):
        return None
    kinds = {"PROTEST", "COERCE"} if asks and _is_purpose(tree, token) else {"PROTEST"}
    below = token
    for above in list(tree.ancestors(token))[:MAX_STEPS]:
        if tree.deps[below] not in _BESIDE:
            return None
        over = by_token.get(above)
        if over is not None and over.frame.event_type in kinds and above < token:
            return above
        below = above
    return None


def _protested(tree: Tree, match: Match, by_token: dict[int, Match]) -> int | None:
    """ "A march staged by students to protest": the protest named last before it."""
    token = match.token
    if match.frame.event_type != "PROTEST":
        return None
    head = tree.heads[token]
    if tree.deps[token] == "acl" and tree.tags[token] == "VBN" and head in by_token:
        return head if by_token[head].frame.event_type == "PROTEST" else None
    if not _is_purpose(tree, token):
        return None
    before = [t for t, m in by_token.items() if t < token and m.frame.event_type == "PROTEST"]
    return max(before, default=None)
