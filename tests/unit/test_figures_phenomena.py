"""One table per phenomenon of news figures: what the row says of value, bounds, unit and change."""

from functools import cache

import pytest

from extraction.article import Article
from extraction.dates import find_dates
from extraction.numbers.stage import find_numbers


@cache
def _figures(text):
    article = Article.read(text)
    find_dates(article)
    find_numbers(article)
    return {figure.text: figure for figure in article.figures}


def _figure(text, surface):
    figures = _figures(text)
    assert surface in figures, sorted(figures)
    return figures[surface]


def _ids(table):
    return [f"{row[1]} in: {row[0]}" for row in table]


UNITS = [
    ("The tunnel runs 14 km under the bay.", "14 km", 14, "kilometre"),
    ("Snow lay 3 feet deep.", "3 feet", 3, "foot"),
    ("The farm covers 2,400 sq km.", "2,400 sq km", 2400, "square kilometre"),
    ("A 75-minute blackout hit the port.", "75-minute", 75, "minute"),
    ("They drank two litres each.", "two litres", 2, "litre"),
    ("Gusts reached 130 km/h.", "130 km/h", 130, "kilometre per hour"),
    ("Gusts reached 80 miles an hour.", "80 miles an hour", 80, "mile per hour"),
    ("The plant adds 350 MW.", "350 MW", 350, "megawatt"),
    ("The phone has 256GB of storage.", "256GB", 256, "gigabyte"),
    ("The chip runs at 3.2GHz.", "3.2GHz", 3.2, "gigahertz"),
    ("The ship carried 40,000 tonnes of maize.", "40,000 tonnes", 40000, "tonne"),
    ("Troops waited half an hour.", "half an hour", 0.5, "hour"),
    ("He served 12 more months.", "12 more months", 12, "month"),
    ("A .45-calibre pistol lay there.", ".45-calibre", 0.45, "calibre"),
    ("Levels reached 410 parts per million.", "410 parts per million", 410, "part per million"),
    ("The sofa is 72 in wide.", "72 in", 72, "inch"),
    ("Readings rose to 38.5 degrees Celsius.", "38.5 degrees Celsius", 38.5, "celsius"),
    ("Outside it was 95F by noon.", "95F", 95, "fahrenheit"),
    ("She waited an hour and a half.", "an hour and a half", 1.5, "hour"),
    ("He taught for two-and-a-half years.", "two-and-a-half years", 2.5, "year"),
    ("Wind rose to 11 m/s.", "11 m/s", 11, "metre per second"),
]


@pytest.mark.parametrize(("text", "surface", "value", "unit"), UNITS, ids=_ids(UNITS))
def test_a_unit_is_named_in_the_singular(text, surface, value, unit):
    figure = _figure(text, surface)
    assert (figure.value, figure.unit) == (value, unit)


NOT_UNITS = [
    ("Some 8,000 in the valley fled.", "8,000"),
    ("They won 5 cup finals.", "5"),
    ("Police freed 30 at dawn.", "30"),
]


@pytest.mark.parametrize(("text", "surface"), NOT_UNITS, ids=_ids(NOT_UNITS))
def test_a_word_that_only_looks_like_a_unit_is_none(text, surface):
    assert _figure(text, surface).unit == "count"


MONEY = [
    ("The fine was $700.", "$700", 700, "USD"),
    ("Tokyo pledged US$2.4bn.", "US$2.4bn", 2.4e9, "USD"),
    ("The flat sold for HK$9 million.", "HK$9 million", 9e6, "HKD"),
    ("A ticket is A$45.", "A$45", 45, "AUD"),
    ("A ticket is C$45.", "C$45", 45, "CAD"),
    ("The dam costs Rs 30 crore.", "Rs 30 crore", 3e8, "INR"),
    ("Fuel costs RM2.15 there.", "RM2.15", 2.15, "MYR"),
    ("He owes 80 million rubles.", "80 million rubles", 8e7, "RUB"),
    ("The bank lent 3 billion yuan.", "3 billion yuan", 3e9, "CNY"),
    ("A stamp is 95p now.", "95p", 95, "penny"),
    ("Copper fell 12 cents.", "12 cents", 12, "cent"),
    ("Bids began at EUR 500.", "EUR 500", 500, "EUR"),
    ("The seller asked 750 USD.", "750 USD", 750, "USD"),
    ("It costs 4 dollars and 25 cents.", "4 dollars and 25 cents", 4.25, "USD"),
    ("Profits fell by 40 MEUR.", "40 MEUR", 4e7, "EUR"),
]


@pytest.mark.parametrize(("text", "surface", "value", "unit"), MONEY, ids=_ids(MONEY))
def test_money_carries_its_iso_code(text, surface, value, unit):
    figure = _figure(text, surface)
    assert (figure.value, figure.unit, figure.dimension) == (value, unit, "currency")


AMBIGUOUS = [
    ("She gained 15 pounds over the winter.", "15 pounds", "pound"),
    ("A 250-pound bomb hit the depot.", "250-pound", "pound"),
    ("The repair cost 15 pounds.", "15 pounds", "GBP"),
    ("Sales rose to 90 million pounds.", "90 million pounds", "GBP"),
    ("The mast is 2.1m tall.", "2.1m", "metre"),
    ("Farms sold 2.1m sheep carcasses.", "2.1m", "count"),
    ("It was 31C in the shade.", "31C", "celsius"),
]


@pytest.mark.parametrize(("text", "surface", "unit"), AMBIGUOUS, ids=_ids(AMBIGUOUS))
def test_context_decides_between_units_of_one_name(text, surface, unit):
    assert _figure(text, surface).unit == unit


RATIOS = [
    ("Turnout was 61 percent.", "61 percent", "percent", 0.61),
    ("Turnout was 61 per cent.", "61 per cent", "percent", 0.61),
    ("Yields rose 12 basis points.", "12 basis points", "basis point", 0.0012),
    ("Support fell 3 percentage points.", "3 percentage points", "percentage point", 0.03),
]


@pytest.mark.parametrize(("text", "surface", "unit", "base"), RATIOS, ids=_ids(RATIOS))
def test_percent_points_and_basis_points_stay_apart(text, surface, unit, base):
    figure = _figure(text, surface)
    assert (figure.unit, figure.base_value) == (unit, pytest.approx(base))


BOUNDS = [
    ("At least 26 miners died.", "26", "at_least", 26, None, True, None),
    ("No fewer than six judges quit.", "six", "at_least", 6, None, True, None),
    ("More than 900 flats burned.", "900", "more_than", 900, None, False, None),
    ("Over 900 flats burned.", "900", "more_than", 900, None, False, None),
    ("The bill exceeded $5 million.", "$5 million", "more_than", 5e6, None, False, None),
    ("Up to 400 police will march.", "400", "at_most", None, 400, None, True),
    ("As many as 70 boats sank.", "70", "at_most", None, 70, None, True),
    ("No more than 10 guests may enter.", "10", "at_most", None, 10, None, True),
    ("The levy must not exceed 3%.", "3%", "at_most", None, 3, None, True),
    ("Fewer than 20 beds are free.", "20", "less_than", None, 20, None, False),
    ("Just under 8,000 voted.", "8,000", "less_than", None, 8000, None, False),
    ("Just over 8,000 voted.", "8,000", "more_than", 8000, None, False, None),
    ("The camp must close within 10 days.", "10 days", "at_most", None, 10, None, True),
    ("Tanks of 500 litres or more are banned.", "500 litres", "at_least", 500, None, True, None),
    ("Guests number 300 at most.", "300", "at_most", None, 300, None, True),
    ("About 60 goats were lost.", "60", "approximate", None, None, None, None),
    ("An estimated 4 million people fled.", "4 million", "approximate", None, None, None, None),
    ("Nearly 75 lorries waited.", "75", "approximate", None, None, None, None),
    ("The trek took 30 days or so.", "30 days", "approximate", None, None, None, None),
    ("Exactly 60 goats were lost.", "60", "exact", 60, 60, True, True),
    ("Rebels handed over 60 rifles.", "60", "exact", 60, 60, True, True),
    ("Fog hung near two piers.", "two", "exact", 2, 2, True, True),
    ("The toll could top 900.", "900", "more_than", 900, None, False, None),
    ("Error is plus or minus 3 percent.", "3 percent", "exact", 3, 3, True, True),
]


@pytest.mark.parametrize(
    ("text", "surface", "comparator", "low", "high", "low_in", "high_in"), BOUNDS, ids=_ids(BOUNDS)
)
def test_a_hedge_sets_comparator_and_bounds(text, surface, comparator, low, high, low_in, high_in):
    figure = _figure(text, surface)
    assert figure.comparator == comparator
    assert (figure.low, figure.high) == (low, high)
    assert (figure.low_inclusive, figure.high_inclusive) == (low_in, high_in)
    assert figure.value is not None


OVER_TIME = [
    ("He was jailed for over two years.", "two years", "more_than"),
    ("Prices doubled over two years.", "two years", "exact"),
]


@pytest.mark.parametrize(("text", "surface", "comparator"), OVER_TIME, ids=_ids(OVER_TIME))
def test_over_a_duration_is_a_bound_only_where_it_measures(text, surface, comparator):
    assert _figure(text, surface).comparator == comparator


RANGES = [
    ("Between 300 and 450 cows died.", "300 and 450", 300, 450, "count"),
    ("Work lasts 9-14 weeks.", "9-14 weeks", 9, 14, "week"),
    ("Growth of 2% to 3% is likely.", "2% to 3%", 2, 3, "percent"),
    ("Growth of 2 to 3 percent is likely.", "2 to 3 percent", 2, 3, "percent"),
    ("The bridge will cost $4-6 million.", "$4-6 million", 4e6, 6e6, "USD"),
    (
        "It costs between €20 million and €30 million.",
        "€20 million and €30 million",
        2e7,
        3e7,
        "EUR",
    ),
    ("Rents range from $900 to $1,400.", "$900 to $1,400", 900, 1400, "USD"),
    ("Pupils aged six to 11 may go.", "six to 11", 6, 11, "year"),
    ("It takes two or three days.", "two or three days", 2, 3, "day"),
    ("It was a two- or three-day walk.", "two- or three-day", 2, 3, "day"),
]


@pytest.mark.parametrize(("text", "surface", "low", "high", "unit"), RANGES, ids=_ids(RANGES))
def test_two_ends_of_an_interval_are_one_row(text, surface, low, high, unit):
    figure = _figure(text, surface)
    assert (figure.comparator, figure.value) == ("between", None)
    assert (figure.low, figure.high, figure.unit) == (low, high, unit)


MOVEMENTS = [
    ("The toll fee rises from 4% to 9%.", "4%", None),
    ("The toll fee rises from 4% to 9%.", "9%", "up"),
    ("The count was cut to 52 from 60.", "52", "down"),
    ("The count was cut to 52 from 60.", "60", None),
    ("Sales slid 6.5% on Monday.", "6.5%", "down"),
    ("Sales were up 6.5% on Monday.", "6.5%", "up"),
    ("The board cut pay by 200 basis points.", "200 basis points", "down"),
    ("Crude climbed to $88.10.", "$88.10", "up"),
    ("Yields ended 4% lower.", "4%", "down"),
    ("Output is 15% below the plan.", "15%", "down"),
    ("The toll has risen to 2,041.", "2,041", "up"),
    ("Wheat lost 30 points, or 2%.", "2%", "down"),
    ("Rents doubled in a decade.", "doubled", "up"),
    ("Herds halved in a decade.", "halved", "down"),
    ("The dam is four times larger than before.", "four times", "up"),
    ("The siege lasted 40 days.", "40 days", None),
    ("They gave up 40 acres.", "40 acres", None),
    ("They lost 40 goats.", "40", None),
    ("The gala raised $4 million.", "$4 million", None),
    ("Flares were lobbed by two youths as tension rose.", "two", None),
    ("That brings the number of wells to 61.", "61", "up"),
]


@pytest.mark.parametrize(("text", "surface", "change"), MOVEMENTS, ids=_ids(MOVEMENTS))
def test_a_movement_has_a_direction_and_its_start_none(text, surface, change):
    assert _figure(text, surface).change == change


PROPORTIONS = [
    ("Two-fifths of pupils failed.", "Two-fifths", "fraction_of", 0.4),
    ("Nine in 10 Swedes vote.", "Nine in 10", "fraction_of", 0.9),
    ("Three out of five wells are dry.", "Three out of five", "fraction_of", 0.6),
    ("Costs were twice the forecast.", "twice", "multiple_of", 2),
    ("Demand grew threefold.", "threefold", "multiple_of", 3),
    ("Losses are 12 times what was feared.", "12 times", "multiple_of", 12),
]


@pytest.mark.parametrize(
    ("text", "surface", "comparator", "factor"), PROPORTIONS, ids=_ids(PROPORTIONS)
)
def test_a_part_or_multiple_keeps_its_factor_and_no_value(text, surface, comparator, factor):
    figure = _figure(text, surface)
    assert (figure.comparator, figure.factor, figure.value) == (
        comparator,
        pytest.approx(factor),
        None,
    )


def test_times_that_count_occasions_are_a_count():
    figure = _figure("Rebels fired at least five times after noon.", "five")
    assert (figure.comparator, figure.value, figure.unit) == ("at_least", 5, "count")


AGES = [
    ("A 52-year-old baker was hurt.", "52-year-old", 52, "year"),
    ("Vera Holm, 58, lost her shop.", "58", 58, "year"),
    ("The calf is ten weeks old.", "ten weeks old", 10, "week"),
    ("He will be 70 in June.", "70", 70, "year"),
    ("The driver, aged 44, fled.", "44", 44, "year"),
    ("Screening starts at 18 months of age.", "18 months of age", 18, "month"),
    ("The driver, 44, was released.", "44", 44, "year"),
    ("People over 70 queued first.", "70", 70, "year"),
]


@pytest.mark.parametrize(("text", "surface", "value", "unit"), AGES, ids=_ids(AGES))
def test_an_age_is_a_time_of_kind_age(text, surface, value, unit):
    figure = _figure(text, surface)
    assert (figure.value, figure.unit, figure.quantity_kind) == (value, unit, "age")


SCALES = [
    ("A magnitude 5.8 tremor hit Bam.", "5.8", "magnitude"),
    ("The 5.8-magnitude tremor hit Bam.", "5.8-magnitude", "magnitude"),
    ("A 5.8 quake hit Bam.", "5.8", "magnitude"),
    ("A Category 3 cyclone neared Fiji.", "3", "category"),
]


@pytest.mark.parametrize(("text", "surface", "unit"), SCALES, ids=_ids(SCALES))
def test_a_scale_is_the_unit(text, surface, unit):
    assert _figure(text, surface).unit == unit


LISTS = [
    ("Shells fell 5, 12 and 20 km away.", ["5", "12", "20 km"], "kilometre"),
    ("Rates rose 1.1%, 1.4% and 2% in turn.", ["1.1%", "1.4%", "2%"], "percent"),
]


@pytest.mark.parametrize(("text", "surfaces", "unit"), LISTS, ids=[row[0] for row in LISTS])
def test_a_list_shares_the_unit_that_its_last_number_names(text, surfaces, unit):
    assert [_figure(text, surface).unit for surface in surfaces] == [unit] * len(surfaces)


VAGUE = [
    ("Dozens of monks were held.", "Dozens", 24, None),
    ("Tens of thousands of homes lack water.", "Tens of thousands", 20000, None),
    ("Several drones hit the depot.", "Several", 3, 9),
    ("It cost millions of dollars.", "millions of dollars", 2e6, None),
]


@pytest.mark.parametrize(("text", "surface", "low", "high"), VAGUE, ids=_ids(VAGUE))
def test_a_vague_plural_has_an_interval_and_no_value(text, surface, low, high):
    figure = _figure(text, surface)
    assert (figure.comparator, figure.value, figure.low, figure.high) == ("vague", None, low, high)


ZEROS = [
    ("There were no injuries, the mayor said.", "no"),
    ("None of the 31 crew drowned.", "None"),
    ("The lab logged zero faults.", "zero"),
]


@pytest.mark.parametrize(("text", "surface"), ZEROS, ids=_ids(ZEROS))
def test_nothing_is_a_figure_of_zero(text, surface):
    figure = _figure(text, surface)
    assert (figure.value, figure.low, figure.high) == (0, 0, 0)


def test_a_corrected_number_is_negated():
    assert _figure("It was 48, not 84.", "84").polarity == "negated"
    assert _figure("It was 48, not 84.", "48").polarity == "affirmed"


NO_FIGURE = [
    "This was their fourth raid.",
    "A hearing restarts on March 9.",
    "Bells rang at 5:45 a.m. there.",
    "An F-35 left at dawn.",
    "The G20 met in Delhi.",
    "Leeds beat Everton 4-2 on Sunday.",
    "One of the envoys knew that no one slept.",
]


@pytest.mark.parametrize("text", NO_FIGURE)
def test_what_is_no_figure_makes_no_figure_row(text):
    assert _figures(text) == {}


BASES = [
    ("A 10-mile convoy formed.", "10-mile", 16093.44, "metre"),
    ("It was 104F at noon.", "104F", 313.15, "kelvin"),
    ("The flight took 3 hours.", "3 hours", 10800, "second"),
    ("A stamp is 95p now.", "95p", 0.95, "GBP"),
    ("The fine was $700.", "$700", 700, "USD"),
]


@pytest.mark.parametrize(("text", "surface", "base", "unit"), BASES, ids=_ids(BASES))
def test_the_row_also_holds_the_base_unit(text, surface, base, unit):
    figure = _figure(text, surface)
    assert (figure.base_value, figure.base_unit) == (pytest.approx(base), unit)
