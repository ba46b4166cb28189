"""Text to sentences and tokens, both with offsets into the untouched text.

Belongs here: where a sentence and a token begin and end. Does not belong here: what a token means.

Lines are hard boundaries (a headline has no full stop); within a line blingfire splits, and a
dateline ("KINSHASA, March 4 (Reuters) —") is a sentence of its own. Tokens come from one regular
expression over the sentence, so a sentence that nobody asks about is never tokenised.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

import blingfire

_LINE = re.compile(r"[^\r\n]+")
_DATELINE = re.compile(
    r"""
    \s*[^\W\d_a-z][^\W\d_a-z.'’-]+(?:[ -][^\W\d_a-z][^\W\d_a-z.'’-]+){0,4}  # the city, in capitals
    (?:[ ]?[,(][^\n—–]{0,60}?)?                                              # country, date, agency
    [ ](?:—|–|--?)[ ](?:\[[A-Z ]{3,30}\][ ]){0,3}
    """,
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""
    [^\W\d_]+(?:[’'][^\W\d_]+)* # words, with inner apostrophes
  | \d+(?:[.,]\d+)*            # 1,297 · 3.4 · 18.000
  | \S                          # any other visible character, alone
    """,
    re.VERBOSE,
)
_MAY_END_INSIDE = re.compile(r"[.!?…。．！？‼⁇|][^\w\s]{0,4}\s")
"""A line without this is one sentence: blingfire, ten times slower, agrees (5,694 news lines)."""
LONGEST_SENTENCE = 2_000
"""Characters. What is longer is no sentence (a table, a list, noise); cutting it bounds every rule
that looks around inside a sentence, so that any text takes linear time."""


class Token(NamedTuple):
    """A word, a run of digits with separators, or one other visible character."""

    text: str
    lower: str
    start: int
    end: int


@dataclass(slots=True)
class Sentence:
    """One sentence: `text == article[start:end]`; tokens carry offsets into the article."""

    index: int
    start: int
    end: int
    text: str
    _tokens: list[Token] | None = field(default=None, repr=False)
    _texts: tuple[str, ...] | None = field(default=None, repr=False)
    _lowers: tuple[str, ...] | None = field(default=None, repr=False)

    @property
    def tokens(self) -> list[Token]:
        """The sentence's tokens, made when first asked for."""
        if self._tokens is None:
            self._tokens = _placed(self.text, self.start, self.texts, self.lowers)
        return self._tokens

    @property
    def texts(self) -> tuple[str, ...]:
        """The tokens as written, by position."""
        if self._texts is None:
            self._texts = tuple(_TOKEN.findall(self.text))
        return self._texts

    @property
    def lowers(self) -> tuple[str, ...]:
        """The tokens in lower case, by position: what rules that only compare words read."""
        if self._lowers is None:
            self._lowers = tuple(map(str.lower, self.texts))
        return self._lowers


def tokenize(text: str, offset: int = 0) -> list[Token]:
    """Tokens of `text`; offsets are shifted by `offset`."""
    words = tuple(_TOKEN.findall(text))
    return _placed(text, offset, words, tuple(map(str.lower, words)))


def _placed(text: str, offset: int, words: tuple[str, ...], lowers: tuple[str, ...]) -> list[Token]:
    """The words with their offsets; only white space is between them, so each is the next find."""
    new, find = tuple.__new__, text.index  # half the time of calling the class
    at = 0
    return [
        new(Token, (word, lower, (at := find(word, at)) + offset, (at := at + len(word)) + offset))
        for word, lower in zip(words, lowers, strict=True)
    ]


def split_sentences(text: str) -> list[Sentence]:
    """Sentences of `text` in order, without surrounding white space; blank lines give none."""
    sentences: list[Sentence] = []
    for line in _LINE.finditer(text):
        for start, end in _cut_long(line[0], _split_line(line[0])):
            stretch = line[0][start:end]
            left = len(stretch) - len(stretch.lstrip())
            body = stretch.strip()
            if body:
                at = line.start() + start + left
                sentences.append(Sentence(len(sentences), at, at + len(body), body))
    return sentences


def _cut_long(line: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans with none longer than any real sentence, cut at a space where there is one."""
    if len(line) <= LONGEST_SENTENCE:
        return spans
    cut: list[tuple[int, int]] = []
    for start, end in spans:
        while end - start > LONGEST_SENTENCE:
            limit = start + LONGEST_SENTENCE
            space = line.rfind(" ", start + 1, limit)
            middle = space if space > start else limit
            cut.append((start, middle))
            start = middle
        cut.append((start, end))
    return cut


def _split_line(line: str) -> list[tuple[int, int]]:
    """Spans that cover the line: from each of blingfire's sentence starts to the next."""
    if not line.strip():
        return []
    dateline = _DATELINE.match(line)
    first = dateline.end() if dateline and dateline.end() < len(line) else 0
    if not _MAY_END_INSIDE.search(line.rstrip(), first):
        return [(0, first), (first, len(line))] if first else [(0, len(line))]
    offsets = blingfire.text_to_sentences_and_offsets(line)[1]
    starts = sorted({0, first} | {begin for begin, _ in offsets if begin > first})
    return list(zip(starts, [*starts[1:], len(line)], strict=True))
