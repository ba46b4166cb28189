"""The gazetteer: names of places and what is known of each.

Belongs here: reading gazetteer.tsv, news_places.tsv and states.tsv into one index, built once at
first use in about a fifth of a second. Does not belong here: which of several places is meant.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from extraction.vocabulary import VocabularyError, load_table

_COLUMNS = 9
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "–": "-"})


class Entry(NamedTuple):
    """One place under one of its names."""

    name: str
    kind: str
    """continent area region sea state country capital city point"""
    country: str | None
    latitude: float | None
    longitude: float | None
    geonames_id: int | None
    population: int
    is_word: bool
    is_main: bool
    """Found under its English name, not under a further one."""


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Folded name → lines of the files, unparsed until asked for; a line is followed by a
    newline."""

    lines: dict[str, str]

    def entries(self, folded: str) -> list[Entry]:
        """The places of that folded name; empty where there is none."""
        return [_entry(line, folded) for line in self.lines.get(folded, "").split("\n") if line]


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """The form under which names are looked up: lower case, no diacritics, plain apostrophes."""
    name = name.translate(_APOSTROPHES).lower()
    if name.isascii():
        return name
    decomposed = unicodedata.normalize("NFKD", name)
    return "".join(c for c in decomposed if not unicodedata.combining(c))


@cache
def gazetteer() -> Gazetteer:
    """The index, built once.

    Raises VocabularyError where a line of gazetteer.tsv has not its nine cells.
    """
    lines: dict[str, str] = {}
    countries: dict[str, str] = {}
    for line in _generated_lines():
        names, _, rest = line.partition("\t")
        for name in names.split("|"):
            lines[name] = f"{lines[name]}\n{line}" if name in lines else line
        if "\tcountry\t" in rest:
            countries[rest.split("\t", 3)[2]] = rest
    for row in load_table("news_places", ("name", "kind", "latitude", "longitude")):
        names = "|".join(fold(n) for n in (row["name"], *row["also"].split("|")) if n)
        cells = (row["name"], row["kind"], row["country"], row["latitude"], row["longitude"])
        _add(lines, names, "\t".join((*cells, "", "", "")))
    for row in load_table("states", ("country", "names")):
        if row["country"] in countries:
            names = "|".join(fold(name) for name in row["names"].split("|"))
            _add(lines, names, countries[row["country"]])
    return Gazetteer(lines)


def _generated_lines() -> list[str]:
    path = resources.files("extraction.vocabulary") / "gazetteer.tsv"
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if line[0] != "#" and line.count("\t") != _COLUMNS - 1:
            raise VocabularyError(
                f"gazetteer.tsv:{number}: not {_COLUMNS} cells; generate the file anew"
            )
    return [line for line in lines if line[0] != "#"][1:]


def _add(lines: dict[str, str], names: str, rest: str) -> None:
    """Add a place under all its names, each of them as good as the first."""
    for name in names.split("|"):
        known = lines.get(name, "")
        if rest not in known:
            lines[name] = f"{known}\n{name}\t{rest}".strip("\n")


@lru_cache(maxsize=4096)
def _entry(line: str, folded: str) -> Entry:
    names, name, kind, country, latitude, longitude, number, population, is_word = line.split("\t")
    return Entry(
        name,
        kind,
        country or None,
        float(latitude) if latitude else None,
        float(longitude) if longitude else None,
        int(number) if number else None,
        int(population) if population else 0,
        is_word == "yes",
        names.split("|", 1)[0] == folded,
    )
