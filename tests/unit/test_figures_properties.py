"""What holds for every number and every text: reading back, spans, ledger, conversion, work."""

import sys

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from extraction.article import Article
from extraction.dates import find_dates
from extraction.numbers.stage import find_numbers
from extraction.numbers.unit_lexicon import UNITS, to_base
from extraction.vocabulary import load_table

_STEADY = settings(deadline=None, derandomize=True)
_ONES = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def _read(text):
    article = Article.read(text)
    find_dates(article)
    find_numbers(article)
    return article


def _below_thousand(number):
    if number >= 100:
        rest = number % 100
        return f"{_ONES[number // 100]} hundred" + (f" and {_below_thousand(rest)}" if rest else "")
    if number >= 20:
        return _TENS[number // 10] + (f"-{_ONES[number % 10]}" if number % 10 else "")
    return _ONES[number]


def _in_words(number):
    parts = []
    for power, word in ((10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        if number >= power:
            parts.append(f"{_below_thousand(number // power)} {word}")
            number %= power
    if number or not parts:
        parts.append(("and " if parts and number < 100 else "") + _below_thousand(number))
    return " ".join(parts)


_WHOLE = st.integers(2, 999_999)
_SIMPLE = [
    (" kilometres", "kilometre"),
    (" percent", "percent"),
    ("%", "percent"),
    (" tonnes", "tonne"),
    (" sq miles", "square mile"),
    (" euros", "EUR"),
    (" goats", "count"),
]
_PLAIN_UNITS = st.sampled_from(_SIMPLE)
_UNITS = st.sampled_from([*_SIMPLE, (" million barrels", "barrel")])
_BOUNDS = st.sampled_from(
    [
        ("", "exact"),
        ("at least ", "at_least"),
        ("more than ", "more_than"),
        ("up to ", "at_most"),
        ("fewer than ", "less_than"),
        ("about ", "approximate"),
        ("nearly ", "approximate"),
    ]
)


@st.composite
def _written(draw):
    """A number as digits or words with its value."""
    number = draw(_WHOLE)
    style = draw(st.sampled_from(["plain", "commas", "decimal", "words"]))
    if style == "commas":
        return f"{number:,}", float(number)
    if style == "decimal":
        return f"{number}.{number % 10}5", float(f"{number}.{number % 10}5")
    if style == "words":
        return _in_words(number), float(number)
    return f"{number}", float(number)


@_STEADY
@given(st.integers(1, 999_999_999_999))
def test_every_whole_number_in_words_is_read_back(number):
    text = f"The state counted {_in_words(number)} goats."
    figures = _read(text).figures
    assert [figure.value for figure in figures] in ([float(number)], [])
    assert figures or number == 1


@_STEADY
@given(_written(), _UNITS, _BOUNDS)
def test_every_bounded_quantity_is_read_back(written, unit, bound):
    (surface, value), (suffix, unit_name), (hedge, comparator) = written, unit, bound
    assume("million" not in suffix or surface[0].isdecimal())
    [figure] = _read(f"Officials reported {hedge}{surface}{suffix} in all.").figures
    scale = 1e6 if "million" in suffix else 1
    assert figure.value == pytest.approx(value * scale, rel=1e-12)
    assert (figure.unit, figure.comparator) == (unit_name, comparator)
    bounded_below = comparator in ("exact", "at_least", "more_than")
    bounded_above = comparator in ("exact", "at_most", "less_than")
    assert (figure.low is not None, figure.high is not None) == (bounded_below, bounded_above)


@_STEADY
@given(_WHOLE, st.integers(1, 500_000), _PLAIN_UNITS, st.sampled_from(["between", "to", "dash"]))
def test_every_range_is_read_back(low, step, unit, style):
    high, (suffix, unit_name) = low + step, unit
    joined = {
        "between": f"between {low:,} and {high:,}",
        "to": f"{low:,} to {high:,}",
        "dash": f"{low:,}–{high:,}",
    }[style]
    [figure] = _read(f"Officials expect {joined}{suffix} in all.").figures
    assert (figure.comparator, figure.value, figure.unit) == ("between", None, unit_name)
    assert (figure.low, figure.high) == (low, high)


_PIECES = """
one two hundred thousand and a half third of in out no none dozens 5 12 1,000 2019 3.5 $ £ € %
million bn to - – ( ) . , between from at least pounds 40C km twice times 7th F-16 US$ old aged
year Ana Ruiz 10/3 '' " more than up rose by 9999999 °C ½
"""
_TOKENS = st.sampled_from([*_PIECES.split(), "\n"])


@settings(_STEADY, max_examples=300)
@given(st.one_of(st.text(max_size=200), st.lists(_TOKENS, max_size=40).map(" ".join)))
@example("1" * 5000)
@example("٣٤ ٥٫٦ ⅷ ²")
@example("1/0 0/0 5//6 1e999")
@example("$-€--5.5.5.5,5,5")
def test_any_text_gives_rows_that_slice_back_and_a_complete_ledger(text):
    article = _read(text)
    for row in (*article.figures, *article.numbers):
        assert row.text == text[row.start : row.end]
        assert row.text
    figures = {figure.row_id for figure in article.figures}
    assert all(number.figure in figures for number in article.numbers if number.figure)
    for number in article.numbers:
        assert (number.disposition == "figure") == (number.figure is not None)
    covered = [range(number.start, number.end) for number in article.numbers]
    covered += [range(figure.start, figure.end) for figure in article.figures]
    for at, character in enumerate(text):
        if character.isdecimal():
            assert any(at in span for span in covered), (at, character)


@_STEADY
@given(st.lists(_TOKENS, max_size=30).map(" ".join))
def test_bounds_never_contradict_the_value(text):
    for figure in _read(text).figures:
        ends = [v for v in (figure.low, figure.value, figure.high) if v is not None]
        assert ends == sorted(ends)


def _convertible():
    return [
        row
        for row in load_table("unit_choices", ("unit", "dimension"))
        if row["pint"] and UNITS[row["unit"]].base_unit
    ]


@pytest.mark.parametrize("row", _convertible(), ids=[row["unit"] for row in _convertible()])
def test_conversion_agrees_with_pint(row, registry):
    base = {r["dimension"]: r["pint"] for r in load_table("dimensions")}[row["dimension"]]
    expression = registry.parse_expression(row["pint"])
    scale = getattr(expression, "magnitude", expression)
    unit = getattr(expression, "units", registry.dimensionless)
    for value in (0.0, 1.0, 273.5):
        expected = registry.Quantity(value * scale, unit).to(base).magnitude
        assert to_base(row["unit"], value) == pytest.approx(expected, rel=1e-9, abs=1e-12)


@pytest.fixture(scope="module")
def registry():
    pint = pytest.importorskip("pint")
    return pint.UnitRegistry()


def _calls(text):
    """How many Python and C functions the reading of `text` calls."""
    count = 0

    def profile(frame, event, arg):
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(profile)
    try:
        _read(text)
    finally:
        sys.setprofile(before)
    return count


REPEATED = [
    "7",
    "$",
    " ",
    "one hundred and ",
    "5, ",
    "1-",
    "half a ",
    "20 pounds ",
    '" 5',
    "from 5 ",
    "no ",
    "million ",
    "(5) ",
    "between 5 and ",
]


@pytest.mark.parametrize("unit", REPEATED, ids=[repr(unit) for unit in REPEATED])
def test_four_times_the_text_takes_about_four_times_the_calls(unit):
    small, large = 4_000, 16_000
    _read((unit * small)[:small])  # what is compiled on first use counts neither way
    assert _calls((unit * large)[:large]) <= 5 * _calls((unit * small)[:small]) + 2_000


@pytest.mark.parametrize("unit", REPEATED[:4], ids=[repr(unit) for unit in REPEATED[:4]])
def test_a_hundred_thousand_characters_of_one_thing_are_read(unit):
    text = (unit * 100_000)[:100_000]
    article = _read(text)
    assert all(row.text == text[row.start : row.end] for row in article.figures)
