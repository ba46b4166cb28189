"""Words in their context as vectors: what the network computes before it tags and parses.

Belongs here: the bundled encoder's forward pass, in numpy. Does not belong here: what it sees of a
word (`word_features`), training (thinc's layers, whose weights these are), other networks.

Numbers as in thinc's own pass but for rounding, in half of its time (0.3 against 0.6 ms a sentence
of dense news, November 2026): what depends on a word alone is remembered (`known_words`), and a
maximum over pieces runs along rows (`maxout`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import numpy as np
from spacy.pipeline.tok2vec import Tok2Vec
from spacy.tokens import Doc
from thinc.api import Model

from extraction.language.known_words import KnownWords
from extraction.language.maxout import Floats, Maxout
from extraction.language.word_features import LAYER

BLOCK = "residual(expand_window>>maxout>>layernorm>>dropout)"


class Encoder:
    """The encoder of one pipeline, with the words that it has met."""

    def __init__(self, network: Model[Any, Any]) -> None:
        embed, encode = network.layers
        first, *self._blocks = [Maxout.of(block) for block in encode.layers[0].layers]
        self._first = first
        self._words = KnownWords(embed, first)
        self._pad: int = encode.attrs["pad"]

    def __call__(self, docs: list[Doc]) -> list[Floats]:
        """For each document one row a token; the rows depend on the documents of the call alone."""
        words = [doc.to_array("ORTH").tolist() for doc in docs]
        vectors, products = self._words.look_up(words, self._pad, docs[0].vocab)
        vectors += self._first.activated(products)
        for block in self._blocks:
            vectors += block.activated(_windows(vectors) @ block.weights)
        found, start = [], self._pad
        for doc in docs:
            found.append(vectors[start : start + len(doc)])
            start += len(doc) + self._pad
        return found


@lru_cache(maxsize=16)
def encoder_of(component: Any) -> Encoder | None:
    """The encoder that a component's weights make; null where it is none, or of another shape."""
    if isinstance(component, Tok2Vec) and _fits(component.model):
        return Encoder(component.model)
    return None


def _fits(network: Model[Any, Any]) -> bool:
    """Whether a network has the layers that are computed here, and no others."""
    if [bool(layer.layers) for layer in network.layers] != [True, True]:
        return False
    embed, encode = network.layers
    windows = {node.attrs["window_size"] for node in encode.walk() if node.name == "expand_window"}
    blocks = {block.name for block in encode.layers[0].layers}
    return embed.layers[0].name == LAYER and blocks == {BLOCK} and windows == {1}


def _windows(vectors: Floats) -> Floats:
    """Each row between its neighbours; zeros outside."""
    length, width = vectors.shape
    found = np.empty((length, 3 * width), dtype=np.float32)
    found[0, :width] = found[-1, 2 * width :] = 0
    found[1:, :width] = vectors[:-1]
    found[:, width : 2 * width] = vectors
    found[:-1, 2 * width :] = vectors[1:]
    return found
