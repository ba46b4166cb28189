"""Words that say whether something happened, and what a sentence says without a parse.

Belongs here: the shape of a reading, and modal_governors.tsv, happening_verbs.tsv, penalties.tsv.
Does not belong here: parses (`status`).
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from itertools import islice, takewhile
from typing import NamedTuple

from extraction.language.lemmas import lemma_of
from extraction.language.word_classes import word_class
from extraction.vocabulary import load_table

MAX_GAP = 12
"""Words between "faces" and the length of the sentence that it holds out."""
_STOPS = frozenset({",", ";", ".", ":", "—"})
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


@cache
def _penalties(kind: str) -> frozenset[str]:
    rows = load_table("penalties", ("word", "kind"))
    return frozenset(row["word"] for row in rows if row["kind"] == kind)


@lru_cache(maxsize=65_536)
def _is_of_penalties(word: str, kind: str) -> bool:
    return any(lemma_of(word, tag) in _penalties(kind) for tag in ("NNS", "VBZ", "VBD"))


def is_held_out(words: Sequence[str], place: int) -> bool:
    """A number is a penalty that somebody may get: "faces up to five years in prison".

    `words` of the sentence in small letters, `place` of the number's noun. Read from the words in a
    row: "face" and "carries" often parse as nouns. A past verb between ends the search.
    """
    after = islice(takewhile(lambda w: w not in _STOPS, words[place:]), MAX_GAP // 2)
    for before in range(place - 1, max(-1, place - MAX_GAP - 1), -1):
        if _is_of_penalties(words[before], "threat"):
            near = (*words[before:place], *after)
            return any(_is_of_penalties(word, "penalty") for word in near)
        if word_class(words[before]) == "VBD" or words[before] in _STOPS:
            return False
    return False


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
