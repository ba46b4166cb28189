"""Place names in a sentence: capitalised stretches that the gazetteer or a word like "region"
knows.

Belongs here: where a name begins and ends, and telling places from persons and organisations. Does
not belong here: which place of that name is meant (`choice`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.dates.lexer import lexicon
from extraction.places.belief import (
    Parse,
    Stretch,
    class_at,
    is_place,
    is_place_in_capitals,
    place_words,
)
from extraction.places.evidence import demonyms
from extraction.places.gazetteer import Gazetteer, fold, gazetteer
from extraction.sentences import Sentence, Token

_JOINTS = frozenset("-'’.")
_MAX_TOKENS = 8


@dataclass(frozen=True, slots=True)
class Name:
    """A name and the words around it that belong to the mention ("eastern", "region")."""

    folded: str
    start: int
    end: int
    """The name alone, offsets in the article."""
    outer_start: int
    outer_end: int
    kind: str
    """`plain`, or what the words around it say: `region` `settlement` `quarter`."""
    has_direction: bool
    is_near: bool
    is_expected: bool
    is_known: bool
    """Whether the gazetteer has the name."""


@cache
def connectors() -> frozenset[str]:
    """Small words inside names: Rio de Janeiro, Stoke on Trent."""
    return frozenset(word for word, kind in place_words().items() if kind == "connector")


def names_of(sentence: Sentence, parse: Parse) -> list[Name]:
    """The place names of a sentence, left to right."""
    tokens = sentence.tokens
    capitals = sentence.text.isupper()
    index = gazetteer()
    found: list[Name] = []
    position = 0
    while position < len(tokens):
        if not tokens[position].text[0].isupper():
            position += 1
            continue
        width = _longest(index, sentence, tokens, position)
        stretch = _stretch(sentence, position, width, parse, found)
        believed = is_place_in_capitals(stretch, parse) if capitals else is_place(stretch)
        position += 1
        if believed:
            found.append(_name(sentence, stretch))
            while position < len(tokens) and tokens[position].start < found[-1].outer_end:
                position += 1
    return found


def _stretch(
    sentence: Sentence, first: int, width: int, parse: Parse, found: list[Name]
) -> Stretch:
    """The stretch that begins at `first`: `width` tokens of a known name, else what looks like
    one."""
    tokens = sentence.tokens
    last = first + width
    if not width:
        run_end = _capital_run_end if sentence.text.isupper() else _run_end
        last = run_end(tokens, first)
    start, end = tokens[first].start, tokens[last - 1].end
    label = _label(parse.entities, start, end, tokens[last] if last < len(tokens) else None)
    kind, _ = _shape(tokens, first, last)
    between = tokens[first - 1].lower if first else ""
    follows = bool(found) and between in (",", "and") and first > 1
    follows = follows and tokens[first - 2].end == found[-1].outer_end
    is_major = width > 0 and _is_major(start, end, sentence)
    return Stretch(tokens, first, last, label, kind, width > 0, follows, is_major)


def _is_major(start: int, end: int, sentence: Sentence) -> bool:
    """Whether the name is that of a state or a capital."""
    kinds = {entry.kind for entry in gazetteer().entries(_key(sentence, start, end))}
    return bool(kinds & {"country", "capital"})


def _longest(index: Gazetteer, sentence: Sentence, tokens: list[Token], position: int) -> int:
    """Tokens of the longest gazetteer name that begins here; 0 where none does."""
    token = tokens[position]
    best = 0
    for width in range(1, min(_MAX_TOKENS, len(tokens) - position) + 1):
        last = tokens[position + width - 1]
        if last.text[0].isalpha():
            if _key(sentence, token.start, last.end) in index.lines:
                best = width
            if not last.text[0].isupper() and last.lower not in connectors():
                break
        elif last.text not in _JOINTS or last.start != tokens[position + width - 2].end:
            break
    return best if best and not _is_stopped(tokens, position, best) else 0


def _is_stopped(tokens: list[Token], position: int, width: int) -> bool:
    """Whether the name is a demonym or a month, which some town somewhere is called as well."""
    lower = tokens[position].lower
    return width == 1 and (lower in demonyms() or lower in lexicon().triggers)


def _key(sentence: Sentence, start: int, end: int) -> str:
    text = sentence.text[start - sentence.start : end - sentence.start]
    return fold(text.removesuffix("’s").removesuffix("'s"))


def _name(sentence: Sentence, stretch: Stretch) -> Name:
    """The mention around a stretch."""
    tokens, first = stretch.tokens, stretch.first
    last = tokens[stretch.last - 1]
    start, end = tokens[first].start, last.start + len(_bare(last.text))
    kind, outer_end = _shape(tokens, first, stretch.last)
    has_direction = class_at(tokens, first - 1) == "direction"
    lead = class_at(tokens, stretch.lead)
    return Name(
        _key(sentence, start, end),
        start,
        end,
        tokens[first - 1].start if has_direction else start,
        outer_end if outer_end > last.end else end,
        kind,
        has_direction,
        lead == "near" or _is_beside(tokens, first),
        stretch.label == "PLACE" or kind != "plain" or lead in ("near", "locative"),
        stretch.is_known,
    )


def _label(
    entities: list[tuple[int, int, str]], start: int, end: int, follower: Token | None
) -> str:
    """The parser's label for the stretch; `LONGER` where its entity goes on ("Chatham House")."""
    for entity_start, entity_end, label in entities:
        if entity_start < end and start < entity_end:
            goes_on = entity_end > end + 2 and follower is not None and follower.text[0].isupper()
            word = follower.lower if follower is not None else ""
            if label == "PLACE" and goes_on and place_words().get(word) != "region":
                return "LONGER"
            if label != "PLACE" and (entity_start < start or entity_end > end + 2):
                return "LONGER"
            return label
    return ""


def _bare(text: str) -> str:
    return text.removesuffix("’s").removesuffix("'s")


def _run_end(tokens: list[Token], first: int) -> int:
    """The end of the capitalised stretch that begins at `first`."""
    last = first + 1
    while last < len(tokens) and last - first < 4 and tokens[last].text[0].isupper():
        if place_words().get(tokens[last].lower) == "region":
            break
        last += 1
    return last


def _capital_run_end(tokens: list[Token], first: int) -> int:
    """The end of a name in a sentence of capitals: one word, with "SAN" or "LA" before it."""
    last = first + 1
    while last < len(tokens) and class_at(tokens, last - 1) in ("prefix", "connector"):
        last += 1
    return last


def _shape(tokens: list[Token], first: int, last: int) -> tuple[str, int]:
    """What the words around the name make of it, and where the mention ends."""
    end = tokens[last - 1].end
    right = class_at(tokens, last)
    if right in ("region", "quarter"):
        return right, tokens[last].end
    if right == "settlement" and tokens[last].text[0].isupper():
        return "settlement", tokens[last].end
    if class_at(tokens, first - 1) == "settlement":
        return "settlement", end
    if first > 1 and tokens[first - 1].lower == "of":
        head = class_at(tokens, first - 2)
        if head in ("region", "quarter", "settlement"):
            return head, end
    return "plain", end


def _is_beside(tokens: list[Token], first: int) -> bool:
    """Whether "near the town of", "the border of", "the outskirts of" stands before the name."""
    window = [place_words().get(t.lower) for t in tokens[max(0, first - 4) : first]]
    return "near" in window and (first > 0 and tokens[first - 1].lower in ("of", "with", "the"))
