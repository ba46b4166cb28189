"""Every entry of the small vocabularies, read from its file, changes what a sentence is read as."""

from __future__ import annotations

import pytest

from extraction import extract
from extraction.actors.phrases import Phrases
from extraction.events import slots
from extraction.events.frames import Match
from extraction.events.grammar import frames
from extraction.events.merging import Group
from extraction.events.reading import Reading
from extraction.events.subtypes import complete, means_of
from extraction.language.tree import Tree
from extraction.rows import Entity
from extraction.vocabulary import load_table
from tests.unit.frame_sentences import Builder

MEANS = {row["word"]: row for row in load_table("instruments")}


def _clause(*words: tuple[str, str, str, int]) -> Tree:
    builder = Builder()
    for word in words:
        builder.add(*word)
    return builder.tree()[0]


def _name(row: dict[str, str]) -> str:
    return " ".join(filter(None, row.values()))


@pytest.mark.parametrize("row", load_table("instruments"), ids=_name)
def test_a_means_named_in_the_clause_gives_the_mode(row: dict[str, str]) -> None:
    beside = row["with"].split("|")[0]
    words = [("rebels", "NNS", "nsubj", 1), ("hit", "VBD", "ROOT", 1)]
    words += [("village", "NN", "obj", 1), (row["word"], "NN", "obl", 1)]
    if beside:
        words.append((beside, "NN", "compound", 3))
    found = means_of(_clause(*words), 1)
    assert found is not None
    assert found.mode == row["mode"]
    excluded = [w for w in row["without"].split("|") if w]
    others = [w for w in excluded if w not in MEANS]
    if others:
        other = means_of(_clause(*words, (others[0], "NN", "compound", 3)), 1)
        assert other is None or other.word != row["word"]


@pytest.mark.parametrize("row", load_table("control_verbs"), ids=_name)
def test_the_object_of_a_control_verb_acts(row: dict[str, str]) -> None:
    words = [("Peru", "NNP", "nsubj", 1), (row["lemma"], "VBD", "ROOT", 1)]
    words += [("Chile", "NNP", "obj", 1), ("to", "TO", "mark", 4), ("attack", "VB", "xcomp", 1)]
    assert slots.subjects(_clause(*words), 4) == [2]
    words[1] = ("vow", "VBD", "ROOT", 1)
    assert slots.subjects(_clause(*words), 4) == [0]


@pytest.mark.parametrize("row", load_table("result_verbs"), ids=_name)
def test_harm_beside_crowd_control_is_excessive_force(row: dict[str, str]) -> None:
    group = Group(Match(1, 1, frames()["attack", "v"][0]))
    crowd = [Entity("protesters", 10, 20, None, None, "OPP")]
    words = [("police", "NN", "nsubj", 1), ("gas", "VBD", "ROOT", 1), ("others", "NNS", "obj", 1)]
    tree = _clause(*words, (row["lemma"], "VBG", "advcl", 1))
    found = complete(tree, group, "ASSAULT", "crowd-control", None, [], crowd)
    assert found[1] == "FORCE_AGAINST_PROTEST"
    tree = _clause(*words, ("chase", "VBG", "advcl", 1))
    found = complete(tree, group, "ASSAULT", "crowd-control", None, [], crowd)
    assert found[1] == "PROTEST_WITH_INTER"


@pytest.mark.parametrize("row", load_table("aspect_verbs"), ids=_name)
def test_an_aspect_verb_is_looked_through_to_what_it_begins(row: dict[str, str]) -> None:
    builder = Builder()
    for word in (
        ("rebels", "NNS", "nsubj", 1),
        ("vow", "VBD", "ROOT", 1),
        ("to", "TO", "mark", 3),
        (row["lemma"], "VB", "xcomp", 1),
        ("shelling", "NN", "obj", 3),
    ):
        builder.add(*word)
    tree, text = builder.tree()
    assert Reading(Phrases(tree, [], text)).slot(1, "v", "comp") == [3, 4]


def _actors(text: str, trigger: str) -> list[str | None]:
    event = next(e for e in extract(text).events if e.text == trigger)
    return [a.country or a.name for a in event.actors]


NAMED = {
    "state": ("Peru denied the report. {} attacked the camp.", ["PER"]),
    "pair": ("Peru and Chile clashed on Monday. {} attacked the camp.", ["PER", "CHL"]),
    "group": ("Hezbollah denied the report. {} attacked the camp.", ["Hezbollah"]),
    "forces": ("Peru sent soldiers to the border. {} attacked the camp.", ["PER"]),
}
PHRASES = [
    (row["kind"], determiner, row["lemma"])
    for row in load_table("anaphors")
    for determiner in row["determiners"].split("|")[:1]
    if determiner
]


@pytest.mark.parametrize(("kind", "determiner", "noun"), PHRASES)
def test_a_phrase_stands_for_whom_the_document_named(kind: str, determiner: str, noun: str) -> None:
    text, expected = NAMED[kind]
    is_many = kind in {"pair", "forces"}
    plural = (noun[:-1] + "ies" if noun.endswith("y") else noun + "s") if is_many else noun
    phrase = f"{determiner.capitalize()} {plural}"
    assert _actors(text.format(phrase), "attacked") == expected
