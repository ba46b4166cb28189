"""Speakers named before a colon: transcripts ("HOLT: Good evening.") and headlines ("Holt: No
deal").

Belongs here: lines that begin with a name and a colon. Does not belong here: verbs of saying with a
colon behind them (`cues`).

A label counts where the article also names its bearer elsewhere, or where it is a kind of document
("Poll: …"); "Correction:" and "Photo:" therefore name nobody.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.vocabulary import load_table

_LABEL = re.compile(r"(?m)^[ \t]*([A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*){0,4})(:) +(?=\S)")


@dataclass(frozen=True, slots=True)
class Speech:
    """A label with its colon and what follows on its line, as offsets in the article."""

    label: tuple[int, int]
    colon: int
    content: tuple[int, int]
    is_transcript: bool
    """Written in capitals: the whole line is direct speech."""
    is_document: bool


@cache
def _documents() -> frozenset[str]:
    rows = load_table("claimant_words", ("word", "class"))
    return frozenset(row["word"] for row in rows if row["class"] == "document")


def speeches_of(text: str) -> list[Speech]:
    """The labelled lines of `text`, in order."""
    if ":" not in text:
        return []
    found: list[Speech] = []
    names: set[str] | None = None
    for match in _LABEL.finditer(text):
        last_word = match[1].rsplit(" ", 1)[-1]
        is_document = match[1].lower() in _documents()
        if not is_document:
            if names is None:
                names = _names_elsewhere(text)
            if last_word.lower() not in names:
                continue
        line_end = text.find("\n", match.end())
        end = line_end if line_end >= 0 else len(text)
        found.append(
            Speech(
                match.span(1),
                match.start(2),
                (match.end(), match.end() + len(text[match.end() : end].rstrip())),
                match[1].isupper(),
                is_document,
            )
        )
    return found


def _names_elsewhere(text: str) -> set[str]:
    """Capitalised words inside lines that are not labels themselves, in small letters."""
    return {word.lower() for word in re.findall(r"(?<=[a-z,”’] )([A-Z][a-z’'-]+)\b(?!:)", text)}
