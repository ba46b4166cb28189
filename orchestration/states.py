"""The states of a finding: which there are, what moves it from one to the next, and where it
stands now.

Belongs here: the table of transitions, the view `quality.quarantine_now`, and a person's decision.
Does not belong here: what a refresh makes of the findings that it sees (`settling.py`).

States are appended, never changed; the last one holds. Times of one finding always rise, whatever
the clock does, so that the last one stays the last one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import closing
from typing import Literal

import duckdb
import pyarrow as pa

from orchestration.home import Home
from orchestration.sql import literal

State = Literal["open", "fixed", "waived", "rejected", "superseded"]
STATES: dict[State, str] = {
    "open": "set aside, and somebody has to look at it",
    "fixed": "the same thing passes now",
    "waived": "it passes under a waiver",
    "rejected": "a person has decided that it stays out",
    "superseded": "what it was about is gone: another text, another reading, another finding",
}
"""State → what it means."""
NEW = "new"
"""Where a finding comes from that no run has recorded before."""
EVENTS = {
    "held": "a rule sets it aside, as before or for the first time",
    "changed": "a rule sets it aside, and what is seen is not what was seen before",
    "waived": "a rule fails, and a waiver lets it pass",
    "passes": "it was looked at again, and it passes",
    "gone": "it was looked at again, and it is not there any more",
    "rejects": "a person decides that it stays out",
}
"""What can happen to a finding → in words."""
TRANSITIONS: dict[tuple[str, str], State] = {
    (NEW, "held"): "open",
    (NEW, "waived"): "waived",
    (NEW, "gone"): "superseded",  # of a text that another one has replaced already
    ("open", "changed"): "open",
    ("open", "waived"): "waived",
    ("open", "passes"): "fixed",
    ("open", "gone"): "superseded",
    ("open", "rejects"): "rejected",
    ("waived", "held"): "open",
    ("waived", "changed"): "open",
    ("waived", "waived"): "waived",  # by another waiver than before
    ("waived", "passes"): "fixed",
    ("waived", "gone"): "superseded",
    ("rejected", "changed"): "open",  # what the person saw is not what is there now
    ("rejected", "waived"): "waived",
    ("rejected", "passes"): "fixed",
    ("rejected", "gone"): "superseded",
    ("fixed", "held"): "open",
    ("fixed", "changed"): "open",
    ("fixed", "waived"): "waived",
    ("superseded", "held"): "open",
    ("superseded", "changed"): "open",
    ("superseded", "waived"): "waived",
}
"""(state, event) → the state that follows. A pair that is not here changes nothing."""

VIEW = "quality.quarantine_now"
_COMMENT = "One row per finding with the state that it is in now"
_COLUMN_COMMENTS = {
    "rule_id": "suite.check_name, as in docs/rules.md; file.rule for a file",
    "state": "open, fixed, waived, rejected or superseded",
    "state_reason": "Why it is in that state",
    "state_by": "refresh, or the person who decided",
    "waiver_id": "The waiver that lets it pass",
    "state_run_id": "The run that brought it there; null where a person did",
    "state_since": "Since when",
}
RULE_ID = """CASE gate
        WHEN 'rows' THEN row_kind || 's.' || rule
        WHEN 'article' THEN 'articles.' || rule
        ELSE gate || '.' || rule
    END"""
"""SQL: the id of the rule of a row of quality.quarantine."""
LAST_STATES = """
    SELECT * FROM quality.quarantine_states
    QUALIFY row_number() OVER (PARTITION BY quarantine_id ORDER BY recorded_at DESC) = 1
"""
"""SQL: the state that holds, one row a finding."""


def view_ddl() -> list[str]:
    """Statements that make the view, with its comments; safe to repeat."""
    return [
        f"""CREATE OR REPLACE VIEW {VIEW} AS
    WITH last AS ({LAST_STATES})
    SELECT
        q.*,
        {RULE_ID} AS rule_id,
        coalesce(last.state, 'open') AS state,
        last.reason AS state_reason,
        coalesce(last.changed_by, 'refresh') AS state_by,
        last.waiver_id,
        last.run_id AS state_run_id,
        coalesce(last.recorded_at, q.recorded_at) AS state_since
    FROM quality.quarantine AS q
    LEFT JOIN last USING (quarantine_id)""",  # noqa: S608 - texts of this module
        f"COMMENT ON VIEW {VIEW} IS {literal(_COMMENT)}",
        *(
            f"COMMENT ON COLUMN {VIEW}.{name} IS {literal(text)}"
            for name, text in _COLUMN_COMMENTS.items()
        ),
    ]


def transitions() -> pa.Table:
    """TRANSITIONS as a table: state, event, next."""
    rows = [(*pair, state) for pair, state in TRANSITIONS.items()]
    return pa.table(
        {name: [row[at] for row in rows] for at, name in enumerate(("state", "event", "next"))}
    )


def reject(
    connection: duckdb.DuckDBPyConnection,
    quarantine_ids: Sequence[str],
    reason: str,
    by: str,
    now: dt.datetime,
) -> list[str]:
    """Record that a person wants these findings to stay out, in the caller's transaction.

    Returns the ids that changed: a finding that is rejected already stays as it is, and so does
    one whose state has no way there.
    """
    connection.register("transition", transitions())
    changed = connection.execute(
        "INSERT INTO quality.quarantine_states BY NAME "
        "SELECT f.quarantine_id, t.next AS state, $reason AS reason, $by AS changed_by, "
        "NULL AS waiver_id, NULL AS run_id, "
        "greatest($now, f.state_since + INTERVAL 1 MICROSECOND) AS recorded_at "
        "FROM quality.quarantine_now f JOIN transition t USING (state) "
        "WHERE t.event = 'rejects' AND list_contains($ids, f.quarantine_id) "
        "ORDER BY f.quarantine_id RETURNING quarantine_id",
        {"reason": reason, "by": by, "now": now, "ids": list(quarantine_ids)},
    ).fetchall()
    connection.unregister("transition")
    return [found for (found,) in changed]


def changed_by_run(home: Home, run_id: str) -> dict[str, State]:
    """The findings whose state a run has set → the state."""
    if not home.build_db.exists():
        return {}
    with closing(duckdb.connect(home.build_db, read_only=True)) as connection:
        found = connection.execute(
            f"SELECT quarantine_id, state FROM ({LAST_STATES}) "  # noqa: S608 - text of this module
            "WHERE run_id = ? ORDER BY quarantine_id",
            [run_id],
        ).fetchall()
    return dict(found)
