"""Words that say whether something happened, and what a sentence says without a parse.

Belongs here: the shape of a reading, modal_governors.tsv and happening_verbs.tsv. Does not belong
here: parses (`status`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from extraction.language.word_classes import word_class
from extraction.vocabulary import load_table

_PAST = frozenset({"was", "were", "had", "did"})
_MOVED = frozenset({"down", "up"})
_PRESENT = frozenset({"is", "are", "has", "have"})


class Modality(NamedTuple):
    """Status, polarity and certainty; None where nothing says so."""

    status: str | None = None
    polarity: str | None = None
    certainty: str | None = None

    def over(self, below: Modality) -> Modality:
        """This modality, completed by another where it says nothing."""
        return Modality(
            self.status or below.status,
            self.polarity or below.polarity,
            self.certainty or below.certainty,
        )


NOTHING = Modality()


@cache
def words_of(kind: str) -> dict[str, Modality]:
    """The words of one kind of modal_governors.tsv, with what they say."""
    return {
        row["word"]: Modality(
            row["status"] or None, row["polarity"] or None, row["certainty"] or None
        )
        for row in load_table("modal_governors", ("word", "kind"))
        if row["kind"] == kind
    }


@cache
def happening_verbs() -> frozenset[str]:
    """Verbs that only say that their subject happens."""
    return frozenset(row["lemma"] for row in load_table("happening_verbs", ("lemma",)))


def is_earlier_level(before: Sequence[str]) -> bool:
    """Words in small letters before a figure end in "down from" or "up from"."""
    return len(before) > 1 and before[-1] == "from" and before[-2] in _MOVED


def modality_of_words(words: list[str]) -> Modality:
    """The same without a parse, for a sentence that none was made of: its first modal or tense.

    `words` are in small letters. Nothing is said where no verb form is recognised.
    """
    for word in words:
        if word in words_of("auxiliary") and words_of("auxiliary")[word].status:
            return words_of("auxiliary")[word]
        if word in _PAST:
            return Modality("occurred")
        if word in _PRESENT:
            return Modality("ongoing")
        if word_class(word) == "VBD" or (len(word) > 4 and word.endswith("ed")):
            return Modality("occurred")
    return NOTHING
