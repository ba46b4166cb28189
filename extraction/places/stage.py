"""The places of an article.

Belongs here: the order of the steps, and the shape of a place mention. Does not belong here: the
steps' rules.
"""

from __future__ import annotations

import re
from collections import Counter

from extraction.article import Article
from extraction.places.belief import Parse
from extraction.places.choice import choose
from extraction.places.evidence import countries_of, demonyms
from extraction.places.gazetteer import Entry, gazetteer
from extraction.places.names import Name, names_of
from extraction.rows import PlaceMention
from extraction.sentences import Sentence

_PRECISION = {
    "continent": "area",
    "area": "area",
    "sea": "area",
    "region": "region",
    "state": "region",
    "country": "country",
    "capital": "city",
    "city": "city",
    "point": "point",
}
_CAPITAL = re.compile(r"\b([A-Z][a-z]+) capital\b(?! (?:of )?[A-Z])")
_DATELINE_RULE = re.compile(r"[^\n]{0,60}?(?:--|[—–]| - )")


def find_places(article: Article) -> None:
    """Find the places of the text in text order."""
    countries = countries_of(article)
    found: list[PlaceMention] = []
    for sentence in article.sentences:
        for name in names_of(sentence, _parse_of(article, sentence)):
            mention = _mention(article, name, countries)
            if mention is not None:
                found.append(mention)
        if "capital" in sentence.text:
            found += _capitals(sentence)
    found.sort(key=lambda place: (place.start, place.end))
    _mark_dateline(article, found)
    article.places = _without_overlaps(found)


def _parse_of(article: Article, sentence: Sentence) -> Parse:
    doc = article.parses.get(sentence.index)
    if doc is None:
        return Parse()
    at = sentence.start
    entities = [(at + e.start_char, at + e.end_char, e.label_) for e in doc.ents]
    capitals = sentence.text.isupper()
    return Parse(entities, {at + t.idx: t.tag_ for t in doc} if capitals else {})


def _mention(article: Article, name: Name, countries: Counter[str]) -> PlaceMention | None:
    text = article.text[name.outer_start : name.outer_end]
    entries = gazetteer().entries(name.folded) if name.is_known else []
    if not entries:
        return PlaceMention(
            text,
            name.outer_start,
            name.outer_end,
            name=article.text[name.start : name.end],
            precision="region" if name.kind == "region" else None,
            reason="not in the gazetteer",
        )
    entry = choose(_fitting(entries, name), countries, name.is_expected)
    if entry is None:
        return None
    return PlaceMention(
        text,
        name.outer_start,
        name.outer_end,
        entry.name,
        entry.country,
        entry.latitude,
        entry.longitude,
        entry.geonames_id,
        _precision(entry, name),
    )


def _fitting(entries: list[Entry], name: Name) -> list[Entry]:
    """The entries that the words around the name allow."""
    kinds = {"region": ("region", "state", "area"), "settlement": ("city", "capital")}.get(
        name.kind
    )
    return [e for e in entries if kinds and e.kind in kinds] or entries


def _precision(entry: Entry, name: Name) -> str:
    if name.is_near or name.has_direction or name.kind == "quarter":
        return "area"
    if name.kind == "region":
        return "region"
    return _PRECISION[entry.kind]


def _capitals(sentence: Sentence) -> list[PlaceMention]:
    """ "the Serbian capital": the capital of the country whose people are named."""
    found = []
    for match in _CAPITAL.finditer(sentence.text):
        country, capital = demonyms().get(match[1].lower(), ("", ""))
        entries = [e for e in gazetteer().entries(capital.lower()) if e.country == country]
        if entries:
            entry = entries[0]
            start, end = sentence.start + match.start(), sentence.start + match.end()
            found.append(
                PlaceMention(
                    match[0],
                    start,
                    end,
                    entry.name,
                    country,
                    entry.latitude,
                    entry.longitude,
                    entry.geonames_id,
                    "city",
                )
            )
    return found


def _mark_dateline(article: Article, places: list[PlaceMention]) -> None:
    """Tell the place of writing from the places that the article speaks of."""
    for place in places[:3]:
        line_start = article.text.rfind("\n", 0, place.start) + 1
        rule = _DATELINE_RULE.match(article.text, line_start)
        head = article.text[line_start : place.start]
        if rule and place.end <= rule.end() and place.start < 400 and head == head.upper():
            place.reason = "dateline"


def _without_overlaps(places: list[PlaceMention]) -> list[PlaceMention]:
    kept: list[PlaceMention] = []
    for place in places:
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept
