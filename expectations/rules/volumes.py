"""Rules on a batch as a whole: how much of it was set aside, and whether it looks like the days
before.

Belongs here: circuit breakers and history, on rows of volumes: one for the whole batch (`scope` is
`batch`), one for each source. Does not belong here: counting (the caller's), single rows.

Limits come as the context frame `limits`, of one row. History is the median and the median absolute
deviation (MAD) of the same weekday, one point a day; a deviation is 0.6745 (x - median) / MAD, and
beyond 3.5 unusual: Iglewicz and Hoaglin, How to Detect and Handle Outliers, 1993.
"""

from __future__ import annotations

from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from expectations.rule import Mask, Rule, Severity, rule
from expectations.table import Table

_BATCH, _SOURCE = "batch", "source"
_NORMAL = 0.6745
"""Third quartile of the normal distribution: makes the MAD comparable with a standard deviation."""
_COMPARABLE = 0.5
"""A batch with less than this share of the usual day's articles is too small to compare with it."""
_SHARE_FLOOR = 0.01
"""Least MAD of a share: where all days are alike, one point in a hundred is no deviation."""
_ROWS_FLOOR = 0.05
"""Least MAD of rows per article, as a share of their median, for the same reason."""
_ASIDE = ("source", "quarantined_count", "row_count", "quarantine_share", "most_failed_rule")
_CRASHES = ("source", "crashed_count", "article_count")

FACTS = (
    *("scope", "source", "article_count", "row_count", "quarantined_count", "crashed_count"),
    *("quarantine_share", "most_failed_rule", "usual_article_count"),
)
"""Columns that every row of volumes has, beside those of the measures."""
MEASURES = ("attribution_share", "unresolved_date_share", "rows_per_article")
"""What is held against history; each has the columns `_median`, `_mad` and `_days` beside it."""


def limit(table: Table, name: str) -> float:
    """A limit of the context frame `limits`."""
    return float(table.batch.context("limits").numbers(name)[0])


@rule(
    "block",
    why="When many rows are bad, the others are not to be trusted: something broke.",
    next_step="Look at the rule that set most of them aside; correct the extractor or the files.",
    example="80 of 1,000 rows set aside",
    observed=_ASIDE,
)
def quarantine_rate(table: Table) -> Mask:
    """At most 5 in 100 rows of a batch are set aside (setting `quarantine_rate_limit`)."""
    over = table.numbers("quarantined_count") > limit(
        table, "quarantine_rate_limit"
    ) * table.numbers("row_count")
    return np.asarray(~(_of(table, _BATCH) & _large(table) & over), dtype=np.bool_)


@rule(
    "block",
    why="One publisher's pages that are read wrongly are lost among those of many others.",
    next_step="Look at this source's articles; correct how its pages are read, or leave it out.",
    example="90 of 300 rows of one publisher set aside",
    observed=_ASIDE,
)
def source_quarantine_rate(table: Table) -> Mask:
    """At most 20 in 100 rows of a source are set aside (setting `source_quarantine_rate_limit`)."""
    over = table.numbers("quarantined_count") > limit(
        table, "source_quarantine_rate_limit"
    ) * table.numbers("row_count")
    return np.asarray(~(_of(table, _SOURCE) & _large(table) & over), dtype=np.bool_)


@rule(
    "block",
    why="An article on which the extractor fails gives no row that could be counted as bad.",
    next_step="Report the failure with one of the articles; the next extractor reads them again.",
    example="6 of 50 articles not read",
    observed=_CRASHES,
)
def crash_rate(table: Table) -> Mask:
    """The extractor fails on at most 5 in 100 articles (setting `quarantine_rate_limit`)."""
    articles = table.numbers("article_count")
    over = table.numbers("crashed_count") > limit(table, "quarantine_rate_limit") * articles
    enough = articles >= limit(table, "breaker_min_articles")
    return np.asarray(~(_of(table, _BATCH) & enough & over), dtype=np.bool_)


@rule(
    "block",
    why="An extractor that finds nothing looks like a quiet day.",
    next_step="Open one of the articles with `dispatches extract`; did the pages change?",
    example="no row from 40 articles where Mondays give 30 an article",
    observed=("source", "row_count", "article_count", "rows_per_article_median"),
)
def rows_found(table: Table) -> Mask:
    """There are rows where the same weekday always had some."""
    return ~_vanished(table)


def _of(table: Table, scope: str) -> Mask:
    return table.is_in("scope", (scope,))


def _large(table: Table) -> Mask:
    """A handful of files is not blocked by one of them."""
    rows, articles = table.numbers("row_count"), table.numbers("article_count")
    return np.asarray(
        (rows >= limit(table, "breaker_min_rows"))
        & (articles >= limit(table, "breaker_min_articles")),
        dtype=np.bool_,
    )


def _can_block(table: Table) -> Mask:
    """The batch as a whole, or a source with enough articles of its own."""
    enough = table.numbers("article_count") >= limit(table, "breaker_min_articles")
    return np.asarray(_of(table, _BATCH) | enough, dtype=np.bool_)


def _comparable(table: Table) -> Mask:
    """History has enough days, and they were not of another size."""
    days = table.numbers("rows_per_article_days") >= limit(table, "history_min_days")
    usual = table.numbers("usual_article_count")
    return np.asarray(days & (table.numbers("article_count") >= _COMPARABLE * usual), np.bool_)


def _vanished(table: Table) -> Mask:
    none = (table.numbers("row_count") == 0) & (table.numbers("rows_per_article_least") > 0)
    return np.asarray(none & _comparable(table) & _can_block(table), dtype=np.bool_)


def deviation(table: Table, measure: str) -> NDArray[np.float64]:
    """How many robust deviations a measure lies from its median; 0 where nothing can be said."""
    value, median = table.numbers(measure), table.numbers(f"{measure}_median")
    floor = _ROWS_FLOOR * median if measure == "rows_per_article" else _SHARE_FLOOR
    spread = np.maximum(table.numbers(f"{measure}_mad"), floor)
    days = table.numbers(f"{measure}_days") >= limit(table, "history_min_days")
    with np.errstate(divide="ignore", invalid="ignore"):
        away = _NORMAL * np.abs(value - median) / spread
    return np.where(_comparable(table) & days, np.nan_to_num(away, nan=0.0, posinf=np.inf), 0.0)


def in_history(measure: str, what: str, example: str) -> tuple[Rule, Rule]:
    """Two rules on a measure: unusual is flagged, extreme stops the batch."""

    def is_extreme(table: Table) -> Mask:
        far = deviation(table, measure) > limit(table, "history_block_deviations")
        return np.asarray(far & _can_block(table) & ~_vanished(table), dtype=np.bool_)

    def not_extreme(table: Table) -> Mask:
        return ~is_extreme(table)

    def usual(table: Table) -> Mask:
        far = deviation(table, measure) > limit(table, "history_warning_deviations")
        return np.asarray(~far | is_extreme(table) | _vanished(table), dtype=np.bool_)

    def made(name: str, severity: Severity, room: str, condition: object) -> Rule:
        beside = (f"{measure}_{part}" for part in ("median", "mad", "days"))
        return Rule(
            name,
            severity,
            f"{what} lies within {room} of the same weekday's median, per source and in all.",
            "A jump means that the pages, the extractor or the world changed: somebody must look.",
            "Compare articles of the source with those of a week before.",
            example,
            observed=("source", measure, *beside),
            condition=condition,  # type: ignore[arg-type]
            arguments=MappingProxyType({"column": name, "value_set": [True]}),
        )

    return (
        made(measure, "warning", "3.5 robust deviations", usual),
        made(f"{measure}_not_extreme", "block", "10 robust deviations", not_extreme),
    )


RULES = (
    quarantine_rate,
    source_quarantine_rate,
    crash_rate,
    rows_found,
    *in_history(
        "attribution_share",
        "The share of events and figures with a claimant",
        "61 in 100 rows with a claimant on Mondays, 4 in 100 today",
    ),
    *in_history(
        "unresolved_date_share",
        "The share of dates that could not be resolved",
        "5 in 100 dates unresolved on Mondays, 70 in 100 today",
    ),
    *in_history(
        "rows_per_article",
        "The number of rows per article",
        "31 rows an article on Mondays, 6 today",
    ),
)
