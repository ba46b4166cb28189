"""Which row of the vocabulary fits a trigger in its sentence.

Belongs here: the conditions of a frame, and the choice of the first frame whose conditions hold.
Does not belong here: finding what fills a slot (`reading`), telling what a noun is (`kinds`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from extraction.events import nominals, slots
from extraction.events.grammar import NO_EVENT, Condition, Frame, frames
from extraction.events.reading import NOMINAL, Reading

_NEGATIONS = frozenset({"not", "n't", "n’t", "never"})
_INDEFINITE = frozenset({"a", "an", "no"})
_ABILITY = frozenset({"can", "ca", "could"})
_NAMES = frozenset({"NNP", "NNPS"})
_NEVER = frozenset({"flat", "fixed", "case", "mark", "aux", "cop"})
MAX_GAP = 4
"""Words between a verb and its particle ("call the talks off")."""


class Match(NamedTuple):
    """A trigger with its frame: the trigger's first and last token."""

    token: int
    last: int
    frame: Frame


def match(reading: Reading, token: int) -> Match | None:
    """The event that a token triggers, or None."""
    if token in reading.hidden or _only_describes(reading, token):
        return None
    tree, pos = reading.tree, reading.word_class(token)
    lemma = tree.lowers[token] if pos == "n" and tree.is_verb(token) else tree.lemmas[token]
    for frame in frames().get((lemma, pos), ()):
        last = _last_token(reading, token, frame)
        if last >= 0 and all(_holds(reading, token, pos, c) for c in frame.conditions):
            return None if frame.event_type == NO_EVENT else Match(token, last, frame)
    return None


def _only_describes(reading: Reading, token: int) -> bool:
    """A word of another noun's name: "truce monitors", "alleged crimes", "Peace Now"."""
    tree, dep = reading.tree, reading.tree.deps[token]
    if dep in {"amod", "compound"}:
        return tree.heads[token] != token
    if dep in _NEVER:
        return True
    if tree.tags[token] == "VBN" and dep in NOMINAL:
        return not tree.having(token, "aux", "aux:pass")
    if token == 0 or tree.tags[token] not in _NAMES or tree.words[token].isupper():
        return False
    before = token - 1
    named = tree.tags[before] in _NAMES and tree.deps[before] in {"compound", "amod", "flat"}
    return named and tree.words[token][:1].isupper()


def _last_token(reading: Reading, token: int, frame: Frame) -> int:
    """Last token of the trigger: its particle where it has one; -1 where that is missing."""
    if not frame.particle:
        return token
    tree = reading.tree
    for child in (*tree.children[token], token + 1):
        is_near = token < child < min(len(tree), token + MAX_GAP + 1)
        if is_near and tree.lowers[child] == frame.particle:
            return child
    return -1


def _holds(reading: Reading, token: int, pos: str, condition: Condition) -> bool:
    form = _FORMS.get(condition.slot)
    if form is not None:
        return form(reading, token, condition) == condition.wanted
    filled = reading.slot(token, pos, condition.slot)
    if not condition.names_words:
        return bool(filled) == condition.wanted
    if condition.slot == "subj" and not condition.wanted and filled:
        filled = [*filled, *range(filled[0], token)]
    return any(reading.kinds.is_one_of(t, condition) for t in filled) == condition.wanted


def _is_passive(reading: Reading, token: int, _: Condition) -> bool:
    return slots.is_passive(reading.tree, token)


def _is_plural(reading: Reading, token: int, _: Condition) -> bool:
    return reading.tree.tags[token].endswith("S")


def _is_definite(reading: Reading, token: int, _: Condition) -> bool:
    before = reading.tree.having(token, "det", "nmod:poss")
    return any(reading.tree.lowers[c] not in _INDEFINITE for c in before)


def _is_negated(reading: Reading, token: int, _: Condition) -> bool:
    return any(reading.tree.lowers[c] in _NEGATIONS for c in reading.tree.children[token])


def _is_joint(reading: Reading, token: int, _: Condition) -> bool:
    """Two states do it together."""
    heads = slots.subjects(reading.tree, token)
    named = {e.country for h in heads for e in reading.phrases.entities(h) if e.country}
    return len(named) > 1 or bool(nominals.prepositional(reading.tree, token, "with"))


def _has_modal(reading: Reading, token: int, condition: Condition) -> bool:
    """A modal of the clause below ("said that A must …")."""
    below = slots.complement(reading.tree, token)
    auxiliaries = reading.tree.having(below, "aux") if below >= 0 else []
    return any(reading.tree.lowers[a] in condition.words for a in auxiliaries)


def _states_fact(reading: Reading, token: int, _: Condition) -> bool:
    """The clause below tells what is or was ("that the water was bad", "may have died")."""
    tree, below = reading.tree, slots.complement(reading.tree, token)
    if below < 0 or below < token:
        return False
    helpers = tree.having(below, "aux", "aux:pass", "cop")
    if any(tree.lemmas[h] == "have" for h in helpers):
        return True
    if any(tree.tags[h] == "MD" for h in helpers):
        return False
    return any(tree.tags[t] in slots.FINITE for t in (below, *helpers))


def _is_able(reading: Reading, token: int, _: Condition) -> bool:
    tree = reading.tree
    return any(tree.lowers[a] in _ABILITY for a in tree.having(token, "aux"))


def _is_free(reading: Reading, token: int, _: Condition) -> bool:
    return nominals.light_verb_over(reading.tree, token) < 0


def _has_light_verb(reading: Reading, token: int, condition: Condition) -> bool:
    verb = nominals.light_verb_over(reading.tree, token)
    wanted = condition.words if condition.names_words else nominals.light_verbs()
    return verb >= 0 and reading.tree.lemmas[verb] in wanted


_FORMS: dict[str, Callable[[Reading, int, Condition], bool]] = {
    "passive": _is_passive,
    "plural": _is_plural,
    "the": _is_definite,
    "negated": _is_negated,
    "fact": _states_fact,
    "able": _is_able,
    "joint": _is_joint,
    "modal": _has_modal,
    "free": _is_free,
    "light": _has_light_verb,
}
"""Slots that are no argument but the trigger's own form."""
