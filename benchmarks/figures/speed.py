"""How fast figures and ledger are read, beside quantulum3 on the same texts in the same run.

Belongs here: timing. Does not belong here: accuracy (`newsquant_adapter` and the scorer of the
gold).

    pip install -r benchmarks/figures/requirements.txt
    python -m benchmarks.figures.speed TEXTS.jsonl [--rounds 5] [--peer-texts 100]

`TEXTS.jsonl` has a `text` in every line. Times are processor time of this process, one core; the
best round counts. The product reads sentences, dates, figures and ledger; the peer reads
quantities.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import warnings
from collections.abc import Callable
from pathlib import Path

from extraction.article import Article
from extraction.dates import find_dates
from extraction.numbers.stage import find_numbers


def main() -> None:
    """Print sentences per second of both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peer-texts", type=int, default=100, help="the peer reads only so many")
    options = parser.parse_args()
    texts = [json.loads(line)["text"] for line in options.texts.read_text("utf-8").splitlines()]
    ours = _rate(_read, texts, options.rounds)
    sys.stdout.write(f"dispatches   {ours:10,.0f} sentences/s\n")
    peer = _peer()
    if peer is None:
        sys.stdout.write("quantulum3   not installed: see requirements.txt beside this file\n")
        return
    theirs = _rate(peer, texts[: options.peer_texts], 1)
    sys.stdout.write(f"quantulum3   {theirs:10,.0f} sentences/s\n")
    sys.stdout.write(f"ratio        {ours / theirs:10.1f}\n")


def _read(text: str) -> None:
    """Sentences, dates, figures and ledger of one text."""
    article = Article.read(text)
    find_dates(article)
    find_numbers(article)


def _peer() -> Callable[[str], object] | None:
    """quantulum3's parser; None where it isn't installed."""
    warnings.simplefilter("ignore")
    try:
        from quantulum3 import parser  # the benchmark's own requirement
    except ImportError:
        return None
    return lambda text: parser.parse(text)


def _rate(read: Callable[[str], object], texts: list[str], rounds: int) -> float:
    """Sentences per second of processor time in the best round, after a warm-up."""
    sentences = sum(len(Article.read(text).sentences) for text in texts)
    for text in texts[:20]:
        read(text)
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for text in texts:
            read(text)
        best = min(best, time.process_time() - began)
    return sentences / best


if __name__ == "__main__":
    main()
