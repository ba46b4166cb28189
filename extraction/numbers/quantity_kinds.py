"""What kind of quantity a figure is: stock, flow, increment, cumulative, duration, money …

Belongs here: the kinds of the row contract, read from unit, measure and the words around. Does
not belong here: what is measured (`measures`), direction of change (`change`).
"""

from __future__ import annotations

from extraction.numbers.kind_cues import by_words, subject_kind
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import Surroundings

_APPROX, _INCREMENT = counting_words("approx"), counting_words("increment")
_TIME_PER = counting_words("time_per")
_CONTRAST = counting_words("contrast")
_BY_DIMENSION = {"currency": "money", "length": "distance", "time": "duration"}
_PRESENT = ("are", "is", "remain", "remains", "remained")
_SO_FAR = frozenset((("so", "far"), ("to", "date"), ("in", "all"), ("in", "total")))
_OF_ANOTHER = frozenset(("of", "the", "its"))
"""Behind "in all", "to date": the words belong to what follows ("in all the towns")."""
_AGE_WORDS = ("aged", "age", "ages")


def set_kind(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> None:
    """Set `quantity_kind`; null where nothing tells. `earlier` is the quantity before."""
    if quantity.quantity_kind is not None:
        return
    if quantity.unit == "count":
        quantity.quantity_kind = _of_count(view, quantity, earlier)
    elif quantity.unit == "percent":
        quantity.quantity_kind = _of_percent(view, quantity)
    else:
        quantity.quantity_kind = _of_unit(view, quantity)


def _of_unit(view: Surroundings, quantity: Quantity) -> str | None:
    if quantity.dimension == "time" and _is_age(view, quantity):
        return "age"
    if quantity.per in _TIME_PER and quantity.dimension not in ("currency", "time"):
        return "rate"
    if " per " in quantity.unit:
        return "money" if quantity.dimension == "currency" else "rate"
    return _BY_DIMENSION.get(quantity.dimension)


def _is_age(view: Surroundings, quantity: Quantity) -> bool:
    """ "34-year-old", "aged 5", "71" after a name: years that no word for years follows."""
    words = {view.word(at) for at in range(quantity.first, quantity.last + 2)}
    if "age" in quantity.flags or "old" in words or "olds" in words:
        return True
    if view.word(quantity.first - 1) in _AGE_WORDS or view.spells(quantity.last, ("of", "age")):
        return True
    return quantity.unit == "year" and not any(word.startswith(("year", "yr")) for word in words)


def _of_percent(view: Surroundings, quantity: Quantity) -> str | None:
    before = max(0, quantity.outer_first if quantity.outer_first >= 0 else quantity.first) - 1
    if quantity.change is not None and view.word(before) not in ("to", "at", "from"):
        return None  # "fell 2%" is no level
    if view.word(quantity.last) == "of":
        return "share"
    kind = subject_kind(view, quantity)
    return kind if kind in ("rate", "share") else None


def _of_count(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> str | None:
    if quantity.measure == "missing":
        return "stock"
    if quantity.comparator == "fraction_of":
        return (
            "share"
            if quantity.counted is not None and quantity.counted[0] >= quantity.last
            else None
        )
    if quantity.comparator == "multiple_of" and "total" not in quantity.flags:
        return None
    if quantity.per in _TIME_PER:
        return "flow"
    if _is_increment(view, quantity):
        return "increment"
    if "total" in quantity.flags or _so_far(view, quantity):
        return "cumulative"
    return (
        _continued(view, quantity, earlier)
        or by_words(view, quantity)
        or _by_state(view, quantity)
        or _exchange_rate(view, quantity)
        or _happened(view, quantity)
    )


def _happened(view: Surroundings, quantity: Quantity) -> str | None:
    """What befell those counted happened in an event: "23 people were killed", "12 dead"."""
    if "befell" not in quantity.flags or quantity.comparator in ("fraction_of", "multiple_of"):
        return None
    counted = quantity.counted
    at = counted[1] if counted is not None and counted[0] >= quantity.last else quantity.last
    return None if view.word(at) in _PRESENT else "flow"


def _is_increment(view: Surroundings, quantity: Quantity) -> bool:
    after, before = quantity.last, max(0, min(quantity.outer_first, quantity.first)) - 1
    words = {view.word(quantity.first - 1), view.word(before), view.word(after)}
    if quantity.counted is not None and quantity.counted[0] >= after:
        words.update(view.word(at) for at in range(after, quantity.counted[1] - 1))
    if view.word(after) == "more" and view.word(after + 1) == "than":
        return False
    return bool(words & _INCREMENT)


def _so_far(view: Surroundings, quantity: Quantity) -> bool:
    """ "61 people so far", "400 to date", "90 in all"."""
    counted = quantity.counted
    at = counted[1] if counted is not None and counted[0] >= quantity.last else quantity.last
    return any(
        view.words(step, step + 2) in _SO_FAR and view.word(step + 2) not in _OF_ANOTHER
        for step in range(at, at + 3)
    )


def _continued(view: Surroundings, quantity: Quantity, earlier: Quantity | None) -> str | None:
    """ "to 23 from 17", "missing, down from eight": the kind of the number before."""
    if (
        earlier is None
        or earlier.quantity_kind not in ("cumulative", "stock")
        or quantity.unit != earlier.unit
    ):
        return None
    before = max(0, quantity.outer_first if quantity.outer_first >= 0 else quantity.first) - 1
    near = (view.word(quantity.first - 1), view.word(before))
    return earlier.quantity_kind if any(word in _CONTRAST for word in near) else None


def _by_state(view: Surroundings, quantity: Quantity) -> str | None:
    """ "troops were already in", "soldiers were now fighting": a level, not an event."""
    counted = quantity.counted
    at = counted[1] if counted is not None and counted[0] >= quantity.last else quantity.last
    if view.word(at) not in (
        "are",
        "were",
        "is",
        "was",
        "remain",
        "remained",
        "remains",
        "live",
        "stay",
    ):
        return None
    step = at + 1
    while view.tag(step) == "RB" or view.word(step) in ("now", "still", "already", "currently"):
        step += 1
    if view.tag(step) in ("IN", "VBG", "JJ") or view.word(step) in (
        "based",
        "stationed",
        "deployed",
        "held",
    ):
        return "stock"
    return None


def _exchange_rate(view: Surroundings, quantity: Quantity) -> str | None:
    """ "104.5 against the dollar"."""
    if view.spells(quantity.last, ("against", "the")) or view.spells(
        quantity.last, ("to", "the", "dollar")
    ):
        return "rate"
    return None
