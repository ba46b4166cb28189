"""The evidence of a finding as text: its span marked, cut to what tells enough, safe to show.

Belongs here: the three parts of a sentence around its span. Does not belong here: layout.
"""

from __future__ import annotations

from orchestration.printable import printable
from orchestration.report import SetAside

_SHOWN_CHARS = 300


def marked_parts(item: SetAside) -> tuple[str, str, str]:
    """The evidence before its span, in it, after it, safe to show and cut to what tells enough."""
    return marked(item.evidence or "", item.evidence_start, item.evidence_end)


def marked(text: str, start: int | None, end: int | None) -> tuple[str, str, str]:
    """`marked_parts` of a text with a span in it; a span that is not inside it is none."""
    if start is None or end is None or not 0 <= start <= end <= len(text):
        return printable(_cut(text)), "", ""
    before, span, after = text[:start], text[start:end], text[end:]
    if len(before) > _SHOWN_CHARS // 2:
        before = "…" + before[-_SHOWN_CHARS // 2 :]
    return printable(before), printable(_cut(span)), printable(_cut(after))


def in_line(item: SetAside) -> str:
    """The evidence in one line of plain text, its span between double brackets."""
    before, span, after = marked_parts(item)
    return f"{before}[[{span}]]{after}" if span else before


def _cut(text: str) -> str:
    return text if len(text) <= _SHOWN_CHARS else text[: _SHOWN_CHARS - 1] + "…"
