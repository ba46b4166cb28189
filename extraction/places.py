"""Places: gazetteer matches with country, coordinates and precision."""

from __future__ import annotations

from extraction.article import Article


def find_places(article: Article) -> None:
    """Fill in the stage."""
