"""What a figure counts, what it is about, and what it is per."""

from __future__ import annotations

import pytest

from tests.unit.number_reading import figure_of

COUNTED = [
    ("the noun behind", "Vandals broke 14 windows.", "14", "windows", "window"),
    (
        "adjectives before the noun",
        "Poachers shot 3 young elephants.",
        "3",
        "young elephants",
        "elephant",
    ),
    ("nouns before the noun", "They sent 8 fire engines.", "8", "fire engines", "engine"),
    ("a nationality", "Some 60 Peruvian miners struck.", "60", "Peruvian miners", "miner"),
    ("a people by name", "Spain deported 40 Moroccans.", "40", "Moroccans", "Moroccan"),
    ("a people without -s", "Some 300 Congolese fled.", "300", "Congolese", "Congolese"),
    ("its adjective", "Some 30 Congolese traders fled.", "30", "Congolese traders", "trader"),
    ("an irregular plural", "The storm killed 6 fishermen.", "6", "fishermen", "fisherman"),
    ("a plural without -s", "Radar showed 5 aircraft.", "5", "aircraft", "aircraft"),
    ("what comes on top", "Oslo will lend 12 more tanks.", "12", "tanks", "tank"),
    ("additional things", "It ordered 90 additional buses.", "90", "buses", "bus"),
    ("a vague number", "Dozens of shops closed.", "Dozens", "shops", "shop"),
    ("part of a group", "About 300 of the pilgrims fell ill.", "300", "pilgrims", "pilgrim"),
    ("a share of a group", "Half of the farmers left.", "Half", "farmers", "farmer"),
    ("a share of a mass", "A third of the harvest rotted.", "A third", "harvest", "harvest"),
    ("a compound before a noun", "The 16-member council met.", "16", "member", "member"),
    ("a quoted number", "He spoke of “at least 70” wounded men.", "70", "wounded men", "man"),
    ("a list with one noun", "Troops held two, three and nine hills.", "two", "hills", "hill"),
    ("linked modifiers", "It sold 500 new and used cars.", "500", "new and used cars", "car"),
    (
        "linked names",
        "It tested 20 Fiat and Lancia engines.",
        "20",
        "Fiat and Lancia engines",
        "engine",
    ),
    ("a model", "Oman bought six F-16s.", "six", "F-16s", "F-16"),
    ("police officers", "The bomb hurt 4 police officers.", "4", "police officers", "officer"),
    ("the number of", "The number of arrests rose to 75.", "75", "arrests", "arrest"),
    ("a plural subject", "Arrivals climbed to 2,100.", "2,100", "Arrivals", "arrival"),
    ("a contrast", "It fired 14 rockets, not 12.", "12", "rockets", "rocket"),
    ("a movement", "The count of strikes fell to 3 from 9.", "9", "strikes", "strike"),
    ("a rival", "The party took 51 seats, its rival 40.", "40", "seats", "seat"),
    ("a whole that opens", "Of the 30 divers, 11 were women.", "11", "divers", "diver"),
    ("what a mass is of", "Trucks brought 60 tonnes of flour.", "60 tonnes", "flour", "flour"),
    ("nothing: a casualty word", "The blast left 12 dead.", "12", None, None),
    ("nothing: an object left out", "It killed 7 and wounded 30.", "30", None, None),
    ("nothing: a duration", "It lasted 3 weeks.", "3 weeks", None, None),
    ("nothing: of them", "Six men fell, two of them badly.", "two", None, None),
    ("nothing: a verb behind", "Guards said 27 were missing.", "27", None, None),
]


@pytest.mark.parametrize(
    ("text", "surface", "counted", "head"), [c[1:] for c in COUNTED], ids=[c[0] for c in COUNTED]
)
def test_counted_noun_and_head(
    text: str, surface: str, counted: str | None, head: str | None
) -> None:
    figure = figure_of(text, surface)
    assert (figure.counted, figure.counted_head) == (counted, head)


PER = [
    ("a day", "The mill makes 40 tonnes a day.", "40 tonnes", "day"),
    ("a day behind the noun", "The line builds 300 vans a day.", "300", "day"),
    ("per barrel", "Crude sold for $64 per barrel.", "$64", "barrel"),
    ("each behind", "Widows will get $900 each.", "$900", "widow"),
    ("each before a noun", "Each team scored 3 goals.", "3", "team"),
    ("each behind a comma", "It has six boats, each with 20 berths.", "20", "boat"),
    ("daily", "The airport handles 80 flights daily.", "80", "day"),
    ("daily before the noun", "It offers two daily flights.", "two", "day"),
    (
        "behind a bracket",
        "It pays 50 million pesos ($1 million) a year.",
        "50 million pesos",
        "year",
    ),
    ("inside that bracket", "It pays 50 million pesos ($1 million) a year.", "$1 million", "year"),
    ("hyphens", "The 70,000 barrel-a-day refinery shut.", "70,000 barrel", "day"),
    ("a point in time is no rate", "It killed 9 people a day after the vote.", "9", None),
    ("a week ago is no rate", "It hired 9 people a week ago.", "9", None),
    ("none", "It hired 9 people.", "9", None),
]


@pytest.mark.parametrize(("text", "surface", "per"), [c[1:] for c in PER], ids=[c[0] for c in PER])
def test_denominators(text: str, surface: str, per: str | None) -> None:
    assert figure_of(text, surface).per == per


CONCEPT = [
    ("behind of", "About 8% of imports are food.", "8%", "imports"),
    ("the subject", "Turnout slipped to 44%.", "44%", "Turnout"),
    ("the subject of a change", "The peso lost 1.2%.", "1.2%", "peso"),
    ("a subject with its own of", "Prices of wheat rose 3%.", "3%", "Prices of wheat"),
    ("what a sum buys", "A $40 million loan was agreed.", "$40 million", "loan"),
    ("behind in", "Japan pledged $70 million in aid.", "$70 million", "aid"),
    ("the number before", "Shares fell 2% to $19.", "$19", "Shares"),
]


@pytest.mark.parametrize(
    ("text", "surface", "concept"), [c[1:] for c in CONCEPT], ids=[c[0] for c in CONCEPT]
)
def test_what_a_percentage_or_sum_is_about(text: str, surface: str, concept: str) -> None:
    figure = figure_of(text, surface)
    assert (figure.concept or figure.counted) == concept
