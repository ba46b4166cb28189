"""Casing copies of training sentences, so that headlines and wire text in capitals parse as well.

Belongs here: the augmenter named in `config.cfg`. Does not belong here: any other change to the
treebank's sentences.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.training import Example

Augmenter = Callable[[Language, Example], Iterator[Example]]


@spacy.registry.augmenters("dispatches.casing_copies.v1")  # type: ignore[untyped-decorator]
def casing_copies(lower: float, upper: float, title: float, seed: int) -> Augmenter:
    """Each sentence as it is; besides, with the given probabilities, a copy in another casing."""
    chance = random.Random(seed)  # noqa: S311  (reproducible, no secret)
    changes: list[tuple[float, Callable[[str], str]]] = [
        (lower, str.lower),
        (upper, str.upper),
        (title, _capitalised),
    ]

    def augment(nlp: Language, example: Example) -> Iterator[Example]:
        yield example
        for share, change in changes:
            if chance.random() < share:
                yield recased(nlp, example, change)

    return augment


def recased(nlp: Language, example: Example, change: Callable[[str], str]) -> Example:
    """The same annotation over re-cased words; length may change ("ß"), spacing does not."""
    annotation = example.to_dict()
    annotation["token_annotation"]["ORTH"] = [change(t.text) for t in example.reference]
    words = annotation["token_annotation"]["ORTH"]
    spaces = [bool(token.whitespace_) for token in example.reference]
    return example.from_dict(Doc(nlp.vocab, words=words, spaces=spaces), annotation)


def _capitalised(word: str) -> str:
    """Headline casing: every word of four letters or more starts with a capital."""
    return word[:1].upper() + word[1:] if len(word) >= 4 else word
