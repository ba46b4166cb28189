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


@cache
def _date_words() -> frozenset[str]:
    """Words that begin an entry of the lexicon."""
    return frozenset(lexicon().entries)


def has_trigger(sentence: Sentence) -> bool:
    """Whether a date word, or a number that can be a year or a calendar day, is in the sentence."""
    triggers = lexicon().triggers
    if not triggers.isdisjoint(sentence.lowers):
        return True
    for lower in sentence.lowers:
        if lower[0].isdigit():
            if len(lower) == 4 or len(lower) > 7:
                return True
        elif lower[-2:] in ("'s", "’s") and lower[:-2] in triggers:
            return True
    return False


def symbols_of(sentence: Sentence) -> list[Symbol]:
    """The sentence as date symbols in order; words that no date is made of are OTHER."""
    tokens = sentence.tokens
    capitals = sentence.text.isupper()
    symbols: list[Symbol] = []
    words, new = _date_words(), tuple.__new__
    position, count = 0, len(tokens)
    while position < count:
        token = tokens[position]
        text, lower, start, end = token
        if lower not in words and lower.isalpha():  # most words: made without a call
            symbols.append(new(Symbol, (OTHER, "", start, end, False)))
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
