"""Who a pronoun or a definite phrase of the document is, where that is safe.

Belongs here: the document's own mentions so far, the state it reports from, and resolving against them.
Does not belong here: names and noun phrases that explain themselves (`lexicon`, `phrases`).
"""

from __future__ import annotations

from extraction.actors.phrases import Phrases
from extraction.article import Article
from extraction.rows import Entity


class Resolver:
    """Reads the sentences in order and remembers who was mentioned."""

    def __init__(self, article: Article) -> None:
        """Start before the first sentence."""
        self.article = article
        self.phrases: Phrases | None = None

    def enter(self, index: int, phrases: Phrases) -> None:
        """Go on to a sentence."""
        self.phrases = phrases

    def entities(self, head: int) -> list[Entity]:
        """The phrase around a head as entities: one, or several where it stands for several."""
        assert self.phrases is not None  # noqa: S101  (enter comes first)
        return [self.phrases.entity(head)]
