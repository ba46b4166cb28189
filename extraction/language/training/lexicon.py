"""The word-class lexicon and the word endings, counted in the treebank's train part.

    python -m extraction.language.training.lexicon --treebank DIR --output DIR

Belongs here: counting and writing the two tables. Does not belong here: reading them
(`extraction.language.word_classes`).
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from extraction.language.training.treebank import read_sentences, treebank_file

NAMES = frozenset({"NNP", "NNPS"})
NOT_WORDS = frozenset({"ADD", "GW", "NFP", "XX", "LS", "SYM", "AFX", "FW", "_"})
LEAST_COUNT = 2
RARE = 5
LEAST_WORDS = 8
LEAST_SHARE = 0.7
LONGEST_ENDING = 5
ALIKE = {"VBD": "VBN", "VBP": "VB", "NNPS": "NNP"}

LEXICON_HEADER = """\
# Word classes: the dominant Penn Treebank tag of a word, whatever its neighbours.
# word: lower-cased; tag: its most frequent tag, name tags (NNP, NNPS) left out; share: of that tag
# in all occurrences, as a name included; count: all occurrences. Words seen at least twice; words
# seen only as names are left out.
# Source: train parts of UD_English-EWT (CC BY-SA 4.0) and UD_English-GUM (CC BY genres), counted by
# `python -m extraction.language.training.lexicon`.
# word	tag	share	count
"""
ENDINGS_HEADER = """\
# Word endings: the tag of an unknown word with that ending; the longest ending decides.
# ending: the last letters, after "~" those of a capitalised word ("~onal": National); tag: dominant
# Penn Treebank tag; share: of that tag among the different rare words (seen at most five times)
# with the ending, VBD and VBN, VB and VBP taken together; count: of those words. An ending that
# says the same as a shorter one is left out; a word with none of them is NN, a capitalised one NNP.
# Source: as for word_classes.tsv.
# ending	tag	share	count
"""

Counts = dict[str, Counter[str]]
Row = tuple[str, str, float, int]


def main() -> None:
    """Count, and write both tables."""
    parser = argparse.ArgumentParser(prog="extraction.language.training.lexicon")
    parser.add_argument("--treebank", type=Path, required=True, help="folder of the CoNLL-U files")
    parser.add_argument("--output", type=Path, required=True, help="folder for the two tables")
    arguments = parser.parse_args()
    train = treebank_file(arguments.treebank, "train")
    counts = count_tags(train, str.__len__)
    common = {word: Counter(dict(_common(tags))) for word, tags in counts.items()}
    capitalised = count_tags(train, str.istitle)
    write(arguments.output / "word_classes.tsv", LEXICON_HEADER, lexicon(counts))
    rows = [*endings(common), *endings(capitalised, "NNP", "~")]
    write(arguments.output / "word_class_endings.tsv", ENDINGS_HEADER, rows)


def count_tags(path: Path, is_counted: Callable[[str], object]) -> Counts:
    """Tags of the words that are counted, lower-cased."""
    counts: Counts = defaultdict(Counter)
    for sentence in read_sentences(path):
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            if any(map(str.isalpha, word)) and tag not in NOT_WORDS and is_counted(word):
                counts[word.lower()][tag] += 1
    return counts


def _common(tags: Counter[str]) -> Iterator[tuple[str, int]]:
    return ((tag, count) for tag, count in tags.items() if tag not in NAMES)


def lexicon(counts: Counts) -> Iterator[Row]:
    """One row per word seen often enough other than as a name."""
    for word, tags in sorted(counts.items()):
        common = dict(_common(tags))
        total = sum(tags.values())
        if total >= LEAST_COUNT and common:
            tag = max(sorted(common), key=lambda tag: common[tag])
            yield word, tag, common[tag] / total, total


def endings(counts: Counts, default: str = "NN", mark: str = "") -> Iterator[Row]:
    """One row per ending that decides otherwise than a shorter one."""
    by_ending: Counts = defaultdict(Counter)
    for word, tags in counts.items():
        if 0 < tags.total() <= RARE and word.isalpha():
            tag = max(sorted(tags), key=lambda tag: tags[tag])
            for length in range(1, min(LONGEST_ENDING, len(word) - 2) + 1):
                by_ending[word[-length:]][tag] += 1
    decided: dict[str, str] = {}
    for ending in sorted(by_ending, key=lambda e: (len(e), e)):
        tags = by_ending[ending]
        tag, share = _dominant(tags)
        shorter = next((decided[s] for s in _shorter(ending) if s in decided), default)
        is_sure = tags.total() >= LEAST_WORDS and share >= LEAST_SHARE
        if is_sure and _look(tag) != _look(shorter):
            decided[ending] = tag
            yield mark + ending, tag, share, tags.total()


def _dominant(tags: Counter[str]) -> tuple[str, float]:
    """The most frequent tag; its share counts the tags that look the same ("-ed": VBD and VBN)."""
    tag = max(sorted(tags), key=lambda tag: tags[tag])
    alike = sum(count for other, count in tags.items() if _look(other) == _look(tag))
    return tag, alike / tags.total()


def _look(tag: str) -> str:
    return ALIKE.get(tag, tag)


def _shorter(ending: str) -> Iterator[str]:
    return (ending[start:] for start in range(1, len(ending)))


def write(path: Path, header: str, rows: Iterable[Row]) -> None:
    """A table with its documented header."""
    lines = [f"{word}\t{tag}\t{share:.2f}\t{count}\n" for word, tag, share, count in rows]
    path.write_text(header + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
