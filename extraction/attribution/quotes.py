"""Quotations of a text: where direct speech begins and ends.

Belongs here: pairing of quotation marks. Does not belong here: who speaks.

Curly, straight and angled marks are paired inside a paragraph (a line). A mark that is never closed
runs to the end of its paragraph; nothing here raises. Single curly marks count outside double ones.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

_MARK = re.compile(r"[“”„«»\"\n]|``|''|(?<!\w)‘(?=\w)|’(?!\w)")
_OPENING = frozenset("“„«‘") | {"``"}
_CLOSING = frozenset("”»’")
_EITHER = frozenset(('"', "''"))
"""Marks that open and close alike."""
_PARTNERS = {"‘": "’"}


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of direct speech with its marks; `is_open` where no closing mark was found."""

    start: int
    end: int
    is_open: bool = False


class Quotations:
    """The quotations of a text in order, none overlapping."""

    def __init__(self, spans: list[Quotation]) -> None:
        self.spans = spans
        self._starts = [span.start for span in spans]

    def at(self, offset: int) -> Quotation | None:
        """The quotation that holds the character at `offset`, marks included."""
        place = bisect_right(self._starts, offset) - 1
        if place >= 0 and offset < self.spans[place].end:
            return self.spans[place]
        return None

    def within(self, start: int, end: int) -> list[Quotation]:
        """Quotations that touch `start:end`, in order."""
        place = max(0, bisect_right(self._starts, start) - 1)
        found = []
        while place < len(self.spans) and self.spans[place].start < end:
            if self.spans[place].end > start:
                found.append(self.spans[place])
            place += 1
        return found

    def joined_with(self, others: list[Quotation]) -> Quotations:
        """These and other stretches of speech; what overlaps an earlier one is left out."""
        kept: list[Quotation] = []
        for span in sorted((*others, *self.spans), key=lambda q: (q.start, -q.end)):
            if not kept or span.start >= kept[-1].end:
                kept.append(span)
        return Quotations(kept)


def quotations_of(text: str) -> Quotations:
    """All quotations of `text`, in one pass."""
    spans: list[Quotation] = []
    opened_at, opener = -1, ""
    for match in _MARK.finditer(text):
        mark = match[0]
        if mark == "\n":
            if opened_at >= 0 and opener != "‘":
                spans.append(Quotation(opened_at, match.start(), is_open=True))
            opened_at = -1
        elif opened_at < 0:
            if mark in _OPENING or mark in _EITHER:
                opened_at, opener = match.start(), mark
        elif _closes(mark, opener):
            spans.append(Quotation(opened_at, match.end()))
            opened_at = -1
    if opened_at >= 0 and opener != "‘":
        spans.append(Quotation(opened_at, len(text), is_open=True))
    return Quotations(spans)


def _closes(mark: str, opener: str) -> bool:
    if opener in _PARTNERS:
        return mark == _PARTNERS[opener]
    if mark in _EITHER:
        return opener not in _EITHER or mark == opener
    return mark in _CLOSING and mark != "’"
