"""Mode by the means used, and the ACLED sub-type of an event.

Belongs here: reading means of violence from the event's clause, and choosing the sub-type from
type, mode, means and the kinds of actor on both sides. Does not belong here: PLOVER types.

Order: what the frame says; the means named in the clause; who fought whom; type and mode alone.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from extraction.events.merging import Group, result_verbs
from extraction.language.tree import Tree
from extraction.rows import Entity
from extraction.vocabulary import load_table
from extraction.vocabulary.noun_classes import noun_classes

STATE_FORCES = frozenset({"MIL", "COP", "GOV", "SPY"})
ARMED = frozenset({"MIL", "COP", "REB", "UAF", "SPY"})
CROWD = frozenset({"OPP", "CVL", "EDU", "LAB", "AGR", "REF", "REL"})
FIGHTERS = frozenset({"REB", "UAF", "MIL"})
AGAINST_ONE = frozenset({"targeted", "beat", "torture"})
OPEN_SUBTYPES = frozenset(
    {None, "ATTACK", "ARMED_CLASH", "REM_EXPLOS", "ART_MISS_ATTACK", "AIR_STRIKE"}
)
TERRITORIAL = frozenset({"NON_STATE_ACTOR_OVERTAKES_TER", "GOV_REGAINS_TERIT"})
_CLAUSE_LINKS = frozenset(
    {
        "obj",
        "nmod",
        "obl",
        "nsubj",
        "nsubj:pass",
        "xcomp",
        "advcl",
        "acl",
        "conj",
        "acl:relcl",
        "obl:agent",
        "compound",
    }
)


class Means(NamedTuple):
    """One row of instruments.tsv."""

    word: str
    with_: frozenset[str]
    without: frozenset[str]
    mode: str
    acled: str | None


@cache
def _instruments() -> dict[str, tuple[Means, ...]]:
    found: dict[str, list[Means]] = {}
    for row in load_table("instruments", ("word", "mode")):
        beside = frozenset(filter(None, row["with"].split("|")))
        without = frozenset(filter(None, row["without"].split("|")))
        means = Means(row["word"], beside, without, row["mode"], row["acled"] or None)
        found.setdefault(row["word"], []).append(means)
    return {word: tuple(rows) for word, rows in found.items()}


@cache
def _order() -> dict[Means, int]:
    return {m: place for place, m in enumerate(m for rows in _instruments().values() for m in rows)}


@cache
def _by_mode() -> dict[tuple[str, str], str]:
    return {
        (r["type"], r["mode"]): r["acled"] for r in load_table("acled_subtypes", ("type", "acled"))
    }


def means_of(tree: Tree, token: int) -> Means | None:
    """The means of violence named in the clause of a trigger, the most telling first."""
    words = {tree.lemmas[t] for t in _clause(tree, token)}
    fitting = [
        means
        for word in words
        for means in _instruments().get(word, ())
        if (not means.with_ or words & means.with_) and not words & means.without
    ]
    return min(fitting, key=_order().__getitem__) if fitting else None


def _clause(tree: Tree, token: int) -> list[int]:
    """Tokens of the clause around a trigger, without what is only said or happens beside it."""
    top = token
    for _ in range(6):
        if tree.is_verb(top) and tree.deps[top] not in {"advcl", "acl", "xcomp", "acl:relcl"}:
            break
        if tree.deps[top] not in _CLAUSE_LINKS or tree.heads[top] == top:
            break
        top = tree.heads[top]
    found = [top]
    for member in found:
        found += [
            c
            for c in tree.children[member]
            if tree.deps[c] not in {"ccomp", "parataxis"} or c == token
        ]
    return found


def complete(
    tree: Tree, group: Group, event_type: str, mode: str | None, acled: str | None,
    actors: list[Entity], recipients: list[Entity],
) -> tuple[str | None, str | None]:  # fmt: skip
    """Mode and ACLED sub-type, filled in where the frame left them open."""
    token = group.main.token
    if event_type == "ASSAULT":
        means = means_of(tree, token)
        if means and mode in {None, "explosives", "heavy-weapons", "aerial", "crowd-control"}:
            mode = _more_telling(mode, means)
        sides = _by_sides(tree, token, acled, mode, means, actors, recipients)
        return mode, sides or acled or _by_mode().get((event_type, mode or ""))
    if event_type == "PROTEST" and acled == "PEACE_PROTEST" and _is_violent(tree, token):
        return mode, "VIOL_DEMONSTR"
    if event_type == "COERCE" and mode == "arrest" and _of_crowd(tree, recipients):
        return mode, "PROTEST_WITH_INTER"
    return mode, acled or _by_mode().get((event_type, mode or ""))


def _more_telling(mode: str | None, means: Means) -> str:
    """Suicide and poison say more than explosives, what is thrown more than nothing."""
    if mode is None or means.mode in {"suicide-attack", "unconventional"}:
        return means.mode
    if mode in {"explosives", "heavy-weapons"} and means.mode in {"aerial", "drone"}:
        return means.mode
    if mode == "crowd-control" and means.mode == "unconventional":
        return means.mode
    return mode


class _Sides(NamedTuple):
    """Who fought whom: sectors on both sides, and whether the crowd was hit."""

    acting: frozenset[str | None]
    hit: frozenset[str | None]
    crowd_was_hit: bool


def _by_sides(
    tree: Tree, token: int, acled: str | None, mode: str | None, means: Means | None,
    actors: list[Entity], recipients: list[Entity],
) -> str | None:  # fmt: skip
    """The sub-type that the means or the two sides determine, or None."""
    sides = _Sides(
        frozenset(a.sector for a in actors),
        frozenset(r.sector for r in recipients),
        _of_crowd(tree, recipients),
    )
    if acled in TERRITORIAL and actors:
        return (
            "GOV_REGAINS_TERIT" if sides.acting & STATE_FORCES else "NON_STATE_ACTOR_OVERTAKES_TER"
        )
    if mode == "crowd-control" or (sides.acting & STATE_FORCES and sides.crowd_was_hit):
        return _against_crowd(tree, mode)
    if acled not in OPEN_SUBTYPES:
        return acled
    if means and means.acled:
        return means.acled
    return _between(tree, token, acled, mode, sides)


def _against_crowd(tree: Tree, mode: str | None) -> str:
    """Force that harmed protesters is excessive, whatever was used."""
    harmed = any(lemma in result_verbs() for lemma in tree.lemmas)
    return "FORCE_AGAINST_PROTEST" if harmed or mode != "crowd-control" else "PROTEST_WITH_INTER"


def _between(
    tree: Tree, token: int, acled: str | None, mode: str | None, sides: _Sides
) -> str | None:
    crowd = bool(sides.acting & CROWD) and not sides.acting & ARMED
    if acled == "ARMED_CLASH" and _is_crowd_event(tree, token):
        return "VIOL_DEMONSTR"
    if acled == "ARMED_CLASH" and crowd:
        return "MOB_VIOL"
    if sides.acting & FIGHTERS and sides.hit & ARMED and mode not in AGAINST_ONE:
        return "ARMED_CLASH"
    if crowd:
        return "MOB_VIOL" if _acts_as_mob(tree, token) else acled
    if acled is None and sides.acting & ARMED:
        return "ATTACK" if sides.hit & CROWD else "ARMED_CLASH"
    return acled


def _acts_as_mob(tree: Tree, token: int) -> bool:
    words = {tree.lemmas[t] for t in _clause(tree, token)}
    return bool(words & noun_classes()["MOB"])


def _is_crowd_event(tree: Tree, token: int) -> bool:
    words = {tree.lemmas[t] for t in _clause(tree, token)}
    return bool(words & noun_classes()["PROTESTER"])


def _of_crowd(tree: Tree, entities: list[Entity]) -> bool:
    protesting = noun_classes()["PROTESTER"]
    spans = [(e.start, e.end) for e in entities]
    return any(
        tree.lemmas[t] in protesting and any(s <= tree.starts[t] < e for s, e in spans)
        for t in range(len(tree))
    )


def _is_violent(tree: Tree, token: int) -> bool:
    words = {tree.lemmas[t] for t in _clause(tree, token)}
    return bool(words & noun_classes()["VIOLENTCROWD"])
