"""The article on its way through the stages: the text, its sentences, and what was found so far.

Belongs here: the state that stages share. Does not belong here: any rule that reads text. A stage
is a function `stage(article) -> None` that reads what earlier stages found and adds its own.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Any

from extraction.rows import (
    Attribution,
    DateMention,
    Entity,
    Event,
    Figure,
    Number,
    PlaceMention,
    version_id_of,
)
from extraction.sentences import Sentence, split_sentences


@dataclass(slots=True)
class Article:
    """One clean text and everything read from it, in the order in which the stages run."""

    text: str
    published: dt.date | None
    version_id: str
    sentences: list[Sentence]
    pipeline: str | None = None
    """Path or package of the spaCy pipeline that parses; null = the bundled one."""
    dates: list[DateMention] = field(default_factory=list)
    figures: list[Figure] = field(default_factory=list)
    numbers: list[Number] = field(default_factory=list)
    parses: dict[int, Any] = field(default_factory=dict)
    """Sentence index → spaCy Doc; only sentences that need a parse are in it. Token offsets in the
    Doc are relative to the sentence's start."""
    trees: dict[int, Any] = field(default_factory=dict)
    """Sentence index → the parse as lists (`language.tree.Tree`), offsets into the article."""
    mentions: dict[int, list[Any]] = field(default_factory=dict)
    """Sentence index → names of states, people, organisations in it (`actors.lexicon.Mention`)."""
    places: list[PlaceMention] = field(default_factory=list)
    actors: list[Entity] = field(default_factory=list)
    attributions: list[Attribution] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)

    @classmethod
    def read(
        cls, text: str, published: dt.date | None = None, pipeline: str | None = None
    ) -> Article:
        """Split `text` into sentences; nothing is read from it yet."""
        return cls(text, published, version_id_of(text), split_sentences(text), pipeline)

    def sentence_at(self, offset: int) -> Sentence:
        """The sentence that holds, or last began before, the character at `offset`."""
        return self.sentences[max(0, bisect_right(self.sentences, offset, key=_start_of) - 1)]


def _start_of(sentence: Sentence) -> int:
    return sentence.start
