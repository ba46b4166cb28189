"""The actor stage: names of every sentence, people of the document."""

from __future__ import annotations

from extraction.actors.lexicon import find_names
from extraction.article import Article
from extraction.rows import Entity


def find_actors(article: Article) -> None:
    """Fill `article.mentions` (names by sentence) and `article.actors` (the same as entities)."""
    for sentence in article.sentences:
        mentions = find_names(sentence.text, sentence.start)
        article.mentions[sentence.index] = mentions
        article.actors += [
            Entity(m.text, m.start, m.end, m.name, m.country, m.sector) for m in mentions
        ]
