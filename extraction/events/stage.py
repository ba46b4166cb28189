"""The event stage."""

from __future__ import annotations

from extraction.article import Article


def find_events(article: Article) -> None:
    """Fill in the stage."""
