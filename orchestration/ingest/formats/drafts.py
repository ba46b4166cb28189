"""What a reader of a format hands back, before the file's name is put to it.

Belongs here: the shape, and the rules that hold for the text of every format. Does not belong here:
parsing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from orchestration.ingest.clean import clean
from orchestration.ingest.metadata import Metadata
from orchestration.ingest.problem import IngestError

_MARKUP = re.compile(
    r"\s*(?:<!--.{0,5000}?-->\s*)*<(?:!doctype\s+html|html|head|body|div|article|p)\b", re.I | re.S
)


@dataclass(frozen=True, slots=True)
class Draft:
    """One article of a file; `record` is its position, `key` what names it in its file."""

    text: str
    metadata: Metadata
    record: int | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """One record of a file that is no article."""

    error: IngestError
    record: int | None = None


def looks_like_html(text: str) -> bool:
    """Whether `text` begins with a document type or an element that begins pages and fragments."""
    return _MARKUP.match(text[:20_000]) is not None


def check_text(text: str, max_line_chars: int) -> None:
    """Refuse a text that can't be read as an article.

    Raises IngestError: html_in_text, empty_file, long_line.
    """
    if looks_like_html(text):
        raise IngestError("html_in_text", evidence=text[:200])
    lines = clean(text).split("\n")
    if lines == [""]:
        raise IngestError("empty_file", observed="white space only")
    longest = max(lines, key=len)
    if len(longest) > max_line_chars:
        raise IngestError(
            "long_line",
            count=f"{len(longest):,}",
            limit=f"{max_line_chars:,}",
            observed=f"a line of {len(longest):,} characters",
            evidence=longest[:200],
        )
