"""Several sources with a number each behind one verb.

Belongs here: "police put it at 50,000 and organisers at 200,000", "was put at 50,000 by police and
at 200,000 by organisers". Does not belong here: claims with a verb of their own (`coordination`).
"""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Token

from extraction.numbers.noun_phrase import counting_words

_JOINTS = frozenset((",", "and", "but", "while"))
_PHRASE = frozenset(("DT", "JJ", "NN", "NNS", "NNP", "NNPS", "POS", "PRP$"))
_NUMBER = frozenset(("CD", "$"))
_REACH = 12
"""Words from the verb to its first "at" and number."""
_LONGEST_PHRASE = 6


@dataclass(frozen=True, slots=True)
class Rival:
    """One source and its number: the head of the source, and half-open token ranges."""

    source: Token | None
    """None: the verb's own subject."""
    number: tuple[int, int]
    whole: tuple[int, int]
    """The number with the words that name its source."""


def rivals_of(verb: Token) -> list[Rival]:
    """The pairs behind a verb, its own first; empty where there is no second one."""
    doc = verb.doc
    ats = (t.i for t in doc[verb.i + 1 : verb.i + _REACH] if t.lower_ == "at")
    first = next((n for n in (_number(doc, at) for at in ats) if n is not None), None)
    if first is None:
        return []
    agent = _agent(doc, first[1])
    end = first[1] if agent is None else agent[1]
    pairs = [Rival(agent and agent[0], first, (first[0], end))]
    while (pair := _next(doc, pairs[-1].whole[1], is_passive=agent is not None)) is not None:
        pairs.append(pair)
    return pairs if len(pairs) > 1 else []


def _next(doc: Doc, start: int, *, is_passive: bool) -> Rival | None:
    """The pair behind "and" or a comma at `start`."""
    at = start
    while at < len(doc) and doc[at].lower_ in _JOINTS:
        at += 1
    if at == start:
        return None
    if is_passive:
        number = _number(doc, at)
        agent = _agent(doc, number[1]) if number else None
        return Rival(agent[0], number, (start, agent[1])) if number and agent else None
    source = _noun(doc, at)
    number = _number(doc, source.i + 1) if source is not None else None
    if source is None or number is None or doc[number[0]].lower_ != "at":
        return None
    return Rival(source, number, (start, number[1]))


def _number(doc: Doc, start: int) -> tuple[int, int] | None:
    """Token range of "at more than 60" or "60" at `start`."""
    at = start
    while at < len(doc) and doc[at].lower_ in counting_words("approx") | {"at"}:
        at += 1
    first = at
    while at < len(doc) and doc[at].tag_ in _NUMBER:
        at += 1
    return (start, at) if at > first else None


def _agent(doc: Doc, start: int) -> tuple[Token, int] | None:
    """The noun of "by local doctors" at `start`, and where the phrase ends."""
    if start >= len(doc) or doc[start].lower_ != "by":
        return None
    noun = _noun(doc, start + 1)
    return None if noun is None else (noun, noun.i + 1)


def _noun(doc: Doc, start: int) -> Token | None:
    """The last word of a short noun phrase that begins at `start`."""
    end = start
    while end < len(doc) and end - start < _LONGEST_PHRASE and doc[end].tag_ in _PHRASE:
        end += 1
    return doc[end - 1] if end > start and doc[end - 1].tag_.startswith("NN") else None
