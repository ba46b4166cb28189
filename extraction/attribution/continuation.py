"""Direct speech that goes on over paragraphs without a cue of its own.

Belongs here: handing a paragraph of direct speech to the speaker before or after it. Does not
belong here: speech with a cue (`content`).

By the custom of newspapers a paragraph of speech that is not closed is continued by the next one,
and a paragraph that is nothing but speech belongs to the speaker of the paragraph before.
"""

from __future__ import annotations

from bisect import bisect_right, insort

from extraction.attribution.quotes import Quotation, Quotations
from extraction.rows import Attribution, Span

_SHORTEST = 20


def continue_speech(text: str, quotations: Quotations, attributions: list[Attribution]) -> None:
    """Extend attributions over paragraphs of speech that no cue claims; `attributions` change."""
    owners = _owners(quotations, attributions)
    spans = quotations.spans
    for at in range(len(spans) - 2, -1, -1):
        if spans[at].is_open and owners[at] is None and _is_next(text, spans[at], spans[at + 1]):
            _extend(text, owners, at, owners[at + 1], spans[at])
    for at in range(1, len(spans)):
        is_whole = owners[at] is None and _fills_paragraph(text, spans[at])
        if is_whole and _is_next(text, spans[at - 1], spans[at]):
            _extend(text, owners, at, owners[at - 1], spans[at])


def _owners(quotations: Quotations, attributions: list[Attribution]) -> list[Attribution | None]:
    """For each quotation the attribution that has it as a part of its content."""
    owners: list[Attribution | None] = [None] * len(quotations.spans)
    starts = [span.start for span in quotations.spans]
    for attribution in attributions:
        for part in attribution.parts:
            at = bisect_right(starts, part.end) - 1
            while at >= 0 and starts[at] >= part.start - 1:
                owners[at] = owners[at] or attribution
                at -= 1
    return owners


def _extend(
    text: str,
    owners: list[Attribution | None],
    at: int,
    owner: Attribution | None,
    quotation: Quotation,
) -> None:
    if owner is None:
        return
    owners[at] = owner
    part = Span(text[quotation.start : quotation.end], quotation.start, quotation.end)
    insort(owner.parts, part, key=lambda span: span.start)
    start, end = owner.parts[0].start, max(span.end for span in owner.parts)
    owner.content = Span(text[start:end], start, end)


def _is_next(text: str, first: Quotation, second: Quotation) -> bool:
    """Whether the second quotation begins the paragraph after the one that the first stands in."""
    line_end = text.find("\n", max(first.start, first.end - 1))
    return line_end >= 0 and not text[line_end : second.start].strip()


def _fills_paragraph(text: str, quotation: Quotation) -> bool:
    if quotation.end - quotation.start < _SHORTEST:
        return False
    line_end = text.find("\n", quotation.end - 1)
    line_end = line_end if line_end >= 0 else len(text)
    return not text[quotation.end : line_end].strip()
