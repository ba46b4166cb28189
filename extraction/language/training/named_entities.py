"""Names of persons, organisations and places from a treebank's `Entity=` brackets.

Belongs here: the bracket notation, and which part of a mention is its name. Does not belong here:
the rest of the file format (`treebank`).

A mention in the treebank is a whole noun phrase with all its modifiers. A *name* here is its head,
where that is a proper noun, with the words that make up the name: flat and compound parts,
capitalised modifiers, and an "of" or "and" phrase that is itself a proper noun.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

LABELS = {"person": "PERSON", "organization": "ORG", "place": "PLACE"}
PROPER = frozenset({"NNP", "NNPS"})
NAME_PARTS = frozenset({"flat", "compound", "amod", "nummod", "goeswith"})

_BRACKET = re.compile(r"\(([^-()]+)-([^-()]+)[^()]*(\))?|([^-()]+)\)")

Span = tuple[int, int, str]


class Tree(NamedTuple):
    """A sentence's words with their PTB tags, heads (0-based positions) and relations."""

    words: Sequence[str]
    tags: Sequence[str]
    heads: Sequence[int]
    deps: Sequence[str]


def named_spans(tree: Tree, misc: Sequence[str]) -> list[Span]:
    """Names as (first word, past the last word, label), in order, without overlap.

    Where names nest ("University of Berlin"), the longest one is kept.
    """
    found = set()
    for start, end, kind in mentions(misc):
        label = LABELS.get(kind)
        head = _head(start, end, tree.heads)
        if label and tree.tags[head] in PROPER and not _is_people(label, tree.tags[head]):
            found.add((*_name(tree, head, start, end, label), label))
    kept: list[Span] = []
    for span in sorted(found, key=lambda s: (s[0] - s[1], s)):
        if all(span[1] <= other[0] or other[1] <= span[0] for other in kept):
            kept.append(span)
    return sorted(kept)


def mentions(misc: Sequence[str]) -> list[Span]:
    """Every bracketed mention as (first word, past the last word, kind), if it is closed."""
    opened: dict[str, list[tuple[int, str]]] = {}
    found: list[Span] = []
    for position, value in enumerate(misc):
        for bracket in _BRACKET.finditer(_entity_value(value)):
            key, kind, closed, closing = bracket.groups()
            if closed:
                found.append((position, position + 1, kind))
            elif closing is None:
                opened.setdefault(key, []).append((position, kind))
            elif opened.get(closing):
                start, kind = opened[closing].pop()
                found.append((start, position + 1, kind))
    return found


def _entity_value(misc: str) -> str:
    for part in misc.split("|"):
        if part.startswith("Entity="):
            return part.removeprefix("Entity=")
    return ""


def _head(start: int, end: int, heads: Sequence[int]) -> int:
    """The word of a span whose own head lies outside it."""
    for position in range(start, end):
        if not start <= heads[position] < end or heads[position] == position:
            return position
    return start


def _is_people(label: str, tag: str) -> bool:
    """Whether it is many persons and the name of none ("Afghans", "Muslims")."""
    return label == "PERSON" and tag == "NNPS"


def _name(tree: Tree, head: int, start: int, end: int, label: str) -> tuple[int, int]:
    """The stretch of words around a head that makes up its name."""
    parts = {head}
    grown = True
    while grown:
        grown = False
        for word in range(start, end):
            if word not in parts and _is_part(tree, word, parts, label):
                parts.add(word)
                grown = True
    first = last = head
    while first - 1 in parts:
        first -= 1
    while last + 1 in parts or _leads_on(tree, last, parts):
        last += 1
    return first, last + 1


def _is_part(tree: Tree, word: int, parts: set[int], label: str) -> bool:
    """A proper noun joined to the name itself, or by "of"; a person's title is no part of it."""
    if tree.heads[word] not in parts or tree.tags[word] not in PROPER:
        return False
    if tree.deps[word] in NAME_PARTS or (tree.deps[word] == "nmod:desc" and label != "PERSON"):
        return True
    between = tree.words[tree.heads[word] + 1 : word]
    return tree.deps[word] == "nmod" and "of" in between[:1]


def _leads_on(tree: Tree, last: int, parts: set[int]) -> bool:
    """Whether function words after `last` lead on to a further part of the name."""
    following = last + 1
    while following < len(tree.tags) and tree.tags[following] in {"IN", "DT"}:
        following += 1
    return last + 1 < following <= last + 3 and following in parts
