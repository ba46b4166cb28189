"""The extractor measured on gold sentences: how rows are matched and judged, and that it is good
enough today."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

import extraction
from orchestration.accuracy import (
    GoldError,
    Score,
    load_floors,
    load_gold,
    measure,
    rows_of,
)
from orchestration.wiring import GOLD

TEXT = "Lena Ost said 12 of the 40 trams had stopped on Friday."
TWELVE: dict[str, Any] = {
    **{"kind": "figure", "text": "12", "start": 14, "end": 16, "unit": "count"},
    **{"value": 12.0, "low": 12.0, "high": 12.0, "comparator": "exact", "counted": "trams"},
    **{"status": "occurred", "polarity": "affirmed", "certainty": "certain"},
    "attribution": [{"text": "she", "name": "Lena Ost"}],
    "date": {"from": None, "to": None, "resolution": "unresolved"},
    "place": None,
}
STOPPED: dict[str, Any] = {
    **{"kind": "event", "text": "stopped", "start": 34, "end": 41, "event_type": "PROTEST"},
    **{"actors": [{"text": "the 40 trams"}], "recipients": [], "mode": "strike"},
    **{name: TWELVE[name] for name in ("status", "polarity", "certainty", "date", "place")},
    "attribution": [],
}


class _Reads:
    """An extractor that reads these rows from every text."""

    def __init__(self, *rows: dict[str, Any]) -> None:
        self._rows = rows

    def __call__(self, text: str, published: dt.date | None) -> _Reads:
        return self

    def to_rows(self) -> list[dict[str, Any]]:
        return list(self._rows)


def gold(folder: Path, figures: list[dict[str, Any]], events: list[dict[str, Any]]) -> Path:
    entry = {"id": "a", "shows": "b", "text": TEXT, "figures": figures, "events": events}
    (folder / "a.jsonl").write_text(json.dumps(entry), encoding="utf-8")
    return folder


def tallies(score: Score) -> dict[str, tuple[int, int]]:
    return {name: (tally.right, tally.judged) for name, tally in score.tallies.items()}


@pytest.mark.parametrize(
    ("expected", "measure_name", "right"),
    [
        ({"comparator": "exact", "value": 12}, "figure_value", 1),
        ({"comparator": "exact", "value": 12, "low": None}, "figure_value", 0),
        ({"comparator": "at_least", "value": 12}, "figure_value", 0),
        ({"unit": "percent"}, "figure_unit", 0),
        ({"counted": "the trams"}, "figure_counted", 1),
        ({"claimants": ["Ost"]}, "figure_attribution", 1),
        ({"claimants": []}, "figure_attribution", 0),
        ({"status": "occurred", "certainty": "possible"}, "figure_status", 0),
        ({"date": "unresolved"}, "figure_date", 1),
        ({"date": ["2026-05-01", "2026-05-01"]}, "figure_date", 0),
        ({"place": "Ostrava"}, "figure_place", 0),
    ],
    ids=[
        "value and comparator",
        "a bound that must be empty",
        "another comparator",
        "another unit",
        "what is counted, with its article",
        "a claimant by the last name",
        "a claimant where there is none",
        "one of two codes wrong",
        "a date that stays open",
        "a date that should have days",
        "a place that is missed",
    ],
)
def test_what_is_stated_is_judged(
    expected: dict[str, Any], measure_name: str, right: int, tmp_path: Path
) -> None:
    texts = load_gold(gold(tmp_path, [{"text": "12", **expected}], []))
    found = tallies(measure(_Reads(TWELVE), texts))
    assert found == {
        "texts_read": (1, 1),
        "figure_f1": (2, 2),
        measure_name: (right, 1),
        "event_f1": (0, 0),
    }


@pytest.mark.parametrize(
    ("figures", "read", "f1"),
    [
        ([{"text": "12"}], [TWELVE], (2, 2)),
        ([{"text": "12"}, {"text": "40"}], [TWELVE], (2, 3)),
        ([], [TWELVE], (0, 1)),
        ([{"text": "12", "maybe": True}], [TWELVE], (0, 0)),
        ([{"text": "12", "maybe": True}], [], (0, 0)),
        ([{"text": "12"}], [TWELVE, TWELVE], (2, 3)),
    ],
    ids=["found", "missed", "invented", "optional, read", "optional, not read", "read twice"],
)
def test_a_right_row_counts_twice_and_every_other_once(
    figures: list[dict[str, Any]], read: list[dict[str, Any]], f1: tuple[int, int], tmp_path: Path
) -> None:
    texts = load_gold(gold(tmp_path, figures, []))
    assert tallies(measure(_Reads(*read), texts))["figure_f1"] == f1


@pytest.mark.parametrize(
    ("expected", "judged"),
    [
        ({"type": ["PROTEST"], "mode": "strike"}, {"event_f1": (2, 2), "event_mode": (1, 1)}),
        ({"type": ["COERCE"], "mode": "strike"}, {"event_f1": (0, 2)}),
        ({"type": ["PROTEST"], "actors": ["trams"]}, {"event_f1": (2, 2), "event_actor": (1, 1)}),
        (
            {"type": ["PROTEST"], "actors": ["trams"], "recipients": ["Ost"]},
            {"event_f1": (2, 2), "event_actor": (0, 1)},
        ),
    ],
    ids=["type and mode", "another type", "its actor", "a recipient that is missed"],
)
def test_an_event_needs_its_type(
    expected: dict[str, Any], judged: dict[str, tuple[int, int]], tmp_path: Path
) -> None:
    texts = load_gold(gold(tmp_path, [], [{"text": "stopped", **expected}]))
    found = tallies(measure(_Reads(STOPPED), texts))
    assert {name: n for name, n in found.items() if name.startswith("event")} == judged


def test_a_text_on_which_the_extractor_fails_is_counted(tmp_path: Path) -> None:
    def fails(text: str, published: dt.date | None) -> _Reads:
        raise RuntimeError(text)

    found = tallies(measure(fails, load_gold(gold(tmp_path, [{"text": "12"}], []))))
    assert found == {"texts_read": (0, 1), "figure_f1": (0, 1), "event_f1": (0, 0)}


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("{", r"a\.jsonl:1: no JSON"),
        ('{"id": "a", "text": "b", "figures": [], "events": [], "x": 1}', "no other key"),
        ('{"id": "a", "text": "b", "figures": [{"text": "c"}], "events": []}', "see nth"),
        ("", "no gold text"),
    ],
    ids=["broken JSON", "an unknown key", "a row that is not in the text", "nothing at all"],
)
def test_gold_that_is_wrong_names_its_place(line: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(line, encoding="utf-8")
    with pytest.raises(GoldError, match=told):
        load_gold(tmp_path)


def test_the_extractor_is_above_every_floor() -> None:
    floors = load_floors(GOLD)
    score = measure(extraction.extract, load_gold(GOLD))
    rows = rows_of(
        score, floors, extractor_version="1", run_id="r", now=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    ).to_pylist()
    assert {row["measure"] for row in rows} == set(floors), "each measure has a floor with reason"
    assert [row for row in rows if row["value"] < row["floor"]] == []
    assert all(row["judged_count"] for row in rows)
