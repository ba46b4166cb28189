"""The words beside a number that say what it measures: verb, participle, noun, toll.

Belongs here: where such a word stands and whether it reaches the number. Does not belong here:
the words themselves (`measure_words.tsv`).
"""

from __future__ import annotations

from extraction.numbers.governors import governor
from extraction.numbers.harm_words import cues, set_phrases
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import QUOTES, Surroundings

_APPROX, _INCREMENT = counting_words("approx"), counting_words("increment")
_TOLL, _CONTRAST = counting_words("toll"), counting_words("contrast")
_AUXILIARIES = counting_words("auxiliary")
_PRONOUNS = counting_words("pronoun")
_BREAKS = frozenset((";", "—", "–", ":"))
_SUBJECT_REACH, _TOLL_REACH = 9, 26
_PERFECT = ("have", "has", "had")
_OBJECTS = frozenset(("DT", "CD", "PRP", "PRP$", "NN", "NNS", "NNP", "JJ"))
_LONGEST_NAMED = 5


def phrase_end(view: Surroundings, quantity: Quantity) -> int:
    """The position behind the quantity, its noun phrase, and "of them"."""
    counted = quantity.counted
    end = counted[1] if counted is not None and counted[0] >= quantity.last else quantity.last
    while view.text(end) in QUOTES and view.text(end):
        end += 1
    if view.word(end) == "of" and view.word(end + 1) in _PRONOUNS:
        end += 2
    if view.word(end) in _INCREMENT or view.word(end) == "others":
        end += 1
    return end


def measure_behind(view: Surroundings, end: int) -> str | None:
    """ "12 dead", "17 people killed", unless the word is a verb with an object of its own."""
    cue = cues().get(view.word(end))
    if cue is None or "post" not in cue.roles:
        return None
    if "object" in cue.roles and _has_object(view, end + 1):
        return None
    return cue.measure


def _has_object(view: Surroundings, at: int) -> bool:
    """Whether a noun phrase or a number follows: two rebels killed at least 10."""
    if view.word(at) in ("at", "as") and view.word(at + 1) not in ("least", "most", "many", "much"):
        return False
    while view.word(at) in _APPROX:
        at += 1
    return view.tag(at) in _OBJECTS


def set_phrase(view: Surroundings, end: int) -> str | None:
    """ "drove 300,000 from their homes", "three men in custody", "50 were taken hostage"."""
    at = end + (view.word(end) in _AUXILIARIES)
    for words, measure in set_phrases().get(view.word(at), ()):
        if view.spells(at, words):
            return measure
    return None


def as_object(view: Surroundings, quantity: Quantity) -> str | None:
    """ "killing at least 12", "the deaths of 12 people", "injuring a guard and 7 others"."""
    at = governor(view, quantity)
    if view.word(at) == "of":
        cue = cues().get(view.word(at - 1))
        return cue.measure if cue is not None and cue.roles & {"toll", "object"} else None
    if view.word(at) == "and":
        at = _past_named(view, at - 1)
    cue = cues().get(view.word(at))
    passive = view.word(at - 1) in _AUXILIARIES and view.word(at - 1) not in _PERFECT
    if cue is not None and "object" in cue.roles and not passive:
        return cue.measure
    return None


def _past_named(view: Surroundings, at: int) -> int:
    """Over one thing that is named, not counted: injuring a guard and 7 others."""
    stop = at - _LONGEST_NAMED
    while at > stop and view.tag(at) in ("NN", "NNP", "JJ"):
        at -= 1
    return at - 1 if view.tag(at) == "DT" else at


def modifier(view: Surroundings, quantity: Quantity) -> str | None:
    """ "18 wounded soldiers"."""
    if quantity.counted is None or quantity.counted[0] < quantity.last:
        return None
    for at in range(quantity.counted[0], quantity.counted[1] - 1):
        cue = cues().get(view.word(at))
        if cue is not None and "modifier" in cue.roles:
            return cue.measure
    return None


def head(view: Surroundings, quantity: Quantity) -> str | None:
    """ "40 fatalities", "11,000 troops"."""
    if quantity.counted is None:
        return None
    cue = cues().get(view.word(quantity.counted[1] - 1))
    if cue is None or "noun" not in cue.roles:
        return None
    return cue.measure


def toll(view: Surroundings, quantity: Quantity) -> str | None:
    """The total named before its verb: "the death toll", "the number of people killed"."""
    if quantity.counted is not None and quantity.counted[0] >= quantity.last:
        return None
    for at in range(quantity.first - 1, max(-1, quantity.first - 1 - _TOLL_REACH), -1):
        word = view.word(at)
        if word in _TOLL:
            quantity.flags.add("total")
            named = cues().get(view.word(at - 1))
            return named.measure if named is not None else "killed"
        cue = cues().get(word)
        if cue is not None and cue.roles & {"toll", "post"} and _names_total(view, at):
            quantity.flags.add("total")
            return cue.measure
        if view.text(at) in _BREAKS:
            return None
    return None


def _names_total(view: Surroundings, at: int) -> bool:
    """Whether "number of" leads to the word, or the word is a plural subject."""
    for step in range(at - 1, max(-1, at - 7), -1):
        if view.word(step) == "of" and view.word(step - 1) in (
            "number",
            "numbers",
            "count",
            "tally",
            "total",
        ):
            return True
        if view.tag(step) in ("VBD", "VBZ", "MD") or view.text(step) in (",", ";"):
            return False
    return view.tag(at) == "NNS" and view.tag(at + 1) in ("VBD", "VBZ", "VBP", "MD", "RB", "TO")
