"""HTML pages: the article's own text, and what the page states about it."""

from __future__ import annotations

from collections.abc import Iterator

from orchestration.ingest.contents import decode
from orchestration.ingest.formats.drafts import Draft
from orchestration.ingest.metadata import Metadata
from orchestration.ingest.problem import IngestError


def read_page(content: bytes) -> Iterator[Draft]:
    """The one article of a page."""
    import trafilatura  # half a second that a refresh without pages need not pay

    text = trafilatura.extract(decode(content))
    if not text:
        raise IngestError("html_without_article")
    yield Draft(text, Metadata())
