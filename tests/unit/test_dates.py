"""Dates: what is found, what it resolves to, and what stays honest without an anchor."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction.article import Article
from extraction.dates import find_dates
from extraction.dates.grammar import matches_of
from extraction.dates.lexer import symbols_of
from extraction.rows import GRANULARITIES, RESOLUTIONS, DateMention
from extraction.sentences import split_sentences
from extraction.vocabulary import load_table

PUBLISHED = dt.date(2025, 3, 5)  # a Wednesday


def dates_in(text: str, published: dt.date | None = PUBLISHED) -> list[DateMention]:
    article = Article.read(text, published)
    find_dates(article)
    return article.dates


def only_date(text: str, published: dt.date | None = PUBLISHED) -> DateMention:
    found = dates_in(text, published)
    assert len(found) == 1, [mention.text for mention in found]
    return found[0]


RESOLVED = [
    (
        "a full date",
        "The bridge opened on March 4, 2024.",
        "on March 4, 2024",
        "2024-03-04",
        "2024-03-04",
    ),
    (
        "a full date in British order",
        "It closed on 4 March 2024.",
        "on 4 March 2024",
        "2024-03-04",
        "2024-03-04",
    ),
    (
        "an abbreviated month",
        "It closed on Feb. 27, 2024.",
        "on Feb. 27, 2024",
        "2024-02-27",
        "2024-02-27",
    ),
    ("an ISO date", "Filed 2024-05-01 in court.", "2024-05-01", "2024-05-01", "2024-05-01"),
    (
        "a slashed date with one reading",
        "Filed 13/05/2024 in court.",
        "13/05/2024",
        "2024-05-13",
        "2024-05-13",
    ),
    ("a dotted date", "Filed 01.05.2024 in court.", "01.05.2024", "2024-05-01", "2024-05-01"),
    (
        "a month with its year",
        "The siege began in November 2023.",
        "in November 2023",
        "2023-11-01",
        "2023-11-30",
    ),
    (
        "several days of a month",
        "They met May 3-5, 2024, in Doha.",
        "May 3-5, 2024",
        "2024-05-03",
        "2024-05-05",
    ),
    ("a bare year", "The mine closed in 1998.", "in 1998", "1998-01-01", "1998-12-31"),
    ("a year before its noun", "The 2019 accord failed.", "2019", "2019-01-01", "2019-12-31"),
    (
        "a short year in capitals",
        "LIMA, 4 FEB 90 (EFE) -- REBELS FLED.",
        "4 FEB 90",
        "1990-02-04",
        "1990-02-04",
    ),
    ("a decade", "Migration peaked in the 1990s.", "in the 1990s", "1990-01-01", "1999-12-31"),
    (
        "a spelled decade",
        "Back in the sixties it was a village.",
        "in the sixties",
        "1960-01-01",
        "1969-12-31",
    ),
    (
        "a century",
        "It was built in the 19th century.",
        "in the 19th century",
        "1800-01-01",
        "1899-12-31",
    ),
    (
        "a quarter of a year",
        "Output fell in the third quarter of 2024.",
        "in the third quarter of 2024",
        "2024-07-01",
        "2024-09-30",
    ),
    (
        "a season of a year",
        "The levee broke in the spring of 2022.",
        "in the spring of 2022",
        "2022-03-01",
        "2022-05-31",
    ),
    ("a range of years", "The 2019-20 campaign was costly.", "2019-20", "2019-01-01", "2020-12-31"),
    ("the past weekday", "The convoy left on Tuesday.", "on Tuesday", "2025-03-04", "2025-03-04"),
    (
        "the weekday of publication",
        "The convoy left on Wednesday.",
        "on Wednesday",
        "2025-03-05",
        "2025-03-05",
    ),
    (
        "a weekday to come after will",
        "The council will meet on Monday.",
        "on Monday",
        "2025-03-10",
        "2025-03-10",
    ),
    (
        "a fronted weekday to come",
        "On Friday, the court will rule.",
        "On Friday",
        "2025-03-07",
        "2025-03-07",
    ),
    (
        "a scheduled weekday",
        "The vote is scheduled for Friday.",
        "for Friday",
        "2025-03-07",
        "2025-03-07",
    ),
    (
        "a governed infinitive",
        "The sides agreed to meet on Friday.",
        "on Friday",
        "2025-03-07",
        "2025-03-07",
    ),
    (
        "the day of the saying",
        "Aid will resume, the minister said on Monday.",
        "on Monday",
        "2025-03-03",
        "2025-03-03",
    ),
    (
        "an evening",
        "Shells fell late on Sunday evening.",
        "late on Sunday evening",
        "2025-03-02",
        "2025-03-02",
    ),
    (
        "last with a weekday",
        "The dam burst last Friday.",
        "last Friday",
        "2025-02-28",
        "2025-02-28",
    ),
    (
        "next with a weekday",
        "The trial opens next Friday.",
        "next Friday",
        "2025-03-07",
        "2025-03-07",
    ),
    ("today", "The port reopened today.", "today", "2025-03-05", "2025-03-05"),
    (
        "yesterday's possessive",
        "Yesterday’s blast hurt six.",
        "Yesterday",
        "2025-03-04",
        "2025-03-04",
    ),
    (
        "last night",
        "Drones flew over the city last night.",
        "last night",
        "2025-03-04",
        "2025-03-04",
    ),
    (
        "last week from Monday to Sunday",
        "Fighting resumed last week.",
        "last week",
        "2025-02-24",
        "2025-03-02",
    ),
    ("this week", "Talks resume this week.", "this week", "2025-03-03", "2025-03-09"),
    ("next month", "Rates rise next month.", "next month", "2025-04-01", "2025-04-30"),
    ("last year", "Exports fell last year.", "last year", "2024-01-01", "2024-12-31"),
    (
        "a month with last year",
        "It began in November last year.",
        "in November last year",
        "2024-11-01",
        "2024-11-30",
    ),
    (
        "the last completed season",
        "Troops came last fall.",
        "last fall",
        "2024-09-01",
        "2024-11-30",
    ),
    (
        "a month already past",
        "Clashes broke out in January.",
        "in January",
        "2025-01-01",
        "2025-01-31",
    ),
    ("a month to come", "The tax will start in January.", "in January", "2026-01-01", "2026-01-31"),
    ("a day of this year", "A quake struck on Feb. 27.", "on Feb. 27", "2025-02-27", "2025-02-27"),
    ("days ago", "He fled three days ago.", "three days ago", "2025-03-02", "2025-03-02"),
    ("years ago", "He fled two years ago.", "two years ago", "2023-01-01", "2023-12-31"),
    ("a decade ago", "The wall fell a decade ago.", "a decade ago", "2015-01-01", "2015-12-31"),
    (
        "the past week",
        "Prices fell over the past week.",
        "over the past week",
        "2025-02-26",
        "2025-03-05",
    ),
    ("last weekend", "Crowds gathered last weekend.", "last weekend", "2025-03-01", "2025-03-02"),
    ("year end", "The backlog must go by year end.", "by year end", "2025-12-31", "2025-12-31"),
]


@pytest.mark.parametrize(
    ("text", "words", "first", "last"), [c[1:] for c in RESOLVED], ids=[c[0] for c in RESOLVED]
)
def test_date_resolves_to_its_days(text: str, words: str, first: str, last: str) -> None:
    mention = only_date(text)
    assert (mention.text, mention.from_, mention.to) == (words, first, last)
    assert mention.resolution == "resolved"
    assert mention.anchor in ("published", "dateline", "explicit")


WITHOUT_ANCHOR = [
    ("a weekday", "The convoy left on Tuesday.", "unresolved", None),
    ("last year", "Exports fell last year.", "unresolved", None),
    ("last fall", "Troops came last fall.", "unresolved", None),
    ("recent weeks", "In recent weeks the front moved.", "unresolved", None),
    ("a day of a month", "A quake struck on Feb. 27.", "partial", "XXXX-02-27"),
    ("a month", "It may end in November.", "partial", "XXXX-11"),
    ("a slashed date with two readings", "Filed 5/6/2024 in court.", "partial", "2024"),
    (
        "a weekday that contradicts its date",
        "Held on Monday, March 5, 2024.",
        "partial",
        "2024-03-05?",
    ),
    ("midnight", "Guns fall silent at midnight.", "unresolved", None),
]


@pytest.mark.parametrize(
    ("text", "resolution", "edtf"),
    [c[1:] for c in WITHOUT_ANCHOR],
    ids=[c[0] for c in WITHOUT_ANCHOR],
)
def test_without_an_anchor_nothing_is_invented(
    text: str, resolution: str, edtf: str | None
) -> None:
    mention = only_date(text, None)
    assert (mention.resolution, mention.edtf) == (resolution, edtf)
    assert mention.from_ is None
    assert mention.to is None


CLAIMED = [
    ("by a month", "Troops may arrive by the end of March.", None, "2025-03-31", "partial"),
    ("until a day", "The truce holds until Friday.", None, "2025-02-28", "partial"),
    ("before a year", "It was legal before 2019.", None, "2018-12-31", "partial"),
    (
        "since a month",
        "Guns have been silent since January.",
        "2025-01-01",
        "2025-03-05",
        "resolved",
    ),
    (
        "since early last year",
        "They have tried since early last year.",
        "2024-01-01",
        "2025-03-05",
        "resolved",
    ),
    ("after a day", "It sank after February 3, 2024.", "2024-02-04", None, "partial"),
]


@pytest.mark.parametrize(
    ("text", "first", "last", "resolution"), [c[1:] for c in CLAIMED], ids=[c[0] for c in CLAIMED]
)
def test_a_preposition_changes_what_the_date_says(
    text: str, first: str | None, last: str | None, resolution: str
) -> None:
    claimed = only_date(text).claimed
    assert (claimed.from_, claimed.to, claimed.resolution) == (first, last, resolution)


RANGES = [
    ("from … to", "The siege lasted from May 2 to May 9, 2024.", "2024-05-02", "2024-05-09"),
    ("between … and", "Prices doubled between 2019 and 2021.", "2019-01-01", "2021-12-31"),
    ("a dash", "The fair, June 3 – June 9, 2024, drew crowds.", "2024-06-03", "2024-06-09"),
]


@pytest.mark.parametrize(
    ("text", "first", "last"), [c[1:] for c in RANGES], ids=[c[0] for c in RANGES]
)
def test_both_ends_of_a_range_claim_the_whole(text: str, first: str, last: str) -> None:
    found = dates_in(text)
    assert len(found) == 2
    assert {(m.claimed.from_, m.claimed.to) for m in found} == {(first, last)}


def test_a_day_earlier_starts_from_the_date_before_it_in_the_sentence() -> None:
    found = dates_in("The toll rose to nine on Tuesday from six a day earlier.")
    assert [m.from_ for m in found] == ["2025-03-04", "2025-03-03"]


def test_days_earlier_is_not_resolved_from_another_sentence() -> None:
    found = dates_in("Shells fell on Tuesday. The mayor had left two days earlier.")
    assert found[1].resolution == "unresolved"


def test_the_next_day_starts_from_the_sentence_before() -> None:
    found = dates_in("He was seized on June 17, 2024. The next day he was freed.")
    assert found[1].from_ == "2024-06-18"


def test_a_date_that_names_an_event_keeps_its_year_open() -> None:
    assert only_date("Talks followed the Oct. 7 attack.").resolution == "partial"


def test_a_date_that_names_a_recent_event_is_resolved() -> None:
    assert only_date("Talks followed the Feb. 27 attack.").from_ == "2025-02-27"


DURATIONS = [
    ("for the past two years", "Fighting went on for the past two years."),
    ("the last three months", "In the last three months nine ships sank."),
    ("days later", "He was freed on Monday and fled three days later."),
]


@pytest.mark.parametrize("text", [c[1] for c in DURATIONS], ids=[c[0] for c in DURATIONS])
def test_a_counted_stretch_is_marked_as_a_duration(text: str) -> None:
    assert dates_in(text)[-1].is_duration


NO_DATES = [
    ("the modal may", "Troops may march on the city."),
    ("a march", "The march drew thousands."),
    ("a count of people", "Some 2000 people fled."),
    ("a resolution's number", "It cited Resolution 1973 again."),
    ("a bare duration", "It was his second trip in two weeks."),
    ("an hour later", "He was freed three hours later."),
    ("a newspaper", "He told USA Today about it."),
    ("a fall", "The fall of the city shocked many."),
    ("a name", "The singer Mary Christmas left."),
    ("a score", "They won 3-2."),
    ("a clock time", "The blast came at 6:42 p.m. in the market."),
]


@pytest.mark.parametrize("text", [c[1] for c in NO_DATES], ids=[c[0] for c in NO_DATES])
def test_these_words_are_no_date(text: str) -> None:
    assert dates_in(text) == []


def test_a_dateline_with_a_full_date_is_the_anchor_where_nothing_else_is() -> None:
    found = dates_in("LIMA, 4 FEB 90 (EFE) -- REBELS ATTACKED A TOWN YESTERDAY.", None)
    assert (found[1].from_, found[1].anchor) == ("1990-02-03", "dateline")


def test_a_dateline_shortly_before_publication_wins_over_it() -> None:
    found = dates_in("LIMA, March 4 — Rebels attacked a town yesterday.")
    assert (found[1].from_, found[1].anchor) == ("2025-03-03", "dateline")


@pytest.mark.parametrize("row", load_table("date_patterns"), ids=lambda row: row["example"])
def test_every_pattern_reads_its_example(row: dict[str, str]) -> None:
    if row["kind"] == "frame":
        example, kind = f"{row['example']} March 2024", "month"
    else:
        example, kind = row["example"], row["kind"]
    symbols = symbols_of(split_sentences(f"It was {example} there")[0])
    found = matches_of(symbols)
    assert [match.kind for match in found] == [kind]
    assert found[0].core[-1].end == len(f"It was {example}")


@pytest.mark.parametrize(
    "row",
    [row for row in load_table("date_words") if row["trigger"] == "yes"],
    ids=lambda row: row["word"],
)
def test_every_date_word_gets_its_class(row: dict[str, str]) -> None:
    text = f"In {row['word'].title()} 4" if "MONTH" in row["class"] else f"on {row['word'].title()}"
    text = text.replace("’S", "’s").replace("'S", "'s")
    kinds = [symbol.kind for symbol in symbols_of(split_sentences(text)[0])]
    assert row["class"].removesuffix("_ABBR") in kinds


@pytest.mark.parametrize("row", load_table("year_context"), ids=lambda row: row["word"])
def test_every_word_beside_a_number_keeps_it_from_being_a_year(row: dict[str, str]) -> None:
    word = row["word"]
    text = f"It had {word} 1999 then." if row["side"] == "left" else f"It had 1999 {word} then."
    assert dates_in(text) == []


TENSES = {"FUTURE": True, "PAST": False, "SAYING": False}


@pytest.mark.parametrize(
    "row",
    [row for row in load_table("tense_words") if row["class"] in TENSES],
    ids=lambda row: row["word"],
)
def test_every_tense_word_decides_the_weekday(row: dict[str, str]) -> None:
    space = "" if row["word"][0] in "'’" else " "
    day = dates_in(f"They{space}{row['word']} there on Friday.")[0].from_
    assert day == ("2025-03-07" if TENSES[row["class"]] else "2025-02-28")


DATE_WORDS = [
    *("on", "Monday", "March", "4", "31", "2024", ",", "last", "week", "the", "end", "of", "by"),
    *("–", "from", "to", "between", "and", "1990s", "'98", "9999", "ago", "0001-01-01", "two"),
    *("12/31/9999", "years", "century", "since", "early", "May", ".", "9999999", "next"),
]
date_like_text = st.lists(st.sampled_from([*DATE_WORDS, "\n"]), max_size=25)


@settings(max_examples=300, deadline=None)
@given(date_like_text, st.dates())
def test_any_words_give_well_formed_dates(words: list[str], published: dt.date) -> None:
    text = " ".join(words)
    for mention in dates_in(text, published):
        assert text[mention.start : mention.end] == mention.text
        for named in (mention, mention.claimed):
            assert named.resolution in RESOLUTIONS
            assert named.granularity in GRANULARITIES
            if named.from_ and named.to:
                assert dt.date.fromisoformat(named.from_) <= dt.date.fromisoformat(named.to)
            if named.resolution == "resolved":
                assert named.anchor


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=300))
def test_any_text_is_survived(text: str) -> None:
    for mention in dates_in(text):
        assert text[mention.start : mention.end] == mention.text
