"""The cue vocabulary: what each verb, noun, adjective and adverb says of its content.

Belongs here: reading attribution_*.tsv and claimant_words.tsv. Does not belong here: whether a word
is a cue in a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.rows import CERTAINTIES, STANCES
from extraction.vocabulary import VocabularyError, load_table


@dataclass(frozen=True, slots=True)
class CueWord:
    """One entry: the complements that make the word a cue, and what it says of its content."""

    word: str
    frames: frozenset[str]
    stance: str
    certainty: str | None
    is_claim: bool
    claims_by_clause: bool = False
    """Only with a clause or direct speech is it a claim: "promised that …", not "promised $5"."""
    claims_by_number: bool = False
    """Only with a number is it a claim: "spoke of 300 dead", not "spoke of peace"."""
    is_document: bool = False
    """The noun itself is the source where nobody else is named ("rumors")."""


@cache
def verbs() -> dict[str, CueWord]:
    """Lemma → entry."""
    return _entries("attribution_verbs", "verb")


@cache
def nouns() -> dict[str, CueWord]:
    """Lemma → entry."""
    return _entries("attribution_nouns", "noun")


@cache
def words(kind: str) -> dict[str, CueWord]:
    """Lower-case word → entry, for `kind` `adjective` or `adverb`."""
    rows = load_table("attribution_words", ("word", "class"))
    wanted = {row["word"] for row in rows if row["class"] == kind}
    return {w: e for w, e in _entries("attribution_words", "word").items() if w in wanted}


def _entries(table: str, column: str) -> dict[str, CueWord]:
    entries: dict[str, CueWord] = {}
    for row in load_table(table, (column, "stance", "claim")):
        if row["stance"] not in STANCES or row["certainty"] not in ("", *CERTAINTIES):
            raise VocabularyError(
                f"{table}.tsv: {row[column]!r} has stance {row['stance']!r} and certainty "
                f"{row['certainty']!r}; use the codes of extraction.rows"
            )
        entries[row[column]] = CueWord(
            row[column],
            frozenset(row["frames"].split(",")) - {""},
            row["stance"],
            row["certainty"] or None,
            row["claim"] == "yes",
            row["claim"] == "clause",
            row["claim"] == "number",
            row.get("role") == "document",
        )
    return entries


@cache
def claimant_words(kind: str) -> frozenset[str]:
    """The words of one class of claimant_words.tsv."""
    rows = load_table("claimant_words", ("word", "class"))
    return frozenset(row["word"] for row in rows if row["class"] == kind)
