"""What stands around a number: neighbours, glue, capital letters, word classes.

Belongs here: questions about single tokens of one sentence, each answered in constant time. Does not
belong here: what the answers mean for a number.
"""

from __future__ import annotations

from functools import lru_cache

from extraction.language.word_classes import word_class
from extraction.numbers.mention import Numeral
from extraction.sentences import Sentence, Token

DASHES = frozenset("-‐‑–−")
QUOTES = frozenset("\"“”'‘’„«»")
LONGEST_ACRONYM = 5
CLOSERS = frozenset(",;:.!?()[]—–")
POSSESSIVE = ("'s", "’s")


_MARGIN = 64
"""Empty places beyond either end of a sentence, so that a look past it needs no test; rules look at
most 40 tokens far."""
_EDGE = ("",) * _MARGIN


class Surroundings:
    """A sentence's tokens, its numerals by token position, and cached answers about its tokens."""

    __slots__ = ("_lower", "_tags", "_text", "owner", "sentence", "tokens")

    def __init__(self, sentence: Sentence, numerals: list[Numeral]) -> None:
        self.sentence = sentence
        self.tokens: list[Token] = sentence.tokens
        self.owner: dict[int, Numeral] = {
            at: numeral for numeral in numerals for at in range(numeral.first, numeral.last)
        }
        self._tags: dict[int, str] = {}
        self._lower = (*_EDGE, *[token.lower for token in self.tokens], *_EDGE)
        self._text = (*_EDGE, *[token.text for token in self.tokens], *_EDGE)

    def word(self, at: int) -> str:
        """The token in lower case; "" beyond either end."""
        return self._lower[at + _MARGIN]

    def text(self, at: int) -> str:
        """The token as written; "" beyond either end."""
        return self._text[at + _MARGIN]

    def glued(self, at: int) -> bool:
        """Whether token `at` follows its predecessor without a space."""
        return 0 < at < len(self.tokens) and self.tokens[at - 1].end == self.tokens[at].start

    def joined(self, at: int) -> bool:
        """Whether token `at` is a hyphen or dash without a space on either side."""
        return (
            self.text(at) in DASHES
            and self.text(at) != ""
            and self.glued(at)
            and self.glued(at + 1)
        )

    def capital(self, at: int) -> bool:
        """Whether the token begins with a capital letter."""
        return self.text(at)[:1].isupper()

    def opens(self, at: int) -> bool:
        """Whether a capital at `at` is owed to its place: sentence start, after a colon, quote or dash."""
        before = at - 1
        while before >= 0 and self.text(before) in QUOTES:
            before -= 1
        if before < 0 or before < at - 1:
            return True
        return self.text(before) in ":—–-•*" and not self.joined(before)

    def tag(self, at: int) -> str:
        """The likeliest word class of the token; "CD" inside a numeral, "POS" for "city's", else "."."""
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
            return "POS"
        if text.isupper() and 1 < len(text) <= LONGEST_ACRONYM and not self._shouted(at):
            return "NNP"
        if self.capital(at) and not self.opens(at) and not text.isupper():
            return _capitalised(text)
        return word_class(text) or "."

    def _shouted(self, at: int) -> bool:
        """Whether a neighbour is a longer word in capitals: a headline, not an acronym."""
        near = (self.text(at - 1), self.text(at + 1))
        return any(len(text) > LONGEST_ACRONYM and text.isupper() for text in near)

    def spells(self, first: int, words: tuple[str, ...]) -> bool:
        """Whether the tokens from `first` on are exactly these lower-case words."""
        return self._lower[first + _MARGIN : first + _MARGIN + len(words)] == words


@lru_cache(maxsize=16_384)
def _capitalised(text: str) -> str:
    """A capital inside a sentence makes a name, unless the word is known as an adjective: "Thai"."""
    tag = word_class(text)
    if tag in ("JJ", "NNP", "NNPS", "DT", "PRP", "IN", "CC", "MD", "PRP$"):
        return tag
    return "NNPS" if tag == "NNS" else "NNP"
