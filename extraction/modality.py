"""Status, polarity and certainty of figures and events; their claimants, dates and places."""

from __future__ import annotations

from extraction.article import Article


def set_modality(article: Article) -> None:
    """Fill in the stage."""
