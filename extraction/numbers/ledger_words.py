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


@cache
def phrases() -> dict[str, tuple[Phrase, ...]]:
    """First token → the phrases that begin with it, longest first."""
    found: dict[str, list[Phrase]] = defaultdict(list)
    for row in load_table("ledger_phrases", ("phrase", "disposition", "reason")):
        words = tuple(token.lower for token in tokenize(row["phrase"]))
        found[words[0]].append(
            Phrase(
                words,
                (row["disposition"], row["reason"]),
                bool(row["capital"]),
                frozenset(row["unless_after"].split()),
            )
        )
    return {
        first: tuple(sorted(group, key=lambda phrase: (-len(phrase.words), phrase.words)))
        for first, group in found.items()
    }


@cache
def words_of_phrases() -> frozenset[str]:
    """Every token of every phrase: a numeral that is none of them is in no phrase."""
    every = (phrase for group in phrases().values() for phrase in group)
    return frozenset(word for phrase in every for word in phrase.words)


@cache
def longest_phrase() -> int:
    """How many tokens the longest phrase has."""
    return max(len(phrase.words) for group in phrases().values() for phrase in group)
