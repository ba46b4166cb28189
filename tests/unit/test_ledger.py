"""The ledger: every number of a text has one row, and what is no figure says why."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.number_reading import dispositions, read_numbers

CASES = [
    ("a day before its month", "The ferry sank on 9 April.", ["date"]),
    ("a day behind its month", "Trading resumed on Oct. 12 in Lima.", ["date"]),
    ("a day, a month and a year", "He resigned on August 7, 2019.", ["date", "date"]),
    ("a list of days", "Polls open on May 4 and 5.", ["date", "date"]),
    ("an ordinal day", "The parade is on the 21st of June.", ["date"]),
    ("a day with slashes", "The form is dated 14/2/2021.", ["date"] * 3),
    ("a day in ISO order", "Version of 2023-09-30.", ["date"] * 3),
    ("a year after a preposition", "Exports have fallen since 2018.", ["date"]),
    ("a year before a noun", "The 2017 treaty lapsed.", ["date"]),
    ("a year before a plural noun", "Its 2016 elections were annulled.", ["date"]),
    ("a span of years", "The war of 1914-18 began there.", ["date", "date"]),
    ("a decade", "Bands of the 1960s still tour.", ["date"]),
    ("a short decade", "Fashion of the '80s is back.", ["date"]),
    ("a fiscal year", "The fiscal 2023 budget passed.", ["date"]),
    ("a quarter of a business year", "Sales grew in Q2.", ["date"]),
    ("an era", "The wall dates from 300 BC.", ["date"]),
    ("four digits before people", "About 2000 people came.", ["figure"]),
    ("a clock time", "The blast was heard at 5:55 p.m.", ["time", "time"]),
    ("an hour", "Shops close at 9 a.m. on Sundays.", ["time"]),
    ("a glued hour", "Buses stop at 11pm.", ["time"]),
    ("hours of a range", "It is open from 8 to 10 p.m.", ["time", "time"]),
    ("a time in Greenwich", "The launch is set for 1430 GMT.", ["time"]),
    ("an hour of the morning", "Police came at 3 in the morning.", ["time"]),
    ("a spelled ordinal", "It was the fifth such attack.", ["ordinal"]),
    ("an ordinal in digits", "She lives on the 12th floor.", ["ordinal"]),
    ("an aircraft", "Two MiG-31 jets took off.", ["figure", "identifier"]),
    ("a rebel group", "The M23 rebels withdrew.", ["identifier"]),
    ("a flight", "Flight KX512 was diverted.", ["identifier"]),
    ("a resolution", "Resolution 2231 expired.", ["identifier"]),
    ("several articles", "Articles 7 and 9 apply.", ["identifier", "identifier"]),
    ("a road", "Highway 17 was blocked.", ["identifier"]),
    ("a lower-case label", "The crash closed route 46.", ["identifier"]),
    ("a numbered rank", "The No. 3 seed lost.", ["identifier"]),
    ("a product", "Makers rushed to copy the iPhone 13.", ["identifier"]),
    ("a version", "Users of e-Cargo 3.1, the customs portal, complained.", ["identifier"]),
    ("a model before its jets", "The Boeing 737 jets were grounded.", ["identifier"]),
    ("a kind of network", "Rural 5G coverage is poor.", ["identifier"]),
    ("an address", "Fire broke out at 14 Baker Street.", ["identifier"]),
    ("a day of a trial", "On day four of the trial, he wept.", ["identifier"]),
    ("a group of states", "The G7 met in Apulia.", ["identifier"]),
    ("an index", "The FTSE 100 closed lower.", ["identifier"]),
    ("a disease", "COVID-19 returned.", ["name"]),
    ("a channel spelled out", "She told Channel Nine that it was over.", ["name"]),
    ("a party", "Senators of One Nation walked out.", ["name"]),
    ("a score", "Lyon beat Nantes 4-2.", ["score", "score"]),
    ("a drawn match", "The derby ended 1-1.", ["score", "score"]),
    ("a lost set", "She lost 4-6.", ["score", "score"]),
    ("a vote", "Deputies passed the law 61-39.", ["score", "score"]),
    ("a vote with to", "The council voted 8 to 5.", ["score", "score"]),
    ("a range is no score", "Repairs take 6-8 weeks.", ["figure", "figure"]),
    ("one of a group", "One of the country's richest men died.", ["idiom"]),
    ("one of a counted group", "One of the 12 divers drowned.", ["figure", "figure"]),
    ("one day", "One day peace will come.", ["idiom"]),
    ("one day as a duration", "The strike lasted one day.", ["figure"]),
    ("no one", "No one came.", ["pronoun"]),
    ("another one", "They need another one.", ["pronoun"]),
    ("one before a modal", "One must wait.", ["pronoun"]),
    ("one that is counted", "One man was hurt.", ["figure"]),
    ("one that was killed", "The raid left one dead.", ["figure"]),
    ("only one remained", "Of the bridges only one remained.", ["figure"]),
    ("around the clock", "Crews work 24/7.", ["idiom", "idiom"]),
    ("even chances", "The odds are 50-50.", ["idiom", "idiom"]),
    ("half of a match", "He scored in the second half.", ["ordinal", "idiom"]),
    ("a list item", "2. Check the valves.", ["list_marker"]),
    ("an item in brackets", "(3) Sign the form.", ["list_marker"]),
    ("a web address", "Visit www.example.org/2021/05.", ["code", "code"]),
    ("a phone number", "Call 555-0175-220.", ["code"] * 3),
    ("a case number", "The file is 19-cr-4402.", ["code", "code"]),
    ("a headline's update", "UPDATE 2-Copper slips", ["identifier"]),
    ("a table of results", "Result: Lyon 4 Metz 0", ["score", "score"]),
    ("a place and its count", "Two died in Chad and in Mali 3.", ["figure", "figure"]),
    ("an identifier in markup", 'The id is "672157973804941312".', ["code"]),
    ("the two named before", "The two met in Rome.", ["pronoun"]),
    ("none of it", "None of this is true.", ["idiom"]),
    ("twice as occasions", "He was jailed twice.", ["figure"]),
    ("a sum in ringgit", "It costs RM45.", ["figure"]),
    ("a degree on a scale", "A magnitude 5.8 quake hit.", ["figure"]),
]


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_the_ledger_names_each_number(text: str, expected: list[str]) -> None:
    assert [disposition for _, disposition in dispositions(text)] == expected


def test_every_entry_has_a_reason() -> None:
    rows = read_numbers("On May 2 the F-16 hit 3 of the first five targets, no one said.").numbers
    assert all(row.reason for row in rows)


def test_a_date_found_by_the_date_stage_is_no_figure() -> None:
    from extraction.article import Article
    from extraction.numbers.stage import find_numbers
    from extraction.rows import DateMention

    text = "The offer stands until the 30 of next month."
    article = Article.read(text)
    article.dates = [DateMention("the 30 of next month", 23, 43)]
    find_numbers(article)
    assert [number.disposition for number in article.numbers] == ["date"]


def test_a_duration_inside_a_date_stays_a_figure() -> None:
    from extraction.article import Article
    from extraction.numbers.stage import find_numbers
    from extraction.rows import DateMention

    text = "The envoy left three days ago."
    article = Article.read(text)
    article.dates = [DateMention("three days ago", 15, 29)]
    find_numbers(article)
    assert [number.disposition for number in article.numbers] == ["figure"]


PIECES = st.sampled_from(
    [
        "one",
        "two",
        "of",
        "the",
        "7",
        "2024",
        "-",
        "/",
        ":",
        ".",
        ",",
        "$",
        "%",
        "a",
        "half",
        "no",
        "G",
        "m",
        "(",
        "killed",
        "people",
        "May",
        "per",
        "day",
        "First",
        "twice",
        "what",
        "said",
        "and",
        "to",
        "from",
        "\n",
        "’s",
        "s",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.tuples(PIECES, st.booleans()), max_size=25))
def test_any_text_has_one_row_for_each_number(pieces: list[tuple[str, bool]]) -> None:
    text = "".join(word + (" " if space else "") for word, space in pieces)
    article = read_numbers(text, linked=True)
    spans = [(number.start, number.end) for number in article.numbers]
    assert spans == sorted(set(spans))
    assert all(a[1] <= b[0] for a, b in pairwise(spans))
    figures = {figure.row_id for figure in article.figures}
    named = {number.figure for number in article.numbers if number.figure is not None}
    assert named == figures
    for row in (*article.figures, *article.numbers):
        assert row.text == text[row.start : row.end]
        assert (row.start, row.end) != (0, 0)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=80))
def test_any_characters_are_read_without_a_crash(text: str) -> None:
    for number in read_numbers(text, linked=True).numbers:
        assert number.text == text[number.start : number.end]


@pytest.mark.parametrize(
    "piece",
    [
        "1-",
        "a1b2-",
        "one of the ",
        "no ",
        "2024 ",
        "G7 and ",
        "of which 3, ",
        "Half of what he said, 3 men. ",
    ],
)
def test_work_grows_in_line_with_length(piece: str) -> None:
    """Twice the text may cost about twice the calls: nothing looks back over all of it."""
    short, long = (_calls(piece * count) for count in (400, 800))
    assert long < 2.6 * short


def _calls(text: str) -> int:
    import sys

    count = 0

    def tick(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    read_numbers(text, linked=True)  # vocabularies are loaded once
    sys.setprofile(tick)
    try:
        read_numbers(text, linked=True)
    finally:
        sys.setprofile(None)
    return count
