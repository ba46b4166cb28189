"""The denominator of a rate: a day, per barrel, each.

Belongs here: words that make a quantity a rate. Does not belong here: units that are rates
themselves ("miles per hour").
"""

from __future__ import annotations

from extraction.language.lemmas import lemma_of
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words, is_plural
from extraction.numbers.surroundings import Surroundings
from extraction.vocabulary import load_table


def _rate_words(where: str) -> dict[str, str]:
    rows = load_table("rate_words", ("word", "where", "per"))
    return {row["word"]: row["per"] for row in rows if row["where"] == where}


_PER_UNITS, _NO_RATE = counting_words("per_unit"), counting_words("no_rate")
_ADVERBS = _rate_words("adverb")
_NAMES = _rate_words("noun")
_RATE_ADVERBS = frozenset((*_ADVERBS, "each", "every"))
_EACH_REACH = 10
"""Tokens between "each" and its number, or between a number and "each" behind it."""
_ADVERB_REACH = 4
_DETERMINERS = frozenset(("a", "an", "per", "each", "every"))


def find_per(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> None:
    """Set `per` to the lemma of the denominator, unless the unit is a rate itself."""
    if quantity.per is not None or " per " in quantity.unit or "age" in quantity.flags:
        return
    quantity.per = (
        _behind(view, quantity)
        or _adverb(view, quantity, quantities)
        or _each_before(view, quantity, quantities)
    )


def _behind(view: Surroundings, quantity: Quantity) -> str | None:
    """ "a day", "per barrel", "each" behind the quantity, its noun, or brackets."""
    ends = [quantity.last]
    if quantity.counted is not None and quantity.counted[0] >= quantity.last:
        ends.append(quantity.counted[1])
    for end in ends:
        at = past_brackets(view, end)
        found = _denominator(view, at) or _each_behind(view, at, quantity)
        if found:
            return found
    return None


def past_brackets(view: Surroundings, at: int) -> int:
    """Behind "($2.3 million)" or the bracket that closes around the quantity."""
    if view.text(at) == ")":
        return at + 1
    if view.text(at) == "(":
        for step in range(at + 1, at + 8):
            if view.text(step) == ")":
                return step + 1
    return at


def _denominator(view: Surroundings, at: int) -> str | None:
    if view.joined(at) and view.joined(at + 2) and view.word(at + 1) in ("a", "per"):
        unit = view.word(at + 3)  # "a 52,000 barrel-a-day refinery"
        return _NAMES.get(unit, unit) if unit in _PER_UNITS else None
    word, unit = view.word(at), view.word(at + 1)
    if word == "per" and view.tag(at + 1) == "NN" and unit != "cent":
        return _NAMES.get(unit, unit)
    if word not in _DETERMINERS or (unit not in _PER_UNITS and unit not in _NAMES):
        return None
    if word in ("a", "an") and view.word(at + 2) in _NO_RATE:
        return None
    return _NAMES.get(unit, unit)


def _each_behind(view: Surroundings, at: int, quantity: Quantity) -> str | None:
    """ "$5,000 each": the nearest plural before the quantity gets or has it."""
    if view.word(at) not in ("each", "apiece") or view.word(at + 1) == "other":
        return None
    quantity.flags.add("each")
    for step in range(quantity.first - 1, -1, -1):
        if is_plural(view, step) and view.tag(step) != "CD":
            return lemma_of(view.word(step), "NNS")
    return None


def _adverb(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> str | None:
    """ "two daily flights", "battles occurring there daily"."""
    if _RATE_ADVERBS.isdisjoint(view.sentence.lowers):
        return None
    first, last = quantity.counted or (quantity.last, quantity.last)
    if first < quantity.last:
        first = last = quantity.last
    for at in range(first, last + _ADVERB_REACH):
        if view.text(at) in (",", ";", "(") or any(other.first == at for other in quantities):
            return None
        if view.word(at) in ("each", "every") and view.word(at + 1) in _ADVERBS.values():
            return view.word(at + 1)
        if view.word(at) in _ADVERBS and (at < last or view.tag(at + 1) in (".", "IN", "CC", "TO")):
            return _ADVERBS[view.word(at)]
    return None


def _each_before(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> str | None:
    """ "each side freed 18 soldiers", "14 helicopters, each able to carry 24 passengers"."""
    if quantity.dimension in ("time", "ratio") or "each" not in view.sentence.lowers:
        return None
    for at in range(quantity.first - 1, max(-1, quantity.first - 1 - _EACH_REACH), -1):
        if view.text(at) in (";", ".", ")") or any(other.last - 1 == at for other in quantities):
            return None
        if view.word(at) == "each":
            return _each_of(view, at)
    return None


def _each_of(view: Surroundings, at: int) -> str | None:
    after = view.word(at + 1)
    if after in ("other", "of") or after in _ADVERBS.values():
        return after if after in _ADVERBS.values() else None
    if view.tag(at + 1) in ("NN", "NNP") and after in _PER_UNITS:
        return after
    for step in range(at - 1, max(-1, at - _EACH_REACH), -1):
        if is_plural(view, step):
            return lemma_of(view.word(step), "NNS")
    return None
