"""Prints tokenizer agreement, parsing speed and whether parses depend on the batch.

    python -m benchmarks.language --treebank DIR [--part dev] [--pipeline PATH]

Belongs here: the three measurements over the raw text of a treebank part. Does not belong here: any
other stage's speed. Run it with one thread (OMP_NUM_THREADS=1) for the speed of one core.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from pathlib import Path

from spacy.language import Language
from spacy.tokens import Doc

from extraction.language.pipeline import load_pipeline, parse
from extraction.language.training.treebank import (
    TreebankSentence,
    read_sentences,
    treebank_file,
)

REPEATS = 3
BATCH_SIZES = (1, 8, 128)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="benchmarks.language")
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the CoNLL-U files")
    parser.add_argument("--part", default="dev", help="part whose raw sentences are read")
    parser.add_argument("--pipeline", type=Path, help="another pipeline than the bundled one")
    arguments = parser.parse_args()
    sentences = list(read_sentences(treebank_file(arguments.treebank, arguments.part)))
    nlp = load_pipeline(arguments.pipeline)
    print(agreement(nlp, sentences))
    texts = [sentence.text for sentence in sentences]
    for name in ("with", "without"):
        with nlp.select_pipes(disable=["ner"] if name == "without" else []):
            print(f"{speed(nlp, texts)} {name} named entities")
    print(independence(nlp, texts))


def agreement(nlp: Language, sentences: list[TreebankSentence]) -> str:
    """Precision, recall and F1 of token spans on raw text."""
    right = found = gold = 0
    for sentence in sentences:
        predicted = {(t.idx, t.idx + len(t)) for t in nlp.tokenizer(sentence.text)}
        expected = set(_spans(sentence))
        right += len(predicted & expected)
        found += len(predicted)
        gold += len(expected)
    f1 = 200 * right / (found + gold)
    return f"tokens: P {100 * right / found:.2f} R {100 * right / gold:.2f} F1 {f1:.2f}"


def _spans(sentence: TreebankSentence) -> Iterator[tuple[int, int]]:
    start = 0
    for word, space in zip(sentence.words, sentence.spaces, strict=True):
        yield start, start + len(word)
        start += len(word) + space


def speed(nlp: Language, texts: list[str]) -> str:
    """Per second of processor time, the best of several runs (the first also warms the caches)."""
    words = 0
    best = float("inf")
    for _ in range(REPEATS):
        start = time.process_time()
        words = sum(len(doc) for doc in parse(texts, nlp))
        best = min(best, time.process_time() - start)
    return f"parse: {words / best:,.0f} words/s, {len(texts) / best:,.0f} sentences/s"


def independence(nlp: Language, texts: list[str]) -> str:
    """How many texts parse differently in batches of other sizes."""
    runs = [parse(texts, nlp, batch_size=size) for size in BATCH_SIZES]
    differing = sum(len({_annotation(doc) for doc in docs}) > 1 for docs in zip(*runs, strict=True))
    return f"batches of {BATCH_SIZES}: {differing} of {len(texts)} texts differ"


def _annotation(doc: Doc) -> tuple[object, ...]:
    words = tuple((t.tag_, t.head.i, t.dep_) for t in doc)
    return words, tuple((e.start, e.end, e.label_) for e in doc.ents)


if __name__ == "__main__":
    main()
