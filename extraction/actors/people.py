"""The people of a document: a full name with its office once, a surname later.

Belongs here: the country and sector that a document gives its persons, and the country that it
reports from. Does not belong here: pronouns and phrases (`reference`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache

from extraction.actors.lexicon import Mention
from extraction.actors.phrases import Phrases, roles
from extraction.article import Article
from extraction.vocabulary import load_table

_DATELINE = re.compile(r"[^\W\d_a-z][^\n—–]{2,90}? (?:—|–|--?)(?: |$)")
_NAME_TAGS = frozenset({"NNP", "NNPS"})
STATELY = frozenset({"state", "capital", "demonym"})


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whom the document names: full name, country, PLOVER sector."""

    name: str
    country: str | None
    sector: str | None


def read_people(article: Article, sentences: dict[int, Phrases]) -> dict[str, Person]:
    """Surname (in small letters) → person; the fullest introduction wins."""
    found: dict[str, Person] = {}
    home = home_country(article)
    for index in sorted(sentences):
        phrases = sentences[index]
        for first, last in _names(phrases):
            person = _person(article, phrases, index, first, last, home)
            key = phrases.tree.lowers[last]
            known = found.get(key)
            if known is None or (person.country and not known.country):
                found[key] = person
    return found


def _names(phrases: Phrases) -> list[tuple[int, int]]:
    """First and last token of every run of name tokens that is a person's.

    The pipeline calls it one, or an office stands right before it ("Chancellor A.").
    """
    tree = phrases.tree
    found: list[tuple[int, int]] = []
    for token in range(len(tree)):
        if tree.tags[token] not in _NAME_TAGS or token in phrases.by_token:
            continue
        if tree.entity_types[token] not in {"PERSON", ""} and not _follows_office(phrases, token):
            continue
        if found and found[-1][1] == token - 1:
            found[-1] = (found[-1][0], token)
        elif tree.entity_types[token] == "PERSON" or _follows_office(phrases, token):
            found.append((token, token))
    return found


def _past_titles(phrases: Phrases, first: int, last: int) -> int:
    """First token of the name proper: "Prime Minister A. B." is A. B."""
    tree = phrases.tree
    while first < last and (tree.lemmas[first] in roles() or tree.words[first] in titles()):
        first += 1
    return first


def _follows_office(phrases: Phrases, token: int) -> bool:
    """ "minister A.", "Col. B."."""
    if token == 0:
        return False
    before = token - 1
    known = phrases.tree.lemmas[before] in roles() and phrases.tree.is_noun(before)
    return known or phrases.tree.words[before] in titles()


@cache
def titles() -> frozenset[str]:
    """Titles of one word that stand before a name."""
    return frozenset(row["title"] for row in load_table("titles", ("title",)))


def _person(
    article: Article, phrases: Phrases, index: int, first: int, last: int, home: str | None
) -> Person:
    tree = phrases.tree
    inside = range(first, last + 1)
    head = next((t for t in inside if tree.heads[t] not in inside), first)
    if tree.deps[head] == "appos" and not phrases.naming(head):
        head = tree.heads[head]
    mention = phrases.naming(head)
    name = article.text[tree.starts[_past_titles(phrases, first, last)] : tree.ends[last]]
    country = mention.country if mention else None
    is_free = country is None and (mention is None or mention.kind != "organisation")
    if is_free and phrases.is_organ_of_state(head):
        country = state_before(article, index, tree.starts[first]) or home
    return Person(name, country, phrases.sector(head, mention))


def home_country(article: Article) -> str | None:
    """The country that the article is about: its dateline's, else the only one it names.

    A dateline does not say so where another state is named more often.
    """
    counts = _named(article)
    country = dateline_country(article)
    if country is not None:
        return country if counts[country] >= max(counts.values(), default=0) else None
    return next(iter(counts)) if len(counts) == 1 else None


def _named(article: Article) -> Counter[str | None]:
    return Counter(
        m.country
        for mentions in article.mentions.values()
        for m in mentions
        if m.country and m.kind in STATELY
    )


def dateline_country(article: Article) -> str | None:
    """The country that the article reports from."""
    for sentence in article.sentences[:3]:
        if _DATELINE.match(sentence.text):
            found: list[Mention] = article.mentions.get(sentence.index, [])
            named = [m for m in found if m.kind in STATELY]
            if named:
                return named[-1].country
            located = [
                p.country for p in article.places if sentence.start <= p.start < sentence.end
            ]
            if located and located[0]:
                return located[0]
    return None


def state_before(article: Article, index: int, offset: int) -> str | None:
    """The state last named before an offset, in the same paragraph."""
    mention = mention_before(article, index, offset, STATELY)
    return mention.country if mention else None


def mention_before(
    article: Article, index: int, offset: int, kinds: frozenset[str]
) -> Mention | None:
    """The name of one of the kinds last written before an offset, in the same paragraph."""
    while index >= 0:
        sentence = article.sentences[index]
        found: list[Mention] = article.mentions.get(index, [])
        named = [m for m in found if m.end <= offset and m.kind in kinds]
        if named:
            return named[-1]
        if index == 0 or "\n" in article.text[article.sentences[index - 1].end : sentence.start]:
            return None
        index -= 1
    return None
