"""What stands around a word, for the repairs: known verbs, dates, the noun phrase to the left.

Belongs here: looking, and the one way to make a word its clause's verb. Does not belong here: when
to do so.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from extraction.language.lemmas import lemma_of
from extraction.vocabulary import load_table

if TYPE_CHECKING:
    from extraction.language.tree import Tree

NAMES = frozenset({"NNP", "NNPS"})
NOUNS = frozenset({"NN", "NNS", "NNP", "NNPS", "PRP"})
_PARTS = frozenset(
    {"nmod", "compound", "flat", "nmod:desc", "nmod:poss", "appos", "nummod", "nmod:unmarked"}
)
_BETWEEN = frozenset({"RB", "MD", "VBP", "VBZ", "VBD"})
_BEFORE_DATES = frozenset({"on", "in", "late", "early"})


@cache
def known_verbs() -> frozenset[str]:
    """Base forms of the verbs of the event vocabulary."""
    return frozenset(
        row["trigger"].split()[0]
        for row in load_table("triggers", ("trigger", "pos"))
        if row["pos"] == "v"
    )


@cache
def phrasal_verbs() -> frozenset[tuple[str, str]]:
    """(verb, particle) of the event vocabulary's verbs that take an object."""
    rows = load_table("triggers", ("trigger", "pos"))
    return frozenset(
        (verb, particle)
        for row in rows
        for verb, _, particle in [row["trigger"].partition(" ")]
        if particle and row["pos"] == "v" and "obj" in row["needs"] + row["recipient"]
    )


@cache
def when_words() -> frozenset[str]:
    """Names of days and other single words for a time."""
    return frozenset(row["word"] for row in load_table("when_words", ("word",)))


def left_nominal(tree: Tree, verb: int) -> int:
    """Head of the noun phrase that ends right before a verb, over adverbs and dates; -1 if none."""
    at = verb - 1
    while at >= 0 and ((tree.tags[at] in _BETWEEN and at == verb - 1) or _is_when(tree, at)):
        at -= 1
    if at < 0 or tree.tags[at] not in NOUNS:
        return -1
    while tree.deps[at] in _PARTS and tree.heads[at] < verb and tree.heads[at] != at:
        if tree.tags[tree.heads[at]] not in NOUNS:
            break
        at = tree.heads[at]
    return at


def _is_when(tree: Tree, token: int) -> bool:
    """A word of a date between subject and verb: "on Tuesday", "today", "again"."""
    words = when_words()
    if tree.lowers[token] in words or tree.tags[token] == "RB":
        return True
    after = token + 1
    return tree.lowers[token] in _BEFORE_DATES and after < len(tree) and tree.lowers[after] in words


def make_verb(tree: Tree, token: int, tag: str, head: int, dep: str) -> None:
    """Retag a word as a verb and hang it elsewhere; a word that hangs on itself is the root."""
    tree.tags[token], tree.heads[token], tree.deps[token] = tag, head, dep
    tree.lemmas[token] = lemma_of(tree.lowers[token], tag).lower()
    if head == token:
        tree.deps[token] = "ROOT"
