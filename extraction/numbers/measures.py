"""What a figure measures: casualty and displacement words, stock and flow."""

from __future__ import annotations

from extraction.article import Article
from extraction.numbers.mention import Quantity
from extraction.sentences import Sentence


def find_measures(article: Article, sentence: Sentence, quantities: list[Quantity]) -> None:
    """Set `measure` and `quantity_kind` of every quantity."""
