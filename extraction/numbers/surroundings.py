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
CLOSERS = frozenset(",;:.!?()[]—–")
POSSESSIVE = ("'s", "’s")


class Surroundings:
    """A sentence's tokens, its numerals by token position, and cached answers about its tokens."""

    __slots__ = ("_tags", "owner", "sentence", "tokens")

    def __init__(self, sentence: Sentence, numerals: list[Numeral]) -> None:
        self.sentence = sentence
        self.tokens: list[Token] = sentence.tokens
        self.owner: dict[int, Numeral] = {
            at: numeral for numeral in numerals for at in range(numeral.first, numeral.last)
        }
        self._tags: dict[int, str] = {}

    def word(self, at: int) -> str:
        """The token in lower case; "" beyond either end."""
        return self.tokens[at].lower if 0 <= at < len(self.tokens) else ""

    def text(self, at: int) -> str:
        """The token as written; "" beyond either end."""
        return self.tokens[at].text if 0 <= at < len(self.tokens) else ""

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
        if self.capital(at) and not self.opens(at) and not text.isupper():
            return _capitalised(text)
        return word_class(text) or "."

    def spells(self, first: int, words: tuple[str, ...]) -> bool:
        """Whether the tokens from `first` on are exactly these lower-case words."""
        return all(self.word(first + step) == word for step, word in enumerate(words))


@lru_cache(maxsize=16_384)
def _capitalised(text: str) -> str:
    """A capital inside a sentence makes a name, unless the word is known as an adjective: "Thai"."""
    tag = word_class(text)
    if tag in ("JJ", "NNP", "NNPS", "DT", "PRP", "IN", "CC", "MD", "PRP$"):
        return tag
    return "NNPS" if tag == "NNS" else "NNP"
