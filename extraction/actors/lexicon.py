"""Names of states, peoples, capitals, organisations and leaders, found without a parse.

Belongs here: the name lists and their matching in running text and in text set in capitals. Does
not belong here: noun phrases, pronouns, people that only the article introduces.

The longest name wins; a name in name_traps.tsv ("Indian Ocean") hides the names inside it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from extraction.vocabulary import load_table

_WORD_START = re.compile(r"(?<![\w’'.-])[^\W\d_]|(?<=[-/])[^\W\d_](?=\w)")
_JOINED = re.compile(r"-(\w)")
KEY, SHORT_KEY = 4, 2
_AMBIGUOUS_IN_CAPITALS = frozenset({"US", "MALE", "POLISH", "IS", "WHO", "ELECTION", "LULA"})
_FIRST_NAMES_OF_PERSONS = frozenset({"Jordan", "Georgia", "Chad", "Israel"})


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in the text.

    `kind` is `state` `demonym` `capital` `organisation` `leader` or `trap`.
    """

    start: int
    end: int
    text: str
    kind: str
    name: str
    country: str | None
    sector: str | None


@dataclass(frozen=True, slots=True)
class _Name:
    written: str
    kind: str
    name: str
    country: str | None
    sector: str | None


def find_names(text: str, offset: int = 0) -> list[Mention]:
    """Every name in a sentence, in order, not overlapping; `offset` is the sentence's start.

    In a sentence without small letters the names are compared in capitals.
    """
    in_capitals = text.isupper()
    index = _index(in_capitals)
    found: list[Mention] = []
    reached = 0
    for match in _WORD_START.finditer(text):
        start = match.start()
        if start < reached:
            continue
        name = _longest(index, text, start)
        if name is None:
            continue
        reached = start + len(name.written)
        if name.kind != "trap" and not _is_part_of_other_name(text, start, reached, name):
            found.append(
                Mention(
                    start + offset,
                    reached + offset,
                    name.written,
                    name.kind,
                    name.name,
                    name.country,
                    name.sector,
                )
            )
    return found


def _longest(index: dict[str, list[_Name]], text: str, start: int) -> _Name | None:
    for length in (KEY, SHORT_KEY):
        for name in index.get(text[start : start + length], ()):
            end = start + len(name.written)
            if text.startswith(name.written, start) and not text[end : end + 1].isalnum():
                return name
    return None


def _is_part_of_other_name(text: str, start: int, end: int, name: _Name) -> bool:
    before = text[max(0, start - 5) : start]
    if re.search(r"\b(?:[Nn]ew|NEW|[Ll]atin|LATIN) $", before) and name.kind != "organisation":
        return True
    if name.written in _FIRST_NAMES_OF_PERSONS:
        return bool(
            re.match(r" (?!and\b|said\b)[A-Z][a-z]+ (?:said|told|was|who|has|,)", text[end:])
        )
    return False


@cache
def _index(in_capitals: bool) -> dict[str, list[_Name]]:
    """First four characters, or two of shorter names → names, longest first."""
    index: dict[str, list[_Name]] = {}
    for name in _names():
        written = name.written
        if in_capitals:
            if written.upper() in _AMBIGUOUS_IN_CAPITALS and written != "US":
                continue
            written = written.upper()
            name = _Name(written, name.kind, name.name, name.country, name.sector)
        key = KEY if len(written) >= KEY else SHORT_KEY
        index.setdefault(written[:key], []).append(name)
    for names in index.values():
        names.sort(key=lambda n: -len(n.written))
    return index


@cache
def _names() -> tuple[_Name, ...]:
    found: dict[str, _Name] = {}
    for row in load_table("name_traps", ("name",)):
        found.setdefault(row["name"], _Name(row["name"], "trap", row["name"], None, None))
    for row in load_table("organisations", ("name", "sector")):
        name = _Name(
            row["name"], "organisation", row["entity"], row["country"] or None, row["sector"]
        )
        found.setdefault(row["name"], name)
    for row in load_table("states", ("country", "names")):
        state = row["names"].split("|")[0]
        for column, kind in (("names", "state"), ("demonyms", "demonym"), ("capitals", "capital")):
            for written in filter(None, row[column].split("|")):
                found.setdefault(written, _Name(written, kind, state, row["country"], "GOV"))
    for name in _leaders():
        found.setdefault(name.written, name)
    return tuple(found.values())


def _leaders() -> list[_Name]:
    """Their full names, then the short ones that mean leaders of one state alone."""
    full: list[_Name] = []
    short: dict[str, list[_Name]] = {}
    for row in load_table("leaders", ("country", "name", "alone")):
        person = row["name"], row["country"], "GOV"
        for written in (row["name"], _JOINED.sub(_parted, row["name"])):
            full.append(_Name(written, "leader", *person))
        for written in _short_names(row["name"], row["alone"] == "yes"):
            short.setdefault(written, []).append(_Name(written, "leader", *person))
    sure = (names[0] for names in short.values() if len({n.country for n in names}) == 1)
    return [*full, *sure]


def _parted(joined: re.Match[str]) -> str:
    """ "Jae Myung" for "Jae-myung"."""
    return f" {joined[1].upper()}"


def _short_names(name: str, alone: bool) -> list[str]:
    surname = surname_of(name)
    titles = [row["title"] for row in load_table("titles", ("title",)) if row["before"] == "leader"]
    ways = [f"{title} {surname}" for title in titles]
    return [*ways, surname] if alone and len(surname) > 3 else ways


def surname_of(name: str) -> str:
    """The part of a person's name that later mentions use."""
    parts = name.split()
    if len(parts) > 1 and parts[0] in {row["surname"] for row in load_table("surnames_first")}:
        return parts[0]
    return next((p for p in reversed(parts) if p not in {"Jr.", "II", "III", "VI"}), name)


@cache
def _state_names() -> dict[str, str]:
    return {
        row["country"]: row["names"].split("|")[0]
        for row in load_table("states", ("country", "names"))
    }


def name_of_state(country: str) -> str | None:
    """The usual name of a state by its ISO alpha-3 code."""
    return _state_names().get(country)
