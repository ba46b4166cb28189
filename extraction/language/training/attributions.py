"""Attributed copies of treebank statements: "…, officials said", "police denied that …".

Belongs here: building such a copy, words and tree, from a statement and the phrases of
`attribution_frames.tsv`. Does not belong here: how attributions are found in text.

The treebank's train part has about 80 reported clauses that come before their verb of saying; the
news has one in every few sentences.
"""

from __future__ import annotations

import random

from extraction.language.training.frames import Tree, Word, moved, phrases, root_of
from extraction.language.training.treebank import TreebankSentence

PREDICATES = frozenset({"VBD", "VBZ", "VBP", "VBN", "VBG", "NN", "JJ", "VB"})
SAYING = frozenset({"said", "says", "say", "told", "according", "``", "''", ":", "?", "!"})
LONGEST = 35
SHORTEST = 4


def attributed(sentence: TreebankSentence, chance: random.Random) -> TreebankSentence | None:
    """A copy of a statement with a source; None where the sentence is no plain statement."""
    if not is_statement(sentence):
        return None
    columns = (sentence.words, sentence.tags, sentence.deps, sentence.heads)
    statement = [Word(*row) for row in zip(*columns, strict=True)][:-1]
    frame = chance.choice([_after, _after, _inverted, _before, _before, _according])
    return _sentence(sentence, frame(statement, chance))


def is_statement(sentence: TreebankSentence) -> bool:
    """One clause with a subject and a full stop, without quotes and without a verb of saying."""
    words, root = sentence.words, sentence.deps.index("ROOT")
    subject = ("nsubj", root)
    return (
        SHORTEST <= len(words) <= LONGEST
        and words[-1] == "."
        and len(words) - 1 not in sentence.heads[:-1]
        and sentence.tags[root] in PREDICATES
        and subject in zip(sentence.deps, sentence.heads, strict=True)
        and SAYING.isdisjoint(word.lower() for word in words)
        and SAYING.isdisjoint(sentence.tags)
    )


def _after(statement: Tree, chance: random.Random) -> Tree:
    """Statement, comma, source, verb; or in quotes."""
    return _reported(statement, [_pick("source", chance), _pick("verb", chance)], 1, chance)


def _inverted(statement: Tree, chance: random.Random) -> Tree:
    return _reported(statement, [_pick("inverted", chance), _pick("source", chance)], 0, chance)


def _reported(statement: Tree, phrases: list[Tree], verb: int, chance: random.Random) -> Tree:
    root = root_of(statement)
    quotes = chance.choice([("", ""), ("", ""), ('"', '"'), ("“", "”")])
    tree = [Word(quotes[0], "``", "punct", -1)] if quotes[0] else []
    before = len(tree)
    tree += moved(statement, before)
    target = before + root
    tree.append(Word(",", ",", "punct", target))
    if quotes[1]:
        tree.append(Word(quotes[1], "''", "punct", target))
    starts = []
    for phrase in phrases:
        starts.append(len(tree) + root_of(phrase))
        tree += moved(phrase, len(tree))
    tree = [word._replace(head=target) if word.head < 0 else word for word in tree]
    tree[target] = tree[target]._replace(dep="ccomp", head=starts[verb])
    tree[starts[1 - verb]] = tree[starts[1 - verb]]._replace(dep="nsubj", head=starts[verb])
    return tree


def _before(statement: Tree, chance: random.Random) -> Tree:
    """Source, verb, with or without "that", statement."""
    kind = chance.choice(["verb", "that"])
    source, verb = _pick("source", chance), _pick(kind, chance)
    tree = moved(source, 0) + moved(verb, len(source))
    saying = len(source) + root_of(verb)
    tree[root_of(source)] = tree[root_of(source)]._replace(dep="nsubj", head=saying)
    has_that = kind == "that" or chance.random() < 0.6
    root = len(tree) + has_that + root_of(statement)
    if has_that:
        tree.append(Word("that", "IN", "mark", root))
    tree += moved(_lowered(statement), len(tree))
    tree[root] = tree[root]._replace(dep="ccomp", head=saying)
    return tree


def _according(statement: Tree, chance: random.Random) -> Tree:
    """The source after "according to", before or after the statement."""
    preface, source = _pick("preface", chance), _pick("source", chance)
    phrase = preface + moved(source, len(preface))
    head = len(preface) + root_of(source)
    phrase[0] = phrase[0]._replace(dep="case", head=head)
    if chance.random() < 0.5:
        start = len(phrase) + 1
        root = start + root_of(statement)
        comma = Word(",", ",", "punct", head)
        tree = [*phrase, comma, *moved(_lowered(statement), start)]
    else:
        root, head = root_of(statement), len(statement) + 1 + head
        comma = Word(",", ",", "punct", head)
        tree = [*statement, comma, *moved(phrase, len(statement) + 1)]
    tree[head] = tree[head]._replace(dep="obl", head=root)
    return tree


def _sentence(origin: TreebankSentence, tree: Tree) -> TreebankSentence:
    """With a full stop, the first word capitalised, and spaces where print has them."""
    root = root_of(tree)
    first = tree[0] if tree[0].tag != "``" else tree[1]
    tree = [*tree, Word(".", ".", "punct", root)]
    start = tree.index(first)
    tree[start] = first._replace(form=first.form[:1].upper() + first.form[1:])
    following = [*tree[1:], tree[-1]]
    spaces = [_is_spaced(a, b) for a, b in zip(tree, following, strict=True)]
    printed = zip(origin.words, origin.words[1:], origin.spaces, strict=False)
    inside = {(word, following): space for word, following, space in printed}
    pairs = zip(tree, following, spaces, strict=True)
    spaces = [inside.get((a.form, b.form), space) for a, b, space in pairs]
    tree[root] = tree[root]._replace(dep="ROOT")
    forms, tags, deps, heads = (list(column) for column in zip(*tree, strict=True))
    return TreebankSentence("attributed", forms, spaces, tags, heads, deps, ["_"] * len(tree))


def _is_spaced(word: Word, following: Word) -> bool:
    return word.tag != "``" and following.tag not in {",", ".", "''", "POS"}


def _lowered(statement: Tree) -> Tree:
    """A statement inside a sentence: its first word without the capital, unless it is a name."""
    first = statement[0]
    if first.tag in {"NNP", "NNPS", "JJ"} or first.form == "I":
        return statement
    return [first._replace(form=first.form[:1].lower() + first.form[1:]), *statement[1:]]


def _pick(kind: str, chance: random.Random) -> Tree:
    return chance.choice(phrases()[kind])
