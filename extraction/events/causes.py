"""Whether nature or mishap, not somebody, killed or destroyed.

Belongs here: reading causes.tsv against a sentence and the document around it. Does not belong
here: which verbs are events (triggers.tsv).

- A hazard as the one who acts ("the storm displaced 40,000") acts as nobody: no ASSAULT, no COERCE;
  nor does "it" where the first subject before it, here or in the sentence before, is a hazard.
- Harm that nobody is said to have done ("12 people were killed") has the cause that its clause
  names, else its sentence, else the nearest sentence before, else the nearest after. Where the
  document names no cause at all, harm is taken for violence.
- What it came after counts only where the clause names nothing else; murder is never a mishap.
"""

from __future__ import annotations

from collections.abc import Iterable

from extraction.article import Article
from extraction.events.frames import Match
from extraction.events.grammar import VIOLENT_CAUSE, cause_of_word
from extraction.events.merging import result_verbs
from extraction.events.reading import Reading
from extraction.language.tree import Tree
from extraction.vocabulary.noun_classes import noun_classes

ACTS = frozenset({"ASSAULT", "COERCE"})
_THINGS = frozenset({"it", "this", "that", "they", "these"})
_LATER = frozenset({"after", "following"})
_NAMING = ("compound", "flat", "nmod:desc", "amod")


class Causes:
    """What the sentences of one document name as causes of harm."""

    def __init__(self, article: Article) -> None:
        """The words of the sentences are read when a match first asks for them."""
        self._trees = article.trees
        self._sentences = article.sentences
        self._weights: dict[int, int] = {}

    def without_accidents(self, reading: Reading, index: int, matches: list[Match]) -> list[Match]:
        """The matches of sentence `index` that somebody did."""
        violent = any(
            m.frame.event_type == "ASSAULT" and not _is_agentless_harm(reading, m) for m in matches
        )
        return [m for m in matches if not self._is_accident(reading, index, m, violent)]

    def _is_accident(self, reading: Reading, index: int, match: Match, violent: bool) -> bool:
        if match.frame.event_type not in ACTS or match.frame.pos != "v":
            return False
        tree = reading.tree
        actors = [*reading.slot(match.token, "v", "subj"), *reading.slot(match.token, "v", "by")]
        if any(_is_hazard(tree, a) or self._means_hazard(tree, index, a) for a in actors):
            return True
        if not _is_agentless_harm(reading, match):
            return False
        if violent or cause_of_word(tree.lemmas[match.token]) == VIOLENT_CAUSE:
            return False
        beside = [c for c in tree.having(match.token, "obl", "obl:agent") if tree.preposition(c)]
        during = [c for c in beside if tree.preposition(c) not in _LATER]
        own = _weight_of(tree, during) or _weight_of(tree, beside)
        return own < 0 if own else self._nearest(index) < 0

    def _means_hazard(self, tree: Tree, index: int, actor: int) -> bool:
        """ "It", "this": the first subject before it."""
        if tree.lowers[actor] not in _THINGS:
            return False
        subject = _first_subject(tree, actor)
        if subject < 0 and index - 1 in self._trees:
            tree = self._trees[index - 1]
            subject = _first_subject(tree, len(tree))
        return subject >= 0 and _is_hazard(tree, subject)

    def _nearest(self, index: int) -> int:
        """Below 0 for nature or mishap, above 0 for violence, 0 where nothing is named."""
        order = sorted(range(len(self._sentences)), key=lambda i: (i > index, abs(i - index)))
        return next(filter(None, map(self._named, order)), 0)

    def _named(self, index: int) -> int:
        if index not in self._weights:
            self._weights[index] = _weight(self._sentences[index].lowers)
        return self._weights[index]


def _is_agentless_harm(reading: Reading, match: Match) -> bool:
    if reading.tree.lemmas[match.token] not in result_verbs() or match.frame.pos != "v":
        return False
    return not reading.slot(match.token, "v", "subj")


def _first_subject(tree: Tree, before: int) -> int:
    found = (t for t in range(before) if tree.deps[t] in {"nsubj", "nsubj:pass"})
    return next((t for t in found if tree.is_noun(t)), -1)


def _is_hazard(tree: Tree, head: int) -> bool:
    if tree.lemmas[head] in noun_classes()["ARMED"]:
        return False
    words = [head, *(c for c in tree.having(head, *_NAMING) if c < head or tree.is_noun(c))]
    signs = _signs(tree.lowers[t] for t in words)
    return bool(signs) and max(signs) < 0


def _weight_of(tree: Tree, heads: list[int]) -> int:
    return _weight(tree.lowers[t] for head in heads for t in tree.subtree(head))


def _weight(words: Iterable[str]) -> int:
    return sum(_signs(words))


def _signs(words: Iterable[str]) -> list[int]:
    """+1 for each word of violence, -1 for each of nature or mishap."""
    return [1 if kind == VIOLENT_CAUSE else -1 for kind in map(cause_of_word, words) if kind]
