"""The number stage: numerals to figures and the ledger."""

from __future__ import annotations

from extraction.article import Article


def find_numbers(article: Article) -> None:
    """Fill in the stage."""
