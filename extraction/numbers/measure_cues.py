"""The words beside a number that say what it measures: verb, participle, noun, toll.

Belongs here: where such a word stands and whether it reaches the number. Does not belong here:
the words themselves (`measure_words.tsv`).
"""

from __future__ import annotations

from extraction.numbers.harm_words import cues
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import QUOTES, Surroundings

_APPROX, _INCREMENT = counting_words("approx"), counting_words("increment")
_TOLL, _CONTRAST = counting_words("toll"), counting_words("contrast")
_AUXILIARIES = counting_words("auxiliary")
_PRONOUNS = counting_words("pronoun")
_BREAKS = frozenset((";", "—", "–", ":"))
_SUBJECT_REACH, _TOLL_REACH = 9, 26
_FLIGHT = (
    ("from", "their", "homes"),
    ("to", "flee"),
    ("from", "their", "home"),
    ("to", "evacuate"),
)


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
    if "object" in cue.roles and view.tag(end + 1) in (
        "DT",
        "CD",
        "PRP",
        "PRP$",
        "NN",
        "NNS",
        "NNP",
        "JJ",
    ):
        return None
    return cue.measure


def fled(view: Surroundings, end: int) -> str | None:
    """ "drove 300,000 from their homes", "forced thousands to flee"."""
    return "displaced" if any(view.spells(end, words) for words in _FLIGHT) else None


def as_object(view: Surroundings, quantity: Quantity) -> str | None:
    """ "killing at least 12", "the deaths of 12 people"."""
    at = quantity.first - 1
    while (
        at >= 0
        and (view.word(at) in _APPROX or view.tag(at) in ("DT", "RB"))
        and view.word(at) != "of"
    ):
        at -= 1
    if view.word(at) == "of":
        cue = cues().get(view.word(at - 1))
        return cue.measure if cue is not None and cue.roles & {"toll", "object"} else None
    cue = cues().get(view.word(at))
    if (
        cue is not None
        and "object" in cue.roles
        and view.word(at - 1) not in _AUXILIARIES - {"have", "has", "had"}
    ):
        return cue.measure
    return None


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
