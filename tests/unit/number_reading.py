"""Reads the numbers of one sentence or text, for the tables of cases about numbers.

Belongs here: calling the number stage and finding one row by its text. Does not belong here: cases.
"""

from __future__ import annotations

from extraction.article import Article
from extraction.links import link_mentions
from extraction.numbers.stage import find_numbers
from extraction.rows import Figure


def read_numbers(text: str, linked: bool = False) -> Article:
    """The article with figures and ledger, without dates, places or claimants."""
    article = Article.read(text)
    find_numbers(article)
    if linked:
        link_mentions(article)
    return article


def figure_of(text: str, surface: str, linked: bool = False) -> Figure:
    """The one figure whose text is `surface`; fails with all texts where there is no one."""
    article = read_numbers(text, linked)
    found = [figure for figure in article.figures if figure.text == surface]
    assert len(found) == 1, [figure.text for figure in article.figures]
    return found[0]


def dispositions(text: str) -> list[tuple[str, str]]:
    """Text and disposition of every ledger row, in text order."""
    return [(number.text, number.disposition) for number in read_numbers(text).numbers]
