"""Which countries an article speaks of: the evidence that chooses among places of one name.

Belongs here: counting names and demonyms of states. Does not belong here: the choice (`choice`).
"""

from __future__ import annotations

from collections import Counter
from functools import cache

from extraction.article import Article
from extraction.vocabulary import load_table


@cache
def _words() -> dict[str, str]:
    """Lower-case single word → country; no capitals, whose names are what is to be told apart."""
    words: dict[str, str] = {}
    for row in load_table("states", ("country", "names")):
        for cell in (row["names"], row["demonyms"]):
            for name in filter(None, cell.split("|")):
                if " " not in name:
                    words.setdefault(name.lower(), row["country"])
    return words


@cache
def demonyms() -> dict[str, tuple[str, str]]:
    """Lower-case demonym → country and the name of its capital."""
    found: dict[str, tuple[str, str]] = {}
    for row in load_table("states", ("country", "names")):
        capital = row["capitals"].split("|")[0]
        for name in filter(None, row["demonyms"].split("|")):
            found.setdefault(name.lower(), (row["country"], capital))
    return found


def countries_of(article: Article) -> Counter[str]:
    """Country → mentions of its name or its people, counted over all sentences."""
    words = _words()
    counts: Counter[str] = Counter()
    for sentence in article.sentences:
        for token in sentence.tokens:
            if token.text[0].isupper():
                lower = token.lower
                country = words.get(lower) or words.get(lower.removesuffix("’s").removesuffix("'s"))
                if country:
                    counts[country] += 1
    if counts["USA"] == 0 and "U.S." in article.text:
        counts["USA"] += 1
    return +counts
