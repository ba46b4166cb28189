"""What stands around a number: neighbours, glue, capital letters, word classes.

Belongs here: questions about single tokens of one sentence, each answered in constant time. Does
not belong here: what the answers mean for a number.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from extraction.language.word_classes import word_class
from extraction.numbers.mention import Numeral
from extraction.sentences import Sentence, Token

DASHES = frozenset("-‐‑–−")
QUOTES = frozenset("\"“”'‘’„«»")
LONGEST_ACRONYM = 5
CLOSERS = frozenset(",;:.!?()[]—–")
POSSESSIVE = ("'s", "’s")
_BEFORE_CAPITAL = frozenset(":—–-•*")
_CONTRACTED = frozenset(("DT", "PRP", "WP", "WDT", "EX", "WRB", "IN", "RB", "VB"))
_STAYS_COMMON = frozenset(("JJ", "NNP", "NNPS", "DT", "PRP", "IN", "CC", "MD", "PRP$"))


_MARGIN = ("",) * 64
"""What a look past either end of a sentence finds; no rule looks farther than 40 tokens."""


class Surroundings:
    """A sentence's tokens, its numerals by token position, and cached answers about its tokens."""

    __slots__ = ("_lowers", "_size", "_tags", "owner", "sentence", "text", "tokens", "word")

    def __init__(self, sentence: Sentence, numerals: list[Numeral]) -> None:
        self.sentence = sentence
        self.tokens: list[Token] = sentence.tokens
        self.owner: dict[int, Numeral] = {
            at: numeral for numeral in numerals for at in range(numeral.first, numeral.last)
        }
        self._lowers = sentence.lowers
        self._size = len(self._lowers)
        # Bound tuple accesses: rules ask them some 250 times a sentence, and a position before the
        # start (negative) falls into the margin as one behind the end does.
        self.word: Callable[[int], str] = (self._lowers + _MARGIN).__getitem__
        """The token at a position in lower case; "" beyond either end."""
        self.text: Callable[[int], str] = (sentence.texts + _MARGIN).__getitem__
        """The token at a position as written; "" beyond either end."""
        self._tags: dict[int, str] = {}

    def words(self, first: int, last: int) -> tuple[str, ...]:
        """The tokens from `first` up to `last`, in lower case."""
        return self._lowers[max(first, 0) : max(last, 0)]

    def spells(self, first: int, words: tuple[str, ...]) -> bool:
        """Whether the tokens from `first` on are exactly these lower-case words."""
        return first >= 0 and self._lowers[first : first + len(words)] == words

    def glued(self, at: int) -> bool:
        """Whether token `at` follows its predecessor without a space."""
        return 0 < at < self._size and self.tokens[at - 1].end == self.tokens[at].start

    def joined(self, at: int) -> bool:
        """Whether token `at` is a hyphen or dash without a space on either side."""
        return (
            0 < at < self._size - 1
            and self._lowers[at] in DASHES
            and self.glued(at)
            and self.glued(at + 1)
        )

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text(at)[:1].isupper()

    def opens(self, at: int) -> bool:
        """Whether a capital at `at` is owed to its place: sentence start, after colon or quote."""
        before = at - 1
        while before >= 0 and self.text(before) in QUOTES:
            before -= 1
        if before < 0 or before < at - 1:
            return True
        return self.text(before) in _BEFORE_CAPITAL and not self.joined(before)

    def tag(self, at: int) -> str:
        """The likeliest PTB tag; "CD" inside a numeral, "POS" for "city's", "." for no word."""
        found = self._tags.get(at)
        if found is None:
            found = self._tags[at] = self._tag(at)
        return found

    def _tag(self, at: int) -> str:
        text = self.text(at)
        if not text:
            return "."
        if at in self.owner and self.owner[at].form != "ordinal":
            return "CD"
        if text.endswith(POSSESSIVE):
            stem = word_class(text[:-2]) or "NN"
            return stem if stem in _CONTRACTED else "POS"  # "that's" is "that is"
        if text[0].isupper():
            return self._tag_of_capital(at, text)
        return word_class(text) or "."

    def _tag_of_capital(self, at: int, text: str) -> str:
        """A short word in capitals is an acronym, a capital inside a sentence makes a name."""
        if len(text) == 1 and self.text(at + 1) == "." and self.glued(at + 1):
            return "NNP"  # "U.S."
        if text.isupper():
            if self.sentence.text.isupper():
                return word_class(text) or "."  # a text in capitals: they say nothing
            acronym = 1 < len(text) <= LONGEST_ACRONYM and not self._shouted(at)
            return "NNP" if acronym else word_class(text) or "."
        return word_class(text) or "." if self.opens(at) else _capitalised(text)

    def _shouted(self, at: int) -> bool:
        """Whether a neighbour is a longer word in capitals: a headline, not an acronym."""
        near = (self.text(at - 1), self.text(at + 1))
        return any(len(text) > LONGEST_ACRONYM and text.isupper() for text in near)


@lru_cache(maxsize=16_384)
def _capitalised(text: str) -> str:
    """The tag of a capital inside a sentence: a name, unless known as an adjective ("Thai")."""
    tag = word_class(text)
    if tag in _STAYS_COMMON:
        return str(tag)
    return "NNPS" if tag == "NNS" else "NNP"
