"""The dates of an article: find, read, resolve, join ranges.

Belongs here: the order of the steps. Does not belong here: the steps' rules.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from dataclasses import dataclass, field
from operator import attrgetter

from extraction.article import Article
from extraction.dates.dateline import anchor_of
from extraction.dates.frames import interval_of, lend_year, range_of, relation_of
from extraction.dates.grammar import Match, matches_of
from extraction.dates.lexer import has_trigger, symbols_of
from extraction.dates.named import Context, Named, Parts, Words
from extraction.dates.readings import READINGS
from extraction.dates.tense import tense_at
from extraction.rows import DateMention
from extraction.sentences import Sentence, Token

_STRIPPED = frozenset(("AND", "TO", "COMMA"))
"""Frame words that only join a date to another one: no part of its text."""
_POSSESSIVES = frozenset(("'s", "’s"))
_HEAD_SENTENCES = 5
_START = attrgetter("start")


@dataclass(slots=True)
class _Reader:
    """The state of one article: its anchor, and the date that "a day earlier" would start from."""

    article: Article
    anchor: dt.date | None
    anchor_name: str | None
    antecedent: Named | None = None
    antecedent_sentence: int = -9
    found: list[DateMention] = field(default_factory=list)


def find_dates(article: Article) -> None:
    """Find every date of the text, in text order, and resolve what an anchor allows.

    Sentences without a date word or a number that could be a year are passed over.
    """
    matched = [(s, matches_of(symbols_of(s))) for s in article.sentences if has_trigger(s)]
    head = [m for s, matches in matched if s.index < _HEAD_SENTENCES for m in matches]
    reader = _Reader(article, *anchor_of(article, head))
    for sentence, matches in matched:
        for match in matches:
            _read(reader, sentence, match)
    article.dates = reader.found


def _read(reader: _Reader, sentence: Sentence, match: Match) -> None:
    if sentence.index - reader.antecedent_sentence > 1:
        reader.antecedent = None
    named = _named(reader, sentence, match)
    if named is None:
        return
    frame = match.frame
    while frame and frame[0].kind in _STRIPPED:
        frame = frame[1:]
    end = match.core[-1].end
    if reader.article.text[end : end + 2] in _POSSESSIVES:
        frame = []  # "in this week's attack": the preposition belongs to the attack
    start = (frame or match.core)[0].start
    mention = DateMention(
        reader.article.text[start:end],
        start,
        end,
        named.first.isoformat() if named.first else None,
        named.last.isoformat() if named.last else None,
        named.granularity,
        named.edtf,
        named.resolution,
        named.anchor,
        named.is_duration,
    )
    mention.interval = interval_of(mention, relation_of(frame), reader.anchor)
    if reader.found:
        _join_range(reader, reader.found[-1], mention, match)
    reader.found.append(mention)
    if not named.is_duration:
        reader.antecedent, reader.antecedent_sentence = named, sentence.index


def _named(reader: _Reader, sentence: Sentence, match: Match) -> Named | None:
    parts: Parts = {}
    for symbol in match.core:
        parts.setdefault(symbol.kind, symbol.value)
    tokens = sentence.tokens
    first_symbol = (match.frame or match.core)[0]
    first = bisect_left(tokens, first_symbol.start, key=_START)
    last = bisect_left(tokens, match.core[-1].end, key=_START)
    context = Context(
        reader.anchor,
        reader.anchor_name,
        reader.antecedent,
        reader.antecedent_sentence == sentence.index,
        lambda: tense_at(tokens, first, last),
        _frame_of(match, tokens, first, last),
    )
    return READINGS[match.kind](Words(parts, match.core, context))


def _frame_of(match: Match, tokens: list[Token], first: int, last: int) -> frozenset[str]:
    """Classes of the frame; `NAMING` where the date is a name's part: "the Oct. 7 attack"."""
    kinds = {symbol.kind for symbol in match.frame}
    named = first > 0 and tokens[first - 1].lower == "the" and not match.frame
    if named and last < len(tokens) and tokens[last].text.islower() and tokens[last].text.isalpha():
        kinds.add("NAMING")
    return frozenset(kinds)


def _join_range(reader: _Reader, first: DateMention, last: DateMention, match: Match) -> None:
    """Join "from A to B", "between A and B", "A – B" into the interval that both ends belong to."""
    between = reader.article.text[first.end : last.start].strip()
    opening = first.text.split(" ", 1)[0].lower()
    joined = match.frame[0].kind if match.frame else ""
    if between in ("–", "-", "—") and not match.frame:
        is_range = first.granularity == last.granularity
    elif opening == "between":
        is_range = joined == "AND" and between.lower() == "and"
    else:
        is_range = (
            opening == "from"
            and joined in ("TO", "UNTIL", "THROUGH")
            and (between.lower() in ("", "to"))
        )
    if is_range:
        lend_year(first, last)
        first.interval = last.interval = range_of(reader.article.text, first, last)
