"""The language stage: parses the sentences that need it.

Belongs here: which sentences are parsed, and the parse as document and as plain lists. Does not
belong here: loading and running the pipeline (`pipeline`), reading a parse.

A sentence needs a parse when a word in it is, in any form, a trigger of an event or a cue of
attribution, or when it holds a figure that refers to another one.
"""

from __future__ import annotations

import re
from functools import cache

from extraction.article import Article
from extraction.attribution.triggers import sentences_with_cue
from extraction.events.grammar import MATCHED_BY_ENTITY, NO_EVENT, Frame, frames
from extraction.language.pipeline import load_pipeline, parse
from extraction.language.tree import Tree
from extraction.vocabulary.noun_classes import noun_classes

RELATIVE = frozenset({"fraction_of", "multiple_of"})
_SLOTS_OF_WORDS = frozenset({"obj", "subj", "comp", "mod", "modal", "light"})
_PREPOSITIONS = frozenset(
    {"to", "with", "on", "upon", "for", "against", "from", "into", "by", "between", "at", "of"}
)
_WORD = re.compile(r"[^\W\d_]+")


def parse_sentences(article: Article) -> None:
    """Fill `article.parses` and `article.trees` for the sentences that need it."""
    relative = {f.sentence for f in article.figures if f.comparator in RELATIVE}
    cued = sentences_with_cue(article)
    chosen = [
        s
        for s in article.sentences
        if s.index in relative or _may_hold_event(_WORD.findall(s.text.lower())) or s.index in cued
    ]
    docs = parse([s.text for s in chosen], load_pipeline(article.pipeline))
    for sentence, doc in zip(chosen, docs, strict=True):
        article.parses[sentence.index] = doc
        article.trees[sentence.index] = Tree.of(doc, sentence.start)


def _may_hold_event(words: list[str]) -> bool:
    """Some trigger's form stands there with the words that one of its frames asks for."""
    present = set(words)
    triggers = _triggers()
    for word in words:
        for needed in triggers.get(word, ()):
            if all(not group.isdisjoint(present) for group in needed):
                return True
    return False


@cache
def _triggers() -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """Form of a trigger → for each of its frames, groups of forms of which the sentence needs one
    each.

    A frame without such conditions has no groups; then the trigger alone is enough.
    """
    found: dict[str, set[tuple[frozenset[str], ...]]] = {}
    for rows in frames().values():
        for frame in rows:
            needed = _needed(frame)
            if frame.event_type == NO_EVENT:
                continue
            for form in _forms(frame.trigger, "VERB" if frame.pos == "v" else "NOUN"):
                found.setdefault(form, set()).add(needed)
    return {
        form: ((),) if () in groups else tuple(sorted(groups, key=lambda g: sorted(map(sorted, g))))
        for form, groups in found.items()
    }


@cache
def _needed(frame: Frame) -> tuple[frozenset[str], ...]:
    groups = [frozenset({frame.particle})] if frame.particle else []
    for condition in frame.conditions:
        if not condition.wanted or condition.classes & MATCHED_BY_ENTITY:
            continue
        if condition.slot in _SLOTS_OF_WORDS and condition.names_words:
            lemmas = condition.words.union(*(noun_classes()[c] for c in condition.classes))
            if "HUMAN" not in condition.classes:
                groups.append(frozenset(f for lemma in lemmas for f in _any_forms(lemma)))
        elif condition.slot in _PREPOSITIONS:
            groups.append(frozenset({condition.slot}))
    return tuple(sorted(groups, key=sorted))


def _any_forms(lemma: str) -> set[str]:
    return _forms(lemma, "NOUN") | _forms(lemma, "VERB")


@cache
def _forms(lemma: str, word_class: str) -> set[str]:
    from lemminflect import getAllInflections  # half a second: only once a text is read

    forms = {form for found in getAllInflections(lemma, word_class).values() for form in found}
    return {max(lemma.split("-"), key=len), lemma} | forms
