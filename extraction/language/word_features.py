"""What the network sees of a word: six features, none of them a pretrained vector.

Belongs here: the features, and the embedding layer named in the training configuration. Does not
belong here: anything about a word's neighbours (the encoder's part).

word           lower-cased, digits as 0; one common value for all words outside the vocabulary, so
               that an unseen word gets what was learned of rare words, not noise
prefix, ending, long ending
               first three, last two, last four letters, lower-cased: a headline's capitals change
               nothing here
shape          casing and kinds of characters: names, acronyms, numbers
readings       the word classes that the lemminflect dictionary knows for it, and whether it is a
               word of a place name
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import spacy
from spacy.strings import hash_string  # type: ignore[attr-defined]
from spacy.tokens import Doc
from thinc.api import (
    HashEmbed,
    Maxout,
    Model,
    chain,
    concatenate,
    list2ragged,
    ragged2list,
    with_array,
)

from extraction.language.lemmas import lemmas_by_class

LAYER = "dispatches.word_features"
UNKNOWN = "<unknown>"
FEATURES = 6
CACHE_SIZE = 200_000
SHAPE_RUN = 4

_DIGIT = re.compile(r"\d")

Row = tuple[int, ...]
Backward = Callable[[object], list[Doc]]
Layer = Model[Any, Any]


@spacy.registry.architectures("dispatches.WordEmbed.v1")  # type: ignore[untyped-decorator]
def word_embed(width: int, feature_width: int, rows: Sequence[int]) -> Layer:
    """Documents to one vector per token: hashed features, mixed by one maxout layer.

    `rows` are the sizes of the six hash tables, in the order of the features. The vocabulary and
    the place words are attributes of the feature layer (`set_words`), saved with the weights.
    """
    if len(rows) != FEATURES:
        raise ValueError(f"dispatches.WordEmbed.v1 takes {FEATURES} table sizes, not {len(rows)}")
    widths = [width] + [feature_width] * (FEATURES - 1)
    tables: list[Layer] = [
        HashEmbed(nO, size, column=column, seed=column + 7, dropout=0.0)
        for column, (nO, size) in enumerate(zip(widths, rows, strict=True))
    ]
    mixed = Maxout(width, sum(widths), nP=3, dropout=0.0, normalize=True)
    return chain(
        _feature_layer(),
        list2ragged(),
        with_array(concatenate(*tables)),
        with_array(mixed),
        ragged2list(),
    )


def set_words(model: Layer, vocabulary: Sequence[str], places: Sequence[str]) -> None:
    """Name the words that have a value of their own and those of places, in every such layer."""
    for node in model.walk():
        if node.name == LAYER:
            node.attrs["vocabulary"] = sorted(vocabulary)
            node.attrs["places"] = sorted(places)


def written(word: str) -> str:
    """A word as the vocabulary has it."""
    return _DIGIT.sub("0", word.lower())


def _feature_layer() -> Layer:
    rows = _Rows()

    def forward(
        model: Layer,
        docs: list[Doc],
        is_train: bool,  # noqa: ARG001  (passed by name)
    ) -> tuple[list[npt.NDArray[np.uint64]], Backward]:
        words = (model.attrs["vocabulary"], model.attrs["places"])
        return [rows.of(doc, *words) for doc in docs], lambda _gradient: []

    return Model(LAYER, forward, attrs={"vocabulary": [], "places": []})


class _Rows:
    """Feature rows of words, remembered: most tokens of a text have been seen before."""

    def __init__(self) -> None:
        self.source: Sequence[str] | None = None
        self.vocabulary: frozenset[str] = frozenset()
        self.places: frozenset[str] = frozenset()
        self.known: dict[str, Row] = {}

    def of(
        self, doc: Doc, vocabulary: Sequence[str], places: Sequence[str]
    ) -> npt.NDArray[np.uint64]:
        if self.source is not vocabulary or len(self.known) > CACHE_SIZE:
            self.source, self.known = vocabulary, {}
            self.vocabulary, self.places = frozenset(vocabulary), frozenset(places)
        known = self.known
        rows = [known.get(token.text) or self._add(token.text) for token in doc]
        return np.array(rows, dtype=np.uint64).reshape(len(rows), FEATURES)

    def _add(self, word: str) -> Row:
        lowered = word.lower()
        common = written(word)
        values = (
            common if common in self.vocabulary else UNKNOWN,
            lowered[:3],
            lowered[-2:],
            lowered[-4:],
            shape(word),
            readings(lowered) + " place" * (lowered in self.places),
        )
        self.known[word] = tuple(hash_string(value) for value in values)
        return self.known[word]


def shape(word: str) -> str:
    """Each character's kind (X, x, d, or itself), runs cut at four: "Kharkiv" is "Xxxxx"."""
    kinds: list[str] = []
    for character in word[:40]:
        if character.isalpha():
            kind = "X" if character.isupper() else "x"
        else:
            kind = "d" if character.isdigit() else character
        if kinds[-SHAPE_RUN:] != [kind] * SHAPE_RUN:
            kinds.append(kind)
    return "".join(kinds)


@lru_cache(maxsize=65_536)
def readings(word: str) -> str:
    """The classes a lower-cased word can have, "+" after those of which it is the base form."""
    lemmas = lemmas_by_class(word)
    return " ".join(f"{upos}{'+' * (word in lemmas[upos])}" for upos in sorted(lemmas))
