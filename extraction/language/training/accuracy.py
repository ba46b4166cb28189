"""Measures a pipeline against a treebank part; every number of the model card comes from here.

    python -m extraction.language.training.accuracy --treebank DIR [--part test] [--pipeline PATH]
        [--documents PREFIX ...] [--casing lower|upper]

Belongs here: what is counted, over the treebank's own tokens, and the printed table. Does not
belong here: speed and agreement of the tokenizer (`benchmarks`).
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extraction.language.pipeline import BATCH_SIZE, load_pipeline
from extraction.language.training.treebank import (
    TreebankSentence,
    read_sentences,
    to_doc,
    treebank_file,
)

Item = tuple[object, ...]

CASINGS: dict[str, Callable[[str], str]] = {"lower": str.lower, "upper": str.upper}
RELATIONS = {
    "subjects": frozenset({"nsubj", "nsubj:pass", "nsubj:outer"}),
    "passive subjects": frozenset({"nsubj:pass"}),
    "objects": frozenset({"obj"}),
    "obliques": frozenset({"obl"}),
    "agents": frozenset({"obl:agent"}),
}


@dataclass
class Tally:
    """Counts of right, predicted and gold items by name."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    gold: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, predicted: AbstractSet[Item], gold: AbstractSet[Item]) -> None:
        """Compare two sets of items."""
        self.right[name] += len(predicted & gold)
        self.predicted[name] += len(predicted)
        self.gold[name] += len(gold)

    def share(self, name: str, is_right: bool) -> None:
        """Count one word."""
        self.right[name] += is_right
        self.predicted[name] += 1
        self.gold[name] += 1

    def rows(self) -> Iterator[tuple[str, float, float, float, int]]:
        """Name, precision, recall, F1 (percent) and the number of gold items."""
        for name, gold in self.gold.items():
            right, predicted = self.right[name], self.predicted[name]
            yield (
                name,
                100 * right / max(predicted, 1),
                100 * right / max(gold, 1),
                200 * right / max(predicted + gold, 1),
                gold,
            )


def measure(
    nlp: Language, sentences: list[TreebankSentence], change: Callable[[str], str] = str
) -> Tally:
    """Tags, attachment, relations and entities over the treebank's tokens."""
    tally = Tally()
    given = (Doc(nlp.vocab, words=[change(w) for w in s.words], spaces=s.spaces) for s in sentences)
    for doc, sentence in zip(nlp.pipe(given, batch_size=BATCH_SIZE), sentences, strict=True):
        _count_words(tally, doc, sentence)
        for name, labels in RELATIONS.items():
            found = {(t.i, t.head.i) for t in doc if t.dep_ in labels}
            pairs = zip(sentence.heads, sentence.deps, strict=True)
            gold = {(i, head) for i, (head, dep) in enumerate(pairs) if dep in labels}
            tally.add(name, found, gold)
        if sentence.has_entities and change is str:
            _count_entities(tally, doc, to_doc(sentence, nlp.vocab))
    return tally


def _count_words(tally: Tally, doc: Doc, sentence: TreebankSentence) -> None:
    columns = (doc, sentence.tags, sentence.heads, sentence.deps)
    for token, tag, head, dep in zip(*columns, strict=True):
        tally.share("tags", token.tag_ == tag)
        is_attached = token.head.i == head
        is_labelled = is_attached and token.dep_ == dep
        tally.share("UAS, all words", is_attached)
        tally.share("LAS, all words", is_labelled)
        if dep != "punct":
            tally.share("UAS, without punctuation", is_attached)
            tally.share("LAS, without punctuation", is_labelled)


def _count_entities(tally: Tally, doc: Doc, reference: Doc) -> None:
    for label in ("PERSON", "ORG", "PLACE"):
        found = {(e.start, e.end) for e in doc.ents if e.label_ == label}
        gold = {(e.start, e.end) for e in reference.ents if e.label_ == label}
        tally.add(f"entities {label}", found, gold)
    all_found = {(e.start, e.end, e.label) for e in doc.ents}
    tally.add("entities, all", all_found, {(e.start, e.end, e.label) for e in reference.ents})


def main() -> None:
    """Print the table."""
    arguments = _arguments()
    sentences = [
        sentence
        for part in arguments.part
        for sentence in read_sentences(treebank_file(arguments.treebank, part))
        if sentence.document.startswith(tuple(arguments.documents))
    ]
    words = sum(len(sentence.words) for sentence in sentences)
    change = CASINGS.get(arguments.casing, str)
    tally = measure(load_pipeline(arguments.pipeline), sentences, change)
    print(f"{len(sentences)} sentences, {words} words")
    print(f"{'':28}{'P':>7}{'R':>7}{'F1':>7}{'gold':>8}")
    for name, precision, recall, f1, gold in tally.rows():
        print(f"{name:28}{precision:7.1f}{recall:7.1f}{f1:7.1f}{gold:8}")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="extraction.language.training.accuracy")
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the CoNLL-U files")
    parser.add_argument("--part", nargs="+", default=["test"], help="parts to measure on")
    parser.add_argument("--pipeline", type=Path, help="another pipeline than the bundled one")
    parser.add_argument("--documents", nargs="+", default=[""], help="prefixes of document ids")
    parser.add_argument("--casing", choices=sorted(CASINGS), help="re-case every word first")
    return parser.parse_args()


if __name__ == "__main__":
    main()
