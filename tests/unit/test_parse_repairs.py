"""Repairs of parses, and the small vocabularies that repairs, slots and references read."""

from __future__ import annotations

import pytest

from extraction.actors.reference import _anaphors
from extraction.events.reading import aspect_verbs
from extraction.language.repairs import repair
from extraction.language.repairs.neighbours import known_verbs, when_words
from extraction.language.tree import Tree
from extraction.modality.attachment import locates, locating
from extraction.rows import Span
from extraction.vocabulary import load_table
from tests.unit.frame_sentences import Builder

Row = tuple[str, str, str, int]


def _repaired(rows: list[Row]) -> Tree:
    builder = Builder()
    for row in rows:
        builder.add(*row)
    tree, _ = builder.tree()
    repair(tree)
    return tree


def _ids(row: dict[str, str]) -> str:
    return " ".join(row.values())


@pytest.mark.parametrize("row", load_table("number_limits"), ids=_ids)
def test_a_limit_belongs_to_its_number(row: dict[str, str]) -> None:
    words = row["words"].split()
    number = 2 + len(words)
    rows: list[Row] = [("they", "PRP", "nsubj", 1), ("send", "VBP", "ROOT", 1)]
    rows += [(word, "IN", "case", number + 1) for word in words]
    rows += [("500", "CD", "nummod", number + 1), ("soldiers", "NNS", "obl", 1)]
    tree = _repaired(rows)
    assert tree.deps[number + 1] == "obj"
    assert all(tree.heads[place] == number for place in range(2, number))


@pytest.mark.parametrize("row", load_table("same_in_past"), ids=_ids)
def test_a_past_form_between_noun_and_object_is_the_verb(row: dict[str, str]) -> None:
    rows: list[Row] = [("rebels", "NNS", "ROOT", 0), (row["lemma"], "JJ", "amod", 2)]
    tree = _repaired([*rows, ("fires", "NNS", "nmod", 0)])
    assert row["lemma"] in known_verbs()
    assert (tree.tags[1], tree.deps[0], tree.deps[2]) == ("VBD", "nsubj", "obj")


@pytest.mark.parametrize("row", load_table("same_in_past"), ids=_ids)
def test_a_form_of_both_tenses_is_past_unless_a_habit(row: dict[str, str]) -> None:
    rows: list[Row] = [("rebels", "NNS", "nsubj", 1), (row["lemma"], "VBP", "ROOT", 1)]
    assert _repaired([*rows, ("roads", "NNS", "obj", 1)]).tags[1] == "VBD"
    assert _repaired([*rows, ("often", "RB", "advmod", 1)]).tags[1] == "VBP"


@pytest.mark.parametrize("row", load_table("when_words"), ids=_ids)
def test_a_word_for_a_time_does_not_part_subject_and_verb(row: dict[str, str]) -> None:
    assert row["word"] in when_words()
    rows: list[Row] = [("rebels", "NNS", "ROOT", 0), (row["word"], "NN", "nmod", 0)]
    tree = _repaired([*rows, ("blocked", "VBN", "amod", 3), ("roads", "NNS", "nmod", 0)])
    assert (tree.tags[2], tree.heads[0], tree.deps[3]) == ("VBD", 2, "obj")


def test_a_small_letter_verb_is_no_name() -> None:
    tree = _repaired(
        [("Peru", "NNP", "ROOT", 0), ("blamed", "NNP", "flat", 0), ("Chile", "NNP", "flat", 0)]
    )
    assert (tree.tags[1], tree.deps[0], tree.deps[2]) == ("VBD", "nsubj", "obj")


def test_to_before_a_verb_and_its_object_is_an_infinitive() -> None:
    rows: list[Row] = [
        ("plan", "NN", "ROOT", 0),
        ("to", "IN", "case", 3),
        ("halt", "NN", "compound", 3),
    ]
    tree = _repaired([*rows, ("shipments", "NNS", "nmod", 0)])
    assert (tree.tags[2], tree.deps[1], tree.deps[3]) == ("VB", "mark", "obj")


def test_a_right_parse_stays_as_it_is() -> None:
    rows: list[Row] = [
        ("rebels", "NNS", "nsubj", 1),
        ("blocked", "VBD", "ROOT", 1),
        ("roads", "NNS", "obj", 1),
    ]
    tree = _repaired(rows)
    assert (tree.tags, tree.deps) == (["NNS", "VBD", "NNS"], ["nsubj", "ROOT", "obj"])


@pytest.mark.parametrize("row", load_table("locating_prepositions"), ids=_ids)
def test_a_preposition_of_places_locates(row: dict[str, str]) -> None:
    builder = Builder()
    builder.add("attacked", "VBD", "ROOT", 0)
    builder.add(row["word"], "IN", "case", 2)
    builder.add("Lima", "NNP", "obl", 0)
    tree, text = builder.tree()
    assert row["word"] in locating()
    assert locates(tree, Span("Lima", text.index("Lima"), len(text)))


@pytest.mark.parametrize("row", load_table("aspect_verbs"), ids=_ids)
def test_an_aspect_verb_is_looked_through(row: dict[str, str]) -> None:
    assert row["lemma"] in aspect_verbs()
    assert row["lemma"] in known_verbs() or row["lemma"] in {"keep", "start", "continue", "resume"}


@pytest.mark.parametrize("row", load_table("anaphors"), ids=_ids)
def test_an_anaphor_has_a_kind(row: dict[str, str]) -> None:
    assert row["kind"] in [kind for kind, _ in _anaphors()[row["lemma"]]]
    pronouns = {"person", "thing", "many", "speaker"}
    assert bool(row["determiners"]) == (row["kind"] not in pronouns)


def test_a_participle_of_a_coordinated_subject_is_the_verb() -> None:
    rows: list[Row] = [
        ("Peru", "NNP", "ROOT", 0),
        ("and", "CC", "cc", 2),
        ("Chile", "NNP", "conj", 0),
        ("agreed", "VBN", "acl", 2),
        ("to", "TO", "mark", 5),
        ("go", "VB", "advcl", 3),
    ]
    tree = _repaired(rows)
    assert (tree.tags[3], tree.deps[0], tree.heads[0], tree.heads[2]) == ("VBD", "nsubj", 3, 0)


def test_a_participle_below_a_noun_of_the_subject_is_the_verb() -> None:
    rows: list[Row] = [
        ("blast", "NN", "ROOT", 0),
        ("of", "IN", "case", 2),
        ("depot", "NN", "nmod", 0),
        ("killed", "VBN", "acl", 2),
        ("12", "CD", "nummod", 5),
        ("people", "NNS", "obj", 3),
    ]
    tree = _repaired(rows)
    assert (tree.tags[3], tree.deps[0], tree.heads[0], tree.heads[2]) == ("VBD", "nsubj", 3, 0)


def test_a_participle_without_an_object_still_describes_its_noun() -> None:
    rows: list[Row] = [
        ("blast", "NN", "ROOT", 0),
        ("of", "IN", "case", 2),
        ("depot", "NN", "nmod", 0),
        ("built", "VBN", "acl", 2),
        ("by", "IN", "case", 5),
        ("rebels", "NNS", "obl:agent", 3),
    ]
    assert _repaired(rows).deps[3] == "acl"


_AFTER_A_PHRASE: list[Row] = [
    ("on", "IN", "case", 2),
    ("Monday", "NNP", "compound", 2),
    ("gunmen", "NNS", "obl", 3),
    ("killed", "VBD", "ROOT", 3),
]


def test_a_plural_before_a_verb_without_a_subject_is_its_subject() -> None:
    tree = _repaired([*_AFTER_A_PHRASE, ("people", "NNS", "obj", 3)])
    assert (tree.deps[2], tree.deps[1], tree.heads[1], tree.heads[0]) == ("nsubj", "obl", 3, 1)


def test_a_plural_before_a_verb_with_a_subject_stays_where_it_is() -> None:
    tree = _repaired([*_AFTER_A_PHRASE, ("rebels", "NNS", "nsubj", 3)])
    assert (tree.deps[2], tree.deps[1]) == ("obl", "compound")


def test_a_clause_beside_the_main_one_describes_no_noun() -> None:
    rows: list[Row] = [
        ("Peru", "NNP", "nsubj", 1),
        ("condemned", "VBD", "ROOT", 1),
        ("strikes", "NNS", "obj", 1),
        ("while", "IN", "mark", 5),
        ("Chile", "NNP", "nsubj", 5),
        ("praised", "VBD", "acl", 2),
        ("them", "PRP", "obj", 5),
    ]
    tree = _repaired(rows)
    assert (tree.heads[5], tree.deps[5]) == (1, "advcl")


def test_the_part_of_a_subject_after_and_is_no_second_subject() -> None:
    rows: list[Row] = [
        ("Chileans", "NNPS", "nsubj", 3),
        ("and", "CC", "cc", 2),
        ("Lebanese", "JJ", "nsubj", 3),
        ("fled", "VBD", "ROOT", 3),
    ]
    tree = _repaired(rows)
    assert (tree.heads[2], tree.deps[2]) == (0, "conj")


def test_said_has_one_subject_and_what_is_said_a_verb() -> None:
    rows: list[Row] = [
        ("blast", "NN", "nsubj", 7),
        ("of", "IN", "case", 2),
        ("depot", "NN", "nmod", 0),
        ("killed", "VBN", "acl", 2),
        ("people", "NNS", "obj", 3),
        (",", ",", "punct", 0),
        ("officials", "NNS", "nsubj", 7),
        ("said", "VBD", "ROOT", 7),
    ]
    tree = _repaired(rows)
    assert (tree.tags[3], tree.heads[3], tree.deps[3]) == ("VBD", 7, "ccomp")
    assert (tree.heads[0], tree.deps[0], tree.heads[5]) == (3, "nsubj", 3)
    assert (tree.heads[6], tree.deps[6]) == (7, "nsubj")


def test_an_object_before_said_is_no_clause() -> None:
    rows: list[Row] = [
        ("bomb", "NN", "nsubj", 1),
        ("wounded", "VBD", "ROOT", 1),
        ("four", "CD", "nummod", 3),
        ("people", "NNS", "ccomp", 6),
        (",", ",", "punct", 3),
        ("officials", "NNS", "nsubj", 6),
        ("said", "VBD", "ROOT", 6),
    ]
    tree = _repaired(rows)
    assert (tree.heads[3], tree.deps[3], tree.heads[1], tree.deps[1]) == (1, "obj", 6, "ccomp")


def test_has_neither_makes_participles_verbs() -> None:
    rows: list[Row] = [
        ("rebels", "NNS", "nsubj", 1),
        ("have", "VBP", "ROOT", 1),
        ("neither", "CC", "cc:preconj", 3),
        ("confirmed", "VBN", "amod", 7),
        ("nor", "CC", "cc", 5),
        ("denied", "VBN", "conj", 3),
        ("the", "DT", "det", 7),
        ("plan", "NN", "obj", 1),
    ]
    tree = _repaired(rows)
    assert (tree.heads[3], tree.heads[0], tree.heads[7]) == (3, 3, 3)
    assert (tree.deps[1], tree.deps[7]) == ("aux", "obj")
