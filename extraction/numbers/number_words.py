"""The words that numbers are made of, and the words beside them that decide a reading.

Belongs here: the compiled form of `number_words.tsv` and `number_contexts.tsv`. Does not belong
here: the grammar that puts the words together.
"""

from __future__ import annotations

from typing import NamedTuple

from extraction.vocabulary import load_table


class Word(NamedTuple):
    """One number word: its part in the grammar and what it is worth."""

    kind: str
    value: float
    low: float | None
    high: float | None


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


WORDS: dict[str, Word] = {
    row["word"]: Word(
        row["kind"], _number(row["value"]) or 0.0, _number(row["low"]), _number(row["high"])
    )
    for row in load_table("number_words", ("word", "kind"))
}
"""Number word in lower case → its entry."""

CARDINAL_KINDS = frozenset(("digit", "teen", "ten", "hundred", "power", "zero"))
"""Kinds that a spelled cardinal is built of."""


def words_in(context: str) -> frozenset[str]:
    """The words that `number_contexts.tsv` lists for one question; never empty."""
    found = frozenset(
        row["word"]
        for row in load_table("number_contexts", ("context", "word"))
        if row["context"] == context
    )
    if not found:
        raise KeyError(f"number_contexts.tsv has no context {context!r}; add it")
    return found
