"""Whether a date is to come or past, from the words beside it.

Belongs here: the cue words of tense_words.tsv read outwards from a date. Does not belong here:
parses; dates are found before any sentence is parsed.
"""

from __future__ import annotations

from functools import cache

from extraction.sentences import Token
from extraction.vocabulary import load_table

_REACH = 14
"""Tokens looked at on either side: a clause of news text is rarely longer."""


@cache
def _classes() -> dict[str, str]:
    return {row["word"]: row["class"] for row in load_table("tense_words", ("word", "class"))}


def _class_of(token: Token) -> str | None:
    """The class of a token; "they’ll" is one token and of the class of its ending."""
    ending = token.lower[-3:]
    return _classes().get(token.lower) or (_classes().get(ending) if ending[:1] in "'’" else None)


def tense_at(tokens: list[Token], first: int, last: int) -> bool | None:
    """True where the clause around the tokens `first:last` speaks of what is to come, False where
    of what is past, None where neither is said."""
    left = _look_left(tokens, first)
    if left is not None:
        return left
    opens = first == 0 or _class_of(tokens[first - 1]) == "BOUNDARY"
    return _look_right(tokens, last) if opens else None


def _look_left(tokens: list[Token], first: int) -> bool | None:
    """The nearest tense to the left within the clause; an infinitive before the date is to come if
    what governs it looks ahead ("agreed to meet on Monday")."""
    infinitive = False
    for at in range(first - 1, max(-1, first - _REACH - 1), -1):
        token = tokens[at]
        kind = _class_of(token)
        if kind == "BOUNDARY":
            return None
        if kind == "FUTURE":
            return True
        if kind == "PROSPECT" and infinitive:
            return True
        if kind == "SCHEDULE":
            return not (at > 0 and _class_of(tokens[at - 1]) == "PAST")
        passive = at > 0 and tokens[at - 1].lower in ("be", "been")
        if kind in ("PAST", "SAYING") and not passive:
            return False
        infinitive = infinitive or token.lower == "to"
    return None


def _look_right(tokens: list[Token], last: int) -> bool | None:
    """The first tense to the right of a date that opens its clause ("On Monday, they will …")."""
    window = tokens[last : last + _REACH]
    for at, token in enumerate(window):
        kind = _class_of(token)
        if kind in ("FUTURE", "SCHEDULE"):
            return True
        if kind in ("PAST", "SAYING") or token.lower.endswith("ed"):
            return False
        following = window[at + 1].lower if at + 1 < len(window) else ""
        if kind == "PROSPECT" and following == "to":
            return True
        if kind == "BOUNDARY" and at > 1:
            return None
    return None
