"""Texts that nearly equal each other: MinHash signatures and their index.

Belongs here: the signature, its stored form, and the search for the nearest earlier text. Does not
belong here: what follows from being near.
"""

from __future__ import annotations

import hashlib
import re
from typing import Literal

import numpy as np
from datasketch import MinHash, MinHashLSH

PERMUTATIONS = 128
_SEED = 1
_SCHEME: Literal["affine32"] = "affine32"
_BANDS, _ROWS = 32, 4
"""Two texts of similarity 0.8 meet in at least one of 32 bands of 4 with probability 0.99999996, of
similarity 0.5 with 0.87: the index misses nothing that a sensible threshold asks for."""
_SHINGLE_WORDS = 5
_WORD = re.compile(r"\w+")


def signature_of(text: str) -> str:
    """The MinHash signature of the text's runs of five words, as hex; equal on every machine.

    A text of fewer words is one run. 128 values of 32 bits: 1,024 characters.
    """
    words = [word.lower() for word in _WORD.findall(text)]
    runs = {
        " ".join(words[at : at + _SHINGLE_WORDS]).encode()
        for at in range(max(1, len(words) - _SHINGLE_WORDS + 1))
    }
    minhash = _minhash()
    minhash.update_batch(sorted(runs))
    return bytes(minhash.hashvalues.astype(">u4").tobytes()).hex()


class SimilarityIndex:
    """Signatures in the order in which they came; answers which earlier one is nearest."""

    def __init__(self, threshold: float) -> None:
        self._threshold = threshold
        self._index = MinHashLSH(num_perm=PERMUTATIONS, params=(_BANDS, _ROWS))
        self._known: list[tuple[str, str, MinHash]] = []

    def add(self, version_id: str, document_id: str, signature: str) -> None:
        """Make a version findable."""
        minhash = _stored(signature)
        self._index.insert(len(self._known), minhash, check_duplication=False)
        self._known.append((version_id, document_id, minhash))

    def nearest(self, document_id: str, signature: str) -> tuple[str, float] | None:
        """The nearest version of another document, with the estimated share of equal runs, 0 to 1.

        The earliest of several equally near ones; None where none reaches the threshold.
        """
        minhash = _stored(signature)
        best: tuple[str, float] | None = None
        for position in sorted(self._index.query(minhash)):
            version_id, other_document, other = self._known[position]
            share = float(minhash.jaccard(other))
            near = share >= self._threshold and other_document != document_id
            if near and (best is None or share > best[1]):
                best = version_id, share
        return best


def _minhash() -> MinHash:
    return MinHash(num_perm=PERMUTATIONS, seed=_SEED, hashfunc=_hash, scheme=_SCHEME)


def _stored(signature: str) -> MinHash:
    values = np.frombuffer(bytes.fromhex(signature), dtype=">u4").astype(np.uint32)
    return MinHash(seed=_SEED, hashfunc=_hash, hashvalues=values, scheme=_SCHEME)


def _hash(run: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(run, digest_size=4).digest(), "little")
