"""What a count measures: killed, wounded, detained, missing, displaced, troops.

Belongs here: the order of the questions, and what a number takes from the one before it. Does not
belong here: words beside the number (`measure_cues`), stock or flow (`quantity_kinds`).
"""

from __future__ import annotations

from itertools import pairwise

from extraction.numbers.measure_cues import (
    as_object,
    head,
    measure_behind,
    modifier,
    phrase_end,
    set_phrase,
    toll,
)
from extraction.numbers.measure_subjects import as_subject, past_aside
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.parallels import is_parallel
from extraction.numbers.quantity_kinds import set_kind
from extraction.numbers.surroundings import Surroundings

_APPROX, _INCREMENT = counting_words("approx"), counting_words("increment")
_TOLL, _CONTRAST = counting_words("toll"), counting_words("contrast")
_PRONOUNS = counting_words("pronoun")
_STATES = counting_words("state")
_OF_THE = frozenset(("of", "the", "its", "their", "these", "those", "some", "about"))


def find_measures(view: Surroundings, quantities: list[Quantity]) -> None:
    """Set `measure` and `quantity_kind` of the quantities of one sentence, in text order.

    A number without a word of its own takes the measure of the one that it breaks down, continues
    or replaces: "17 people, including two children". Null where nothing tells.
    """
    for position, quantity in enumerate(quantities):
        earlier = quantities[position - 1] if position else None
        if quantity.unit != "count":
            continue
        if _is_whole(view, quantity, earlier):
            end = phrase_end(view, quantity)
            quantity.measure = measure_behind(view, end) if view.word(end) in _STATES else None
        else:
            quantity.measure = _own(view, quantity, quantities) or _inherited(
                view, quantity, earlier
            )
    for quantity, later in pairwise(quantities):
        if (
            quantity.measure
            and later.measure in (None, "troops")
            and _is_referent(view, quantity, later)
        ):
            later.measure = quantity.measure
    for position, quantity in enumerate(quantities):
        earlier = quantities[position - 1] if position else None
        if quantity.unit != "count" or not _is_whole(view, quantity, earlier):
            set_kind(view, quantity, earlier)


def _is_whole(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> bool:
    """Whether an earlier number takes its part of this one: one of the 14 crew."""
    if earlier is None or earlier.comparator in ("fraction_of", "multiple_of"):
        return False
    gap = [view.word(at) for at in range(earlier.last, quantity.first)]
    gap = gap[1:] if gap[:1] == ["out"] else gap
    return gap[:1] == ["of"] and len(gap) <= 3 and all(word in _OF_THE for word in gap)


def _own(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> str | None:
    """The measure that words beside the quantity give it."""
    end = phrase_end(view, quantity)
    befell = (
        measure_behind(view, end)
        or set_phrase(view, past_aside(view, end))
        or as_subject(view, end, quantities)
        or as_object(view, quantity)
    )
    if befell is not None:
        quantity.flags.add("befell")
        return befell
    return modifier(view, quantity) or toll(view, quantity) or head(view, quantity)


def _inherited(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> str | None:
    """The measure of the quantity that this one breaks down, continues or replaces."""
    if earlier is None or earlier.measure is None:
        return None
    end = phrase_end(view, earlier)
    gap = [view.word(at) for at in range(end, quantity.first)]
    has_own_noun = quantity.counted is not None and quantity.counted[0] >= quantity.last
    told_how = (
        not has_own_noun and gap[-1:] in ([","], ["and"], ["("]) and view.tag(quantity.last) == "RB"
    )
    if "including" in gap or "among" in gap or _of_them(view, quantity) or told_how:
        return earlier.measure
    words = [word for word in gap if word not in _APPROX or word in _CONTRAST]
    if not has_own_noun and (is_parallel(view, quantity, words) or "compared" in words[-3:]):
        return earlier.measure
    if earlier.measure == "troops":
        return None
    if words and all(word in ("and", ",", "or") for word in words) and len(words) <= 2:
        return earlier.measure if _lists(view, quantity, earlier) else None
    if not has_own_noun and words and (words[-1] in _CONTRAST or "from" in words[-3:]):
        return earlier.measure
    if (
        quantity.comparator in ("fraction_of", "multiple_of")
        and words[-1:]
        and words[-1] in (",", "—", "–", "-")
    ):
        return earlier.measure
    return None


def _of_them(view: Surroundings, quantity: Quantity) -> bool:
    return view.word(quantity.last) == "of" and view.word(quantity.last + 1) in _PRONOUNS


def _lists(view: Surroundings, quantity: Quantity, earlier: Quantity) -> bool:
    """Whether both are objects of one verb: "killed five soldiers and two civilians"."""
    return (
        as_object(view, earlier) is not None
        or measure_behind(view, phrase_end(view, quantity)) is not None
    )


def _is_referent(view: Surroundings, quantity: Quantity, later: Quantity) -> bool:
    """Whether `later` is what a share is taken of: half of the 150."""
    if quantity.comparator not in ("fraction_of", "multiple_of"):
        return False
    gap = [view.word(at) for at in range(quantity.last, later.first)]
    return bool(gap) and all(word in ("of", "the", "those", "some", "these") for word in gap)
