"""What a percentage, a sum or a measured amount is about.

Belongs here: the nearest noun phrase that names it. Does not belong here: what is counted
(`counted`).
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words, is_nominal, phrase_at, phrase_before
from extraction.numbers.per import past_brackets
from extraction.numbers.surroundings import Surroundings

_APPROX, _CHANGE = counting_words("approx"), counting_words("change")
_PARTITIVE = counting_words("partitive")
_FOLLOWERS = ("of", "in", "for", "worth")
_VERBS = frozenset(("RB", "MD", "VBD", "VBZ", "VBN", "VB", "TO"))
_LONGEST_GAP = 4
_REACH = 12
"""Tokens before the quantity in which its verb is looked for."""


def find_concept(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> None:
    """Set `concept` to the token range of what `quantity` is about; null where nothing is near.

    Behind another number ("rose 4% to $12") it is what that one, `earlier`, is about.
    """
    quantity.concept = _behind(view, quantity) or _before(view, quantity)
    if earlier is not None and _continues(view, quantity, earlier):
        quantity.concept = earlier.concept


def _continues(view: Surroundings, quantity: Quantity, earlier: Quantity) -> bool:
    """Whether nothing of its own leads to the quantity: "rose 4%, to $12"."""
    concept = quantity.concept
    if quantity.unit == earlier.unit and view.word(quantity.first - 1) == "from":
        return True
    if concept is not None:
        return concept[0] < earlier.last <= concept[1]
    gap = view.words(earlier.last, quantity.first)
    return 0 < len(gap) <= _LONGEST_GAP and all(
        word in _APPROX or word in (",", "at", "or") for word in gap
    )


def _behind(view: Surroundings, quantity: Quantity) -> tuple[int, int] | None:
    """ "8% of exports", "$5 billion in aid", "a $1.2 billion (€1.1 billion) aid package"."""
    at = quantity.last
    if quantity.unit == "count" and not view.joined(at):
        return None
    if view.word(at) == "worth" and view.word(at + 1) == "of":
        at += 1
    if view.word(at) == "of" or (view.word(at) == "in" and quantity.dimension == "currency"):
        return _after_preposition(view, at + 1)
    if view.tag(_outer(quantity) - 1) == "DT" or _hyphened(view, quantity):
        phrase = phrase_at(view, past_brackets(view, at))
        return (phrase.first, phrase.last) if phrase else None
    return None


def _after_preposition(view: Surroundings, start: int) -> tuple[int, int] | None:
    at = start
    while view.word(at) in _PARTITIVE:
        at += 1
    phrase = phrase_at(view, at, nominal=at > start)
    return (start, phrase.last) if phrase else None


def _outer(quantity: Quantity) -> int:
    """The position where the quantity begins, approximators included."""
    return quantity.outer_first if quantity.outer_first >= 0 else quantity.first


def _hyphened(view: Surroundings, quantity: Quantity) -> bool:
    return any(view.joined(at) for at in range(quantity.first, quantity.last))


def _before(view: Surroundings, quantity: Quantity) -> tuple[int, int] | None:
    """The noun phrase before the verb or preposition that leads to the quantity."""
    at = max(0, _outer(quantity)) - 1
    while at >= 0 and view.word(at) in _APPROX:
        at -= 1
    start, stop = at, max(-1, at - _REACH)
    while at > stop and _leads(view, at):
        at -= 1
    if at == start and quantity.dimension == "time":
        return None  # "vehicles within 48 hours": the time is not the vehicles'
    phrase = phrase_before(view, at + 1)
    return (_outermost(view, phrase.first), phrase.last) if phrase is not None else None


def _leads(view: Surroundings, at: int) -> bool:
    """Whether the token is a verb or adverb on the way from a subject to its number."""
    return (view.word(at) in _CHANGE or view.tag(at) in _VERBS) and not (
        view.tag(at) == "VB" and is_nominal(view, at)
    )


def _outermost(view: Surroundings, first: int) -> int:
    """Left over "of" and "in" to the head that they depend on: shares of the chipmaker."""
    while first >= 2:
        link = first - 1
        while view.tag(link) in ("DT", "PRP$"):
            link -= 1
        if view.word(link) not in ("of", "in"):
            break
        outer = phrase_before(view, link)
        if outer is None:
            break
        first = outer.first
    return first
