"""The words beside numbers that are no figures, compiled once.

Belongs here: the compiled form of `ledger_words.tsv` and `ledger_phrases.tsv`. Does not belong
here: the rules that ask for them.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import NamedTuple

from extraction.sentences import tokenize
from extraction.vocabulary import load_table

Verdict = tuple[str, str]
"""A ledger disposition and its reason in plain words."""


@cache
def words_with(role: str) -> frozenset[str]:
    """The words of one role; raises KeyError for a role that the file doesn't have."""
    found = frozenset(
        row["word"] for row in load_table("ledger_words", ("word", "role")) if row["role"] == role
    )
    if not found:
        raise KeyError(f"ledger_words.tsv has no role {role!r}; add it")
    return found


class Phrase(NamedTuple):
    """A fixed phrase: its tokens, what the ledger calls its numbers, and when it is not meant."""

    words: tuple[str, ...]
    verdict: Verdict
    capital: bool
    unless_after: frozenset[str]


ByLength = tuple[tuple[int, dict[tuple[str, ...], list[Phrase]]], ...]
"""Phrases by the number of their tokens, longest first, then by the tokens."""


@cache
def phrases() -> dict[str, tuple[tuple[int, ByLength], ...]]:
    """Token → its positions in phrases, last first, each with the phrases that have it there."""
    found: dict[str, dict[int, list[Phrase]]] = defaultdict(lambda: defaultdict(list))
    for row in load_table("ledger_phrases", ("phrase", "disposition", "reason")):
        words = tuple(token.lower for token in tokenize(row["phrase"]))
        phrase = Phrase(
            words,
            (row["disposition"], row["reason"]),
            bool(row["capital"]),
            frozenset(row["unless_after"].split()),
        )
        for position, word in enumerate(words):
            found[word][position].append(phrase)
    return {
        word: tuple((at, _by_length(positions[at])) for at in sorted(positions, reverse=True))
        for word, positions in found.items()
    }


def _by_length(group: list[Phrase]) -> ByLength:
    lengths: dict[int, dict[tuple[str, ...], list[Phrase]]] = defaultdict(dict)
    for phrase in group:
        lengths[len(phrase.words)].setdefault(phrase.words, []).append(phrase)
    return tuple(sorted(lengths.items(), reverse=True))
