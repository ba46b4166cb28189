"""A parse as plain lists: quick to walk, with the few repairs that news sentences need.

Belongs here: words, tags, relations, children, lemmas and offsets of one parsed sentence, and walks
over them that know nothing of events. Does not belong here: which word means what.

Positions are token numbers; `starts` and `ends` are offsets in the article.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from extraction.language.lemmas import lemma_of
from extraction.language.repairs import repair

NOMINAL = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP", "CD", "DT", "WP", "WDT", "JJ", "EX", "$"})
PREMODIFIERS = frozenset(
    {"amod", "compound", "nummod", "nmod:desc", "nmod:poss", "flat", "nmod:unmarked", "det"}
)
_MAX_TEXTS = 200_000
_COLUMNS = ("ORTH", "TAG", "DEP", "ENT_TYPE", "HEAD", "IDX")
_TAG_OF_NAME = {"NNP": "NN", "NNPS": "NNS"}


@dataclass(slots=True)
class Tree:
    """One sentence: parallel lists, one item a token."""

    words: list[str]
    lowers: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    starts: list[int]
    ends: list[int]
    children: list[list[int]]
    entity_types: list[str]
    roots: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, doc: Any, offset: int) -> Tree:
        """The plain view of a spaCy document whose text begins at `offset` of the article."""
        ids = doc.to_array(_COLUMNS)
        words, tags, deps, entity_types = (
            _texts(doc.vocab.strings, ids[:, column].tolist()) for column in range(4)
        )
        steps, places = ids[:, 4].astype("int64").tolist(), ids[:, 5].tolist()
        starts = [offset + place for place in places]
        tree = cls(
            words,
            list(map(str.lower, words)),
            tags,
            deps,
            [place + step for place, step in enumerate(steps)],
            list(map(_lemma, words, tags)),
            starts,
            [start + len(word) for start, word in zip(starts, words, strict=True)],
            [],
            entity_types,
        )
        repair(tree)
        return tree

    def __len__(self) -> int:
        return len(self.words)

    def index(self) -> None:
        """Build the lists of children and roots from the heads."""
        self.children = [[] for _ in self.words]
        self.roots = []
        for token, head in enumerate(self.heads):
            if head == token:
                self.roots.append(token)
            else:
                self.children[head].append(token)

    def having(self, token: int, *deps: str) -> list[int]:
        """Children of a token in one of the relations."""
        return [c for c in self.children[token] if self.deps[c] in deps]

    def is_verb(self, token: int) -> bool:
        """A verb form; modals are not."""
        return self.tags[token].startswith("VB")

    def is_noun(self, token: int) -> bool:
        """A common or proper noun."""
        return self.tags[token].startswith("NN")

    def conjuncts(self, token: int) -> list[int]:
        """The token and what is coordinated with it, in order."""
        found = [token]
        for member in found:
            found += self.having(member, "conj")
        return sorted(set(found))

    def first_conjunct(self, token: int) -> int:
        """The head of the coordination that a token belongs to."""
        for _ in range(8):
            if self.deps[token] != "conj":
                break
            token = self.heads[token]
        return token

    def subtree(self, token: int) -> list[int]:
        """The token and all that depends on it, in text order."""
        found = [token]
        for member in found:
            found += self.children[member]
        return sorted(found)

    def ancestors(self, token: int) -> Iterator[int]:
        """Heads above a token, nearest first."""
        while self.heads[token] != token:
            token = self.heads[token]
            yield token

    def preposition(self, token: int) -> str:
        """The preposition that marks a nominal, lower-cased; "" where there is none."""
        for child in self.having(token, "case"):
            if self.tags[child] != "POS":
                return self.lowers[child]
        return ""

    def at(self, offset: int) -> int:
        """The token over a character of the article, or the one before it; -1 if none."""
        found = -1
        for token, start in enumerate(self.starts):
            if start > offset:
                break
            found = token
        return found

    def phrase(self, token: int) -> tuple[int, int]:
        """First and last token of a nominal's core: modifiers before it, the name after it."""
        first = last = token
        for child in self.children[token]:
            dep = self.deps[child]
            if child < token and dep in PREMODIFIERS:
                first = min(first, min(self.subtree(child)))
            elif child > token and dep in {"flat", "compound"} and child - last <= 2:
                last = max(last, max(self.subtree(child)))
            elif child > token and dep == "nummod" and child == token + 1:
                last = child
        while first < token and (
            self.deps[first] in {"det", "punct", "cc"} or self.tags[first] == "POS"
        ):
            first += 1
        return first, last


_TEXTS: dict[int, str] = {}


def _texts(strings: Any, keys: list[int]) -> list[str]:
    """The strings behind spaCy's hashes, which are the same in every vocabulary."""
    try:
        return [_TEXTS[key] for key in keys]
    except KeyError:
        if len(_TEXTS) > _MAX_TEXTS:
            _TEXTS.clear()
        _TEXTS.update((key, strings[key] if key else "") for key in keys)
        return [_TEXTS[key] for key in keys]


@lru_cache(maxsize=65_536)
def _lemma(word: str, tag: str) -> str:
    return lemma_of(word.lower(), _TAG_OF_NAME.get(tag, tag)).lower()
