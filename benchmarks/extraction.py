"""How fast whole articles are read: events, figures, ledger, attribution, dates and places.

    python -m benchmarks.extraction FILE… [--rounds 3]

A FILE is a text, or a .jsonl file with a `text` in every line. Prints sentences per second of
processor time on one core, at first reading (after five texts that load everything; most words are
new) and in the best of all rounds (every word is known), the share of sentences that were parsed,
and milliseconds per sentence of each stage in the best round.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path

from extraction.article import Article
from extraction.pipeline import STAGES


def main() -> None:
    """Print the rates."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    texts = [text for file in options.files for text in _texts(file)]
    _read(texts[:5], Counter())
    rounds = []
    for _ in range(options.rounds):
        took: Counter[str] = Counter()
        sentences, parsed = _read(texts, took)
        rounds.append(took)
    best = min(rounds, key=Counter.total)
    sys.stdout.write(f"{sentences:,} sentences in {len(texts):,} texts, ")
    sys.stdout.write(f"{parsed / sentences:.0%} parsed: {sentences / best.total():,.0f}/s, ")
    sys.stdout.write(f"{sentences / rounds[0].total():,.0f}/s at first reading\n")
    for stage, seconds in best.most_common():
        sys.stdout.write(f"  {stage:20} {1000 * seconds / sentences:6.3f} ms a sentence\n")


def _texts(file: Path) -> list[str]:
    content = file.read_text("utf-8")
    if file.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in content.splitlines()]
    return [content]


def _read(texts: list[str], took: Counter[str]) -> tuple[int, int]:
    """Read every text once, adding seconds by stage to `took`; sentences, and those parsed."""
    sentences = parsed = 0
    for text in texts:
        began = time.process_time()
        article = Article.read(text)
        took["split_sentences"] += time.process_time() - began
        for stage in STAGES:
            began = time.process_time()
            stage(article)
            took[stage.__name__] += time.process_time() - began
        sentences += len(article.sentences)
        parsed += len(article.parses)
    return sentences, parsed


if __name__ == "__main__":
    main()
