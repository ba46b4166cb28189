"""Did it happen, is it happening, will it, would it: read from the clause around a word.

Belongs here: the way from a word up the tree, and which clause speaks for it. Does not belong here:
what one clause says (`tense`, `governors`), claimants and their stance.
"""

from __future__ import annotations

from extraction.events import nominals
from extraction.events.grammar import frames
from extraction.language.tree import Tree
from extraction.modality.governors import denied, governing, negated_too, said_beside
from extraction.modality.tense import has_condition, has_to, is_to, tense_of
from extraction.modality.words import (
    NOTHING,
    Modality,
    happening_verbs,
    is_earlier_level,
    is_held_out,
    words_of,
)

MAX_STEPS = 8
_NOT_YET = frozenset({"planned", "hypothetical"})
_TOPICAL = frozenset({"for", "to", "of", "against", "on"})
_GERUND_PLACES = frozenset({"obj", "obl", "nmod", "nsubj", "csubj", "ccomp"})
_BE = frozenset({"be"})
_ONLY_AS_NOUNS = frozenset({"drive"})
"""Governors as nouns only: "a drive to send", but "drove 300 from their homes"."""


def modality_of(tree: Tree, token: int) -> Modality:
    """What the clause around an event's trigger or a figure's noun says of it."""
    return _verb(tree, token, 0) if tree.is_verb(token) else _noun(tree, token, 0)


def modality_of_clause(tree: Tree, token: int, is_amount: bool = True) -> Modality:
    """What the clause that a noun stands in says: for a number and what it counts.

    `is_amount`: not so for a share ("8% had been pledged"), whose promise has been made.

    Unlike an event's noun, a counted noun takes the tense of whatever verb is over it.
    """
    if _goes_on(tree, token):
        return Modality("ongoing")
    if _was_before(tree, token):
        return Modality("occurred")
    if is_held_out(tree.lowers, token):
        return Modality("hypothetical")
    below = token
    for above in (token, *tree.ancestors(token)):
        if tree.is_verb(above) and tree.deps[above] != "amod":
            clause = _verb(tree, above, 0)
            if clause.status == "occurred" and is_amount and _is_promised(tree, above, below):
                return clause._replace(status="planned")
            if clause.status == "hypothetical" and _is_purpose(tree, above):
                return clause._replace(status="planned")
            return clause
        below = above
        if tree.having(above, "cop"):
            return _noun(tree, above, 0)
    return NOTHING


def _goes_on(tree: Tree, token: int) -> bool:
    """ "dozens of battles occurring there": an event's noun with a participle of its own."""
    counted = [token, *(c for c in tree.having(token, "nmod") if tree.preposition(c) == "of")]
    return any(
        tree.tags[clause] == "VBG" and not tree.having(clause, "obj")
        for noun in counted
        if (tree.lemmas[noun], "n") in frames()
        for clause in tree.having(noun, "acl")
    )


def _was_before(tree: Tree, token: int) -> bool:
    """ "down from eight": the earlier level."""
    ends = [c + 1 for c in tree.having(token, "case")]
    return is_earlier_level(tree.lowers[: ends[0] if ends else token])


def _is_promised(tree: Tree, verb: int, noun: int) -> bool:
    """The amount of a promise, or what somebody asked for."""
    said = words_of("governor").get(tree.lemmas[verb], NOTHING)
    if tree.deps[noun] == "obl" and tree.preposition(noun) == "for":
        return said.status == "hypothetical"
    if tree.lemmas[verb] in _ONLY_AS_NOUNS:
        return False
    return said.status == "planned" and tree.deps[noun] in {"obj", "nsubj:pass", "parataxis"}


def _is_purpose(tree: Tree, verb: int) -> bool:
    """ "appealed for aid to help 100 people": the aim of what is asked for."""
    return tree.tags[verb] == "VB" and tree.deps[verb] == "advcl" and has_to(tree, verb)


def _verb(tree: Tree, verb: int, steps: int) -> Modality:
    found = said_beside(tree, verb).over(negated_too(tree, verb))
    tense = tense_of(tree, verb)
    if tense.status:
        found = found.over(tense)
        if tree.deps[verb] in {"xcomp", "ccomp", "acl"} and not found.polarity:
            above = governing(tree, verb).over(denied(tree, verb))
            found = found.over(above._replace(status=None))
        if found.status == "planned" and has_condition(tree, verb):
            return found._replace(status="hypothetical")
        return found.over(Modality(certainty=governing(tree, verb).certainty))
    if steps > MAX_STEPS or tree.heads[verb] == verb:
        return found
    return found.over(_from_above(tree, verb, steps))


def _from_above(tree: Tree, verb: int, steps: int) -> Modality:
    """An infinitive or participle: what governs it says when it is."""
    head, dep = tree.heads[verb], tree.deps[verb]
    said = governing(tree, verb)
    if dep == "conj":
        return _any(tree, head, steps)._replace(polarity=None)
    if tree.tags[verb] == "VBG" and dep in _GERUND_PLACES and not said.status:
        return Modality("occurred").over(said)
    if dep == "acl" and tree.tags[verb] == "VBN":
        return Modality("occurred").over(said._replace(polarity=None))
    if tree.tags[verb] == "VB" and dep == "advcl" and not said.status:
        purpose = tree.lemmas[head] not in words_of("governor")
        return Modality("planned") if purpose else _any(tree, head, steps)._replace(polarity=None)
    if said.status or said.polarity:
        own = _any(tree, head, steps) if tree.is_verb(head) else NOTHING
        negated = own.polarity if said.polarity is None and dep == "xcomp" else None
        return said.over(Modality(polarity=negated, certainty=own.certainty))
    if tree.is_noun(head) and dep in {"acl", "acl:relcl"}:
        if tree.tags[verb] == "VB":
            return Modality("planned").over(said)
        return _any(tree, head, steps)._replace(polarity=None)
    above = _any(tree, head, steps)
    return above if dep == "xcomp" else above._replace(polarity=None)


def _any(tree: Tree, token: int, steps: int) -> Modality:
    return _verb(tree, token, steps + 1) if tree.is_verb(token) else _noun(tree, token, steps + 1)


def _noun(tree: Tree, noun: int, steps: int) -> Modality:
    found = said_beside(tree, noun)
    if tree.having(noun, "cop"):
        tense = tense_of(tree, noun)
        found = found.over(tense)
        if is_to(tree, noun):
            return found._replace(status="planned")
        if tree.having(noun, "expl") or any(tree.tags[c] == "EX" for c in tree.children[noun]):
            has_been = any(tree.lowers[a] in {"has", "have"} for a in tree.having(noun, "aux"))
            return found._replace(status="ongoing") if has_been else found
        return found
    if any(tree.tags[c] == "VBG" for c in tree.having(noun, "acl")) and not found.status:
        clause = next(c for c in tree.having(noun, "acl") if tree.tags[c] == "VBG")
        if not tree.having(clause, "obj"):
            return found.over(Modality("ongoing"))
    found = found.over(words_of("preposition").get(tree.preposition(noun), NOTHING))
    if steps > MAX_STEPS or tree.heads[noun] == noun or found.status:
        return found
    return found.over(_above_noun(tree, noun, steps))


def _above_noun(tree: Tree, noun: int, steps: int) -> Modality:
    head, dep = tree.heads[noun], tree.deps[noun]
    if dep == "conj":
        return _any(tree, head, steps)._replace(polarity=None)
    said = governing(tree, noun)
    if not tree.is_verb(head):
        if dep == "nmod" and tree.is_noun(head):
            return said if said.status else _noun(tree, head, steps + 1)._replace(polarity=None)
        return said
    if dep == "obj" and len(tree.having(head, "obj")) > 1:
        return NOTHING  # "called the protests a coup"
    if dep in {"obj", "nsubj:pass", "nsubj", "nsubj:outer"}:
        if dep in {"obj", "nsubj:pass"} and (said.status or said.polarity):
            clause = _verb(tree, head, steps + 1)
            return clause if clause.status in _NOT_YET and said.status == "ongoing" else said
        return _carried(tree, head, dep, steps, said)
    if dep == "obl" and said.status and tree.preposition(noun) in _TOPICAL:
        return said
    return NOTHING


def _carried(tree: Tree, verb: int, dep: str, steps: int, said: Modality) -> Modality:
    """A light verb, "there is", or a verb of beginning and going on lends the noun its modality."""
    lemma = tree.lemmas[verb]
    above = _verb(tree, verb, steps + 1)
    if dep in {"nsubj", "nsubj:pass"} and said.status == "ongoing":
        return above._replace(status="ongoing") if above.status in {"occurred", None} else above
    if lemma in nominals.light_verbs() or lemma in happening_verbs():
        return above
    if dep == "nsubj" and lemma in _BE:
        return above
    return Modality(certainty=above.certainty)  # what nobody condemned may have happened
