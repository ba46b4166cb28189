"""Status, polarity and certainty; which date, place and claimants belong to a mention."""

from __future__ import annotations

import datetime as dt

import pytest

from extraction import extract
from extraction.language.tree import Tree
from extraction.modality.status import modality_of
from extraction.modality.words import modality_of_words
from extraction.rows import CERTAINTIES, POLARITIES, STATUSES, Event
from extraction.vocabulary import load_table

WORDS = load_table("modal_governors", ("word", "kind"))


def _tree(rows: list[tuple[str, str, str, int]]) -> Tree:
    words = [row[0] for row in rows]
    tree = Tree(
        words, words, [row[1] for row in rows], [row[2] for row in rows], [row[3] for row in rows],
        words, [0] * len(rows), [0] * len(rows), [], [""] * len(rows),
    )  # fmt: skip
    tree.index()
    return tree


def _sentence(kind: str, word: str) -> tuple[Tree, int]:
    """The smallest tree in which a word of modal_governors.tsv stands over or beside an event."""
    if kind == "governor":
        rows = [("they", "PRP", "nsubj", 1), (word, "NN", "ROOT", 1), ("to", "TO", "mark", 3)]
        return _tree([*rows, ("attack", "VB", "acl", 1)]), 3
    if kind == "denier":
        return _tree(
            [
                ("they", "PRP", "nsubj", 1),
                (word, "VBD", "ROOT", 1),
                ("reports", "NNS", "obj", 1),
                ("that", "IN", "mark", 5),
                ("rebels", "NNS", "nsubj", 5),
                ("attacked", "VBD", "acl", 2),
            ]
        ), 5
    if kind == "auxiliary":
        return _tree(
            [("they", "PRP", "nsubj", 2), (word, "MD", "aux", 2), ("attack", "VB", "ROOT", 2)]
        ), 2
    if kind == "modifier":
        return _tree([(word, "JJ", "amod", 1), ("attack", "NN", "ROOT", 1)]), 1
    if kind == "preposition":
        return _tree([(word, "IN", "case", 1), ("attack", "NN", "ROOT", 1)]), 1
    return _tree(
        [(word, "IN", "mark", 2), ("they", "PRP", "nsubj", 2), ("attack", "VBG", "ROOT", 2)]
    ), 2


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['kind']} {row['word']}")
def test_a_word_lends_what_it_says_to_the_event_below(row: dict[str, str]) -> None:
    said = modality_of(*_sentence(row["kind"], row["word"]))
    for column in ("status", "polarity", "certainty"):
        if row[column]:
            assert getattr(said, column) == row[column]


@pytest.mark.parametrize("row", WORDS, ids=lambda row: f"{row['kind']} {row['word']}")
def test_a_word_says_only_what_the_contract_knows(row: dict[str, str]) -> None:
    assert row["status"] in {*STATUSES, ""}
    assert row["polarity"] in {*POLARITIES, ""}
    assert row["certainty"] in {*CERTAINTIES, ""}


@pytest.mark.parametrize("row", load_table("happening_verbs"), ids=lambda row: row["lemma"])
def test_a_verb_of_happening_lends_its_tense(row: dict[str, str]) -> None:
    rows = [("attack", "NN", "nsubj", 2), ("will", "MD", "aux", 2), (row["lemma"], "VB", "ROOT", 2)]
    assert modality_of(_tree(rows), 0).status == "planned"


@pytest.mark.parametrize("row", load_table("light_verbs"), ids=lambda row: row["lemma"])
def test_a_light_verb_lends_its_tense(row: dict[str, str]) -> None:
    rows = [("they", "PRP", "nsubj", 2), ("will", "MD", "aux", 2), (row["lemma"], "VB", "ROOT", 2)]
    assert modality_of(_tree([*rows, ("attack", "NN", "obj", 2)]), 3).status in {
        "planned",
        "hypothetical",
        "occurred",
    }


def _event(text: str, trigger: str, published: dt.date | None = None) -> Event:
    return next(e for e in extract(text, published).events if e.text == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "status"),
    [
        ("Chad attacked the camp.", "attacked", "occurred"),
        ("Chad is attacking the camp.", "attacking", "ongoing"),
        ("Chad will attack the camp.", "attack", "planned"),
        ("Chad plans to attack the camp.", "attack", "planned"),
        ("Chad threatened to attack 12 camps.", "attack", "hypothetical"),
        ("If Chad attacks the camp, the talks will end.", "attacks", "hypothetical"),
        ("Chad could attack the camp.", "attack", "hypothetical"),
        ("Chad has been trying to seize the town.", "seize", "ongoing"),
        ("Chad continued to attack the camp.", "attack", "ongoing"),
        ("Chad launched an attack on the camp.", "launched", "occurred"),
        ("Chad agreed to release 12 prisoners.", "release", "planned"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_the_clause_says_when(text: str, trigger: str, status: str) -> None:
    assert _event(text, trigger).status == status


@pytest.mark.parametrize(
    ("text", "trigger", "polarity"),
    [
        ("Chad did not attack the camp.", "attack", "negated"),
        ("Chad never attacked the camp.", "attacked", "negated"),
        ("No arrests were reported.", "arrests", "negated"),
        ("Chad denied attacking the camp.", "attacking", "negated"),
        ("Chad denied that its army had attacked the camp.", "attacked", "negated"),
        ("Chad denied having attacked the camp.", "attacked", "negated"),
        ("Chad denied that it would attack the camp.", "attack", "negated"),
        ("Chad rejected reports that its army had attacked the camp.", "attacked", "negated"),
        ("Chad did not deny that it had attacked the camp.", "attacked", "affirmed"),
        ("Chad neither attacked nor bombed the camp.", "attacked", "negated"),
        ("Chad neither attacked nor bombed the camp.", "bombed", "negated"),
        ("The army neither confirmed nor denied that it had attacked it.", "denied", "negated"),
        ("The army neither confirmed nor denied that it had attacked it.", "attacked", "affirmed"),
        ("Chad did not condemn the attack on the camp.", "attack", "affirmed"),
        ("Chad attacked the camp.", "attacked", "affirmed"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_the_clause_says_whether(text: str, trigger: str, polarity: str) -> None:
    assert _event(text, trigger).polarity == polarity


@pytest.mark.parametrize(
    ("text", "trigger", "certainty"),
    [
        ("Chad attacked the camp.", "attacked", "certain"),
        ("Chad may attack the camp.", "attack", "possible"),
        ("Chad reportedly attacked the camp.", "attacked", "uncommitted"),
        ("Chad probably attacked the camp.", "attacked", "probable"),
        (
            "The army neither confirmed nor denied that it had attacked it.",
            "attacked",
            "uncommitted",
        ),
        ("Chad did not deny that it had attacked the camp.", "attacked", "uncommitted"),
        ("Chad did not confirm that troops had attacked the camp.", "attacked", "uncommitted"),
        ("Chad had no confirmation of the attack on the camp.", "attack", "uncommitted"),
        ("Chad had not received confirmation of the attack.", "attack", "uncommitted"),
        ("Chad did not say whether troops had attacked the camp.", "attacked", "uncommitted"),
        ("Chad did not say why troops had attacked the camp.", "attacked", "certain"),
    ],
    ids=lambda value: value if " " in value else "",
)
def test_the_clause_says_how_sure(text: str, trigger: str, certainty: str) -> None:
    assert _event(text, trigger).certainty == certainty


def test_a_date_of_the_saying_is_not_the_events() -> None:
    event = _event("Chad attacked the camp, a minister said on Monday.", "attacked")
    assert event.date is None


def test_a_date_of_the_event_is_its_own() -> None:
    event = _event("Chad attacked the camp on Monday, a minister said.", "attacked")
    assert event.date is not None
    assert "Monday" in event.date.text


@pytest.mark.parametrize(
    ("text", "row", "date"),
    [
        ("The war, which began in May 2023, has killed 300 people.", "killed", None),
        ("The war, which began in May 2023, has killed 300 people.", "300", None),
        ("A court convicted Paul Ortega of murdering a guard in 1985.", "murdering", "in 1985"),
        ("A court convicted Paul Ortega of murdering a guard in 1985.", "convicted", None),
        ("Peru expelled 9 men on Friday after Chile attacked the camp.", "expelled", "on Friday"),
        ("Peru expelled 9 men on Friday after Chile attacked the camp.", "attacked", None),
        ("Thefts fell by a half compared with 2021.", "a half", None),
        ("Peru rejected offers to resume talks, which broke down in 2019.", "rejected", None),
        ("Rebels have killed 300 people since they took up arms in 1984.", "300", None),
        ("The party leads in 14 towns, up from 11 in 2019.", "14", None),
    ],
)
def test_a_date_stays_in_its_clause(text: str, row: str, date: str | None) -> None:
    extraction = extract(text)
    found = [r.date for r in (*extraction.events, *extraction.figures) if r.text == row]
    assert [d and d.text for d in found] == [date]


def test_a_place_comes_from_the_events_own_clause() -> None:
    event = _event("Police in Lima arrested two men in Cusco.", "arrested")
    assert event.place is not None
    assert event.place.text == "Cusco"


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Britain condemned Peru on Tuesday.", "condemned", None),
        ("Britain reimposed sanctions on Peru.", "reimposed", None),
        ("Britain protested to Peru.", "protested", None),
        ("Britain sent aid to Peru.", "sent", "Peru"),
        ("Chile bombed the port.", "bombed", None),
    ],
    ids=lambda value: value if value and " " in value else "",
)
def test_a_party_is_no_scene(text: str, trigger: str, place: str | None) -> None:
    found = _event(text, trigger).place
    assert (found and found.name) == place


def test_an_inherited_place_says_so() -> None:
    text = "Rebels attacked a camp near Cusco on Monday. The attack killed two men."
    second = extract(text).events[-1]
    assert second.place is not None
    assert second.place.reason


def test_a_figure_shares_the_status_of_its_clause() -> None:
    figure = extract("Chad will send 500 soldiers to the border.").figures[0]
    assert figure.status == "planned"


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("it will take two days", "planned"),
        ("they were five", "occurred"),
        ("there are three", "ongoing"),
        ("five", None),
    ],
    ids=lambda value: value or "nothing",
)
def test_words_alone_say_something_without_a_parse(text: str, status: str | None) -> None:
    assert modality_of_words(text.split()).status == status


@pytest.mark.parametrize(
    ("text", "figure", "status"),
    [
        ("The mayor described scores of clashes happening there daily.", "scores", "ongoing"),
        ("Only two men are missing, down from nine on Monday.", "nine", "occurred"),
        ("The army drove 700 families from the valley.", "700", "occurred"),
        ("The agency appealed for $9 million to help 5,000 families.", "$9 million", "planned"),
        ("The agency appealed for $9 million to help 5,000 families.", "5,000", "planned"),
        ("The army had pledged $9 million. Half had been pledged by May.", "$9 million", "planned"),
        ("Police counted 30 dead. The toll may be twice that number.", "twice", "occurred"),
        ("The peso fell 1.2% against the euro.", "1.2%", "occurred"),
        ("They marched to protest the killing of three fishermen.", "three", "occurred"),
    ],
)  # fmt: skip
def test_the_status_of_a_figure(text: str, figure: str, status: str) -> None:
    found = [(f.text, f.status) for f in extract(text).figures]
    assert (figure, status) in found, found


def test_there_is_the_place_just_named() -> None:
    text = "Rebels attacked Lima on Monday. Doctors counted 30 wounded people there."
    places = [f.place for f in extract(text).figures if f.text == "30"]
    assert [(p.text, p.reason) for p in places if p] == [
        ("Lima", "inherited from the sentence before")
    ]


@pytest.mark.parametrize(
    ("text", "figure", "status"),
    [
        ("He faces a fine of 3,000 euros.", "3,000 euros", "hypothetical"),
        ("Two men face up to 20 years in jail if convicted.", "20 years", "hypothetical"),
        ("Two men face up to 20 years in jail if convicted.", "Two", "ongoing"),
        ("The crime carries a penalty of up to 15 years in prison.", "15 years", "hypothetical"),
        ("He was sentenced to five years in prison.", "five years", "occurred"),
        ("The bank faces 300 lawsuits; it paid a fine of 200 euros.", "200 euros", "occurred"),
        ("The man with a scarred face got five years in prison.", "five years", "occurred"),
    ],
)
def test_a_penalty_held_out_has_not_been_given(text: str, figure: str, status: str) -> None:
    assert (figure, status) in [(f.text, f.status) for f in extract(text).figures]


@pytest.mark.parametrize("row", load_table("penalties"), ids=lambda row: row["word"])
def test_every_word_of_penalties_is_needed(row: dict[str, str]) -> None:
    threat = row["word"] if row["kind"] == "threat" else "face"
    penalty = row["word"] if row["kind"] == "penalty" else "prison"
    is_verb = threat != "punishable"
    text = f"Smugglers {threat} up to 12 years of {penalty}."
    text = text if is_verb else f"Smuggling is {threat} by up to 12 years of {penalty}."
    assert [f.status for f in extract(text).figures] == ["hypothetical"]
    other = text.replace(row["word"], "rope" if row["kind"] == "penalty" else "spend")
    assert [f.status for f in extract(other).figures] != ["hypothetical"]
