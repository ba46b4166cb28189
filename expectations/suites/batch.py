"""The suite `batch`: what must hold for all rows of a run together before they are loaded."""

from __future__ import annotations

from expectations.rule import Rule
from expectations.rules import identity, volumes

_MEASURES = tuple(
    name
    for measure in volumes.MEASURES
    for name in (measure, *(f"{measure}_{part}" for part in ("median", "mad", "days")))
)

RULES: tuple[Rule, ...] = (
    identity.columns_present((*volumes.FACTS, *_MEASURES, "rows_per_article_least")),
    *volumes.RULES,
)
