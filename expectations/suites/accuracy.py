"""The suite `accuracy`: what must hold for the extractor before it reads an article.

Judges rows of measures; the context frame `floors` has one row for each measure with a floor.
"""

from __future__ import annotations

from expectations.rule import Rule
from expectations.rules import accuracy, identity

RULES: tuple[Rule, ...] = (
    identity.columns_present(
        ("extractor_version", "measure", "right_count", "judged_count", "value", "floor")
    ),
    *accuracy.RULES,
)
