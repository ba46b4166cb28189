"""Links across mentions: dual units, relative figures, the event that a figure sizes."""

from __future__ import annotations

from extraction.article import Article


def link_mentions(article: Article) -> None:
    """Fill in the stage."""
