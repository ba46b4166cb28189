"""An independent count of the numbers in a text, for the ledger to answer to.

Belongs here: runs of digits and plain number words, found without anything that the extractor
knows. Does not belong here: what the numbers mean. The words are in `codes/number_word.tsv`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from expectations.codes import codes


class Recount(NamedTuple):
    """Where numbers stand: position of the text, first character, one past the last."""

    versions: NDArray[np.int64]
    starts: NDArray[np.int64]
    ends: NDArray[np.int64]


def count_numbers(texts: Sequence[str]) -> Recount:
    """Every run of digits and every number word of each text, in text order; one pass a text."""
    pattern = _pattern()
    spans = [(i, *m.span()) for i, text in enumerate(texts) for m in pattern.finditer(text)]
    found = np.array(spans, dtype=np.int64).reshape(-1, 3)
    return Recount(found[:, 0], found[:, 1], found[:, 2])


@cache
def _pattern() -> re.Pattern[str]:
    words = sorted(codes("number_word"), key=len, reverse=True)
    possessive = "(?!['’]s\\b)"  # one's own: a possessive counts nothing
    return re.compile(rf"\d+|\b(?:{'|'.join(map(re.escape, words))})\b{possessive}", re.IGNORECASE)
