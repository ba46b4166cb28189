"""Bad batches, releases and measurements: each is good but for one thing.

Belongs here: one for each rule of the suites `batch`, `accuracy` and `release`.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from gate_mutants.trial import Trial
from orchestration.settings import Settings
from orchestration.volumes import limits

LIMITS = limits(Settings(_env_file=None))
Row = dict[str, Any]


def usual_day(scope: str = "batch", **cells: Any) -> Row:
    """A row of volumes on which nothing is unusual, but for `cells`."""
    counts = {"article_count": 40, "row_count": 1_000, "quarantined_count": 10, "crashed_count": 0}
    history = {
        "attribution_share": (0.60, 0.02),
        "unresolved_date_share": (0.10, 0.01),
        "rows_per_article": (25.0, 1.0),
    }
    row: Row = {"scope": scope, "source": "Test Wire", **counts, "quarantine_share": 0.01}
    for measure, (median, mad) in history.items():
        row |= {measure: median, f"{measure}_median": median, f"{measure}_mad": mad}
        row[f"{measure}_days"] = 20
    more = {"usual_article_count": 40.0, "rows_per_article_least": 18.0, "most_failed_rule": None}
    return {**row, **more, **cells}


_NOTHING = {"row_count": 0, "rows_per_article": 0.0, "attribution_share": None}
BATCHES: dict[str, Row] = {
    "quarantine_rate": usual_day(quarantined_count=51),
    "source_quarantine_rate": usual_day("source", quarantined_count=201),
    "crash_rate": usual_day(crashed_count=3),
    "rows_found": usual_day(**_NOTHING, quarantined_count=0, unresolved_date_share=None),
    "attribution_share": usual_day(attribution_share=0.45),
    "attribution_share_not_extreme": usual_day(attribution_share=0.04),
    "unresolved_date_share": usual_day("source", unresolved_date_share=0.2),
    "unresolved_date_share_not_extreme": usual_day("source", unresolved_date_share=0.7),
    "rows_per_article": usual_day(rows_per_article=34.0),
    "rows_per_article_not_extreme": usual_day(rows_per_article=6.0),
}
_LAST = {"document_count": 10, "event_count": 100, "figure_count": 200, "number_count": 300}
LAST: Row = {**_LAST, "quarantine_count": 0, "changed_count": 0, "removed_count": 0}
RELEASES: dict[str, Row] = {
    "release_keeps_rows": {**LAST, "figure_count": 99},
    "release_keeps_documents": {**LAST, "document_count": 9},
    "release_quarantine_small": {**LAST, "quarantine_count": 50},
    "release_changes_few": {**LAST, "changed_count": 80, "removed_count": 45},
}


def measured(measure: str, **cells: Any) -> Row:
    """A row of quality.accuracy on which nothing is wrong, but for `cells`."""
    right = {"right_count": 19, "judged_count": 20, "value": 0.95, "floor": 0.9}
    return {"extractor_version": "1", "measure": measure, **right, **cells}


MEASURES: dict[str, Row] = {
    "above_floor": measured("above_floor", value=0.89),
    "something_judged": measured("something_judged", right_count=0, judged_count=0),
}


def trials() -> list[Trial]:
    """The mutants of the three suites; a first release has no other before it."""
    last = pd.DataFrame([LAST])
    empty = {**LAST, "document_count": 0}
    floors = pd.DataFrame({"measure": [*MEASURES, "forgotten"], "floor": 0.9})
    return [
        _of_rows("batch", BATCHES, {"limits": LIMITS}),
        _of_rows("accuracy", MEASURES, {"floors": floors}, {None: "floor_measured"}),
        _of_rows("release", RELEASES, {"previous": last}),
        _of_rows("release", {"release_has_documents": empty}, {"previous": last.iloc[:0]}),
    ]


def _of_rows(
    suite: str,
    mutants: dict[str, Row],
    context: dict[str, pd.DataFrame],
    whole: dict[str | None, str] | None = None,
) -> Trial:
    rows = pd.DataFrame(list(mutants.values())).convert_dtypes(dtype_backend="pyarrow")
    return Trial(suite, rows, context, list(mutants), whole or {})
