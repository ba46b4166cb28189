"""Mutants of one suite in one batch, judged together: a judgement costs half a second.

Belongs here: which failure is whose. Does not belong here: mutants.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

import pandas as pd
import pytest

from expectations import gate
from expectations.gate import CHECKS, Verdict


@dataclass(frozen=True)
class Trial:
    """`owners`: for each row of the frame the rule whose mutant it is; `whole`: the same for
    failures that are no row's, by their version (None: they have none)."""

    suite: str
    frame: pd.DataFrame
    context: Mapping[str, pd.DataFrame]
    owners: Sequence[str]
    whole: Mapping[str | None, str] = field(default_factory=dict)

    @property
    def rules(self) -> list[str]:
        """The rules that have a mutant here, each once, in order."""
        return list(dict.fromkeys([*self.owners, *self.whole.values()]))

    def caught(self, off: Collection[str] = ()) -> dict[str, set[str]]:
        """Rule → which rules caught its mutant, with the rules of `off` switched off."""
        verdict = judge(self.suite, self.frame, self.context, off)
        assert [o for o in verdict.outcomes if o.problem] == []
        found: dict[str, set[str]] = {rule: set() for rule in self.rules}
        for failure in verdict.failures.to_dict("records"):
            at, version = failure["row_position"], failure["version_id"]
            version = None if pd.isna(version) else version
            owner = self.whole[version] if pd.isna(at) else self.owners[int(at)]
            found[owner].add(failure["check_name"])
        return found


def judge(
    suite: str,
    frame: pd.DataFrame,
    context: Mapping[str, pd.DataFrame],
    off: Collection[str] = (),
) -> Verdict:
    """The verdict of a suite without the rules of `off`."""
    left = tuple(c for c in CHECKS if c.suite != suite or c.check_name not in off)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gate, "CHECKS", left)
        return gate.evaluate(suite, frame, **context)
