"""A small warehouse for tests: three texts, their rows by hand, as frames or as a DuckDB file.

Belongs here: rows that pass every rule and every model test. A test that needs a bad row changes
one cell. The extractor reads nothing here: gates and models are tested apart from it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow as pa

from orchestration.tables import TABLES
from orchestration.warehouse import ddl

FIRST = """Fire in Port Aster
At least 12 sailors were injured when a drone hit Port Aster on 3 March 2025, \
Mayor Ida Holm told the Aster Gazette.
The flames were seen 30 km (19 miles) away and half of the 40 boats burned down.
"""
UPDATE = FIRST.replace("At least 12", "More than 14")
OTHER = """Norland sent 200 tonnes of grain to Sudland, an aid group said.
"""
LOADED = dt.datetime(2025, 3, 4, 2, tzinfo=dt.UTC)
LATER = dt.datetime(2025, 3, 5, 2, tzinfo=dt.UTC)
KINDS = {"figures": "figure", "events": "event", "numbers": "number"}
_TYPE = {"figures": "unit", "events": "event_type", "numbers": "disposition"}
_SCHEMAS = {table.name: table for table in TABLES}

Rows = dict[str, list[dict[str, Any]]]


def short_hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:16]


def span(text: str, prefix: str, needle: str, after: str = "") -> dict[str, Any]:
    """`needle` with its offsets, under `prefix` (`date` → date_text, date_start, date_end)."""
    start = text.index(needle, text.index(after) if after else 0)
    names = (_TEXT_COLUMN.get(prefix, f"{prefix}_text"), f"{prefix}_start", f"{prefix}_end")
    return dict(zip(names if prefix else SPAN, (needle, start, start + len(needle)), strict=True))


SPAN = ("text", "start", "end")
_TEXT_COLUMN = {"counted": "counted"}


def claimant(
    text: str, needle: str, role: str, cue: str, name: str | None = None
) -> dict[str, Any]:
    at = text.index(cue)
    return {
        "role": role,
        **span(text, "", needle),
        "name": name,
        "cue": cue,
        "cue_start": at,
        "cue_end": at + len(cue),
    }


def entity(
    text: str, needle: str, country: str | None = None, sector: str | None = None
) -> dict[str, Any]:
    return {**span(text, "", needle), "name": None, "country": country, "sector": sector}


class _Version:
    """Collects the rows of one version; rows are found by the words that they quote."""

    def __init__(
        self, rows: Rows, text: str, document: str, loaded: dt.datetime, extractor: str
    ) -> None:
        self.rows, self.text = rows, text
        self.version_id = short_hash(text)
        self.keys = {
            "extraction_id": short_hash(f"{self.version_id}|{extractor}"),
            "document_id": short_hash(document),
            "version_id": self.version_id,
        }
        self.loaded, self.extractor = loaded, extractor

    def add(self, table: str, needle: str, after: str = "", **cells: Any) -> str:
        """One row over `needle`, the first one after the words `after`; gives its id."""
        found = span(self.text, "", needle, after)
        start, end = found["start"], found["end"]
        begin = self.text.rfind("\n", 0, start) + 1
        sentence_text = self.text[begin : self.text.index("\n", start)]
        key = f"{self.version_id}|{KINDS[table]}|{start}|{end}|{cells[_TYPE[table]]}"
        row_id = short_hash(key)
        sentence = {
            "sentence": self.text.count("\n", 0, start),
            "sentence_text": sentence_text,
            "sentence_start": begin,
        }
        claim = {} if table == "numbers" else _CLAIM
        row = {**self.keys, "row_id": row_id, **found, **sentence, **claim, **cells, "flags": []}
        self.rows[table].append(row)
        return row_id

    def counted(self, needle: str, after: str = "", **cells: Any) -> str:
        """A figure with its ledger row."""
        numeral = cells.pop("numeral", needle)
        figure = self.add("figures", needle, after, **_FIGURE, **cells)
        self.add("numbers", numeral, after, disposition="figure", reason="counts", figure=figure)
        return figure

    def close(self, published: dt.date | None, **document: Any) -> None:
        """The version's own row and its extraction's, with the counts of its rows."""
        if not any(r["version_id"] == self.version_id for r in self.rows["document_versions"]):
            self.rows["document_versions"].append(
                {
                    **{k: self.keys[k] for k in ("document_id", "version_id")},
                    "source_path": f"{document.pop('path')}.txt",
                    "source_format": "txt",
                    "file_hash": short_hash("file" + self.text),
                    "published_date": published,
                    "published_source": "sidecar" if published else "no sidecar",
                    "clean_text": self.text,
                    "char_count": len(self.text),
                    "text_signature": short_hash("signature" + self.text),
                    "run_id": "run",
                    "loaded_at": self.loaded,
                    "flags": [],
                    **document,
                }
            )
        counts = {
            f"{kind}_count": sum(
                r["extraction_id"] == self.keys["extraction_id"] for r in self.rows[table]
            )
            for table, kind in KINDS.items()
        }
        self.rows["extractions"].append(
            {
                **self.keys,
                "published_date": published,
                "extractor_version": self.extractor,
                "sentence_count": self.text.count("\n"),
                **counts,
                "run_id": "run",
                "loaded_at": self.loaded,
            }
        )


_CLAIM: dict[str, Any] = {
    "status": "occurred",
    "polarity": "affirmed",
    "certainty": "certain",
    "attribution": [],
    "date_resolution": "none",
}
_FIGURE: dict[str, Any] = {"derived": False}
_COUNT = {"unit": "count", "dimension": "count"}
_PUBLISHED = dt.date(2025, 3, 4)


def _exact(value: float, **more: Any) -> dict[str, Any]:
    return {
        **{"value": value, "low": value, "high": value, "comparator": "exact"},
        **{"low_inclusive": True, "high_inclusive": True},
        **more,
    }


def _length(value: float, unit: str, factor: float) -> dict[str, Any]:
    base = {f"base_{n}": value * factor for n in ("value", "low", "high")}
    return _exact(value, unit=unit, dimension="length", base_unit="metre", **base)


def fire_report(
    rows: Rows, text: str, loaded: dt.datetime, extractor: str, casualties: dict[str, Any]
) -> None:
    version = _Version(rows, text, "fire", loaded, extractor)
    claim = {
        "attribution": [
            claimant(text, "Ida Holm", "originator", "told", "Ida Holm"),
            claimant(text, "Aster Gazette", "conveyor", "told"),
        ],
        **span(text, "date", "on 3 March 2025"),
        "date_from": dt.date(2025, 3, 3),
        "date_to": dt.date(2025, 3, 3),
        "date_granularity": "day",
        "date_edtf": "2025-03-03",
        "date_resolution": "resolved",
        "date_anchor": "explicit",
        **span(text, "place", "Port Aster", "hit"),
        "place_name": "Port Aster",
        "place_country": "NOR",
        "place_latitude": 60.5,
        "place_longitude": 5.25,
        "place_geonames_id": 99,
        "place_precision": "city",
    }
    event = version.add(
        "events",
        "hit",
        event_type="ASSAULT",
        mode="drone",
        acled="AIR_STRIKE",
        actors=[],
        recipients=[entity(text, "sailors", None, "CVL")],
        **claim,
    )
    sailors = {
        **span(text, "counted", "sailors"),
        "counted_head": "sailor",
        "quantity_kind": "flow",
        "measure": "wounded",
        "event": event,
    }
    version.counted(casualties["numeral"], **_COUNT, **casualties, **sailors, **claim)
    version.add("numbers", "3", "on 3 March", disposition="date", reason="day of a month")
    version.add("numbers", "2025", disposition="date", reason="year")
    first = version.counted("30 km", numeral="30", **_length(30, "kilometre", 1000))
    version.counted("19 miles", numeral="19", equivalent_of=first, **_length(19, "mile", 1609.344))
    boats = version.counted("40", **_COUNT, **_exact(40), **span(text, "counted", "boats"))
    half = {"value": 20.0, "comparator": "fraction_of", "factor": 0.5, "derived": True}
    relative = version.add("figures", "half", reference=boats, **_COUNT, **half)
    version.add("numbers", "half", disposition="figure", reason="a fraction", figure=relative)
    version.close(
        _PUBLISHED, path="fire", title="Fire in Port Aster", publisher="The Aster Gazette"
    )


def _grain(rows: Rows) -> None:
    version = _Version(rows, OTHER, "grain", LATER, "2")
    claim = {"attribution": [claimant(OTHER, "an aid group", "originator", "said")]}
    version.counted(
        "200 tonnes",
        numeral="200",
        **_exact(200, unit="tonne", dimension="mass", base_unit="kilogram"),
        **{f"base_{n}": 200_000.0 for n in ("value", "low", "high")},
        **claim,
    )
    version.add(
        "events",
        "sent",
        event_type="AID",
        actors=[entity(OTHER, "Norland", "NOR", "GOV")],
        recipients=[entity(OTHER, "Sudland", "SDN")],
        **claim,
    )
    version.close(None, path="grain")


def sample_rows() -> Rows:
    """Landing rows: a document with an update, its first text read twice, and another document."""
    rows: Rows = {name: [] for name in ("document_versions", "extractions", *KINDS)}
    twelve = {"numeral": "12", "value": 12.0, "low": 12.0, "low_inclusive": True}
    fourteen = {"numeral": "14", "value": 14.0, "low": 14.0, "low_inclusive": False}
    fire_report(rows, FIRST, LOADED, "1", {**twelve, "comparator": "at_least"})
    fire_report(rows, FIRST, LATER, "2", {**twelve, "comparator": "at_least"})
    fire_report(rows, UPDATE, LATER, "2", {**fourteen, "comparator": "more_than"})
    _grain(rows)
    return rows


def arrow(rows: Rows, table: str) -> pa.Table:
    """The rows of a landing table with its types; nothing is inferred."""
    schema = pa.schema([pa.field(c.name, c.type) for c in _SCHEMAS[table].columns])
    complete = [{name: row.get(name) for name in schema.names} for row in rows[table]]
    return pa.Table.from_pylist(complete, schema=schema)


def frame(rows: Rows, table: str) -> pd.DataFrame:
    """The rows of a landing table as the gate gets them."""
    return arrow(rows, table).to_pandas(types_mapper=pd.ArrowDtype)


def write_database(path: Path, rows: Rows) -> None:
    """A build database with all tables of the pipeline and these landing rows."""
    with duckdb.connect(str(path)) as connection:
        for table in TABLES:
            for statement in ddl(table):
                connection.execute(statement)
        for name in rows:
            batch = arrow(rows, name)
            connection.register("batch", batch)
            connection.execute(f"INSERT INTO landing.{name} BY NAME SELECT * FROM batch")
            connection.unregister("batch")
