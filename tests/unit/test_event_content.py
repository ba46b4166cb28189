"""What stands beside, below or around an event and is no event of its own: one table each."""

from __future__ import annotations

import pytest

from extraction import extract


def _types(text: str) -> list[str]:
    return [event.event_type for event in extract(text).events]


def _named(value: object) -> str:
    return value if isinstance(value, str) else ""


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Peru threatened to sever ties with Chile.", ["THREATEN"]),
        ("Peru threatened to expel 12 envoys.", ["THREATEN", "SANCTION"]),
        ("Peru threatened to impose a curfew in Cusco.", ["THREATEN"]),
        ("Peru agreed to release the prisoners.", ["AGREE"]),
        ("Peru agreed to release 40 prisoners.", ["AGREE", "RETREAT"]),
        ("Peru and Chile agreed that their countries should cooperate.", ["AGREE"]),
        ("Peru promised to continue aid to Chile.", ["AGREE"]),
    ],
    ids=_named,
)
def test_a_promised_or_threatened_act_is_its_own_row_only_with_a_size(
    text: str, types: list[str]
) -> None:
    assert _types(text) == types


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Peru threatened to sever ties with Chile.", "relations"),
        ("Peru threatened to attack Chile.", "violence"),
        ("Peru threatened to ban the party.", "restrict"),
    ],
    ids=_named,
)
def test_the_mode_of_a_threat_tells_what_is_threatened(text: str, mode: str) -> None:
    assert [(e.event_type, e.mode) for e in extract(text).events] == [("THREATEN", mode)]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Miners blocked the road, joining farmers in demanding new talks.", ["PROTEST"]),
        ("Prisoners rioted, tearing up beds and smashing windows.", ["PROTEST"]),
        ("Students held a rally in Lima to protest against the law.", ["PROTEST"]),
        ("Police fired tear gas to disperse the crowd.", ["ASSAULT"]),
        ("Workers protested against a decision to send troops to Chad.", ["PROTEST"]),
    ],
    ids=_named,
)
def test_an_act_and_what_it_is_for_are_one(text: str, types: list[str]) -> None:
    assert _types(text) == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Peru banned a rally by students.", ["COERCE"]),
        ("Peru praised the agreement between Chile and Bolivia.", ["SUPPORT"]),
        ("Peru rejected an offer to host talks to reach a deal.", ["REJECT"]),
        ("Peru demanded that Chile cancel plans to sell missiles to Bolivia.", ["REQUEST"]),
        ("Peru and Chile held talks aimed at establishing relations.", ["CONSULT"]),
        ("Police in Peru arrested a monk for collaborating with Chile.", ["COERCE"]),
        ("Police in Peru arrested a monk for attacking a soldier.", ["COERCE", "ASSAULT"]),
        ("Peru signed a law so that foreign parties are banned.", []),
        ("Peru criticized the talks and condemned the attacks on Chile.",
         ["ACCUSE", "ACCUSE", "ASSAULT"]),
        ("Peru refused to meet Chile and condemned the attacks on Bolivia.",
         ["REJECT", "ACCUSE", "ASSAULT"]),
    ],
    ids=_named,
)  # fmt: skip
def test_topics_are_no_events_but_violence_is(text: str, types: list[str]) -> None:
    found = _types(text)
    assert [kind for kind in found if kind != "AGREE"] == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("Police arrested a man accused of theft.", ["COERCE"]),
        ("Peru visited the group that supports the mayor.", ["CONSULT"]),
        ("Peru sanctioned Iran, which supports the rebels.", ["SANCTION", "SUPPORT"]),
        ("Rebels surrendered on Monday following an offensive.", ["RETREAT"]),
        ("Peru expelled a diplomat after the deployment of missiles.", ["SANCTION"]),
        ("Peru expelled a diplomat after the deployment of troops.", ["SANCTION", "MOBILIZE"]),
        ("The rebels control the town.", []),
    ],
    ids=_named,
)
def test_what_only_identifies_is_no_event(text: str, types: list[str]) -> None:
    assert _types(text) == types


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("The army lifted Friday a blockade on Chile.", ["RETREAT"]),
        ("The Rain Forum concluded that Peru must free its rivers.", ["REQUEST"]),
        ("The Red Cross working in Peru said the troops must guard the road.", ["REQUEST"]),
        ("Peru suspended the constitution.", ["COERCE"]),
        ("Peru mobilized voters.", []),
        ("Peru mobilized the army.", ["MOBILIZE"]),
    ],
    ids=_named,
)
def test_objects_and_subjects_are_found_where_they_stand(text: str, types: list[str]) -> None:
    assert _types(text) == types
