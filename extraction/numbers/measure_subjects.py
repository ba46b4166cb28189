"""A number as the subject of what befell those counted: "412 people had been injured".

Belongs here: the way from a number to its verb, past asides and coordinated nouns. Does not
belong here: verbs before the number (`measure_cues`).
"""

from __future__ import annotations

from extraction.numbers.harm_words import cues
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import Surroundings

_AUXILIARIES = counting_words("auxiliary")
_BOUNDS = counting_words("approx")
_ASIDES = frozenset(
    ("including", "among", "mostly", "most", "many", "all", "some", "mainly", "both", "aged")
)
_LONGEST_ASIDE = 14
_LONGEST_PART = 6
"""Tokens from a comma to the "of" of a part: ", four in five of them civilians,"."""
_SUBJECT_REACH, _TOLL_REACH = 9, 26


def as_subject(view: Surroundings, end: int, quantities: list[Quantity]) -> str | None:
    """ "412 people had been injured", "27 were still missing"."""
    auxiliary = False
    end = past_aside(view, end)
    for at in range(end, end + _SUBJECT_REACH):
        word = view.word(at)
        cue = cues().get(word)
        if cue is not None and "subject" in cue.roles and (auxiliary or "object" not in cue.roles):
            return cue.measure
        if cue is not None and "state" in cue.roles and auxiliary:
            return cue.measure
        if word == "among" and auxiliary and view.word(at + 1) == "the":
            among = cues().get(view.word(at + 2))
            return among.measure if among is not None and "among" in among.roles else None
        if word in _AUXILIARIES:
            auxiliary = True
        elif word in ("and", "or") and not auxiliary and _names_more(view, at + 1):
            continue
        elif (
            view.text(at) in (",", ";", "—", "–", ".", "(", "")
            or _other_subject(view, at, quantities)
            or view.tag(at) in ("VBD", "VBZ", "VBP", "CC", "WDT", "VB")
            or (auxiliary and view.tag(at) == "VBN")
        ):
            return None
    return None


def past_aside(view: Surroundings, at: int) -> int:
    """Behind ", including three children," or a bracket; `at` itself where there is none."""
    closer = {",": ",", "(": ")", "—": "—", "–": "–"}.get(view.text(at))
    counted = view.tag(at + 1) == "CD" and any(
        view.word(of) == "of" for of in range(at + 2, at + _LONGEST_PART)
    )
    if closer is None or (closer == "," and view.word(at + 1) not in _ASIDES and not counted):
        return at
    for step in range(at + 1, at + _LONGEST_ASIDE):
        if view.text(step) == closer:
            return step + 1
    return at


def _names_more(view: Surroundings, at: int) -> bool:
    """Whether "and" is followed by one more thing counted or named: two soldiers and a civilian,
    two soldiers and at least 30 others."""
    bounded = at
    while view.word(bounded) in _BOUNDS:
        bounded += 1
    if bounded > at and view.tag(bounded) == "CD":
        return True
    return view.tag(at) in ("DT", "CD", "NNS", "NN") or view.word(at) in ("a", "an", "one")


def _other_subject(view: Surroundings, at: int, quantities: list[Quantity]) -> bool:
    """Whether another number begins here, not joined by "and": the verb is that one's."""
    before = at - 1
    while view.word(before) in _BOUNDS:
        before -= 1
    return any(q.first == at for q in quantities) and view.word(before) not in ("and", "or")
