"""The date grammar: date_patterns.tsv compiled to one regular expression over symbol classes.

Belongs here: compiling and matching. Does not belong here: what a match means (`calendar_readings`,
`relative_readings`).

Every class becomes one character, so a sentence of 25 words is a string of 25 characters and all
patterns are tried in one search.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from extraction.dates.symbols import OTHER, Symbol
from extraction.vocabulary import VocabularyError, load_table

_NUMBER_CLASSES = ("DAYNUM", "NUM", "YEAR", "DECADE", "YY", "ISO", "SLASHED")
_TOKEN = re.compile(r"[A-Z_]+|[()|?]|\s+|(.)")
_FIRST_CHARACTER = 0x100


@dataclass(frozen=True, slots=True)
class Match:
    """One date in a sentence: the kind of its core, and the symbols of frame and core."""

    kind: str
    frame: list[Symbol]
    core: list[Symbol]
    first: int
    """Position of the frame's first symbol in the sentence."""
    last: int
    """Position after the core's last symbol."""


@dataclass(frozen=True, slots=True)
class Grammar:
    """The compiled patterns, the kind of each group, and the character of each class."""

    pattern: re.Pattern[str]
    kinds: tuple[str, ...]
    characters: dict[str, str]


@cache
def grammar() -> Grammar:
    """Compile the patterns once.

    Raises VocabularyError for a class that neither date_words.tsv nor a number gives.
    """
    classes = {row["class"].removesuffix("_ABBR") for row in load_table("date_words")}
    names = sorted(classes | set(_NUMBER_CLASSES) | {OTHER})
    characters = {name: chr(_FIRST_CHARACTER + at) for at, name in enumerate(names)}
    frame, groups, kinds = "", [], []
    for row in load_table("date_patterns", ("kind", "pattern")):
        compiled = _compile(row["pattern"], characters, row["kind"])
        if row["kind"] == "frame":
            frame = compiled
        else:
            groups.append(f"({compiled})")
            kinds.append(row["kind"])
    return Grammar(
        re.compile(f"(?P<frame>{frame})(?:{'|'.join(groups)})"), tuple(kinds), characters
    )


def _compile(pattern: str, characters: dict[str, str], kind: str) -> str:
    parts: list[str] = []
    for match in _TOKEN.finditer(pattern):
        piece = match[0]
        if match[1] or piece == OTHER or (piece[0].isupper() and piece not in characters):
            raise VocabularyError(
                f"date_patterns.tsv: {piece!r} in a pattern of {kind} is no class of "
                "date_words.tsv; add the class or correct the pattern"
            )
        if piece[0].isupper():
            parts.append(characters[piece])
        elif not piece.isspace():
            parts.append("(?:" if piece == "(" else piece)
    return "".join(parts)


def matches_of(symbols: list[Symbol]) -> list[Match]:
    """Every date among `symbols`, left to right, none overlapping."""
    characters = grammar().characters
    line = "".join([characters[symbol[0]] for symbol in symbols])
    found: list[Match] = []
    at = 0
    for stretch in line.split(characters[OTHER]):
        for kind, start, core, end in _dates_of(stretch):
            frame = symbols[at + start : at + core]
            found.append(Match(kind, frame, symbols[at + core : at + end], at + start, at + end))
        at += len(stretch) + 1
    return found


@lru_cache(maxsize=16_384)
def _dates_of(stretch: str) -> tuple[tuple[str, int, int, int], ...]:
    """Kind, start of frame, start of core and end of every date between two other words.

    No pattern has a place for another word, so each stretch is matched alone; texts repeat few
    stretches ("of the", "in"), so each is matched once.
    """
    compiled = grammar()
    return tuple(
        (compiled.kinds[(match.lastindex or 0) - 2], match.start(), match.end("frame"), match.end())
        for match in compiled.pattern.finditer(stretch)
    )
