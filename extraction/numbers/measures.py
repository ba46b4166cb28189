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
_RESTATING = ([","], ["—"], ["–"], ["-"])
_LONGEST_PART = 4
"""Tokens between a part and its whole: one of the village's 14 men."""
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
    gap = range(earlier.last + (view.word(earlier.last) == "out"), quantity.first)
    if len(gap) == 0 or len(gap) > _LONGEST_PART or view.word(gap[0]) != "of":
        return False
    return all(view.word(at) in _OF_THE or view.tag(at) in ("POS", "NN", "NNP") for at in gap)


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
    gap = view.words(phrase_end(view, earlier), quantity.first)
    words = [word for word in gap if word not in _APPROX or word in _CONTRAST]
    if _is_part(view, quantity, earlier, gap):
        quantity.flags.add("part")
        return earlier.measure
    has_own_noun = quantity.counted is not None and quantity.counted[0] >= quantity.last
    if not has_own_noun and (is_parallel(view, quantity, words) or "compared" in words[-3:]):
        return earlier.measure
    if earlier.measure == "troops":
        return None
    if _is_link(words):
        return earlier.measure if _lists(view, quantity, earlier) else None
    if not has_own_noun and words and (words[-1] in _CONTRAST or "from" in words[-3:]):
        return earlier.measure
    restates = quantity.comparator in ("fraction_of", "multiple_of")
    return earlier.measure if restates and words[-1:] in _RESTATING else None


def _is_link(words: list[str]) -> bool:
    """Whether only a comma or "and" stands between two numbers of a list."""
    return 0 < len(words) <= 2 and all(word in ("and", ",", "or") for word in words)


def _is_part(
    view: Surroundings, quantity: Quantity, earlier: Quantity, gap: tuple[str, ...]
) -> bool:
    """Whether this number breaks the earlier one down: "17 people, including two children"."""
    if "including" in gap or "among" in gap or _of_them(view, quantity):
        return True
    if "part" in earlier.flags and _is_link(list(gap)):
        return True
    has_own_noun = quantity.counted is not None and quantity.counted[0] >= quantity.last
    opens = gap[-1:] in ((",",), ("and",), ("(",))
    return not has_own_noun and opens and view.tag(quantity.last) == "RB"


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
