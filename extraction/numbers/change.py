"""Whether a number rose or fell: "up 4%", "cut by 50 points", "fell to 12", "40% lower", "doubled".

Belongs here: the direction that the words of the same clause give a number. Does not belong here:
what moved, and stock against flow (`measures`).
"""

from __future__ import annotations

from itertools import pairwise

from extraction.numbers.mention import Quantity
from extraction.numbers.number_words import WORDS, words_in
from extraction.sentences import Sentence, Token
from extraction.vocabulary import load_table

_FARTHEST = 14
"""Tokens before "by" or "to" among which the word of change is looked for."""


_FARTHEST_OF_COUNTS = {"by": 3, "to": 9}
"""The same for counts, which more often follow another verb: "thrown by two men"."""
_LONGEST_APPOSITION = 4
"""Tokens between two wordings of one change: ", or", "positions or"."""


def _directions(*parts: str) -> dict[str, str]:
    return {
        row["word"]: row["direction"]
        for row in load_table("change_words", ("word", "direction", "part"))
        if row["part"] in parts
    }


_VERBS = _directions("verb")
_BEFORE = _directions("verb", "particle")
_OF = _directions("noun")
_ANY = _directions("verb", "noun", "particle")
_BEHIND = _directions("particle", "behind")
_NO_MOVEMENT = words_in("no_movement")
_TRANSITIVE = words_in("transitive_change")
_RAISING = words_in("raising")
_POINTS = words_in("points")
_BRING, _TOTALS = words_in("bring"), words_in("total")
_PHRASAL = words_in("phrasal_verb")
_BARRIERS = frozenset(";:")
_CONJUNCTIONS = words_in("conjunction")


def is_change_verb(word: str) -> bool:
    """Whether `word` (lower case) is a verb of change."""
    return word in _VERBS


def read_change(sentence: Sentence, quantity: Quantity) -> None:
    """Set `change` to `up` or `down` where the words say so; the start of a movement has none."""
    if quantity.change is not None:
        return
    tokens = sentence.tokens
    numeral = quantity.numerals[0]
    if numeral.form == "multiple" and _kind(tokens, numeral.first) in ("grows", "halves", "fold"):
        halved = _kind(tokens, numeral.first) == "halves"
        quantity.change = "down" if halved else "up"
        return
    quantity.change = _before(tokens, quantity) or _behind(sentence, quantity)


def share_change(sentence: Sentence, quantities: list[Quantity]) -> None:
    """ "lost 30 points, or 2%": the second wording of a change changes the same way."""
    tokens = sentence.tokens
    for left, right in pairwise(quantities):
        if left.change is None or right.change is not None or left.unit == right.unit:
            continue
        gap = [token.lower for token in tokens[left.last : right.outer_first]]
        if gap and gap[-1] == "or" and len(gap) <= _LONGEST_APPOSITION:
            right.change = left.change


def _kind(tokens: list[Token], position: int) -> str:
    word = WORDS.get(tokens[position].lower)
    return word.kind if word else ""


def _word(tokens: list[Token], position: int) -> str:
    return tokens[position].lower if 0 <= position < len(tokens) else ""


def _before(tokens: list[Token], quantity: Quantity) -> str | None:
    position = max(0, min(quantity.first, quantity.outer_first))
    before = _word(tokens, position - 1)
    if before == "from":
        return None
    if before in _BEFORE:
        if _word(tokens, position - 2) in _PHRASAL or not _moves_itself(tokens, quantity, before):
            return None
        return _BEFORE[before]
    if before.endswith("ly") or before == "another":
        return _BEFORE.get(_word(tokens, position - 2))
    if before in ("by", "to") and _word(tokens, position - 2) not in _NO_MOVEMENT:
        return _moved(tokens, quantity, position - 1, before)
    if before == "of":
        return _OF.get(_word(tokens, position - 2))
    return None


def _total_brought(tokens: list[Token], position: int) -> str | None:
    """ "bring the number of wells to 61": the total goes up."""
    near = [token.lower for token in tokens[max(0, position - _FARTHEST) : position]]
    brought = next((at for at, word in enumerate(near) if word in _BRING), None)
    return "up" if brought is not None and not _TOTALS.isdisjoint(near[brought:]) else None


def _moves_itself(tokens: list[Token], quantity: Quantity, verb: str) -> bool:
    """Whether the number says by how much: "gained 3%", "lost 40 points", not "lost 40 men"."""
    if verb in _RAISING:
        return False
    if verb not in _TRANSITIVE or quantity.dimension in ("ratio", "currency"):
        return True
    return _word(tokens, quantity.last) in _POINTS


def _moved(tokens: list[Token], quantity: Quantity, position: int, preposition: str) -> str | None:
    """The direction of "rose … by 3%", "fell … to 12", where the preposition is at `position`."""
    if preposition == "to" and tokens[position - 1].text[0].isdecimal():
        return _nearest(tokens, position, _ANY, _FARTHEST) if "to" in quantity.flags else None
    counted = quantity.unit == "count"
    reach = _FARTHEST_OF_COUNTS[preposition] if counted else _FARTHEST
    found = _nearest(tokens, position, _ANY, reach)
    return found or (_total_brought(tokens, position) if preposition == "to" else None)


def _nearest(tokens: list[Token], position: int, words: dict[str, str], reach: int) -> str | None:
    """The nearest word of change at most `reach` tokens before `position` in the same clause."""
    for token in reversed(tokens[max(0, position - reach) : position]):
        if token.text in _BARRIERS:
            return None
        if token.lower in words:
            return words[token.lower]
    return None


def _behind(sentence: Sentence, quantity: Quantity) -> str | None:
    """ "4% lower", "40% below its level", "52 remain, down from 60"."""
    tokens = sentence.tokens
    position = max(quantity.last, quantity.outer_last)
    after = _word(tokens, position)
    if after in _BEHIND and _word(tokens, position + 1) != "to":
        return _BEHIND[after]
    if "from" not in sentence.lowers:
        return None
    for ahead in range(position, min(position + 6, len(tokens) - 1)):
        if tokens[ahead].lower in ("up", "down") and tokens[ahead + 1].lower == "from":
            return "up" if tokens[ahead].lower == "up" else "down"
        if tokens[ahead].text in _BARRIERS or tokens[ahead].lower in _CONJUNCTIONS:
            return None
    return None
