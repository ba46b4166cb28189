"""Which of several places of one name is meant.

Belongs here: the choice, and the refusal to choose. Does not belong here: finding the name.
"""

from __future__ import annotations

import math
from collections import Counter

from extraction.places.gazetteer import Entry

_SMALL = 100_000
"""A city below this size in a country that the article never names needs a word like "in" before
it."""
_KIND_BONUS = {
    "country": 6.0,
    "capital": 2.0,
    "region": 1.5,
    "state": 1.0,
    "continent": 4.0,
    "sea": 4.0,
    "area": 2.0,
}
_EVIDENCE_BONUS = 3.0
_MAIN_BONUS = 1.5


def choose(entries: list[Entry], countries: Counter[str], is_expected: bool) -> Entry | None:
    """The likeliest place; None where none is likely enough to be believed.

    `is_expected`: a preposition, a word like "town", or the parser's entity says that a place
    stands here.
    """
    ranked = sorted(entries, key=lambda e: (-_weight(e, countries), e.geonames_id or 0, e.name))
    best = ranked[0]
    if best.kind not in ("city", "capital", "point") or is_expected:
        return best
    is_known = best.country in countries
    if best.is_word or not best.is_main:
        return best if is_known and not best.is_word else None
    return best if is_known or best.population >= _SMALL else None


def _weight(entry: Entry, countries: Counter[str]) -> float:
    weight = _KIND_BONUS.get(entry.kind, 0.0) + math.log10(entry.population + 10)
    if entry.country and entry.country in countries:
        weight += _EVIDENCE_BONUS + math.log10(countries[entry.country])
    return weight + (_MAIN_BONUS if entry.is_main else 0.0)
