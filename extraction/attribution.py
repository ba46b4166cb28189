"""Attribution: cues, quotes and chains of claimants."""

from __future__ import annotations

from extraction.article import Article


def find_attributions(article: Article) -> None:
    """Fill in the stage."""
