"""Numbers that repeat the construction of the one before: "five in Texas and two in Oklahoma".

Belongs here: when a number without a noun stands beside another. Does not belong here: what it
takes from that one (`counted`, `measures`).
"""

from __future__ import annotations

from extraction.numbers.mention import Quantity
from extraction.numbers.surroundings import Surroundings

_RELATIVES = frozenset(("who", "whose", "that"))
_LONGEST_PARALLEL = 12


def is_parallel(view: Surroundings, quantity: Quantity, gap: list[str]) -> bool:
    """Whether the number closes a list whose members end alike: "and 55,000 in Japan", "and 9 who".

    `gap` is what stands between the noun before and this number, without approximators.
    """
    if view.word(quantity.last) in _RELATIVES:
        return True
    linked = gap[-1:] in (["and"], [","], ["or"])
    if not linked or not 2 <= len(gap) <= _LONGEST_PARALLEL or ";" in gap:
        return False
    after = view.tag(quantity.last)
    return after == "IN" and view.word(quantity.last) != "of" and view.word(quantity.last) in gap
