"""Links across mentions: dual units, relative figures, the event that a figure sizes."""

from __future__ import annotations

import pytest

from extraction.article import Article
from extraction.links import link_mentions
from extraction.numbers.stage import find_numbers
from extraction.rows import Event, Figure, row_id_of
from tests.unit.number_reading import read_numbers


def _by_text(article: Article, surface: str) -> Figure:
    found = [figure for figure in article.figures if figure.text == surface]
    assert len(found) == 1, [figure.text for figure in article.figures]
    return found[0]


DUALS = [
    ("length", "The fire is 20 km (12 miles) away.", "20 km", "12 miles"),
    ("money", "He owes 900 euros ($980).", "900 euros", "$980"),
    ("temperature", "It hit 41C (106F).", "41C", "106F"),
    ("area", "It burned 500 hectares (1,235 acres).", "500 hectares", "1,235 acres"),
    ("behind a comma", "It lies 20 km, or about 12 miles, off.", "20 km", "12 miles"),
    ("a compound", "The 30-mile (48-km) stretch is shut.", "30-mile", "48-km"),
    ("words between", "The wall is 9 metres high (30 feet).", "9 metres", "30 feet"),
]


@pytest.mark.parametrize(
    ("text", "first", "second"), [c[1:] for c in DUALS], ids=[c[0] for c in DUALS]
)
def test_two_units_of_one_amount(text: str, first: str, second: str) -> None:
    article = read_numbers(text, linked=True)
    assert _by_text(article, second).equivalent_of == _by_text(article, first).row_id


def test_amounts_that_do_not_convert_are_not_one() -> None:
    article = read_numbers("It lies 20 km (30 miles) away.", linked=True)
    assert _by_text(article, "30 miles").equivalent_of is None


def test_both_halves_carry_one_comparator() -> None:
    article = read_numbers("It flew more than 80 km (50 miles) inland.", linked=True)
    second = _by_text(article, "50 miles")
    assert (second.comparator, second.low, second.high) == ("more_than", 50.0, None)


REFERENCES = [
    ("the number right behind", "Half of the 80 boats sank.", "Half", "80", 40.0),
    ("twice the number behind", "It sold twice the 30 cars of May.", "twice", "30", 60.0),
    ("of them", "Some 400 came. A quarter of them were boys.", "A quarter", "400", 100.0),
    ("the same things", "It fired 12 shells. Half of the shells failed.", "Half", "12", 6.0),
    (
        "the same things by another name",
        "Hackers hit 60 websites. A third of the sites are back.",
        "A third",
        "60",
        20.0,
    ),
    (
        "half that",
        "The union counted 900 strikers. The firm said it was half that.",
        "half",
        "900",
        450.0,
    ),
    (
        "a share of an amount",
        "Donors owe $600 million. They paid a third of that amount.",
        "a third",
        "$600 million",
        2e8,
    ),
    (
        "what somebody said",
        "The coroner reported 80 deaths. A nurse said it was half of what the coroner "
        "had reported.",
        "half",
        "80",
        40.0,
    ),
    (
        "as many as somebody reported",
        "The state reported 70 fires. A charity counted four times as many as the state reported.",
        "four times",
        "70",
        280.0,
    ),
    (
        "those of one fate",
        "Medics treated 500 wounded people. A fifth of the wounded were boys.",
        "A fifth",
        "500",
        100.0,
    ),
    ("twice a sum behind", "The fine is twice the $40 fee.", "twice", "$40", 80.0),
    (
        "the claimant's noun",
        "The monitor counted 9,000 marchers. Police said 3,000, a third of the monitor's estimate.",
        "a third",
        "9,000",
        3000.0,
    ),
    (
        "the official count",
        "The quake killed 30 people. The real toll may be three times the official count.",
        "three times",
        "30",
        90.0,
    ),
    (
        "a claim in the same sentence",
        "Organizers said 5,000 people came; police said 1,000, a fifth "
        "of the organizers' estimate.",
        "a fifth",
        "5,000",
        1000.0,
    ),
    (
        "not the number that was replaced",
        "The ministry reported 200 cases, up from 150 in May. Doctors said real "
        "infections were ten times the ministry's figure.",
        "ten times",
        "200",
        2000.0,
    ),
]


@pytest.mark.parametrize(
    ("text", "surface", "reference", "value"),
    [c[1:] for c in REFERENCES],
    ids=[c[0] for c in REFERENCES],
)
def test_relative_figures(text: str, surface: str, reference: str, value: float) -> None:
    article = read_numbers(text, linked=True)
    figure = _by_text(article, surface)
    assert figure.reference == _by_text(article, reference).row_id
    assert figure.derived
    assert figure.value == pytest.approx(value)
    assert (figure.low, figure.high) == (None, None)


NO_REFERENCE = [
    ("a share of people in general", "Half of the voters stayed home.", "Half"),
    ("a whole in a compound", "A third of the 27-nation bloc agreed.", "A third"),
    ("nothing said before", "Losses were half of what the bank expected.", "half"),
    ("other things", "It lost 12 tanks. Half of the officers fled.", "Half"),
]


@pytest.mark.parametrize(
    ("text", "surface"), [c[1:] for c in NO_REFERENCE], ids=[c[0] for c in NO_REFERENCE]
)
def test_nothing_is_referred_to(text: str, surface: str) -> None:
    figure = _by_text(read_numbers(text, linked=True), surface)
    assert (figure.reference, figure.derived, figure.value) == (None, False, None)


def test_a_share_of_a_sum_is_a_sum_and_its_row_keeps_an_honest_id() -> None:
    article = read_numbers(
        "Donors owe $600 million. They paid a third of that amount.", linked=True
    )
    share = _by_text(article, "a third")
    assert (share.unit, share.dimension, share.quantity_kind) == ("USD", "currency", "money")
    assert share.row_id == row_id_of(article.version_id, "figure", share.start, share.end, "USD")
    assert share.row_id in {number.figure for number in article.numbers}


def test_a_percentage_of_a_sum_refers_to_it_and_stays_a_percentage() -> None:
    article = read_numbers("Oxfam asked for $50 million. Only 9% of that sum came.", linked=True)
    share = _by_text(article, "9%")
    assert share.reference == _by_text(article, "$50 million").row_id
    assert (share.value, share.unit, share.factor, share.derived) == (9.0, "percent", 0.09, False)


def test_a_correction_counts_what_the_sentence_before_named() -> None:
    text = "An earlier story misstated the number of goats stolen. It was 39, not 93."
    article = read_numbers(text, linked=True)
    assert [figure.counted for figure in article.figures] == ["goats", "goats"]


def test_a_figure_sizes_the_event_beside_it() -> None:
    text = "Rebels shelled a market, killing 12 people; Togo sent 300 troops."
    article = Article.read(text)
    find_numbers(article)
    article.events = [_event(article, "shelled", "ASSAULT"), _event(article, "sent", "MOBILIZE")]
    link_mentions(article)
    assert [figure.event for figure in article.figures] == [e.row_id for e in article.events]


def test_a_duration_sizes_no_event() -> None:
    article = Article.read("Rebels shelled the town for 3 hours.")
    find_numbers(article)
    article.events = [_event(article, "shelled", "ASSAULT")]
    link_mentions(article)
    assert article.figures[0].event is None


def _event(article: Article, trigger: str, event_type: str) -> Event:
    start = article.text.index(trigger)
    row_id = row_id_of(article.version_id, "event", start, start + len(trigger), event_type)
    return Event(row_id, trigger, start, start + len(trigger), 0, event_type=event_type)
