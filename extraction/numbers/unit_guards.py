"""When a surface that could be something else is a unit: "40C", "6 in", "80p", "20 pounds".

Belongs here: one small question per guard named in `unit_surfaces.tsv`. Does not belong here: the
surfaces themselves and the order in which they are tried.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from typing import NamedTuple

from extraction.numbers.mention import Numeral
from extraction.sentences import Sentence, Token
from extraction.vocabulary import load_table


class Place(NamedTuple):
    """A surface in its sentence: the number, and the token positions of the surface."""

    sentence: Sentence
    tokens: list[Token]
    numeral: Numeral
    first: int
    last: int

    @property
    def attached(self) -> bool:
        """Whether no space stands between the number and the surface (a hyphen may)."""
        if self.first < self.numeral.last:
            return self.tokens[self.last - 1].end == self.numeral.start
        return self.tokens[self.first].start - self.numeral.end <= int(
            self.first > self.numeral.last
        )

    @property
    def hyphened(self) -> bool:
        """Whether a hyphen joins the number to the surface."""
        return self.first == self.numeral.last + 1

    def word(self, position: int) -> str:
        """The token at `position` in lower case; "" outside the sentence."""
        return self.tokens[position].lower if 0 <= position < len(self.tokens) else ""


def _cues(name: str) -> frozenset[str]:
    return frozenset(
        r["word"] for r in load_table("unit_cues", ("cue", "word")) if r["cue"] == name
    )


_MASS = _cues("mass")
_MONEY = _cues("money")
_TEMPERATURE = _cues("temperature")
_MEASURED = _cues("measured")
_NOT_A_CUP = _cues("not_a_cup")
_SURELY_MONEY = 100_000
"""Pounds from which an amount without any cue is money: news weighs less than that in pounds."""


def _pounds_weigh(place: Place) -> bool:
    """Weight or sterling: the nearest cue decides; with none, the hyphen and the size."""
    numeral = place.numeral
    if numeral.magnitude >= 1000 and numeral.form != "fraction":
        return False
    nearest, weighs = len(place.tokens), None
    for position, token in enumerate(place.tokens):
        if token.lower in _MASS or token.lower in _MONEY:
            distance = min(abs(position - place.first), abs(position - place.last))
            if distance < nearest:
                nearest, weighs = distance, token.lower in _MASS
    if weighs is not None:
        return weighs
    return (numeral.value or 0.0) < _SURELY_MONEY


def _temperature_letter(place: Place) -> bool:
    """ "40C" attached, or "12 C" with a word of heat or cold in the sentence."""
    if place.numeral.form != "digits" or abs(place.numeral.value or 0) > 10_000:
        return False
    if place.attached and not place.hyphened:
        return not place.word(place.last)[:1].isdigit()
    return any(token.lower in _TEMPERATURE for token in place.tokens)


def _metre_letter(place: Place) -> bool:
    return _spaced_symbol(place) and not _is_name_part(place)


def _spaced_symbol(place: Place) -> bool:
    """A letter that is a unit only behind digits, and where no capitalised name goes on with it."""
    gap = place.tokens[place.first].start - place.numeral.end
    return place.numeral.form == "digits" and gap <= 1


def _is_name_part(place: Place) -> bool:
    return place.word(place.last)[:1].isdigit() or place.word(place.first - 1) in "'’"


def _inch_letters(place: Place) -> bool:
    """ "6in" and "2 in more or less"; not "50,000 in the city"."""
    if place.numeral.form != "digits":
        return False
    after = place.word(place.last)
    feet_before = place.word(place.numeral.first - 1) in ("ft", "feet", "foot", "'")
    if place.attached or feet_before:
        return True
    return not after[:1].isalnum() or after in ("tall", "wide", "thick", "deep", "x")


def _foot_mark(place: Place) -> bool:
    """ "30'": no quotation that was opened before closes here."""
    return place.attached and _no_open_quote(place, "'‘’")


def _inch_mark(place: Place) -> bool:
    if place.numeral.form not in ("digits", "fraction"):
        return False
    gap = place.tokens[place.first].start - place.numeral.end
    return gap <= 1 and _no_open_quote(place, '"“”')


def _no_open_quote(place: Place, marks: str) -> bool:
    opened = sum(token.text in marks for token in place.tokens[: place.numeral.first])
    return opened % 2 == 0


def _seconds_are_counted(place: Place) -> bool:
    """ "a 4.3 second dash", "one second"; not "the 2 second halves"."""
    return place.numeral.form in ("digits", "words", "fraction")


def _percentage_word(place: Place) -> bool:
    return place.word(place.last) not in ("point", "points")


def _amount(place: Place) -> bool:
    """A currency name that is also a verb or common word needs an amount that looks like money."""
    return place.numeral.magnitude > 1 or (place.numeral.value or 0) >= 100


def _cup(place: Place) -> bool:
    return place.tokens[place.first].text.islower() and place.word(place.last) not in _NOT_A_CUP


def _watts(place: Place) -> bool:
    return place.numeral.form == "digits" and not place.word(place.last)[:1].isdigit()


def _weight(place: Place) -> bool:
    return any(token.lower in _MASS for token in place.tokens)


GUARDS: dict[str, Callable[[Place], bool]] = {
    "": lambda _: True,
    "attached": lambda place: place.attached and place.numeral.form == "digits",
    "attached_before": lambda place: place.attached and place.numeral.form == "digits",
    "attached_cent": lambda place: place.attached and place.numeral.form == "digits",
    "attached_pence": lambda place: (
        place.attached and place.numeral.form == "digits" and place.word(place.last) != "."
    ),
    "cup_noun": _cup,
    "counted_second": _seconds_are_counted,
    "dong_amount": _amount,
    "foot_mark": _foot_mark,
    "glued": lambda place: _glued(place),
    "horse_ps": lambda place: place.numeral.form == "digits",
    "hyphen": lambda place: place.hyphened,
    "inch_letters": _inch_letters,
    "inch_mark": _inch_mark,
    "light": lambda place: place.numeral.form == "digits",
    "mass_pound": _pounds_weigh,
    "metre_letter": _metre_letter,
    "million_code": lambda _: True,
    "money_marks": _amount,
    "money_pound": lambda place: not _pounds_weigh(place),
    "one_drachma": lambda place: place.numeral.value == 1,
    "percentage_word": _percentage_word,
    "rand_amount": _amount,
    "spaced_kelvin": lambda place: _spaced_symbol(place) and not place.attached,
    "spaced_second": lambda place: _spaced_symbol(place) and not _is_decade(place),
    "spaced_symbol": _spaced_symbol,
    "symbol_before_noun": _watts,
    "temperature_letter": _temperature_letter,
    "weight": _weight,
    "won_amount": _amount,
}
"""Guard name → whether the surface at a place is the unit."""


def _glued(place: Place) -> bool:
    """ "km2" written in one: in "6 ft 3 in" the 2 is a number of its own."""
    inner = place.tokens[place.first : place.last]
    return all(a.end == b.start for a, b in pairwise(inner))


def _is_decade(place: Place) -> bool:
    value = place.numeral.value or 0.0
    return place.attached and value % 10 == 0
