"""Sentence tokens to date symbols: what class each word or number belongs to.

Belongs here: the class of a token, decided with its neighbours where it is ambiguous ("May", "Sun",
1,999 people). Does not belong here: patterns over classes (`grammar`) and calendar days.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.dates.numerals import number_symbol
from extraction.dates.symbols import OTHER, Symbol
from extraction.sentences import Sentence, Token
from extraction.vocabulary import load_table

_POSSESSIVE = re.compile(r"['’]s$|['’]$")
_SKIPPED = frozenset("[]")
_POSSESSIVES = frozenset(("'s", "’s"))
_AMBIGUOUS = frozenset(("MONTH", "DAYWORD", "NAMED_DAY"))
"""Classes whose words are date words only beside certain others, as are all abbreviations."""
_NO_DATE_WORD = (OTHER, "")
_OTHER = Symbol(OTHER, "", -1, -1)
"""Stands for every word that no date is made of: nobody asks where it is."""
_MOST_REMEMBERED = 50_000
"""Words whose class is remembered, so that a long run doesn't fill the memory."""
_AMBIGUOUS_MONTHS = frozenset(("may", "march", "august"))
_MONTH_LEFT = frozenset(
    ("IN", "SINCE", "BY", "LAST", "NEXT", "THIS", "PART", "OF", "UNTIL", "THROUGH", "DASH", "PREP")
)
_MONTH_LEFT_CASED = _MONTH_LEFT | {
    "FROM",
    "TO",
    "AND",
    "BEFORE",
    "AFTER",
    "BETWEEN",
    "FOR",
    "COMMA",
}


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of date_words.tsv by their first token, and those that a date must have."""

    entries: dict[str, tuple[tuple[tuple[str, ...], str, str], ...]]
    triggers: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The vocabulary, longest entries of a first word first; built once."""
    entries: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
    triggers: set[str] = set()
    for row in load_table("date_words", ("word", "class")):
        words = tuple(row["word"].split())
        entries.setdefault(words[0], []).append((words, row["class"], row["value"]))
        if row["trigger"] == "yes":
            triggers.add(words[-1])
    ordered = {
        first: tuple(sorted(rows, key=lambda row: -len(row[0]))) for first, rows in entries.items()
    }
    return Lexicon(ordered, frozenset(triggers))


def has_trigger(sentence: Sentence) -> bool:
    """Whether a date word, or a number that can be a year or a calendar day, is in the sentence."""
    return any(map(_TRIGGERS.__getitem__, sentence.lowers))


class _Triggers(dict[str, bool]):
    """Word in lower case → whether it makes its sentence worth reading; remembers its answers."""

    def __missing__(self, word: str) -> bool:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        triggers = lexicon().triggers
        if word[0].isdigit():
            answer = len(word) == 4 or len(word) > 7
        else:
            answer = word in triggers or (word[-2:] in _POSSESSIVES and word[:-2] in triggers)
        self[word] = answer
        return answer


_TRIGGERS = _Triggers()


class _Plain(dict[str, tuple[str, str] | None]):
    """Word in lower case → class and value where they are the same in any sentence, else None."""

    def __missing__(self, word: str) -> tuple[str, str] | None:
        if len(self) > _MOST_REMEMBERED:
            self.clear()
        self[word] = answer = self._read(word)
        return answer

    @staticmethod
    def _read(word: str) -> tuple[str, str] | None:
        entries = lexicon().entries.get(word)
        if entries is None:
            plain = not (word[0].isdigit() or word in _SKIPPED or "'" in word or "’" in word)
            return _NO_DATE_WORD if plain else None
        words, kind, value = entries[0]
        settled = len(words) == 1 and kind not in _AMBIGUOUS and not kind.endswith("_ABBR")
        return (kind, value) if settled else None


_PLAIN = _Plain()


def symbols_of(sentence: Sentence) -> list[Symbol]:
    """The sentence as date symbols in order; words that no date is made of are OTHER."""
    tokens = sentence.tokens
    capitals = sentence.text.isupper()
    symbols: list[Symbol] = []
    new = tuple.__new__
    position, count = 0, len(tokens)
    while position < count:
        token = tokens[position]
        text, lower, start, end = token
        plain = _PLAIN[lower]
        if plain is _NO_DATE_WORD:
            symbols.append(_OTHER)
            position += 1
            continue
        if plain is not None:  # most date words: made without a call
            symbols.append(new(Symbol, (*plain, start, end, False)))
            position += 1
            continue
        if text in _SKIPPED:
            position += 1
            continue
        if lower[0].isdigit():
            symbol, width = number_symbol(tokens, position, symbols, capitals)
        else:
            symbol, width = _word_symbol(tokens, position, symbols, capitals)
        symbols.append(symbol)
        position += width
        if symbol.kind == "MONTH" and position < len(tokens) and tokens[position].text == ".":
            position += 1 if tokens[position].start == symbol.end and symbol.is_short else 0
    return symbols


def _word_symbol(
    tokens: list[Token], position: int, before: list[Symbol], capitals: bool
) -> tuple[Symbol, int]:
    token = tokens[position]
    entries = lexicon().entries
    if token.lower not in entries and "'" not in token.lower and "’" not in token.lower:
        return Symbol(OTHER, "", token.start, token.end), 1
    for word in (token.lower, _POSSESSIVE.sub("", token.lower)):
        for words, kind, value in entries.get(word, ()):
            width = len(words)
            if width > 1 and tuple(t.lower for t in tokens[position : position + width]) != words:
                continue
            if not _fits(kind, word, tokens, position, before, capitals):
                break
            end = tokens[position + width - 1].end if width > 1 else token.start + len(word)
            short = kind.endswith("_ABBR")
            return Symbol(kind.removesuffix("_ABBR"), value, token.start, end, short), width
    return Symbol(OTHER, "", token.start, token.end), 1


def _fits(
    kind: str, word: str, tokens: list[Token], position: int, before: list[Symbol], capitals: bool
) -> bool:
    """Whether an ambiguous word is a date word here."""
    token = tokens[position]
    follower = tokens[position + 1] if position + 1 < len(tokens) else None
    number_follows = follower is not None and follower.lower[0].isdigit()
    left = before[-1].kind if before else ""
    if kind == "MONTH" and word in _AMBIGUOUS_MONTHS:
        if not token.text[0].isupper():
            return False
        return (
            number_follows
            or left == "DAYNUM"
            or left in (_MONTH_LEFT if capitals else _MONTH_LEFT_CASED)
            or (word == "august" and not capitals)
        )
    if kind == "MONTH_ABBR":
        dotted = follower is not None and follower.text == "." and follower.start == token.end
        return token.text[0].isupper() and (number_follows or dotted or left == "DAYNUM")
    if kind == "WEEKDAY_ABBR":
        return token.text[0].isupper() and (left == "ON" or _month_near(tokens, position))
    if kind in ("DAYWORD", "NAMED_DAY") and position and not capitals:
        # "Russia Today", "Mary Christmas": a name
        return not (token.text[0].isupper() and tokens[position - 1].text[0].isupper())
    return True


def _month_near(tokens: list[Token], position: int) -> bool:
    for token in tokens[position + 1 : position + 4]:
        entries = lexicon().entries.get(token.lower, ())
        if any(kind.startswith("MONTH") for _, kind, _ in entries):
            return True
    return False
