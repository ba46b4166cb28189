"""Places: what is one, which of its name is meant, and how exactly it is known."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.article import Article
from extraction.language.pipeline import parse
from extraction.places import find_places
from extraction.places.belief import place_words
from extraction.places.gazetteer import Gazetteer, fold, gazetteer
from extraction.rows import PLACE_PRECISIONS, PlaceMention
from extraction.vocabulary import load_table


def places_in(text: str, parsed: bool = True) -> list[PlaceMention]:
    article = Article.read(text)
    if parsed:
        docs = parse([sentence.text for sentence in article.sentences])
        article.parses = dict(enumerate(docs))
    find_places(article)
    return article.places


FOUND = [
    ("a capital", "Drones hit Kyiv on Monday.", "Kyiv", "UKR", "city"),
    ("a state", "The convoy reached Rwanda.", "Rwanda", "RWA", "country"),
    ("a town without its accent", "Farmers blocked a road near Nis.", "Nis", "SRB", "area"),
    (
        "a region with its word",
        "Mines were cleared in the Kursk region.",
        "Kursk region",
        "RUS",
        "region",
    ),
    (
        "a province of the news list",
        "Troops were in North Kivu province.",
        "North Kivu province",
        "COD",
        "region",
    ),
    ("a direction", "Clashes spread in eastern Congo.", "eastern Congo", "COD", "area"),
    ("near a town", "Shells fell near the town of Walikale.", "Walikale", "COD", "area"),
    (
        "a border",
        "They reached the border of the Dnipropetrovsk region.",
        "Dnipropetrovsk region",
        "UKR",
        "area",
    ),
    ("a US state", "The fire crossed into Oregon.", "Oregon", "USA", "region"),
    ("a sea", "Two ships sank in the Red Sea.", "Red Sea", None, "area"),
    (
        "an unknown village",
        "A flood drowned the village of Arvela.",
        "Arvela",
        None,
        None,
    ),
    (
        "the capital of a people",
        "Thousands marched through the Serbian capital.",
        "Serbian capital",
        "SRB",
        "city",
    ),
    ("a hyphenated name", "Gangs burned cars in Port-au-Prince.", "Port-au-Prince", "HTI", "city"),
    ("a possessive", "Fog closed Kyiv’s airport.", "Kyiv", "UKR", "city"),
    ("a city in capitals", "A BOMB EXPLODED IN MEDELLIN TODAY.", "MEDELLIN", "COL", "city"),
    ("a town in capitals", "REBELS ATTACKED THE TOWN OF YUNGUYO TODAY.", "YUNGUYO", None, None),
]


@pytest.mark.parametrize(
    ("text", "words", "country", "precision"), [c[1:] for c in FOUND], ids=[c[0] for c in FOUND]
)
def test_place_is_found(text: str, words: str, country: str | None, precision: str | None) -> None:
    found = {place.text: place for place in places_in(text)}
    assert words in found
    assert (found[words].country, found[words].precision) == (country, precision)
    if found[words].latitude is None:
        assert found[words].reason == "not in the gazetteer"


NO_PLACES = [
    ("a newspaper", "The Washington Post reported the deal.", "Washington"),
    ("a person", "Paris Hilton sold the house.", "Paris"),
    ("a president", "George Washington led them.", "Washington"),
    ("an institute", "A researcher at Chatham House said so.", "Chatham"),
    ("a people", "Thai soldiers crossed the river.", "Thai"),
    ("a month", "The talks end in March.", "March"),
    ("a word", "Reading the report took hours.", "Reading"),
    ("a modal in capitals", "THE REBELS MAY ATTACK.", "MAY"),
]


@pytest.mark.parametrize(
    ("text", "words"), [c[1:] for c in NO_PLACES], ids=[c[0] for c in NO_PLACES]
)
def test_name_is_no_place(text: str, words: str) -> None:
    assert words not in [place.text for place in places_in(text)]


CHOICES = [
    ("the larger without evidence", "Crowds filled Tripoli.", "Tripoli", "LBY"),
    ("the country that is named", "Lebanon sent police to Tripoli.", "Tripoli", "LBN"),
    ("the capital against a namesake", "American tourists left Paris.", "Paris", "FRA"),
]


@pytest.mark.parametrize(
    ("text", "words", "country"), [c[1:] for c in CHOICES], ids=[c[0] for c in CHOICES]
)
def test_among_places_of_one_name(text: str, words: str, country: str) -> None:
    found = {place.text: place.country for place in places_in(text)}
    assert found[words] == country


def test_the_dateline_is_marked() -> None:
    places = places_in("GOMA, Congo, March 4 — Rebels seized a bridge in Luanda.")
    assert [place.reason for place in places] == ["dateline", "dateline", None]


def test_places_are_found_without_a_parse() -> None:
    assert [p.text for p in places_in("Drones hit Kyiv and Odesa.", parsed=False)] == [
        "Kyiv",
        "Odesa",
    ]


@pytest.mark.parametrize("row", load_table("news_places"), ids=lambda row: row["name"])
def test_every_place_of_the_news_list_is_in_the_index(row: dict[str, str]) -> None:
    for name in (row["name"], *filter(None, row["also"].split("|"))):
        entries = gazetteer().entries(fold(name))
        assert any(e.name == row["name"] and (e.country or "") == row["country"] for e in entries)


CLASSES = (
    "region",
    "settlement",
    "quarter",
    "direction",
    "near",
    "locative",
    "connector",
    "prefix",
)


@pytest.mark.parametrize("row", load_table("place_words"), ids=lambda row: row["word"])
def test_every_place_word_has_a_known_class(row: dict[str, str]) -> None:
    assert row["class"] in CLASSES
    assert place_words()[row["word"]] == row["class"]


@pytest.mark.parametrize("row", load_table("states"), ids=lambda row: row["country"])
def test_every_state_is_a_country_of_the_index(row: dict[str, str]) -> None:
    name = row["names"].split("|")[0]
    kinds = {(e.kind, e.country) for e in gazetteer().entries(fold(name))}
    assert ("country", row["country"]) in kinds or row["country"] == "PSE"


def test_the_index_is_built_in_less_than_a_second_of_work() -> None:
    gazetteer.cache_clear()
    started = time.process_time()
    built = gazetteer()
    assert time.process_time() - started < 1
    assert isinstance(built, Gazetteer)


WORDS = (
    "Kyiv",
    "region",
    "of",
    "the",
    "in",
    "near",
    "EASTERN",
    "CONGO",
    "Port-au-Prince",
    "’s",
    ",",
)
names = st.lists(st.sampled_from([*WORDS, "Rio", "de", "Janeiro", "—", "Serbian", "capital", "\n"]))


@settings(max_examples=150, deadline=None)
@given(names.map(" ".join) | st.text(max_size=200))
def test_any_text_gives_well_formed_places(text: str) -> None:
    last = 0
    for place in places_in(text, parsed=False):
        assert text[place.start : place.end] == place.text
        assert place.start >= last
        assert place.precision is None or place.precision in PLACE_PRECISIONS
        assert place.country is None or len(place.country) == 3
        last = place.end
