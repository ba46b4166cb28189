"""Bad articles: each is good but for one thing.

Belongs here: one bad article for each rule of the suite `articles`.
"""

from __future__ import annotations

from typing import Any

from warehouse_sample import FIRST, Rows, frame, sample_rows, short_hash

from gate_mutants.trial import Trial

GERMAN = (
    "Die Feuerwehr teilte am Abend mit, dass der Brand im Hafen gelöscht sei und niemand mehr "
    "vermisst werde. Zwei Schiffe wurden zerstört, ein Lager ist bis auf die Mauern abgebrannt. "
    "Warum das Feuer ausbrach, ist noch nicht bekannt; die Polizei sucht nach Zeugen und bittet "
    "alle, die etwas gesehen haben, sich zu melden."
)
FURNITURE = (
    "We use cookies to improve this page; see the privacy policy and the terms of use for more.\n"
    "Subscribe now and sign up for our newsletter.\n"
    "All rights reserved.\n"
    "A ship caught fire in the harbour of the old town and burned until the morning.\n"
)
_CELLS: dict[str, dict[str, Any]] = {
    "required_filled": {"file_hash": None},
    "version_is_content_hash": {"version_id": "0" * 16},
    "char_count_is_length": {"char_count": 999},
    "published_date_has_source": {"published_source": "file time"},
    "near_duplicate_is_whole": {"near_duplicate_of": "x", "near_duplicate_share": 1.4},
    "source_format_known": {"source_format": "pdf"},
}
_TEXTS = {
    "text_is_clean": "A ship burned in the harbour.\x00" + " It was the last of the day." * 9,
    "reads_as_english": GERMAN,
    "text_long_enough": "A ship burned in the harbour.",
    "little_boilerplate": FURNITURE,
}


def with_text(row: dict[str, Any], text: str) -> dict[str, Any]:
    """The article with another text, and the id and length that follow from it."""
    hashed = {"version_id": short_hash(text), "char_count": len(text)}
    return {**row, "clean_text": text, **hashed}


def trial() -> Trial:
    """All bad articles in one batch."""
    good = sample_rows()["document_versions"][0]
    found = [
        (rule, {**with_text(good, f"{FIRST}Copy {rule}.\n"), **cells})
        for rule, cells in _CELLS.items()
    ]
    found += [(rule, with_text(good, text)) for rule, text in _TEXTS.items()]
    twice = with_text(good, f"{FIRST}Copy of a copy.\n")
    found += [("version_unique", twice), ("version_unique", {**twice, "document_id": "other"})]
    rows: Rows = {"document_versions": [row for _, row in found]}
    return Trial("articles", frame(rows, "document_versions"), {}, [rule for rule, _ in found])
