"""The extractor measured on the project's own gold sentences.

Belongs here: reading `expectations/gold`, matching rows with it, scoring. Does not belong here:
what must be reached (`floors.tsv` there, rule `above_floor`), other gold (`benchmarks`).

A row matches a gold row of its kind when their characters overlap, one to one, in the order of the
gold; an event also needs one of the accepted types. The other measures judge matched rows only, and
only what the gold states. The format of the gold is described in `expectations/gold/README.md`.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa

from orchestration.batches import to_table
from orchestration.tables import ACCURACY
from orchestration.wiring import Extractor

Row = Mapping[str, Any]
_KEYS = {"id", "shows", "text", "published", "figures", "events"}
_TOLERANCE = 1e-6


class GoldError(ValueError):
    """A gold text or a floor breaks the format; the message names file, entry and remedy."""


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text with the rows that should be read from it. `rows`: kind → gold rows with offsets."""

    id: str
    text: str
    published: dt.date | None
    rows: Mapping[str, Sequence[Row]]


@dataclass(slots=True)
class Tally:
    """How often a measure was right, of how many judged."""

    right: int = 0
    judged: int = 0

    def add(self, is_right: bool) -> None:
        """Count one judgement."""
        self.right += is_right
        self.judged += 1


@dataclass(slots=True)
class Score:
    """Tallies by measure, in the order in which they were first met."""

    tallies: dict[str, Tally] = field(default_factory=dict)

    def of(self, measure: str) -> Tally:
        """The tally of a measure."""
        return self.tallies.setdefault(measure, Tally())


def load_gold(folder: Path) -> list[GoldText]:
    """Every text of the folder's `.jsonl` files, by file name and line. Raises GoldError."""
    texts = []
    for path in sorted(folder.glob("*.jsonl")):
        lines = path.read_text(encoding="utf-8").splitlines()
        for number, line in enumerate(lines, 1):
            if line.strip():
                texts.append(_read(line, f"{path.name}:{number}"))
    if not texts:
        raise GoldError(f"{folder}: no gold text; give a folder with .jsonl files")
    return texts


def _read(line: str, where: str) -> GoldText:
    try:
        entry = json.loads(line)
    except json.JSONDecodeError as error:
        raise GoldError(f"{where}: no JSON: {error}") from error
    if entry.keys() - _KEYS or not entry.get("text") or "figures" not in entry:
        raise GoldError(f"{where}: an entry has {', '.join(sorted(_KEYS))} and no other key")
    published = entry.get("published")
    return GoldText(
        entry["id"],
        entry["text"],
        dt.date.fromisoformat(published) if published else None,
        {
            "figure": [_placed(row, entry["text"], where) for row in entry["figures"]],
            "event": [_placed(row, entry["text"], where) for row in entry["events"]],
        },
    )


def _placed(row: Row, text: str, where: str) -> Row:
    """The gold row with its offsets: those of the occurrence `nth` (default: the first)."""
    start = -1
    for _ in range(row.get("nth", 1)):
        start = text.find(row["text"], start + 1)
        if start < 0:
            raise GoldError(f"{where}: {row['text']!r} stands not so often in the text; see nth")
    return {**row, "start": start, "end": start + len(row["text"])}


def load_floors(folder: Path) -> dict[str, float]:
    """Measure → least value, from the folder's `floors.tsv`. Raises GoldError."""
    with (folder / "floors.tsv").open(encoding="utf-8", newline="") as file:
        lines = (line for line in file if not line.startswith("#"))
        rows = list(csv.DictReader(lines, delimiter="\t"))
    try:
        return {row["measure"]: float(row["floor"]) for row in rows}
    except (KeyError, TypeError, ValueError) as error:
        raise GoldError("floors.tsv: a line has measure, floor (0 to 1) and reason") from error


def measure(extractor: Extractor, texts: Iterable[GoldText]) -> Score:
    """Read every text and score what was read."""
    score = Score()
    for text in texts:
        try:
            found = extractor(text.text, text.published).to_rows()
        except Exception:  # what the extractor fails on has no row, and is a measure of its own
            found = None
        score.of("texts_read").add(found is not None)
        for kind, gold in text.rows.items():
            _score_kind(score, kind, gold, [row for row in found or () if row["kind"] == kind])
    return score


def _score_kind(score: Score, kind: str, gold: Sequence[Row], found: Sequence[Row]) -> None:
    """F1 counts each right row on both sides; optional gold rows (`maybe`) and theirs on none."""
    pairs, left = _matched(gold, found)
    f1 = score.of(f"{kind}_f1")
    f1.right += 2 * sum(not g.get("maybe") for g, _ in pairs)
    f1.judged += sum(not g.get("maybe") for g in gold) + left
    f1.judged += sum(not g.get("maybe") for g, _ in pairs)
    for expected, row in pairs:
        for name, judge in _MEASURES[kind].items():
            verdict = None if expected.get("maybe") else judge(expected, row)
            if verdict is not None:
                score.of(f"{kind}_{name}").add(verdict)


def _matched(gold: Sequence[Row], found: Sequence[Row]) -> tuple[list[tuple[Row, Row]], int]:
    """Pairs of gold and found rows, and how many found rows are left without any gold."""
    free, pairs = list(found), []
    for expected in gold:
        for row in free:
            overlap = row["start"] < expected["end"] and expected["start"] < row["end"]
            if overlap and row.get("event_type") in expected.get("type", [row.get("event_type")]):
                pairs.append((expected, row))
                free.remove(row)
                break
    return pairs, len(free)


def _value(expected: Row, row: Row) -> bool | None:
    if "comparator" not in expected:
        return None
    stated = [name for name in ("value", "low", "high") if name in expected]
    same = all(_equal(expected[name], row[name]) for name in stated)
    return same and row["comparator"] == expected["comparator"]


def _equal(expected: float | None, found: float | None) -> bool:
    if expected is None or found is None:
        return expected is found
    return abs(expected - found) <= _TOLERANCE * max(1.0, abs(expected))


def _claimants(expected: Row, row: Row) -> bool | None:
    if "claimants" not in expected:
        return None
    named = [entry.get("name") or entry["text"] for entry in row["attribution"]]
    return _same_texts(expected["claimants"], named)


def _same_texts(expected: Sequence[str], found: Sequence[str]) -> bool:
    """As many, and each contains the other: articles and titles may be missing."""
    return len(expected) == len(found) and all(
        a.casefold() in b.casefold() or b.casefold() in a.casefold()
        for a, b in zip(expected, found, strict=True)
    )


def _participants(expected: Row, row: Row) -> bool | None:
    sides = [side for side in ("actors", "recipients") if side in expected]
    if not sides:
        return None
    return all(
        _same_texts(expected[side], [entity["text"] for entity in row[side]]) for side in sides
    )


def _modality(expected: Row, row: Row) -> bool | None:
    names = [n for n in ("status", "polarity", "certainty") if n in expected]
    return all(row[name] == expected[name] for name in names) if names else None


def _date(expected: Row, row: Row) -> bool | None:
    """A list is the first and the last day; a word is the resolution."""
    if "date" not in expected:
        return None
    date = row["date"] or {}
    if isinstance(expected["date"], str):
        return bool(date.get("resolution", "none") == expected["date"])
    return bool([date.get("from"), date.get("to")] == expected["date"])


def _place(expected: Row, row: Row) -> bool | None:
    if "place" not in expected:
        return None
    place = row["place"] or {}
    return bool(place.get("text") == expected["place"] or place.get("name") == expected["place"])


def _same(name: str) -> Callable[[Row, Row], bool | None]:
    def judge(expected: Row, row: Row) -> bool | None:
        return row[name] == expected[name] if name in expected else None

    return judge


def _counted(expected: Row, row: Row) -> bool | None:
    if "counted" not in expected:
        return None
    return row["counted"] is not None and _same_texts([expected["counted"]], [row["counted"]])


_SHARED = {"attribution": _claimants, "status": _modality, "date": _date, "place": _place}
_MEASURES: dict[str, dict[str, Callable[[Row, Row], bool | None]]] = {
    "figure": {"value": _value, "unit": _same("unit"), "counted": _counted, **_SHARED},
    "event": {"mode": _same("mode"), "actor": _participants, **_SHARED},
}


def rows_of(
    score: Score,
    floors: Mapping[str, float],
    *,
    extractor_version: str,
    run_id: str,
    now: dt.datetime,
) -> pa.Table:
    """The score as rows of `quality.accuracy`; a measure without a floor has the floor 0."""
    rows = [
        {
            "run_id": run_id,
            "recorded_at": now,
            "extractor_version": extractor_version,
            "measure": name,
            "right_count": tally.right,
            "judged_count": tally.judged,
            "value": tally.right / tally.judged if tally.judged else 0.0,
            "floor": floors.get(name, 0.0),
        }
        for name, tally in sorted(score.tallies.items())
    ]
    return to_table(rows, ACCURACY.arrow_schema)
