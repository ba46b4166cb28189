"""Which run's alert was sent, or failed: one file a run.

Belongs here: the right to send for a run, which is given once, and what became of it. Does not
belong here: sending.
"""

from __future__ import annotations

import json
from pathlib import Path

from orchestration.home import Home, write_whole

_KEPT = 200


def claimed(home: Home, run_id: str) -> bool:
    """Take the right to send for a run; False where it was taken before, even if that died."""
    home.alerts.mkdir(parents=True, exist_ok=True)
    try:
        with _claim(home, run_id).open("x", encoding="utf-8") as file:
            file.write("{}")
    except FileExistsError:
        return False
    for old in _oldest_first(home)[:-_KEPT]:
        old.unlink(missing_ok=True)
    return True


def note(home: Home, run_id: str, told: str, has_problems: bool) -> None:
    """Keep what became of the alert of a run."""
    state = {"told": told, "has_problems": has_problems}
    write_whole(_claim(home, run_id), json.dumps(state, ensure_ascii=False))


def last_problem(home: Home) -> str | None:
    """What kept the last alert from going out; None where it went out or there was none."""
    latest = _oldest_first(home)[-1:]
    if not latest:
        return None
    try:
        state = json.loads(latest[0].read_text(encoding="utf-8"))
        return str(state["told"]) if state["has_problems"] else None
    except (OSError, ValueError, KeyError):
        return f"the alert of run {latest[0].stem[:8]} was cut while it was sent"


def _claim(home: Home, run_id: str) -> Path:
    return home.alerts / f"{run_id}.json"


def _oldest_first(home: Home) -> list[Path]:
    return sorted(home.alerts.glob("*.json"), key=lambda path: (path.stat().st_mtime_ns, path.name))
