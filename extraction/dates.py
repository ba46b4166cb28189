"""Calendar and relative dates: spans, intervals, honest resolution."""

from __future__ import annotations

from extraction.article import Article


def find_dates(article: Article) -> None:
    """Fill in the stage."""
