"""Two numbers that are one: "between 10 and 12", "18-24 months", "3 to 4 percent", "two or three".

Belongs here: which neighbours make one interval, and what they share (unit, magnitude). Does not
belong here: two numbers of one movement ("rose from 3 to 4"), which stay two; bounds.
"""

from __future__ import annotations

from extraction.numbers.change import is_change_verb
from extraction.numbers.compounds import adds_half, adds_minor_unit
from extraction.numbers.mention import Quantity
from extraction.sentences import Sentence, Token

_DASHES = frozenset(("-", "–", "—", "−", "‐", "‑", "~"))
_PLAIN = frozenset(
    (("to",), ("through",), ("-", "to", "-"), ("to", "-"), ("-", "to"), ("til",), ("till",))
)
_AFTER_BETWEEN = frozenset((("and",), ("to",), ("and", "about"), ("and", "around")))
_AFTER_FROM = frozenset(
    (("up", "to"), ("upwards", "to"), ("to", "about"), ("all", "the", "way", "to"))
)
_LAST_OF_LIST = frozenset(
    (("and",), ("or",), (",", "and"), (",", "or"), ("-", "and"), ("-", ",", "and"))
)
_NO_ENDS = frozenset(("multiple", "vague", "zero"))
"""Forms of numerals that are no end of an interval."""
_FARTHEST_VERB = 12
"""Tokens before "from" among which the verb of a movement is looked for."""


def join_ranges(sentence: Sentence, quantities: list[Quantity]) -> list[Quantity]:
    """The quantities with every interval made one; lists that share a unit get it.

    Two ends of a movement stay apart and are flagged `from` and `to`.
    """
    tokens = sentence.tokens
    joined: list[Quantity] = []
    for quantity in quantities:
        if joined and (
            adds_minor_unit(tokens, joined[-1], quantity)
            or adds_half(tokens, joined[-1], quantity)
            or _try_join(tokens, joined[-1], quantity)
        ):
            continue
        joined.append(quantity)
    _share_units(tokens, joined)
    return joined


def _gap(tokens: list[Token], left: Quantity, right: Quantity) -> tuple[str, ...]:
    """The words between two quantities; empty where there are none or too many."""
    if not 0 < right.first - left.last <= 4:
        return ()
    return tuple(token.lower for token in tokens[left.last : right.first])


def _try_join(tokens: list[Token], left: Quantity, right: Quantity) -> bool:
    if left.comparator != "exact" or left.value is None or right.value is None:
        return False
    if left.numerals[-1].form in _NO_ENDS or right.numerals[-1].form in _NO_ENDS:
        return False
    gap = _gap(tokens, left, right)
    if not gap or not _can_share(left, right):
        return False
    kind = _kind_of_gap(tokens, left, gap)
    if kind is None:
        return False
    if kind == "movement":
        left.flags.add("from")
        right.flags.add("to")
        _share_magnitude(left, right)
        _share_unit(left, right)
        return False
    _share_magnitude(left, right)
    if left.value is None or (left.value >= right.value and kind != "between"):
        _share_unit(left, right)  # "leads 52 to 38 percent"
        return False
    if kind == "or" and right.value - left.value != right.numerals[-1].magnitude:
        return False
    _merge(left, right)
    return True


def _kind_of_gap(tokens: list[Token], left: Quantity, gap: tuple[str, ...]) -> str | None:
    """`between`, `to`, `or`, `movement`, or None where the words join nothing."""
    before = tokens[left.first - 1].lower if left.first else ""
    earlier = tokens[left.first - 2].lower if left.first > 1 else ""
    if "between" in (before, earlier) and gap in _AFTER_BETWEEN:
        return "between"
    if len(gap) == 1 and gap[0] in _DASHES:
        return "to"
    if before == "by" and gap == ("to",):
        return None
    started = "from" in (before, earlier)
    if gap in _PLAIN or (started and gap in _AFTER_FROM):
        return "movement" if started and _moves(tokens, left.first) else "to"
    return "or" if gap in (("or",), ("-", "or")) else None


def _moves(tokens: list[Token], first: int) -> bool:
    """Whether a verb of change governs "from" before the token at `first`."""
    return any(
        is_change_verb(token.lower) for token in tokens[max(0, first - _FARTHEST_VERB) : first]
    )


def _can_share(left: Quantity, right: Quantity) -> bool:
    """Whether the units agree or one end leaves its unit to the other."""
    if left.unit == right.unit:
        return True
    if left.unit == "count":
        return left.first == left.numerals[0].first
    return right.unit == "count" and (
        left.first < left.numerals[0].first or "from" in left.flags or left.dimension != "ratio"
    )


def _share_magnitude(left: Quantity, right: Quantity) -> None:
    """ "$2.5-3 billion": the first end takes the magnitude of the second."""
    one, other = left.numerals[-1], right.numerals[-1]
    if left.value is None or right.value is None or one.magnitude > 1 or other.magnitude < 1000:
        return
    if left.value <= right.value / other.magnitude * 2 and left.value < 1000:
        left.value *= other.magnitude


def _scale_start(left: Quantity, right: Quantity) -> None:
    """ "from 24 to 33-35 billion euros": the start takes magnitude and unit of the interval."""
    magnitude = right.numerals[-1].magnitude
    if left.value is None or right.low is None or left.numerals[-1].magnitude > 1:
        return
    if magnitude >= 1000 and left.value < 1000:
        left.value *= magnitude
    _share_unit(left, right)


def _share_unit(left: Quantity, right: Quantity) -> None:
    if left.unit == "count":
        left.unit, left.dimension = right.unit, right.dimension
    elif right.unit == "count":
        right.unit, right.dimension = left.unit, left.dimension


def _merge(left: Quantity, right: Quantity) -> None:
    _share_unit(left, right)
    ends = sorted((left.value or 0.0, right.value or 0.0))
    left.low, left.high = ends
    left.value = None
    left.comparator = "between"
    left.low_inclusive = left.high_inclusive = True
    left.numerals = [*left.numerals, *right.numerals]
    left.last, left.end = right.last, right.end
    left.flags |= right.flags


def _share_units(tokens: list[Token], quantities: list[Quantity]) -> None:
    """ "10, 20 and 30 miles": numbers of one list take the unit that its last one names."""
    for left, right in zip(quantities[-2::-1], quantities[:0:-1], strict=True):
        if "from" in left.flags and right.comparator == "between":
            _scale_start(left, right)
        if left.unit != "count" or right.unit == "count" or left.last != left.numerals[-1].last:
            continue
        gap = _gap(tokens, left, right)
        if gap in _LAST_OF_LIST:
            _share_unit(left, right)
            left.flags.add("list")
            right.flags.add("list")
        elif gap == (",",) and "list" in right.flags:
            _share_unit(left, right)
            left.flags.add("list")
