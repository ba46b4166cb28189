"""The language stage: parses the sentences that need it.

Belongs here: which sentences are parsed, and the parse as document and as plain lists. Does not belong
here: loading and running the pipeline (`pipeline`), reading a parse.

A sentence needs a parse when a word in it is, in any form, a trigger of an event or a cue of
attribution, or when it holds a figure that refers to another one.
"""

from __future__ import annotations

import re
from functools import cache

from extraction.article import Article
from extraction.attribution.triggers import has_cue
from extraction.language.pipeline import parse
from extraction.language.tree import Tree
from extraction.vocabulary import load_table

RELATIVE = frozenset({"fraction_of", "multiple_of"})
_WORD = re.compile(r"[^\W\d_]+")


def parse_sentences(article: Article) -> None:
    """Fill `article.parses` and `article.trees` for the sentences that need it."""
    wanted = _wanted_words()
    relative = {f.sentence for f in article.figures if f.comparator in RELATIVE}
    chosen = [
        s
        for s in article.sentences
        if s.index in relative
        or not wanted.isdisjoint(_WORD.findall(s.text.lower()))
        or has_cue(s)
    ]
    for sentence, doc in zip(chosen, parse([s.text for s in chosen]), strict=True):
        article.parses[sentence.index] = doc
        article.trees[sentence.index] = Tree.of(doc, sentence.start)


@cache
def _wanted_words() -> frozenset[str]:
    """Every form of every trigger, in small letters."""
    words: set[str] = set()
    for row in load_table("triggers", ("trigger", "pos")):
        words |= _forms(row["trigger"].split()[0], "VERB" if row["pos"] == "v" else "NOUN")
    return frozenset(words)


def _forms(lemma: str, word_class: str) -> set[str]:
    from lemminflect import getAllInflections  # half a second: only once a text is read

    forms = {form for found in getAllInflections(lemma, word_class).values() for form in found}
    return {lemma.rpartition("-")[2], lemma} | forms
