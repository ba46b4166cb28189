"""The value of a relative figure, once its reference is known.

Belongs here: value, unit, noun and measure that follow from a reference. Does not belong here:
finding it.
"""

from __future__ import annotations

from extraction.article import Article
from extraction.rows import Figure, row_id_of

FACTOR_DECIMALS = 4
"""A third is written 0.3333 in a row; the value is computed before rounding."""


def derive(article: Article, figure: Figure, target: Figure | None, apposed: Figure | None) -> None:
    """Set what follows from `target`: reference, value, unit; the noun comes from `apposed` too.

    A guess about a number ("may be half of it") has that number's status.
    `apposed` is the figure that this one restates ("2.6 million records — twice what …"). Bounds
    stay null: a share of a reported number is no more exact than the number.
    """
    if target is not None:
        figure.reference = target.row_id
        if figure.certainty != "certain" or figure.status == "unknown":
            figure.status = target.status
        basis = _basis(target)
        if basis is not None and figure.factor is not None:
            figure.value, figure.low, figure.high = basis * figure.factor, None, None
            figure.low_inclusive = figure.high_inclusive = None
            figure.derived = True
            _take_unit(article, figure, target)
            figure.factor = round(figure.factor, FACTOR_DECIMALS)
    for source in (apposed, target):
        if source is not None:
            _take_meaning(figure, source, whole=target is not None)


def _basis(target: Figure) -> float | None:
    """The number that a factor applies to: the value, or the only bound there is."""
    if target.value is not None:
        return target.value
    return target.low if target.high is None else target.high if target.low is None else None


def _take_unit(article: Article, figure: Figure, target: Figure) -> None:
    """A share of a sum is a sum. The row's id names its unit, so it moves with it."""
    figure.base_low = figure.base_high = None
    if target.base_value is not None and target.value:
        figure.base_value = (figure.value or 0.0) * (target.base_value / target.value)
    elif target.unit == "count":
        figure.base_value = figure.value
    if figure.unit == target.unit:
        return
    old = figure.row_id
    figure.unit, figure.dimension, figure.base_unit = (
        target.unit,
        target.dimension,
        target.base_unit,
    )
    figure.row_id = row_id_of(article.version_id, "figure", figure.start, figure.end, figure.unit)
    for number in article.numbers:
        if number.figure == old:
            number.figure = figure.row_id
    if target.dimension == "currency":
        figure.quantity_kind = "money"


def _take_meaning(figure: Figure, source: Figure, whole: bool) -> None:
    """The noun, measure and kind that the figure doesn't have itself."""
    if figure.unit == source.unit and figure.counted is None and source.counted is not None:
        figure.counted, figure.counted_head = source.counted, source.counted_head
        figure.counted_start, figure.counted_end = source.counted_start, source.counted_end
    if figure.unit == source.unit and figure.measure is None:
        figure.measure = source.measure
    if (
        whole
        and figure.quantity_kind is None
        and source.quantity_kind in ("money", "cumulative", "stock")
    ):
        figure.quantity_kind = source.quantity_kind
