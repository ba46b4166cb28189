"""Later loads come later, whatever the clock says.

Belongs here: the instant that a load is stamped with. Does not belong here: loading (`record.py`).

The models take the text that was loaded last for the current one. A clock that was set back, by
hand or by the machine's time service, would make the newest text the oldest.
"""

from __future__ import annotations

import datetime as dt

import duckdb
import pyarrow as pa

_LOADED_AT = "loaded_at"
_LATEST = (
    "SELECT max(latest) FROM (SELECT max(loaded_at) AS latest FROM landing.document_versions "
    "UNION ALL SELECT max(loaded_at) FROM landing.extractions)"
)
_STEP = dt.timedelta(microseconds=1)


def latest_load(connection: duckdb.DuckDBPyConnection) -> dt.datetime | None:
    """The instant of the last load; None before the first."""
    found: dt.datetime | None = connection.execute(_LATEST).fetchall()[0][0]
    return found


def stamped_after(table: pa.Table, latest: dt.datetime | None) -> pa.Table:
    """`table` with its `loaded_at` moved to just after `latest` where it is not later."""
    if latest is None:
        return table
    at = table.column_names.index(_LOADED_AT)
    kind = table.schema.field(at)
    moved = [max(instant, latest + _STEP) for instant in table.column(at).to_pylist()]
    return table.set_column(at, kind, pa.array(moved, kind.type))
