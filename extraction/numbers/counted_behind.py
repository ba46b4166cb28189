"""The noun phrase behind a number: "14 windows", "200 of the villagers".

Belongs here: which words behind a number name what it counts. Does not belong here: nouns that
were named before it (`counted_before`).
"""

from __future__ import annotations

from extraction.numbers.ledger_words import words_with
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import (
    Phrase,
    counting_words,
    is_plural,
    phrase_at,
)
from extraction.numbers.surroundings import QUOTES, Surroundings
from extraction.numbers.unit_words import is_unit_word

_PARTITIVE, _PRONOUNS = counting_words("partitive"), counting_words("pronoun")
_PLURAL_PRONOUNS = frozenset(("them", "these", "those", "us", "you", "whom", "which"))
_INCREMENT, _TAIL = counting_words("increment"), counting_words("tail")
_APPROX, _CONTRAST = counting_words("approx"), counting_words("contrast")
_RELATIVE = counting_words("relative")
_DURATIONS = words_with("duration")
_STATES = counting_words("state")
_NO_NOUNS = frozenset(("strong", "odd", "plus", "fold", "year", "to"))
_BEFORE_A_WHOLE = frozenset(("JJ", "VBN", "POS", "NN", "NNP"))
_LONGEST_WHOLE = 4
_NAMING = frozenset(("NN", "NNS", "JJ"))
_LIST_LINKS = frozenset((",", "and", "or", "to", "&"))
_DUALS = ("kind", "sort", "type")


def phrase_behind(
    view: Surroundings, quantity: Quantity, quantities: list[Quantity]
) -> Phrase | None:
    """The phrase right behind the quantity."""
    share = quantity.unit == "percent" and view.word(quantity.last) == "of"
    if quantity.unit != "count" and not share:
        return _substance(view, quantity)
    at = quantity.last
    if view.joined(at) and view.word(at + 1) in ("plus", "odd"):
        at += 2
    if view.joined(at):
        noun = view.tag(at + 1) not in ("CD", ".") and view.word(at + 1) not in _NO_NOUNS
        return Phrase(at + 1, at + 2, at + 1) if noun else None
    at = _skip_tail(view, at)
    if view.word(at) == "of" or is_part(quantity):
        return _partitive(view, at, share)
    while view.word(at) in _INCREMENT and view.tag(at + 1) not in (".", "IN"):
        at += 1
    phrase = phrase_at(view, at, singular=quantity.value == 1)
    if phrase is not None and _plausible(view, phrase, quantity):
        return phrase
    return _shared(view, quantity, quantities) if phrase is None else None


def is_part(quantity: Quantity) -> bool:
    """Whether the quantity is a share or multiple of something."""
    return quantity.comparator in ("fraction_of", "multiple_of")


def _substance(view: Surroundings, quantity: Quantity) -> Phrase | None:
    """The stuff behind "of": 21 tonnes of medicine; sums and times count nothing."""
    if (
        quantity.dimension in ("currency", "time", "ratio", "length")
        or view.word(quantity.last) != "of"
    ):
        return None
    return _partitive(view, quantity.last, False)


def _skip_tail(view: Surroundings, at: int) -> int:
    """Past closing quotes and "or so", "or more"."""
    while view.text(at) in QUOTES:
        at += 1
    if view.word(at) == "or" and view.word(at + 1) in (*_TAIL, "more", "fewer", "less"):
        at += 2
    elif view.word(at) in ("odd", "plus") or view.spells(at, ("out", "of")):
        at += 1
    return at


def _partitive(view: Surroundings, at: int, share: bool) -> Phrase | None:
    """The phrase of "200 of the villagers", "half the missiles"."""
    at += view.word(at) == "of"
    while view.word(at) in _PARTITIVE or view.text(at) in QUOTES:
        if view.word(at) in _PRONOUNS and view.tag(at + 1) in (
            ".",
            "VBD",
            "VBZ",
            "RB",
            "IN",
            "CC",
            "MD",
        ):
            return None
        at += 1
    if view.word(at) in _PRONOUNS:
        return _apposed(view, at + 1) if view.word(at) in _PLURAL_PRONOUNS else None
    start = _past_number(view, at)
    phrase = phrase_at(view, start, nominal=view.tag(start - 1) in ("DT", "PRP$"))
    if phrase is None or _names_number(view, phrase):
        return None
    if start > at and is_unit_word(view.word(phrase.head)):
        return None  # "double the 4 tonnes"
    if share and not is_plural(view, phrase.head):
        return None
    return phrase


def _names_number(view: Surroundings, phrase: Phrase) -> bool:
    """Whether the phrase names another number: the police count, the organizers' estimate."""
    if view.word(phrase.head) in _RELATIVE or view.word(phrase.head) in _DUALS:
        return True
    after = phrase.last + (view.text(phrase.last) in QUOTES)
    return (
        any(view.word(at) in _RELATIVE for at in (after, after + 1)) and view.tag(after) in _NAMING
    )


def _past_number(view: Surroundings, at: int) -> int:
    """Behind the whole's own number: of the 14 hostages, of the city's 50 districts."""
    for step in range(at, at + _LONGEST_WHOLE):
        numeral = view.owner.get(step)
        if numeral is not None:
            leads = step <= at + 1 or view.tag(step - 1) == "POS"
            return numeral.last if leads and not view.joined(numeral.last) else at
        if view.tag(step) not in _BEFORE_A_WHOLE or view.word(step) == "worth":
            break
    return at


def _apposed(view: Surroundings, at: int) -> Phrase | None:
    """The noun behind "of them": nearly a quarter of them children."""
    phrase = phrase_at(view, at)
    return (
        phrase
        if phrase is not None and phrase.first == phrase.head and is_plural(view, phrase.head)
        else None
    )


def _plausible(view: Surroundings, phrase: Phrase, quantity: Quantity) -> bool:
    """Whether more than one of the head can be counted: a plural, or a noun that is no bare name.

    "17 injured" says what befell them, not who they are.
    """
    if phrase.head == phrase.first and view.word(phrase.head) in _STATES:
        return False
    if view.word(phrase.head) in _DURATIONS and not is_plural(view, phrase.head):
        return False
    if is_plural(view, phrase.head) or quantity.value == 1:
        spelled = quantity.numerals[0].form == "words"  # "one Filipino", but not "Apple 1 Pro"
        bare = phrase.first == phrase.head and view.tag(phrase.head) == "NNP" and not spelled
        return not bare or is_plural(view, phrase.head)
    if view.word(phrase.head).endswith("ing"):
        return False  # a verb: "around 73 raising the prospect"
    return view.tag(phrase.head) == "NN" and view.tag(phrase.first) != "NNP"


def _shared(view: Surroundings, quantity: Quantity, quantities: list[Quantity]) -> Phrase | None:
    """The noun that a list shares: two, four and seven buildings."""
    at = quantity.last
    while view.word(at) in _LIST_LINKS or view.word(at) in _APPROX:
        at += 1
    for other in quantities:
        if other is not quantity and other.first <= at < other.last:
            return _noun_of(view, quantity, other)
    return None


def _noun_of(view: Surroundings, quantity: Quantity, other: Quantity) -> Phrase | None:
    """The noun right behind the other number of a list; "13, five of them children" is no list."""
    if is_part(other) or other.unit != "count" or other.counted is None:
        return None
    if view.word(other.last) == "of" and view.word(other.last + 1) in _PRONOUNS:
        return None
    linked = any(view.word(at) in _LIST_LINKS for at in range(quantity.last, other.first))
    if not linked or other.counted[0] < other.last:
        return None
    return Phrase(*other.counted, other.counted[1] - 1)
