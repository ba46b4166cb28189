"""Every way to write a number: where the numeral ends and what it is worth."""

import pytest

from extraction.numbers.numerals import find_numerals
from extraction.sentences import split_sentences


def _numerals(text):
    sentences = split_sentences(text)
    found = [numeral for sentence in sentences for numeral in find_numerals(sentence)]
    return [(text[n.start : n.end], n) for n in found]


VALUES = [
    # digits
    ("The port handled 48,210 boxes", "48,210", 48210),
    ("Rain fell on 7.25 hectares", "7.25", 7.25),
    ("Verloren gingen 26.000 Stimmen", "26.000", 26000),
    ("Turnover of 1.234.567,89 crowns", "1.234.567,89", 1234567.89),
    ("A crowd of 62 500 filled the square", "62 500", 62500),
    ("Some 4 120 900 voters stayed away", "4 120 900", 4120900),
    ("A sum of 23,45,678 rupees", "23,45,678", 2345678),
    ("The margin was .75 points", ".75", 0.75),
    ("It grew 0,8 percent", "0,8", 0.8),
    ("a 2½ hour drive", "2½", 2.5),
    ("nails of 3 1/4 inches", "3 1/4", 3.25),
    ("a planting depth of 7 1/2", "7 1/2", 7.5),
    ("the shoe size is 9½", "9½", 9.5),
    ("lows of -12 degrees", "-12", -12),
    ("a reading of minus 4.5", "minus 4.5", -4.5),
    ("a mass of 6.1×10^-5 grams", "6.1×10^-5", 6.1e-5),
    # magnitudes
    ("raised 2.75 million euros", "2.75 million", 2.75e6),
    ("worth $18bn today", "18bn", 1.8e10),
    ("a debt of £640m remains", "640m", 6.4e8),
    ("shipped 5.2m tonnes of wheat", "5.2m", 5.2e6),
    ("a 12k bonus", "12k", 12000),
    ("a fund of $3.1tn", "3.1tn", 3.1e12),
    ("paid 9 lakh up front", "9 lakh", 9e5),
    ("a plan of 14 crore rupees", "14 crore", 1.4e8),
    ("bought 3 dozen eggs", "3 dozen", 36),
    ("a USD7m grant", "7m", 7e6),
    # spelled
    ("Seventeen firefighters came", "Seventeen", 17),
    ("forty-two seats", "forty-two", 42),
    ("two hundred and six bones", "two hundred and six", 206),
    ("nine thousand three hundred homes", "nine thousand three hundred", 9300),
    ("eleven hundred acres", "eleven hundred", 1100),
    ("a hundred thousand refugees", "a hundred thousand", 100000),
    ("three million and forty people", "three million and forty", 3000040),
    ("four and a half years", "four and a half", 4.5),
    ("one and a quarter million doses", "one and a quarter million", 1.25e6),
    ("two million and a half voters", "two million and a half", 2.5e6),
    ("six point two five", "six point two five", 6.25),
    ("half a million trees", "half a million", 5e5),
    ("a quarter of a million fans", "a quarter of a million", 2.5e5),
    ("three quarters of a billion dollars", "three quarters of a billion", 7.5e8),
    ("half a dozen ships", "half a dozen", 6),
    ("a dozen cyclists", "a dozen", 12),
    ("eight lakh crore", "eight lakh crore", 8e12),
    ("zero complaints", "zero", 0),
]


@pytest.mark.parametrize(("text", "surface", "value"), VALUES, ids=[v[1] for v in VALUES])
def test_a_number_is_read_whole_and_exactly(text, surface, value):
    found = dict(_numerals(text))
    assert surface in found, sorted(found)
    assert found[surface].value == pytest.approx(value, rel=1e-12)


FRACTIONS = [
    ("a third of the fleet", "a third", 1 / 3),
    ("four-fifths of farmers", "four-fifths", 0.8),
    ("three quarters of the seats", "three quarters", 0.75),
    ("nearly a quarter of them", "a quarter", 0.25),
    ("one-tenth of output", "one-tenth", 0.1),
    ("half of the crew", "half", 0.5),
    ("5/8 of the land", "5/8", 0.625),
    ("Six in 10 Danes agree", "Six in 10", 0.6),
    ("two out of five wells are dry", "two out of five", 0.4),
    ("with one in every eight children", "one in every eight", 0.125),
]


@pytest.mark.parametrize(("text", "surface", "value"), FRACTIONS, ids=[f[0] for f in FRACTIONS])
def test_a_part_of_something_is_a_fraction(text, surface, value):
    numeral = dict(_numerals(text))[surface]
    assert (numeral.form, numeral.value) == ("fraction", pytest.approx(value))


NOT_FRACTIONS = [
    ("a third term in office", "third", "ordinal"),
    ("the first three quarters of growth", "three", "words"),
    ("killed two in 14 raids", "two", "words"),
    ("two in 10 minutes", "two", "words"),
    ("open 24/7", "24", "digits"),
    ("the twenty-second floor", "twenty-second", "ordinal"),
    ("the 31st session", "31st", "ordinal"),
]


@pytest.mark.parametrize(
    ("text", "surface", "form"), NOT_FRACTIONS, ids=[f[0] for f in NOT_FRACTIONS]
)
def test_a_look_alike_of_a_fraction_is_none(text, surface, form):
    assert dict(_numerals(text))[surface].form == form


VAGUE = [
    ("Dozens of shops closed", "Dozens", 24, None),
    ("hundreds of cattle", "hundreds", 200, None),
    ("tens of millions of euros", "tens of millions", 2e7, None),
    ("hundreds of thousands marched", "hundreds of thousands", 2e5, None),
    ("scores of villagers", "scores", 40, None),
    ("several bridges", "several", 3, 9),
    ("several hundred farmers", "several hundred", 300, 900),
    ("a few thousand spectators", "a few thousand", 3000, 9000),
    ("a handful of aides", "a handful", 3, 6),
]


@pytest.mark.parametrize(("text", "surface", "low", "high"), VAGUE, ids=[v[0] for v in VAGUE])
def test_a_vague_word_has_its_documented_interval(text, surface, low, high):
    numeral = dict(_numerals(text))[surface]
    assert (numeral.form, numeral.value, numeral.low, numeral.high) == ("vague", None, low, high)


FACTORS = [
    ("exports doubled", "doubled", 2),
    ("imports halved", "halved", 0.5),
    ("a tenfold rise", "tenfold", 10),
    ("a 15-fold rise", "15-fold", 15),
    ("twice the earlier count", "twice", 2),
    ("costs have tripled", "tripled", 3),
]


@pytest.mark.parametrize(("text", "surface", "value"), FACTORS, ids=[f[0] for f in FACTORS])
def test_a_factor_is_a_multiple(text, surface, value):
    numeral = dict(_numerals(text))[surface]
    assert (numeral.form, numeral.value) == ("multiple", value)


NOTHING = [
    ("There were no survivors.", ["no"]),
    ("None of the nine reactors was hit.", ["None", "nine"]),
    ("There is no longer a queue.", []),
    ("He saw no plans to leave.", []),
    ("There is no doubt.", []),
    ("The few who stayed wept.", []),
    ("The couple left early.", []),
    ("Test scores improved.", []),
    ("He set a double standard.", []),
]


@pytest.mark.parametrize(("text", "surfaces"), NOTHING, ids=[n[0] for n in NOTHING])
def test_words_for_nothing_are_numerals_only_where_they_count(text, surfaces):
    assert [surface for surface, _ in _numerals(text)] == surfaces


SPLITS = [
    ("between one hundred and two hundred", ["one hundred", "two hundred"]),
    ("between two hundred and fifty and three hundred", ["two hundred and fifty", "three hundred"]),
    ("one million and two million", ["one million", "two million"]),
    ("five hundred and six thousand", ["five hundred and six thousand"]),
    ("items 14,15,16", ["14,15,16"]),
]


@pytest.mark.parametrize(("text", "surfaces"), SPLITS, ids=lambda v: str(v)[:40])
def test_and_joins_numbers_only_where_they_are_one(text, surfaces):
    assert [surface for surface, _ in _numerals(text)] == surfaces


def test_a_number_of_a_thousand_digits_is_unreadable_and_no_crash():
    [(_, numeral)] = _numerals("9" * 1500)
    assert (numeral.value, numeral.disposition) == (None, "unreadable")
