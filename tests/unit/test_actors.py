"""Names of actors, their countries and sectors, and whom a document means by a pronoun."""

from __future__ import annotations

import pycountry
import pytest

from extraction import extract
from extraction.actors.lexicon import Mention, find_names, name_of_state
from extraction.actors.phrases import roles, speakers
from extraction.rows import Event
from extraction.vocabulary import load_table
from extraction.vocabulary.noun_classes import noun_classes

STATES = load_table("states", ("country", "names"))
WRITTEN = [
    (row["country"], name)
    for row in STATES
    for column in ("names", "demonyms", "capitals")
    for name in row[column].split("|")
    if name
]
SECTORS = {
    "COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK", "AGR", "BUS",
    "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO",
    "NGO",
}  # fmt: skip


def _only(text: str) -> Mention:
    found = find_names(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(("country", "name"), WRITTEN, ids=lambda value: value)
def test_a_states_names_people_and_capitals_name_it(country: str, name: str) -> None:
    found = _only(f"Yesterday {name} objected.")
    assert (found.text, found.country) == (name, country)


@pytest.mark.parametrize("row", STATES, ids=lambda row: row["country"])
def test_a_states_code_is_iso_alpha_3(row: dict[str, str]) -> None:
    assert row["country"] == "XKX" or pycountry.countries.get(alpha_3=row["country"])
    assert name_of_state(row["country"])


@pytest.mark.parametrize("row", load_table("organisations"), ids=lambda row: row["name"])
def test_an_organisation_is_found_with_its_sector(row: dict[str, str]) -> None:
    found = _only(f"Then {row['name']} objected.")
    assert (found.name, found.country or "", found.sector) == (
        row["entity"],
        row["country"],
        row["sector"],
    )
    assert found.sector in SECTORS


@pytest.mark.parametrize("row", load_table("leaders"), ids=lambda row: row["name"])
def test_a_leader_acts_for_a_state(row: dict[str, str]) -> None:
    assert _only(f"Then {row['name']} objected.").country == row["country"]


@pytest.mark.parametrize("row", load_table("titles"), ids=lambda row: row["title"])
def test_a_leaders_title_and_surname_name_the_leader(row: dict[str, str]) -> None:
    if row["before"] == "leader":
        assert _only(f"Then {row['title']} Museveni objected.").country == "UGA"
    assert not row["sector"] or row["sector"] in SECTORS


@pytest.mark.parametrize("row", load_table("name_traps"), ids=lambda row: row["name"])
def test_a_name_inside_another_name_is_no_actor(row: dict[str, str]) -> None:
    assert find_names(f"They saw {row['name']} there.") == []


@pytest.mark.parametrize("row", load_table("surnames_first"), ids=lambda row: row["surname"])
def test_a_family_name_that_stands_first_is_of_some_leader(row: dict[str, str]) -> None:
    assert any(r["name"].split()[0] == row["surname"] for r in load_table("leaders"))


@pytest.mark.parametrize("row", load_table("roles"), ids=lambda row: row["lemma"])
def test_a_role_has_a_sector_of_plover(row: dict[str, str]) -> None:
    assert row["of_state"] in {"no", "yes", "speaks"}
    assert roles()[row["lemma"]] == (row["sector"], row["of_state"] != "no")
    assert (row["lemma"] in speakers()) == (row["of_state"] == "speaks")
    assert row["sector"] in SECTORS


def test_every_notable_sector_is_somebodys() -> None:
    used = {row["sector"] for name in ("roles", "organisations") for row in load_table(name)}
    assert {row["sector"] for row in load_table("notable_sectors")} <= used


def test_every_class_of_nouns_is_asked_for() -> None:
    asked = " ".join(row["needs"] for row in load_table("triggers"))
    in_code = {
        "QUANTITY",
        "PROTESTER",
        "VIOLENTCROWD",
        "MOB",
        "BLAST",
        "TIME",
        "COLLECTIVE",
        "HUMAN",
        "ARMED",
        "PROJECTILE",
        "DELIVERY",
    }
    assert {name for name in noun_classes() if name not in asked} <= in_code


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The U.S. and the U.K. agreed.", [("U.S.", "USA"), ("U.K.", "GBR")]),
        ("THE ARMY OF PERU CROSSED INTO CHILE.", [("PERU", "PER"), ("CHILE", "CHL")]),
        ("A South Korean ship left.", [("South Korean", "KOR")]),
        ("Papua New Guinea voted.", [("Papua New Guinea", "PNG")]),
        ("He moved to New Mexico.", []),
        ("The Georgians’ hope.", [("Georgians", "GEO")]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_the_longest_name_wins(text: str, names: list[tuple[str, str]]) -> None:
    assert [(m.text, m.country) for m in find_names(text)] == names


def _event(text: str, trigger: str) -> Event:
    return next(e for e in extract(text).events if e.text == trigger)


@pytest.mark.parametrize(
    ("text", "trigger", "countries"),
    [
        ("Chadian and Libyan officials met on Monday.", "met", ["TCD", "LBY"]),
        ("France and Italy signed a treaty.", "signed", ["FRA", "ITA"]),
        ("The Kenyan army attacked the camp.", "attacked", ["KEN"]),
        ("Peru’s president visited Chile.", "visited", ["PER"]),
        ("Kigali denied the report.", "denied", ["RWA"]),
        ("Rebels attacked the camp.", "attacked", []),
        ("NATO condemned the attack.", "condemned", []),
        ("TUNIS, Tunisia — Police arrested three men.", "arrested", ["TUN"]),
        ("Norway denied the report. It condemned the attack.", "condemned", ["NOR"]),
        ("Bolivian leader Ana Quispe spoke. Quispe condemned the attack.", "condemned", ["BOL"]),
        ("Iraq, which invaded Kuwait, denied the report.", "invaded", ["IRQ"]),
        ("The Kenyan army said it had attacked the camp.", "attacked", ["KEN"]),
        ("Kenya denied having attacked the camp.", "attacked", ["KEN"]),
        ("The minister urged Kenya to act.", "urged", []),
        ("South Korea's President Lee Jae Myung condemned it.", "condemned", ["KOR"]),
        ("South Korea's President Lee condemned it.", "condemned", ["KOR"]),
        ("President Lee condemned it.", "condemned", []),
        ("President Lee Jae-myung condemned it.", "condemned", ["KOR"]),
        ("ROME, Italy — The minister urged Kenya to act.", "urged", ["ITA"]),
        ("ROME, Italy — It rained.\n\nPolice beat 9 men.", "beat", ["ITA"]),
        ("ROME, Italy — Kenya lost. Kenyans in Kenya wept.\n\nPolice beat 9 men.", "beat", []),
    ],
    ids=lambda value: value if isinstance(value, str) and " " in value else "",
)
def test_actors_have_the_countries_that_the_text_gives(
    text: str, trigger: str, countries: list[str]
) -> None:
    assert [a.country for a in _event(text, trigger).actors if a.country] == countries


def test_an_armed_group_is_named_and_acts_for_no_state() -> None:
    actor = _event("Hezbollah attacked the convoy.", "attacked").actors[0]
    assert (actor.name, actor.country, actor.sector) == ("Hezbollah", None, "REB")


def test_a_pronouns_words_stay_and_its_name_says_who() -> None:
    actor = _event("Norway denied the report. It condemned the attack.", "condemned").actors[0]
    assert (actor.text, actor.name) == ("It", "Norway")


@pytest.mark.parametrize(
    ("text", "sector"),
    [
        ("A spokesman condemned the attack.", "GOV"),
        ("A spokesman for the rebels condemned the attack.", "REB"),
        ("A spokeswoman for the union condemned the attack.", "LAB"),
        ("A police spokesman condemned the attack.", "COP"),
        ("An army official condemned the attack.", "MIL"),
        ("Negotiators for the rebels condemned the attack.", "REB"),
        ("A spokesperson for the choir condemned the attack.", None),
    ],
    ids=lambda value: value if value and " " in value else "",
)
def test_a_speaker_acts_for_whom_the_phrase_names(text: str, sector: str | None) -> None:
    assert _event(text, "condemned").actors[0].sector == sector


@pytest.mark.parametrize(
    ("text", "actors"),
    [
        ("A blast killed 12 people.", []),
        ("The explosion of a gas pipe killed 12 people.", []),
        ("A rocket killed 12 people.", []),
        ("A Kenyan rocket killed 12 people.", ["Kenyan rocket"]),
        ("On Monday gunmen killed 12 people.", ["gunmen"]),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_weapon_that_is_nobodys_does_not_act(text: str, actors: list[str]) -> None:
    (event,) = extract(text).events
    assert [a.text for a in event.actors] == actors


def test_a_state_after_a_commanders_name_is_whom_it_means() -> None:
    text = (
        "According to Chile's top army commander Gen. Ivan Soto, Peru now has 900 soldiers in the "
        "Arica area, which it has been trying to seize since May."
    )
    actor = _event(text, "seize").actors[0]
    assert (actor.text, actor.name, actor.country) == ("it", "Peru", "PER")


def test_a_persons_name_goes_without_the_office() -> None:
    text = "Norway’s Prime Minister Ada Berg met reporters. Berg condemned the attack."
    assert [a.name for a in _event(text, "condemned").actors] == ["Ada Berg"]
