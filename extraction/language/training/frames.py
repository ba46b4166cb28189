"""The phrases of `attribution_frames.tsv` as small trees.

Belongs here: the notation, reading it, and moving a tree to its place in a larger one. Does not
belong here: which phrases go together (`attributions`).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

FRAMES = Path(__file__).parent / "attribution_frames.tsv"
KINDS = ("source", "verb", "inverted", "that", "preface")


class Word(NamedTuple):
    """A word with its tag, relation and head: an index into the same list, its own for the root."""

    form: str
    tag: str
    dep: str
    head: int


Tree = list[Word]


def moved(tree: Tree, by: int) -> Tree:
    """The tree as it is when that many words stand before it."""
    return [word._replace(head=word.head + by) for word in tree]


def root_of(tree: Tree) -> int:
    """The index of the word that is its own head."""
    return next(i for i, word in enumerate(tree) if word.head == i)


@lru_cache(maxsize=1)
def phrases(path: Path = FRAMES) -> dict[str, list[Tree]]:
    """The phrases by kind; raises ValueError naming file and line of a malformed one."""
    found: dict[str, list[Tree]] = {kind: [] for kind in KINDS}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        if line.startswith("#") or not line:
            continue
        kind, _, phrase = line.partition("\t")
        tree = [_word(position, word) for position, word in enumerate(phrase.split())]
        if kind not in found or sum(word.head == i for i, word in enumerate(tree)) != 1:
            raise ValueError(f"{path.name}:{number}: expected a kind and a phrase with one head")
        found[kind].append(tree)
    return found


def _word(position: int, written: str) -> Word:
    form, tag, dep, head = written.rsplit("/", 3)
    return Word(form, tag, dep, int(head) - 1 if int(head) else position)
