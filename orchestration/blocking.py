"""The failure that stops a run whose batch or models may not go on.

Belongs here: the notice in Dagster's shape. Does not belong here: its words (`notice.py`), or
deciding to stop (`expectations`, dbt's tests).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import dagster as dg

from expectations.gate import Verdict
from orchestration.datadocs import RunDocs
from orchestration.notice import Notice, models_notice, notice_of
from orchestration.report import SetAside

NOTICE = "notice"
"""Metadata entry of the failure that programs read; people read `what was blocked`."""


def blocked(
    suites: Mapping[str, Verdict], evidence: Sequence[SetAside], docs: RunDocs | None = None
) -> dg.Failure:
    """The failure of a run that the gate stops: what, how many rows, first evidence, what to do."""
    return _failure(notice_of(suites, evidence), docs)


def models_blocked(
    failed: Sequence[dg.AssetCheckResult], docs: RunDocs | None = None
) -> dg.Failure:
    """The failure of a run whose models fail their tests."""
    names = [f"{c.asset_key.to_user_string()}: {c.check_name}" for c in failed if c.asset_key]
    return _failure(models_notice(names), docs)


def _failure(notice: Notice, docs: RunDocs | None) -> dg.Failure:
    page = docs.blocked(notice) if docs else None
    return dg.Failure(
        description=notice.message(),
        metadata={
            "what was blocked": dg.MetadataValue.md(notice.markdown()),
            "blocked_by": ", ".join(notice.rules),
            **(page.metadata() if page else {}),
            NOTICE: dg.MetadataValue.json(notice.as_dict()),
        },
        allow_retries=False,
    )
