"""What counts measure, and what kind of quantity a figure is."""

from __future__ import annotations

import pytest

from tests.unit.number_reading import figure_of, read_numbers

MEASURES = [
    ("an object", "The avalanche killed 9 skiers.", "9", "killed"),
    ("an object without a noun", "It killed 7 and wounded 30.", "30", "wounded"),
    ("a participle behind", "With 17 people injured, wards are full.", "17", "wounded"),
    ("an adjective behind", "The crash left 4 dead.", "4", "killed"),
    ("a passive", "Eleven climbers were rescued.", "Eleven", "rescued"),
    ("a passive with adverbs", "Some 300 had reportedly been detained.", "300", "detained"),
    ("a verb that needs no object", "At least 50 miners died.", "50", "killed"),
    ("a state", "Six sailors are still missing.", "Six", "missing"),
    ("among the dead", "Two nurses were among the wounded.", "Two", "wounded"),
    ("an aside before the verb", "Ten people, including 3 nuns, were killed.", "Ten", "killed"),
    ("the part in the aside", "Ten people, including 3 nuns, were killed.", "3", "killed"),
    ("the part behind", "It hurt 20 people, two of them badly.", "two", "wounded"),
    ("a coordinated subject", "Two guards and a driver were killed.", "Two", "killed"),
    ("a bound in between", "At least 4 guards and more than 9 cooks were killed.", "4", "killed"),
    ("a part aside", "90 men, four in five of them cooks, were killed.", "90", "killed"),
    ("a head noun", "Officials counted 13 deaths.", "13", "killed"),
    ("a total", "The death toll climbed to 88.", "88", "killed"),
    ("a toll that moved", "The toll rose to 60 on Friday from 41.", "41", "killed"),
    ("the number of", "The number of people killed has risen to 23.", "23", "killed"),
    ("the wounded", "The count of wounded was cut to 61.", "61", "wounded"),
    ("flight from home", "Fires drove 900 from their homes.", "900", "displaced"),
    ("fleeing", "Shelling forced 5,000 to flee.", "5,000", "displaced"),
    ("of deaths", "The flood caused the deaths of 12 people.", "12", "killed"),
    ("a set phrase", "Police have 3 men in custody.", "3", "detained"),
    ("lives lost", "At least 5 people lost their lives.", "5", "killed"),
    ("an object beside a named one", "It hit, injuring a guard and 7 others.", "7", "wounded"),
    ("the sites are not killed", "A storm left people killed at 3 sites.", "3", None),
    ("a parallel", "It killed 5 people in Peru and two in Chile.", "two", "killed"),
    ("soldiers", "Chad has 4,000 soldiers there.", "4,000", "troops"),
    ("killed soldiers", "The ambush killed 8 soldiers.", "8", "killed"),
    ("destroyed things", "Two barns were destroyed.", "Two", "destroyed"),
    ("the whole is not the part", "One of the 14 divers drowned.", "14", None),
    ("an active verb", "Two rebels killed a guard.", "Two", None),
    ("nothing", "It has 9 windows.", "9", None),
]


@pytest.mark.parametrize(
    ("text", "surface", "measure"), [c[1:] for c in MEASURES], ids=[c[0] for c in MEASURES]
)
def test_measure(text: str, surface: str, measure: str | None) -> None:
    assert figure_of(text, surface).measure == measure


KINDS = [
    ("a level now", "Togo now has 900 soldiers there.", "900", "stock"),
    ("a level by there is", "There are 40 patients in the ward.", "40", "stock"),
    ("a level by a state", "Some 200 troops were already in the town.", "200", "stock"),
    ("the missing", "Another six people are missing.", "six", "stock"),
    ("something sent", "Accra sent 600 troops.", "600", "flow"),
    ("done in a period", "Dozens of raids happen daily.", "Dozens", "flow"),
    ("on top", "It needs 30 additional nurses.", "30", "increment"),
    ("more", "It needs 30 more nurses.", "30", "increment"),
    ("a toll", "The death toll has reached 55.", "55", "cumulative"),
    ("so far", "Police have arrested 70 people so far.", "70", "cumulative"),
    ("a total", "A total of 70 people signed.", "70", "cumulative"),
    ("a duration", "It lasted 3 weeks.", "3 weeks", "duration"),
    ("a distance", "It lies 40 km north.", "40 km", "distance"),
    ("an age", "The 30-year-old fled.", "30-year-old", "age"),
    ("money", "It cost $4.", "$4", "money"),
    ("money a year", "It costs $4 a year.", "$4", "money"),
    ("a share", "About 8% of imports are food.", "8%", "share"),
    ("a fraction of a group", "Half of the villages are empty.", "Half", "share"),
    ("a rate of flow", "It pumps 400,000 barrels a day.", "400,000 barrels", "rate"),
    ("a speed", "Winds hit 120 mph.", "120 mph", "rate"),
    ("inflation", "Inflation was 4 percent.", "4 percent", "rate"),
    ("a capacity", "The hall seats 300 people.", "300", "capacity"),
    ("able to hold", "The ship is able to carry 80 lorries.", "80", "capacity"),
    ("a target", "The target is 500 homes.", "500", "target"),
    ("none", "Nine dogs barked.", "Nine", None),
]


@pytest.mark.parametrize(
    ("text", "surface", "kind"), [c[1:] for c in KINDS], ids=[c[0] for c in KINDS]
)
def test_quantity_kind(text: str, surface: str, kind: str | None) -> None:
    assert figure_of(text, surface).quantity_kind == kind


def test_every_measure_and_kind_of_the_vocabularies_is_in_the_contract() -> None:
    from extraction.rows import QUANTITY_KINDS
    from extraction.vocabulary import load_table

    kinds = {row["kind"] for row in load_table("kind_words", ("word", "kind", "where"))}
    assert kinds <= set(QUANTITY_KINDS)
    assert all(row["roles"] for row in load_table("measure_words", ("word", "measure", "roles")))


def test_a_sentence_without_numbers_gives_nothing() -> None:
    assert read_numbers("Nobody came to the killed king.").figures == []
