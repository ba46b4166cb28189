"""Constructions in which events stand, one table each."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction import extract
from extraction.events.nominals import ascribed_to, light_verbs
from extraction.language.repairs.neighbours import when_words
from extraction.rows import Event
from extraction.vocabulary import load_table


def _types(text: str) -> list[tuple[str, str | None]]:
    return [(e.event_type, e.mode) for e in extract(text).events]


def _one(text: str) -> Event:
    events = extract(text).events
    assert len(events) == 1, [(e.text, e.event_type) for e in events]
    return events[0]


def _countries(event: Event) -> tuple[list[str], list[str]]:
    return (
        [a.country for a in event.actors if a.country],
        [r.country for r in event.recipients if r.country],
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru agreed to a truce with Chile.", ("AGREE", None)),
        ("The king of Jordan visited Oman.", ("CONSULT", "visit")),
        ("Peru praised Chile.", ("SUPPORT", None)),
        ("Peru lifted a curfew in Lima.", ("CONCEDE", None)),
        ("Peru shared intelligence with Chile.", ("COOPERATE", None)),
        ("Peru sent food to Chile.", ("AID", None)),
        ("Peru withdrew its troops from Chile.", ("RETREAT", "withdraw")),
        ("Peru demanded an apology from Chile.", ("REQUEST", "change")),
        ("Peru accused Chile of cheating.", ("ACCUSE", "allege")),
        ("Peru rejected a proposal by Chile.", ("REJECT", "change")),
        ("Peru threatened Chile.", ("THREATEN", None)),
        ("Students marched through Lima.", ("PROTEST", "demo")),
        ("Peru expelled two diplomats.", ("SANCTION", "expel")),
        ("Peru sent troops to the border.", ("MOBILIZE", "troops")),
        ("Police arrested three men.", ("COERCE", "arrest")),
        ("Rebels shelled the town.", ("ASSAULT", "heavy-weapons")),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_every_type_has_its_verbs(text: str, expected: tuple[str, str | None]) -> None:
    assert _types(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru sent soldiers to the border.", "MOBILIZE"),
        ("Peru sent medicine to Chile.", "AID"),
        ("Peru halted deliveries of missiles to Chile.", "SANCTION"),
        ("Peru delivered missiles to Chile.", "AID"),
        ("Peru broke off talks with Chile.", "SANCTION"),
        ("The workers called off the strike.", "CONCEDE"),
        ("The earthquake struck the town.", None),
        ("Peru met the deadline.", None),
        ("Peru said it was ready.", None),
    ],
    ids=lambda value: value or "no event",
)
def test_objects_and_particles_decide_the_type(text: str, expected: str | None) -> None:
    assert [t for t, _ in _types(text)] == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Chile was attacked by Peru.", ["PER"], ["CHL"]),
        ("Peru and Chile attacked Bolivia.", ["PER", "CHL"], ["BOL"]),
        ("Peru attacked Chile and Bolivia.", ["PER"], ["CHL", "BOL"]),
        ("Peru launched an attack on Chile.", ["PER"], ["CHL"]),
        ("Peruvian shelling of Chilean camps continued.", ["PER"], ["CHL"]),
        ("Troops from Peru attacked Chile.", ["PER"], ["CHL"]),
        ("Peru halted shipments of missiles to Chile.", ["PER"], ["CHL"]),
        ("Peru, which attacked Chile, lost.", ["PER"], ["CHL"]),
        ("Peru has tried to attack Chile.", ["PER"], ["CHL"]),
        ("Clashes between Peru and Chile continued.", ["PER", "CHL"], []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_roles_are_read_through_the_construction(
    text: str, actors: list[str], recipients: list[str]
) -> None:
    assert _countries(_one(text)) == (actors, recipients)


@pytest.mark.parametrize(
    "text",
    [
        "Rebels attacked a camp, killing two men.",
        "The shelling of the camp killed two men.",
        "Soldiers killed two men in an attack on the camp.",
        "The bomb killed two men and wounded three.",
        "Peru and Chile signed a truce.",
        "Miners began a hunger strike to protest against the mayor.",
    ],
)
def test_words_for_one_event_are_one_row(text: str) -> None:
    _one(text)


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Peru threatened to expel two diplomats.", ["THREATEN", "SANCTION"]),
        ("Peru refused to withdraw its troops.", ["REJECT"]),
        ("Peru urged Chile to withdraw its troops.", ["REQUEST"]),
        ("Peru accused Chile of arming rebels.", ["ACCUSE", "AID"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_threatened_or_alleged_is_told_from_what_is_demanded(
    text: str, types: list[str]
) -> None:
    assert [t for t, _ in _types(text)] == types


@pytest.mark.parametrize(
    ("text", "acled"),
    [
        ("Two suicide bombers attacked the camp.", "SUIC_BOMB"),
        ("Warplanes bombed the town.", "AIR_STRIKE"),
        ("Rebels threw grenades at the police.", "GRENADE"),
        ("The army fired rockets at the town.", "ART_MISS_ATTACK"),
        ("Soldiers used chlorine gas against the rebels.", "CHEM_WEAP"),
        ("Rebels clashed with soldiers.", "ARMED_CLASH"),
        ("Gunmen kidnapped a teacher.", "ABDUCT_DISSAP"),
        ("Police arrested three men.", "ARREST"),
        ("Police fired tear gas at protesters.", "PROTEST_WITH_INTER"),
        ("Peru praised Chile.", None),
    ],
    ids=lambda value: value or "none",
)
def test_acled_subtypes_follow_means_and_sides(text: str, acled: str | None) -> None:
    assert _one(text).acled == acled


@pytest.mark.parametrize("row", load_table("perpetration"), ids=lambda row: row["word"])
def test_a_word_ties_somebody_to_an_act(row: dict[str, str]) -> None:
    from tests.unit.frame_sentences import Builder

    if row["whose"] == "after":
        b = Builder()
        noun = b.add("attack", "NN", "nsubj:pass", 2)
        b.add("was", "VBD", "aux:pass", 2)
        b.add(row["word"], "VBN", "ROOT", 2)
        b.add(row["preposition"], "IN", "case", 4)
        b.add("rebels", "NNS", "obl", 2)
        tree, _ = b.tree()
        assert [tree.words[t] for t in ascribed_to(tree, noun)] == ["rebels"]
        return
    b = Builder()
    b.add("men", "NNS", "nsubj" if row["whose"] != "owner" else "nmod:poss", 1)
    b.add(row["word"], "JJ" if row["whose"] != "owner" else "NN", "ROOT", 1)
    if row["whose"] == "object":
        b.rows[1][1] = "VBD"
        b.add("rebels", "NNS", "obj", 1)
    b.add(row["preposition"], "IN", "case", len(b.rows) + 1)
    noun = b.add("attack", "NN", "obl", 1)
    tree, _ = b.tree()
    assert [tree.words[t] for t in ascribed_to(tree, noun)] == [
        "rebels" if row["whose"] == "object" else "men"
    ]


def test_vocabularies_of_verbs_are_read() -> None:
    assert {"launch", "stage"} <= light_verbs()
    assert "monday" in when_words()


QUOTES = st.text(alphabet="ab ,.\"“”‘’'«»—()\nIranattacked", max_size=80)


@settings(max_examples=60, deadline=None)
@given(QUOTES)
def test_any_text_with_any_quotes_gives_rows_that_slice_back(text: str) -> None:
    for row in extract(text).to_rows():
        assert text[row["start"] : row["end"]] == row["text"]


def test_rows_do_not_depend_on_what_stands_around() -> None:
    alone = extract("Peru attacked Chile.").events[0]
    after = extract("It rained.\nPeru attacked Chile.").events[0]
    assert (alone.event_type, alone.mode, _countries(alone)) == (
        after.event_type,
        after.mode,
        _countries(after),
    )


@pytest.mark.parametrize(
    "text",
    [
        "A strong earthquake shook the coast. Officials said 3,100 people had been killed.",
        "A strong earthquake shook Lima. Police said 310 people had been killed and 900 injured.",
        "Two nurses were killed in a road accident on Tuesday.",
        "Floods swept the valley. Nobody knew how many people had been killed.",
        "A bus crashed near Lima. Nine people died and a shop was destroyed.",
        "The storm displaced 40,000 people.",
        "Hurricane Ada killed 12 people in Peru.",
        "The storm dropped 90 mm of rain, the weather office said. It displaced 600 families.",
        "Floods hit the coast. They destroyed 300 homes.",
        "Twelve people were killed after a bus overturned.",
    ],
)
def test_nature_and_mishap_attack_nobody(text: str) -> None:
    assert _types(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Nine people were killed.",
        "Gunmen entered Lima. Nine people were killed.",
        "An earthquake shook Lima in May. Rebels came in June. Nine people were killed.",
        "Rebels attacked the town during the flood, killing 12 people.",
        "Two nurses were murdered after the earthquake.",
        "After the flood, gunmen killed 12 people.",
        "Twelve people were killed with knives in the camp after the flood.",
        "Police said that 12 people had been killed in a raid after the storm.",
        "A storm hit the coast. The army came on Monday. It killed 12 people.",
    ],
)
def test_harm_is_violence_where_violence_is_nearest(text: str) -> None:
    assert _types(text)[-1][0] == "ASSAULT"


@pytest.mark.parametrize(
    "text",
    [
        "The agency warned that up to 20,000 people may have died.",
        "Peru's government warned Chile that the water was unsafe.",
        "Aid groups could not agree on how many were missing.",
        "The minister did not rule out human error.",
    ],
)
def test_telling_facts_and_leaving_open_are_no_acts(text: str) -> None:
    assert _types(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Chile fired 60 drones, 54 of which were shot down.",
        "Prosecutors opened an investigation into the collapse.",
    ],
)
def test_numbers_and_mishaps_receive_nothing(text: str) -> None:
    assert [event.recipients for event in extract(text).events] == [[]]


def test_a_second_demand_has_the_first_verbs_subject() -> None:
    text = "Peru accused Chile of widening the war and demanded new sanctions."
    assert [_countries(event)[0] for event in extract(text).events] == [["PER"], ["PER"]]


def test_what_goes_on_after_said_has_the_first_acts_subject() -> None:
    text = "Peru shelled two camps, Chile said, and launched 71 drones at a port."
    assert [_countries(event)[0] for event in extract(text).events] == [["PER"], ["PER"]]


def test_what_is_said_beside_a_denial_has_its_subject() -> None:
    text = "Peru denied that Chile had attacked the camp and urged Bolivia to act."
    assert [_countries(event)[0] for event in extract(text).events] == [["PER"], ["CHL"], ["PER"]]


def test_aid_that_is_offered_is_one_event() -> None:
    assert _types("Peru offered to send help to Chile.") == [("AGREE", None)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru agreed to share intelligence with Chile.", ["AGREE"]),
        ("Peru summoned the ambassador of Chile to complain of spying.", ["ACCUSE"]),
        ("Peru agreed upon a new trade pact with Chile.", ["AGREE"]),
    ],
)
def test_one_act_is_one_event(text: str, expected: list[str]) -> None:
    assert [kind for kind, _ in _types(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "12 people were killed and 30 wounded.",
        "The raid left 12 people killed and 30 wounded.",
        "The blast left 12 people killed and 30 wounded, police said.",
    ],
)
def test_the_wounded_are_not_the_killed(text: str) -> None:
    killed = [e for e in extract(text).events if e.text == "killed"]
    assert [[r.text for r in e.recipients] for e in killed] == [["12 people"]]
    assert all(not e.actors for e in killed)
    assert not [e for e in extract(text).events if e.text == "wounded" and e.recipients]


@pytest.mark.parametrize(
    ("text", "actors", "recipients"),
    [
        ("Peru launched an attack on Chile.", ["PER"], ["CHL"]),
        ("Peru suffered an attack.", [], ["PER"]),
        ("Peru faces sanctions worth $2 billion.", [], ["PER"]),
        ("Lima saw a protest by teachers.", [], []),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_subject_of_a_light_verb_does_it_or_suffers_it(
    text: str, actors: list[str], recipients: list[str]
) -> None:
    assert _countries(_one(text)) == (actors, recipients)
