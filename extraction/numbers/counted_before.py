"""The noun phrase before a number: "the number of troops …", "14 missiles, not 12".

Belongs here: numbers whose noun was said earlier in the sentence. Does not belong here: the
phrase behind a number (`counted_behind`).
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import (
    Phrase,
    counting_words,
    is_plural,
    phrase_at,
    phrase_before,
)
from extraction.numbers.parallels import is_parallel
from extraction.numbers.surroundings import QUOTES, Surroundings

_PARTITIVE, _PRONOUNS = counting_words("partitive"), counting_words("pronoun")
_COUNTING, _CHANGE = counting_words("counting"), counting_words("change")
_APPROX, _CONTRAST = counting_words("approx"), counting_words("contrast")
_COUNT_NAMES_REACH = 24
"""Tokens between "the number of soldiers" and its number."""
_ENDS = frozenset((".", ",", ";", ""))


def phrase_named_before(
    view: Surroundings, quantity: Quantity, quantities: list[Quantity], position: int
) -> Phrase | None:
    """The phrase that was named before the quantity; None where none was."""
    if _is_pronominal(view, quantity.last):
        return None
    return (
        _contrasted(view, quantity, quantities[:position])
        or _of_whole(view, quantities[:position])
        or _counting_name(view, quantity)
        or _subject(view, quantity)
    )


def _is_pronominal(view: Surroundings, at: int) -> bool:
    return view.word(at) == "of" and view.word(at + 1) in _PRONOUNS and view.word(at + 1) != "what"


def _contrasted(view: Surroundings, quantity: Quantity, earlier: list[Quantity]) -> Phrase | None:
    """The noun of the quantity that this one replaces, continues or stands beside."""
    if not earlier or earlier[-1].counted is None or earlier[-1].unit != "count":
        return None
    before = max(earlier[-1].last, earlier[-1].counted[1])
    gap = [w for w in view.words(before, quantity.first) if w not in _APPROX or w in _CONTRAST]
    if (
        _replaces(gap)
        or _is_rival(view, quantity, gap)
        or is_parallel(view, quantity, gap)
        or _repeats_verb(view, quantity, earlier[-1])
        or (
            gap == []
            and view.word(quantity.first - 1) == "to"
            and earlier[-1].counted_head == "vote"
        )
    ):
        return Phrase(*earlier[-1].counted, earlier[-1].counted[1] - 1)
    return None


def _replaces(gap: list[str]) -> bool:
    """14 missiles, not 12; 23 people from 17; 39 cases this year compared with six."""
    if "compared" in gap[-3:]:
        return True
    return len(gap) <= 4 and (
        any(word in _CONTRAST for word in gap[:3]) or gap[-2:] == ["instead", "of"]
    )


def _is_rival(view: Surroundings, quantity: Quantity, gap: list[str]) -> bool:
    """112 seats, its rival 88."""
    verbless = (
        gap[:1] in ([","], ["and"])
        and len(gap) <= 4
        and not any(word in (":", ";") for word in gap)
    )
    nominal = view.tag(quantity.first - 1) in ("NN", "NNP", "NNS", "JJ")
    return verbless and nominal and view.text(quantity.last) in _ENDS


def _repeats_verb(view: Surroundings, quantity: Quantity, earlier: Quantity) -> bool:
    """Cruz has 11 delegates, Rubio has 10."""
    verb = view.word(quantity.first - 1)
    same = verb == view.word(earlier.first - 1) and view.tag(quantity.first - 1).startswith("VB")
    return same and view.text(quantity.last) in (*_ENDS, "and", "or")


def _of_whole(view: Surroundings, earlier: list[Quantity]) -> Phrase | None:
    """The noun of the whole that opens the clause: of the 52 passengers, 31 …"""
    if not earlier or earlier[-1].counted is None or earlier[-1].unit != "count":
        return None
    at = earlier[-1].first - 1
    at -= view.word(at) in _PARTITIVE
    if view.word(at) != "of" or view.tag(at - 1) != ".":
        return None
    return Phrase(*earlier[-1].counted, earlier[-1].counted[1] - 1)


def _counting_name(view: Surroundings, quantity: Quantity) -> Phrase | None:
    """The noun of "the number of …" earlier in the clause."""
    stop = max(0, quantity.first - _COUNT_NAMES_REACH)
    for at in range(quantity.first - 2, stop - 1, -1):
        if view.text(at) in (";", "—", "–") or view.text(at) in QUOTES:
            return None
        if view.word(at) in _COUNTING and view.word(at + 1) == "of":
            phrase = phrase_at(view, _past_partitive(view, at + 2))
            if phrase is None or not is_plural(view, phrase.head) or phrase.last > quantity.first:
                return None
            return phrase
    return None


def _past_partitive(view: Surroundings, at: int) -> int:
    while view.word(at) in _PARTITIVE:
        at += 1
    return at


def _subject(view: Surroundings, quantity: Quantity) -> Phrase | None:
    """The plural subject of "rose to", "totalled": arrivals, deaths."""
    at = quantity.first - 1
    while at > 0 and (view.word(at) in _APPROX or view.tag(at) in ("RB", "TO")):
        at -= 1
    verb = at
    while at > 0 and (
        view.word(at) in _CHANGE or view.tag(at) in ("MD", "VBP", "VBZ", "VBD", "VBN", "RB")
    ):
        at -= 1
    if at == verb or view.word(verb) not in _CHANGE:
        return None
    phrase = phrase_before(view, at + 1)
    if phrase is None or not is_plural(view, phrase.head):
        return None
    return phrase
