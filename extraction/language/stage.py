"""The language stage: parses the sentences that need it."""

from __future__ import annotations

from extraction.article import Article


def parse_sentences(article: Article) -> None:
    """Fill in the stage."""
