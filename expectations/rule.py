"""What a rule is: one condition on one grain, with a severity and the words that explain it.

Belongs here: the shapes `Rule` and `Check`, and the two ways to write a rule. Does not belong here:
any rule, and Great Expectations itself, which takes seconds to import and is needed only to
evaluate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from expectations.table import Table

Severity = Literal["info", "warning", "quarantine", "block"]
SEVERITIES: tuple[Severity, ...] = ("info", "warning", "quarantine", "block")
Mask = NDArray[np.bool_]
Condition = Callable[["Table"], Mask]
"""Takes a table, gives one truth value a row: True where the row is as it should be."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One thing that must hold, before it is known in which suite.

    `grain` names the table that it looks at: `rows`, or one that the batch derives (`claimants`,
    `entities`, `recount`, …). Without a `condition` the expectation runs on the columns as they
    are; with one it runs on the truth values that the condition gives.
    """

    name: str
    severity: Severity
    what: str
    why: str
    next_step: str
    example: str
    grain: str = "rows"
    observed: tuple[str, ...] = ()
    """Columns whose values are the evidence of a failure."""
    condition: Condition | None = None
    expectation: str = "ExpectColumnValuesToBeInSet"
    """Class name in `great_expectations.expectations`."""
    arguments: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Check:
    """A rule in its suite: what the catalogue, Dagster's check specs and `docs/rules.md` show."""

    suite: str
    check_name: str
    severity: Severity
    what: str
    why: str
    next_step: str
    example: str
    rule: Rule = field(repr=False)

    @classmethod
    def of(cls, suite: str, rule: Rule) -> Check:
        """The rule as a check of `suite`."""
        return cls(
            suite,
            rule.name,
            rule.severity,
            rule.what,
            rule.why,
            rule.next_step,
            rule.example,
            rule,
        )


def rule(
    severity: Severity,
    *,
    why: str,
    next_step: str,
    example: str,
    grain: str = "rows",
    observed: tuple[str, ...] = (),
) -> Callable[[Condition], Rule]:
    """Make a rule of a condition: its name is the function's, what it demands is its docstring."""

    def build(condition: Condition) -> Rule:
        name = str(getattr(condition, "__name__", ""))
        what = (condition.__doc__ or "").strip().splitlines()[0]
        arguments = MappingProxyType({"column": name, "value_set": [True]})
        return Rule(
            name,
            severity,
            what,
            why,
            next_step,
            example,
            grain,
            observed,
            condition,
            arguments=arguments,
        )

    return build


def code_list(
    column: str,
    codes: tuple[str, ...],
    *,
    severity: Severity = "quarantine",
    example: str,
    name: str = "",
    grain: str = "rows",
    why: str = "A code outside its list means nothing to a reader and is lost in every GROUP BY.",
    next_step: str = "Correct the extractor, or add the code to the list with its meaning.",
) -> Rule:
    """A rule that a column holds only codes of a closed list; empty cells are no concern of it."""
    return Rule(
        name or f"{column}_known",
        severity,
        f"`{column}` is one of its closed list of codes, or empty.",
        why,
        next_step,
        example,
        grain,
        (column,),
        arguments=MappingProxyType({"column": column, "value_set": list(codes)}),
    )
