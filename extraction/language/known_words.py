"""What the encoder knows of a word before it sees the context, remembered.

Belongs here: a word's vector, and its shares in the first convolution as the word before, the word
itself and the word behind. Does not belong here: the features of a word (`word_features`), anything
that depends on neighbours (`encoder`).

A word is computed from its own row alone, never in one product with others, so that it has the same
bits whatever was read before it.
"""

from __future__ import annotations

from threading import Lock
from typing import Any

import numpy as np
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.api import Model

from extraction.language.maxout import Floats, Maxout

LIMIT = 16_384
"""Words remembered, 5 kB each; beyond it all are forgotten and learned again."""
ROOM = LIMIT + 2_048
"""Rows of the tables: those of an ordinary article fit in beyond the limit. Memory is taken only as
rows are written."""
PADDING = 0
"""The number of what stands between documents: zeros."""


class KnownWords:
    """Vectors and shares by word; words are spaCy's hashes of their text."""

    def __init__(self, embed: Model[Any, Any], first: Maxout) -> None:
        """`embed` is `word_features.word_embed`'s network, `first` the first convolution."""
        self._features, _, self._embeddings, mixed, _ = embed.layers
        self._mixed = Maxout.of(mixed)
        by_place = first.weights.reshape(3, self._mixed.width, -1)
        self._first = np.ascontiguousarray(by_place.transpose(1, 0, 2)).reshape(
            len(by_place[0]), -1
        )
        self._lock = Lock()
        self._numbers: dict[int, int] = {}
        self._vectors, self._shares = self._tables_for(ROOM)

    def look_up(self, documents: list[list[int]], pad: int, vocab: Vocab) -> tuple[Floats, Floats]:
        """Vectors and first products of the words, with `pad` rows around every document."""
        with self._lock:
            if len(self._numbers) > LIMIT:
                self._numbers = {}
            new = dict.fromkeys(w for words in documents for w in words if w not in self._numbers)
            self._learn(list(new), vocab)
            rows = [PADDING] * pad
            for words in documents:
                rows += map(self._numbers.__getitem__, words)
                rows += [PADDING] * pad
            return self._vectors.take(rows, axis=0), self._products(rows)

    def _products(self, rows: list[int]) -> Floats:
        before, itself, behind = self._shares
        products: Floats = itself.take(rows, axis=0)
        products[1:] += before.take(rows[:-1], axis=0)
        products[:-1] += behind.take(rows[1:], axis=0)
        return products

    def _learn(self, words: list[int], vocab: Vocab) -> None:
        if not words:
            return
        start = len(self._numbers) + 1
        self._make_room(start + len(words))
        doc = Doc(vocab, words=[vocab.strings[word] for word in words])
        inputs = self._embeddings.layers[0].predict(self._features.predict([doc])[0])
        products = np.concatenate([row[None] @ self._mixed.weights for row in inputs])
        for number, vector in enumerate(self._mixed.activated(products), start=start):
            self._vectors[number] = vector
            self._shares[:, number] = (vector[None] @ self._first).reshape(3, -1)
        self._numbers.update(zip(words, range(start, start + len(words)), strict=True))

    def _make_room(self, size: int) -> None:
        known = len(self._numbers) + 1
        if size > len(self._vectors):
            vectors, shares = self._tables_for(2 * size)
            vectors[:known] = self._vectors[:known]
            shares[:, :known] = self._shares[:, :known]
            self._vectors, self._shares = vectors, shares

    def _tables_for(self, room: int) -> tuple[Floats, Floats]:
        width, products = self._mixed.width, self._mixed.weights.shape[1]
        return np.zeros((room, width), np.float32), np.zeros((3, room, products), np.float32)
