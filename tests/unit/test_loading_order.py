"""What is loaded later counts as later, even when the clock has gone back."""

from __future__ import annotations

import datetime as dt

import pyarrow as pa
import pytest

from orchestration.loading_order import stamped_after

NOON = dt.datetime(2024, 6, 6, 12, tzinfo=dt.UTC)
HOUR, TICK = dt.timedelta(hours=1), dt.timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("latest", "clock", "expected"),
    [
        pytest.param(None, NOON, NOON, id="the first load keeps its instant"),
        pytest.param(NOON - HOUR, NOON, NOON, id="a later load keeps its instant"),
        pytest.param(NOON, NOON, NOON + TICK, id="a load in the same instant comes after"),
        pytest.param(NOON, NOON - 9000 * HOUR, NOON + TICK, id="a clock that went back a year"),
    ],
)
def test_an_instant(latest: dt.datetime | None, clock: dt.datetime, expected: dt.datetime) -> None:
    kind = pa.timestamp("us", tz="UTC")
    table = pa.table({"version_id": ["v1", "v2"], "loaded_at": pa.array([clock, clock], kind)})
    stamped = stamped_after(table, latest)
    assert stamped.column("loaded_at").to_pylist() == [expected, expected]
    assert stamped.column("version_id").to_pylist() == ["v1", "v2"]
    assert stamped.schema == table.schema
