"""The suite `release`: what must hold for a candidate release before readers get it."""

from __future__ import annotations

from expectations.rule import Rule
from expectations.rules import release

RULES: tuple[Rule, ...] = release.RULES
