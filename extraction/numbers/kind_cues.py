"""The words that speak for a kind of quantity: has 900, sent 600, a total of, able to carry.

Belongs here: where such a word stands beside a number. Does not belong here: the words themselves
(`kind_words.tsv`), kinds that follow from unit or measure (`quantity_kinds`).
"""

from __future__ import annotations

from functools import cache

from extraction.numbers.governors import governor
from extraction.numbers.mention import Quantity
from extraction.numbers.noun_phrase import counting_words
from extraction.numbers.surroundings import Surroundings
from extraction.vocabulary import load_table

_AUXILIARIES = counting_words("auxiliary")
_BEFORE_REACH, _SUBJECT_REACH = 6, 12
_LEVELS = ("target", "capacity", "cumulative", "stock")
_ABLE = ("can", "could", "able", "capable", "designed", "enough", "of")


@cache
def _kind_words(where: str) -> dict[str, str]:
    return {
        row["word"]: row["kind"]
        for row in load_table("kind_words", ("word", "kind", "where"))
        if row["where"] == where
    }


def by_words(view: Surroundings, quantity: Quantity) -> str | None:
    """What the verb, the subject or a word before the number says."""
    at = governor(view, quantity)
    if _can(view, at):
        return "capacity"
    if view.tag(at) != "." and view.word(at - 1) not in ("was", "were", "been", "being"):
        kind = _kind_words("verb").get(view.word(at))
        if kind is not None and not _has_participle(view, at):
            return kind
    if view.word(at) in _AUXILIARIES and view.word(at - 1) == "there":
        return "stock"
    if view.word(at) != "by":
        subject = subject_kind(view, quantity)
        own_noun = quantity.counted is not None and quantity.counted[0] >= quantity.last
        if subject in _LEVELS and not (own_noun and subject == "cumulative"):
            return subject
    return _by_word_before(view, quantity)


def _can(view: Surroundings, at: int) -> bool:
    """Whether the verb tells what something can hold: able to carry, can seat."""
    return view.word(at) in _kind_words("able") and any(
        view.word(step) in _ABLE for step in (at - 1, at - 2)
    )


def _by_word_before(view: Surroundings, quantity: Quantity) -> str | None:
    """What a word near before the number says: a total of, plans to."""
    table = _kind_words("before")
    for step in range(quantity.first - 1, max(-1, quantity.first - 1 - _BEFORE_REACH), -1):
        if view.text(step) in (",", ";", "."):
            return None
        if view.word(step) in table:
            return table[view.word(step)]
    return None


def _has_participle(view: Surroundings, at: int) -> bool:
    """Whether "has" is an auxiliary here; right before a number it is not."""
    return view.tag(at + 1) == "VBN"


def subject_kind(view: Surroundings, quantity: Quantity) -> str | None:
    """The kind of the nearest noun before the number's verb."""
    table = _kind_words("subject")
    for at in range(quantity.first - 1, max(-1, quantity.first - 1 - _SUBJECT_REACH), -1):
        if view.text(at) in (",", ";", ".", "—", ":"):
            return None
        kind = table.get(view.word(at))
        if kind is not None:
            return kind
    return None
