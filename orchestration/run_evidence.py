"""The evidence of a run: what it set aside or was blocked by, as its report tells it.

Belongs here: findings in the report's shape, and the evidence file of a run. Does not belong here:
findings themselves (`quarantine.py`), or how the report looks (`cli`).
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from orchestration.home import Home
from orchestration.quarantine import rule_id
from orchestration.report import SetAside


def set_aside(row: Mapping[str, Any], *, is_new: bool = True) -> SetAside:
    """A quarantine row as the report shows it."""
    suite = rule_id(row).partition(".")[0]
    return SetAside(
        gate=row["gate"],
        rule=row["rule"],
        source_path=row["source_path"],
        reason=row["reason"],
        next_step=row["next_step"],
        observed=row["observed"],
        evidence=row["evidence"],
        is_new=is_new,
        suite=None if suite == "file" else suite,
        quarantine_id=row["quarantine_id"],
        document_id=row["document_id"],
        evidence_start=row["evidence_start"],
        evidence_end=row["evidence_end"],
    )


def write_evidence(home: Home, run_id: str, found: Sequence[SetAside]) -> Path:
    """Append to the evidence file of a run, one JSON object a line; returns the file."""
    path = home.evidence / f"{run_id}.jsonl"
    if found:
        with path.open("a", encoding="utf-8") as lines:
            lines.writelines(json.dumps(asdict(item), ensure_ascii=False) + "\n" for item in found)
    return path


def read_evidence(home: Home, run_id: str) -> list[SetAside]:
    """What a run set aside or was blocked by, in the order in which it happened."""
    path = home.evidence / f"{run_id}.jsonl"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as lines:
        return [SetAside(**json.loads(line)) for line in lines]
