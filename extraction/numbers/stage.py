"""The number stage: numerals to figure rows and ledger rows.

Belongs here: the order of the steps and the making of rows. Does not belong here: any rule that
reads text.
"""

from __future__ import annotations

from extraction.article import Article
from extraction.numbers.ages import read_age
from extraction.numbers.bounds import read_bounds
from extraction.numbers.change import read_change, share_change
from extraction.numbers.counted import find_counted
from extraction.numbers.factors import read_factor
from extraction.numbers.ledger import classify
from extraction.numbers.measures import find_measures
from extraction.numbers.mention import Numeral, Quantity
from extraction.numbers.numerals import find_numerals
from extraction.numbers.ranges import join_ranges
from extraction.numbers.scales import read_scale
from extraction.numbers.surroundings import Surroundings
from extraction.numbers.unit_lexicon import UNITS, to_base
from extraction.numbers.units import is_measured, measure
from extraction.rows import Figure, Number, row_id_of
from extraction.sentences import Sentence


def find_numbers(article: Article) -> None:
    """Fill `article.figures` and `article.numbers`: one ledger row per numeral, in text order."""
    for sentence in article.sentences:
        numerals = find_numerals(sentence)
        if not numerals:
            continue
        view = Surroundings(sentence, numerals)
        classify(article, view, numerals)
        _reclaim_measures(sentence, numerals)
        quantities = quantities_of(sentence, numerals)
        if quantities:
            reporting = [n for q in quantities for n in q.numerals]
            if len(reporting) < len(numerals):
                view = Surroundings(sentence, reporting)
            find_counted(view, quantities)
            find_measures(view, quantities)
        _write_rows(article, sentence, numerals, quantities)


def _reclaim_measures(sentence: Sentence, numerals: list[Numeral]) -> None:
    """A number with a currency code or a unit glued to it is a figure, even if it looks a name."""
    for numeral in numerals:
        if numeral.disposition in ("identifier", "name", "code") and is_measured(sentence, numeral):
            numeral.disposition, numeral.reason = "figure", "carries its unit"


def quantities_of(sentence: Sentence, numerals: list[Numeral]) -> list[Quantity]:
    """The quantities that the numerals with disposition `figure` make, in text order."""
    quantities: list[Quantity] = []
    for numeral in numerals:
        if numeral.disposition != "figure" or (quantities and numeral.first < quantities[-1].last):
            continue  # the "2" of "km 2" belongs to the unit
        floor = quantities[-1].last if quantities else 0
        quantities.append(measure(sentence, numeral, floor))
    quantities = join_ranges(sentence, quantities)
    for quantity in quantities:
        read_age(sentence, quantity)
        read_scale(sentence, quantity)
        read_bounds(sentence, quantity)
        read_factor(sentence, quantity)
        read_change(sentence, quantity)
    share_change(sentence, quantities)
    return quantities


def _write_rows(
    article: Article, sentence: Sentence, numerals: list[Numeral], quantities: list[Quantity]
) -> None:
    figures = [_figure(article, sentence, quantity) for quantity in quantities]
    article.figures.extend(figures)
    spans = [(figure.start, figure.end, figure) for figure in figures]
    at = 0
    for numeral in numerals:
        while at < len(spans) and spans[at][1] <= numeral.start:
            at += 1
        within = at < len(spans) and spans[at][0] <= numeral.start < spans[at][1]
        article.numbers.append(
            _number(article, sentence, numeral, spans[at][2] if within else None)
        )


def _number(
    article: Article, sentence: Sentence, numeral: Numeral, figure: Figure | None
) -> Number:
    disposition = "figure" if figure is not None else numeral.disposition
    return Number(
        row_id_of(article.version_id, "number", numeral.start, numeral.end, disposition),
        article.text[numeral.start : numeral.end],
        numeral.start,
        numeral.end,
        sentence.index,
        disposition,
        numeral.reason,
        figure.row_id if figure is not None else None,
    )


def _figure(article: Article, sentence: Sentence, quantity: Quantity) -> Figure:
    tokens, unit = sentence.tokens, UNITS.get(quantity.unit)
    figure = Figure(
        row_id_of(article.version_id, "figure", quantity.start, quantity.end, quantity.unit),
        article.text[quantity.start : quantity.end],
        quantity.start,
        quantity.end,
        sentence.index,
        value=quantity.value,
        low=quantity.low,
        high=quantity.high,
        low_inclusive=quantity.low_inclusive,
        high_inclusive=quantity.high_inclusive,
        comparator=quantity.comparator,
        unit=quantity.unit,
        dimension=quantity.dimension,
        base_value=to_base(quantity.unit, quantity.value),
        base_low=to_base(quantity.unit, quantity.low),
        base_high=to_base(quantity.unit, quantity.high),
        base_unit=unit.base_unit if unit is not None else None,
        quantity_kind=quantity.quantity_kind,
        per=quantity.per,
        change=quantity.change,
        measure=quantity.measure,
        factor=quantity.factor,
        polarity=quantity.polarity,
        counted_head=quantity.counted_head,
    )
    if quantity.counted is not None:
        first, last = quantity.counted
        figure.counted_start, figure.counted_end = tokens[first].start, tokens[last - 1].end
        figure.counted = article.text[figure.counted_start : figure.counted_end]
    if quantity.concept is not None:
        first, last = quantity.concept
        figure.concept = article.text[tokens[first].start : tokens[last - 1].end]
    return figure
