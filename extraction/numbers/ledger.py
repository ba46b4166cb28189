"""The ledger: which numerals are no figures, and why.

Belongs here: the order in which the rules are asked. Does not belong here: the rules themselves,
which are in `calendar_numbers`, `labels`, `scores` and `one`; quantities, which read what is
left.
"""

from __future__ import annotations

from extraction.article import Article
from extraction.numbers import codes, labels, one, scores
from extraction.numbers.calendar_numbers import calendar_number
from extraction.numbers.ledger_words import Verdict
from extraction.numbers.mention import Numeral
from extraction.numbers.surroundings import Surroundings


def classify(article: Article, view: Surroundings, numerals: list[Numeral]) -> None:
    """Set `disposition` and `reason` of every numeral that is no figure.

    `numerals` are those of the sentence of `view` in text order. What stays `figure` is a figure;
    one that came in with another disposition keeps it unless a rule knows better.
    """
    spans = codes.code_spans(view)
    for numeral in numerals:
        verdict = _verdict(article, view, numeral, spans)
        if verdict is not None:
            numeral.disposition, numeral.reason = verdict
        elif numeral.disposition == "figure" and not numeral.reason:
            numeral.reason = "reports a quantity"


def _verdict(
    article: Article, view: Surroundings, numeral: Numeral, spans: list[tuple[int, int]]
) -> Verdict | None:
    """The first rule that knows the number, in the order of how sure the rules are."""
    verdict = (
        codes.list_marker(view, numeral)
        or (codes.coded(spans, numeral) if spans else None)
        or codes.long_serial(view, numeral)
        or one.fixed_phrase(view, numeral)
        or calendar_number(article, view, numeral)
    )
    if verdict is not None:
        return verdict
    if numeral.form == "ordinal":
        return "ordinal", "tells the place in an order"
    if numeral.form == "digits":  # the rules below know words only
        return scores.score(view, numeral) or labels.label(view, numeral)
    return (
        one.part_of_period(view, numeral)
        or scores.score(view, numeral)
        or labels.label(view, numeral)
        or one.one(view, numeral)
        or one.no(view, numeral)
        or one.the_two(view, numeral)
        or one.none_of_it(view, numeral)
    )
