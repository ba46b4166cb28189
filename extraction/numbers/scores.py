"""Results: scores of matches, counts of votes, odds.

Belongs here: "3-1", "52-48", "voted 52 to 48". Does not belong here: ranges ("18-24 months").
"""

from __future__ import annotations

from extraction.numbers.ledger_words import Verdict, words_with
from extraction.numbers.mention import Numeral
from extraction.numbers.noun_phrase import counts_plural
from extraction.numbers.surroundings import DASHES, Surroundings
from extraction.numbers.unit_words import is_unit_word

_CONTEST, _VOTES = words_with("contest"), words_with("votes")
_NEAR = 6
"""Tokens on either side in which a word of a result is looked for."""
HIGHEST_SCORE, _HIGHEST_IN_TABLE = 999, 150
_LONGEST_NAME = 3
_ENDS = frozenset((".", ",", ";", "", "("))


def score(view: Surroundings, numeral: Numeral) -> Verdict | None:
    """`score` for either number of a result, else None."""
    for left, right in _pairs(view, numeral):
        if _is_result(view, left, right):
            return "score", "a result: one side's count against the other's"
    if _in_table(view, numeral):
        return "score", "a result: a name and its count beside another"
    return None


def _in_table(view: Surroundings, numeral: Numeral) -> bool:
    """ "Lyon 4 Metz 0": two names, each with a small number behind it, and nothing else."""
    if numeral.form != "digits" or not _is_side(view, numeral):
        return False
    for step in range(numeral.last + 1, numeral.last + _LONGEST_NAME + 2):
        other = view.owner.get(step)
        if other is not None:
            return _is_side(view, other) and view.text(other.last) in _ENDS
        if not view.capital(step - 1) and view.text(step - 1) != ",":
            break
    left = (view.owner.get(numeral.first - step) for step in range(2, _LONGEST_NAME + 2))
    before = next((other for other in left if other is not None), None)
    return before is not None and before.disposition == "score" and view.text(numeral.last) in _ENDS


def _is_side(view: Surroundings, numeral: Numeral) -> bool:
    value = numeral.value
    small = value is not None and value <= _HIGHEST_IN_TABLE and value == int(value)
    return small and view.tag(numeral.first - 1) == "NNP"


def _pairs(view: Surroundings, numeral: Numeral) -> list[tuple[Numeral, Numeral]]:
    """The numeral with a neighbour one hyphen, dash or "to" away, in text order."""
    found = []
    for left_end, right_start, forward in (
        (numeral.last, numeral.last + 1, True),
        (numeral.first - 1, numeral.first - 2, False),
    ):
        if (view.text(left_end) not in DASHES and view.word(left_end) != "to") or not view.text(
            left_end
        ):
            continue
        other = view.owner.get(right_start)
        if other is not None and other is not numeral:
            found.append((numeral, other) if forward else (other, numeral))
    return found


def _is_result(view: Surroundings, left: Numeral, right: Numeral) -> bool:
    low, high = left.value, right.value
    if low is None or high is None or max(abs(low), abs(high)) > HIGHEST_SCORE:
        return False
    if low != int(low) or high != int(high) or left.form != right.form:
        return False
    joined = view.joined(left.last)
    high = abs(high)  # a hyphen without spaces is no minus sign
    if _has_unit(view, right) or (not joined and view.word(left.last) != "to"):
        return False
    if not joined:
        return low >= high and _near(view, left, right, _VOTES)
    if left.form == "words":
        return low >= high and _near(view, left, right, _CONTEST)
    return low >= high or _near(view, left, right, _CONTEST)


def _has_unit(view: Surroundings, right: Numeral) -> bool:
    after = view.text(right.last)
    if view.joined(right.last) and not view.text(right.last + 1).isdecimal():
        return True
    if after in ("%", "°") or (after and is_unit_word(after)):
        return True
    return counts_plural(view, right.last) and view.word(right.last) not in _CONTEST


def _near(view: Surroundings, left: Numeral, right: Numeral, words: frozenset[str]) -> bool:
    around = (
        *range(max(0, left.first - _NEAR), left.first),
        *range(right.last, right.last + _NEAR),
    )
    return any(view.word(at) in words for at in around)
