"""Whether a capitalised stretch is a place, and no part of a person's or organisation's name.

Belongs here: what the words beside the stretch, the parser's entities and its tags say. Does not
belong here: where the stretch begins and ends (`names`), which place of that name is meant
(`choice`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from extraction.dates.lexer import lexicon
from extraction.places.evidence import demonyms
from extraction.sentences import Token
from extraction.vocabulary import load_table

_INSIDE_WORDS = frozenset(("in", "at", "near", "outside"))


@dataclass(frozen=True, slots=True)
class Parse:
    """What the parser says of a sentence; empty where it was not parsed."""

    entities: list[tuple[int, int, str]] = field(default_factory=list)
    """Start, end and label (`PERSON` `ORG` `PLACE`), offsets in the article."""
    tags: dict[int, str] = field(default_factory=dict)
    """Start of a token → its tag; only for text in capitals, where spelling tells no names."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Tokens `first:last` of a sentence that may be a place."""

    tokens: list[Token]
    first: int
    last: int
    label: str
    """The parser's label, "" for none, `LONGER` where its place goes on ("Chatham House")."""
    kind: str
    is_known: bool
    follows_place: bool
    """Whether a place stands before it in a list: "in Talca, Temuco and …"."""
    is_major: bool = False
    """A state or its capital, which the parser's label does not outweigh."""

    @property
    def lead(self) -> int:
        """The position of the preposition, if any: "the" and "western" are passed over."""
        at = self.first - 1
        while at >= 0 and (
            self.tokens[at].lower == "the" or class_at(self.tokens, at) == "direction"
        ):
            at -= 1
        return at


@cache
def place_words() -> dict[str, str]:
    """Lower-case word → class of place_words.tsv."""
    return {row["word"]: row["class"] for row in load_table("place_words", ("word", "class"))}


def class_at(tokens: list[Token], position: int) -> str:
    """The class of the word at a position; "" for other words and beyond the sentence."""
    return place_words().get(tokens[position].lower, "") if 0 <= position < len(tokens) else ""


def is_place(stretch: Stretch) -> bool:
    """Whether the stretch, written with capitals among small letters, is a place."""
    if stretch.label in ("PERSON", "ORG", "LONGER"):
        return stretch.label != "LONGER" and _outweighs_label(stretch)
    if not stretch.is_known:
        return _is_unknown_place(stretch)
    if stretch.label == "PLACE":
        return not _goes_on(stretch)
    return not _in_longer_name(stretch)


def is_place_in_capitals(stretch: Stretch, parse: Parse) -> bool:
    """The same for a sentence in capitals, where every word looks like a name."""
    lead = stretch.tokens[stretch.lead].lower if stretch.lead >= 0 else ""
    located = place_words().get(lead) in ("locative", "near")
    if stretch.label == "ORG":
        return False
    if stretch.label == "PERSON":
        return stretch.is_known and (lead in _INSIDE_WORDS or stretch.is_major)
    if stretch.is_known:
        return True
    tag = parse.tags.get(stretch.tokens[stretch.first].start, "")
    if not tag.startswith("NNP") or _is_demonym(stretch):
        return False
    return stretch.kind in ("settlement", "quarter", "region") or (
        lead == "near" or (stretch.label == "PLACE" and located) or stretch.follows_place
    )


def _outweighs_label(stretch: Stretch) -> bool:
    """Whether a known name is a place though the parser calls it a person or an organisation."""
    if not stretch.is_known or _in_longer_name(stretch):
        return False
    lead = stretch.tokens[stretch.lead].lower if stretch.lead >= 0 else ""
    return stretch.is_major or lead in _INSIDE_WORDS or stretch.kind != "plain"


def _is_unknown_place(stretch: Stretch) -> bool:
    if _is_demonym(stretch):
        return False
    located = class_at(stretch.tokens, stretch.first - 1) in ("locative", "near")
    if stretch.label == "PLACE" and located:
        return True
    return stretch.kind != "plain" and _is_named_by_small_word(stretch)


def _is_demonym(stretch: Stretch) -> bool:
    return " ".join(t.lower for t in stretch.tokens[stretch.first : stretch.last]) in demonyms()


def _is_named_by_small_word(stretch: Stretch) -> bool:
    """Whether the word that makes an unknown name a place is written small: "Arvela region"."""
    tokens, first, last = stretch.tokens, stretch.first, stretch.last
    if class_at(tokens, last) in ("region", "quarter"):
        return tokens[last].text[0].islower() and first > 0
    return first > 0 and tokens[first - 1].text[0].islower()


def _goes_on(stretch: Stretch) -> bool:
    """Whether a longer name goes on behind it; "Kyiv Saturday" and "Kursk Region" do not."""
    tokens, last = stretch.tokens, stretch.last
    if last >= len(tokens):
        return False
    follower = tokens[last]
    if follower.text == "-":
        return follower.start == tokens[last - 1].end
    if not follower.text[0].isupper() or follower.lower in lexicon().triggers:
        return False
    return class_at(tokens, last) not in ("region", "quarter")


def _in_longer_name(stretch: Stretch) -> bool:
    """Whether it is a part of "Washington Post" or "Paris Hilton"."""
    tokens, first = stretch.tokens, stretch.first
    if _goes_on(stretch):
        return True
    if first == 0:
        return False
    leader = tokens[first - 1]
    if not leader.text[0].isupper() or class_at(tokens, first - 1) == "direction":
        return False
    return first > 1 and leader.lower not in place_words()
