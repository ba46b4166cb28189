"""Which date and which place of a sentence belong to a mention in it.

Belongs here: walking from a date or place up to what it modifies. Does not belong here: finding
dates and places, and resolving them.

A date belongs to the nearest event below or beside the word that it modifies; a date of the saying
("said on Monday") belongs to none. A place is taken from the mention's own clause first, then from
the sentence; without one it may be inherited from the sentence before, and then says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypeVar

from extraction.language.tree import Tree
from extraction.modality.words import is_earlier_level
from extraction.rows import Span
from extraction.vocabulary import load_table

Placed = TypeVar("Placed", bound=Span)

FAR = 99
MAX_COMMA = 2
"""Characters between a place and the "where" that describes it."""
IN_SUBJECT = 2
"""What stands inside the subject ("police in A") says less about the act than what follows it."""
_COMPARING = frozenset({"compared"})
_SEQUENCE = frozenset({"after", "before", "since", "until"})
_CLAUSES_BELOW = frozenset({"advcl", "acl", "ccomp", "xcomp"})
_DOWNWARD_TO_CLAUSE = frozenset({"ccomp", "parataxis", "acl:relcl", "advcl", "conj"})


@cache
def locating() -> frozenset[str]:
    """Prepositions of places."""
    return frozenset(row["word"] for row in load_table("locating_prepositions", ("word",)))


def token_of(tree: Tree, span: Span) -> int:
    """The head word of a span: the token whose own head lies outside it; -1 if there is none."""
    inside = [
        t for t in range(len(tree)) if tree.starts[t] < span.end and tree.ends[t] > span.start
    ]
    for token in inside:
        outside = tree.heads[token] not in inside or tree.heads[token] == token
        if outside and tree.deps[token] not in {"case", "punct", "det"}:
            return token
    return inside[-1] if inside else -1


def distance(tree: Tree, mention: int, modifier: int, cues: frozenset[int]) -> int:
    """Steps from a mention to a word that may modify it; FAR where it belongs to something else.

    `cues` are verbs of saying: nothing is reached through them.
    """
    below = {mention: 0}
    for steps, token in enumerate(tree.ancestors(mention), 1):
        if token in cues or steps > 6:
            break
        below[token] = steps
    aside = 0
    for steps, token in enumerate((modifier, *tree.ancestors(modifier))):
        if token in cues:
            return FAR
        if token in below:
            return steps + aside + _weighed(tree, mention, token, below[token])
        aside += IN_SUBJECT if tree.deps[token] in {"nsubj", "nsubj:pass"} else 0
    return FAR


def _weighed(tree: Tree, mention: int, meeting: int, steps: int) -> int:
    """Going up from the mention through a clause boundary costs more than within the clause."""
    cost, token = steps, mention
    while token != meeting:
        cost += 3 if tree.deps[token] in _DOWNWARD_TO_CLAUSE else 0
        token = tree.heads[token]
    return cost


def is_of_another(tree: Tree, mention: int, modifier: int, triggers: frozenset[int]) -> bool:
    """Whether a date belongs to a clause of its own, beside or below the mention's.

    "The war, which began in May, killed 12", "convicted of beating a man in May" (`triggers`: the
    verbs of events), "fell by a half compared with May", "14, up from 11 in May", "killed 12 since
    the war began in May" and "left in May after rebels attacked".
    """
    above = [mention, *tree.ancestors(mention)]
    for token in (modifier, *tree.ancestors(modifier)):
        if token in above:
            return _is_later(tree, above[: above.index(token)])
        dep = tree.deps[token]
        describes = tree.heads[token] == mention and not tree.is_verb(mention)
        if dep in {"acl:relcl", "advcl:relcl"} and not describes:
            return True
        if tree.lowers[token] in _COMPARING or (token in triggers and dep in _CLAUSES_BELOW):
            return True
        if _is_sequel(tree, token) or (token != mention and _is_earlier_level(tree, token)):
            return True
    return False


def _is_sequel(tree: Tree, token: int) -> bool:
    """The verb of a clause with "after", "since", …"""
    marks = tree.having(token, "mark") if tree.deps[token] == "advcl" else []
    return any(tree.lowers[m] in _SEQUENCE for m in marks)


def _is_earlier_level(tree: Tree, token: int) -> bool:
    """The 11 of "14 cities, up from 11 in 2019"."""
    ends = [c + 1 for c in tree.having(token, "case")]
    return bool(ends) and is_earlier_level(tree.lowers[: ends[0]])


def _is_later(tree: Tree, path: list[int]) -> bool:
    """Going up from the mention leads out of an "after …" clause."""
    return any(_is_sequel(tree, token) for token in path)


def dates_of_sayings(tree: Tree, dates: Iterable[Placed], cues: frozenset[int]) -> set[int]:
    """Starts of dates that stand directly with a verb of saying."""
    found = set()
    for date in dates:
        first = tree.at(date.start)
        before = first - 1
        while before >= 0 and tree.lowers[before] in {
            "on",
            "late",
            "early",
            "in",
            "reporters",
            "also",
        }:
            before -= 1
        if before in cues:
            found.add(date.start)
    return found


def nearest(
    tree: Tree,
    mention: int,
    spans: Sequence[Placed],
    tokens: Mapping[int, int],
    cues: frozenset[int],
    limit: int,
) -> Placed | None:
    """The span that belongs to a mention most closely, or None; `tokens`: start → head word."""
    best: tuple[int, int, Placed] | None = None
    for span in spans:
        token = tokens[span.start]
        if token < 0:
            continue
        steps = distance(tree, mention, token, cues)
        key = (steps, abs(token - mention), span)
        if steps < limit and (best is None or key[:2] < best[:2]):
            best = key
    return best[2] if best else None


def place_before_where(tree: Tree, mention: int, spans: Sequence[Placed]) -> Placed | None:
    """ "in A, where rebels attacked": the place that the clause around a mention describes."""
    for token in range(mention - 1, 0, -1):
        if tree.lowers[token] == "where":
            start = tree.starts[token]
            return next((s for s in spans if 0 < start - s.end <= MAX_COMMA), None)
        if tree.lowers[token] in {".", ";"} or tree.deps[token] == "cc":
            break
    return None


def locates(tree: Tree, span: Span) -> bool:
    """The place stands under a locating preposition, in this phrase or the one around it."""
    token = token_of(tree, span)
    before = tree.at(span.start) - 1
    while before >= 0 and tree.tags[before] in {"DT", "JJ"}:
        before -= 1
    if before >= 0 and tree.tags[before] == "IN" and tree.lowers[before] in locating():
        return True
    for _ in range(4):
        if token < 0:
            return False
        preposition = tree.preposition(token)
        if preposition:
            return preposition in locating()
        if tree.heads[token] == token or tree.is_verb(tree.heads[token]):
            return tree.deps[token] == "obj"
        token = tree.heads[token]
    return False
