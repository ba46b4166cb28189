"""Actors: states, demonyms, offices, organisations and armed groups, with country and sector."""

from __future__ import annotations

from extraction.article import Article


def find_actors(article: Article) -> None:
    """Fill in the stage."""
