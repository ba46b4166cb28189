"""Place names in a sentence: capitalised stretches that the gazetteer or a word like "region"
knows.

Belongs here: where a name begins and ends, and telling places from persons and organisations. Does
not belong here: which place of that name is meant (`choice`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from extraction.dates.lexer import lexicon
from extraction.places.evidence import demonyms
from extraction.places.gazetteer import Gazetteer, fold, gazetteer
from extraction.sentences import Sentence, Token
from extraction.vocabulary import load_table

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


@cache
def place_words() -> dict[str, str]:
    """Lower-case word → class of place_words.tsv."""
    return {row["word"]: row["class"] for row in load_table("place_words", ("word", "class"))}


def names_of(sentence: Sentence, entities: list[tuple[int, int, str]]) -> list[Name]:
    """The place names of a sentence, left to right; `entities` are the parser's (start, end,
    label)."""
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
        name = _name(sentence, position, position + max(width, 1), width > 0, entities, capitals)
        if name is not None:
            found.append(name)
            position = next(
                (i for i in range(position, len(tokens)) if tokens[i].start >= name.outer_end),
                len(tokens),
            )
        else:
            position += 1
    return found


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


def _name(
    sentence: Sentence,
    first: int,
    last: int,
    is_known: bool,
    entities: list[tuple[int, int, str]],
    capitals: bool,
) -> Name | None:
    """The mention around tokens `first:last`, or None where they are no place."""
    tokens = sentence.tokens
    start, end = tokens[first].start, tokens[last - 1].end
    end -= len(tokens[last - 1].text) - len(_bare(tokens[last - 1].text))
    if not is_known:
        last = _run_end(tokens, first)
        end = tokens[last - 1].end
    label = _label(entities, start, end, tokens[last] if last < len(tokens) else None)
    left, right = _class_at(tokens, first - 1), _class_at(tokens, last)
    kind, outer_start, outer_end = _shape(tokens, first, last, left, right)
    outer_end = max(outer_end, end) if outer_end > tokens[last - 1].end else end
    if not _is_place(tokens, first, last, label, kind, is_known, capitals):
        return None
    before = tokens[first - 1].lower if first else ""
    direction = left == "direction"
    if direction:
        outer_start = min(outer_start, tokens[first - 1].start)
        before = tokens[first - 2].lower if first > 1 else ""
    before_class = place_words().get(before, "")
    return Name(
        _key(sentence, start, end),
        start,
        end,
        outer_start,
        outer_end,
        kind,
        direction,
        before_class == "near" or _is_beside(tokens, first),
        label == "PLACE" or kind != "plain" or before_class in ("near", "locative"),
        is_known,
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


def _class_at(tokens: list[Token], position: int) -> str:
    return place_words().get(tokens[position].lower, "") if 0 <= position < len(tokens) else ""


def _shape(
    tokens: list[Token], first: int, last: int, left: str, right: str
) -> tuple[str, int, int]:
    """What the words around the name make of it, and how far the mention reaches."""
    start, end = tokens[first].start, tokens[last - 1].end
    if right in ("region", "quarter"):
        return right, start, tokens[last].end
    if left == "settlement":
        return "settlement", start, end
    if first > 1 and tokens[first - 1].lower == "of":
        head = _class_at(tokens, first - 2)
        if head in ("region", "quarter"):
            return head, start, end
        if head == "settlement":
            return "settlement", start, end
    return "plain", start, end


def _is_beside(tokens: list[Token], first: int) -> bool:
    """Whether "near the town of", "the border of", "the outskirts of" stands before the name."""
    window = [place_words().get(t.lower) for t in tokens[max(0, first - 4) : first]]
    return "near" in window and (first > 0 and tokens[first - 1].lower in ("of", "with", "the"))


def _is_place(
    tokens: list[Token],
    first: int,
    last: int,
    label: str,
    kind: str,
    is_known: bool,
    capitals: bool,
) -> bool:
    """Whether the stretch is a place and no part of a person's or an organisation's name."""
    if label in ("PERSON", "ORG", "LONGER"):
        return False
    if not is_known:
        if " ".join(t.lower for t in tokens[first:last]) in demonyms():
            return False
        settled = kind != "plain" and (label == "PLACE" or tokens[last - 1].text[0].isupper())
        located = (
            label == "PLACE" and first > 0 and _class_at(tokens, first - 1) in ("locative", "near")
        )
        return (settled and _is_lower(tokens, first, last)) or located
    if capitals:
        located = _class_at(tokens, first - 1) in ("locative", "near")
        return label == "PLACE" or located or kind != "plain"
    if label == "PLACE":
        return not _goes_on(tokens, last)
    return not _in_longer_name(tokens, first, last)


def _is_lower(tokens: list[Token], first: int, last: int) -> bool:
    """Whether the word that makes an unknown name a place is written small ("Khortytsia
    region")."""
    right = tokens[last] if last < len(tokens) else None
    if right is not None and _class_at(tokens, last) in ("region", "quarter"):
        return right.text[0].islower() and first > 0
    return first > 0 and tokens[first - 1].text[0].islower()


def _goes_on(tokens: list[Token], last: int) -> bool:
    """Whether a longer name goes on behind the stretch; "Kyiv Saturday" and "Kursk Region" do
    not."""
    if last >= len(tokens):
        return False
    follower = tokens[last]
    if follower.text == "-":
        return follower.start == tokens[last - 1].end
    if not follower.text[0].isupper() or follower.lower in lexicon().triggers:
        return False
    return _class_at(tokens, last) not in ("region", "quarter")


def _in_longer_name(tokens: list[Token], first: int, last: int) -> bool:
    """Whether a capitalised word stands directly before or after: "Washington Post", "Paris
    Hilton"."""
    if _goes_on(tokens, last):
        return True
    if first == 0:
        return False
    leader = tokens[first - 1]
    if not leader.text[0].isupper() or _class_at(tokens, first - 1) == "direction":
        return False
    return first > 1 and leader.lower not in place_words()
