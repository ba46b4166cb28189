"""The gates' closed lists agree with the extractor's; apart, neither repeats a mistake."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from expectations import catalogue
from expectations.codes import CodeListError, closed_list, code_table, codes
from extraction import rows
from extraction.vocabulary import load_table

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "dbt_project" / "seeds"


@pytest.mark.parametrize(
    ("name", "extracted"),
    [
        ("status", rows.STATUSES),
        ("polarity", rows.POLARITIES),
        ("certainty", rows.CERTAINTIES),
        ("attribution_role", rows.ATTRIBUTION_ROLES),
        ("resolution", rows.RESOLUTIONS),
        ("granularity", rows.GRANULARITIES),
        ("comparator", rows.COMPARATORS),
        ("quantity_kind", rows.QUANTITY_KINDS),
        ("disposition", rows.DISPOSITIONS),
        ("precision", rows.PLACE_PRECISIONS),
    ],
)
def test_a_closed_list_is_the_row_contracts(name: str, extracted: tuple[str, ...]) -> None:
    assert closed_list(name) == extracted


def test_units_are_the_extractors() -> None:
    extracted = {
        r["unit"]: (r["dimension"], r["base_unit"], r["factor"], r["offset"])
        for r in load_table("units")
    }
    own = {
        r["unit"]: (r["dimension"], r["base_unit"], r["factor"], r["offset"])
        for r in code_table("unit")
    }
    assert own == extracted


def test_units_of_the_dimension_are_the_gates() -> None:
    with (SEEDS / "units.csv").open(encoding="utf-8") as file:
        seed = [tuple(line) for line in csv.reader(file)][1:]
    assert seed == [tuple(entry.values()) for entry in code_table("unit")]


def test_event_types_of_the_dimension_are_the_gates() -> None:
    with (SEEDS / "plover_event_types.csv").open(encoding="utf-8") as file:
        seed = [(line["event_type"], line["mode"] or "-") for line in csv.DictReader(file)]
    assert seed == [(e["event_type"], e["mode"]) for e in code_table("event_mode")]


def test_the_crosswalk_to_acled_is_the_extractors() -> None:
    with (SEEDS / "plover_event_types.csv").open(encoding="utf-8") as file:
        seed = {(e["event_type"], e["mode"]): e["acled"] for e in csv.DictReader(file)}
    extracted = {(e["type"], e["mode"]): e["acled"] for e in load_table("acled_subtypes")}
    assert {pair: code for pair, code in seed.items() if code} == extracted


def test_types_and_modes_of_triggers_are_known() -> None:
    known = {(e["event_type"], e["mode"]) for e in code_table("event_mode")}
    triggers = load_table("triggers")
    used = {(t["type"], t["mode"] or "-") for t in triggers if t["type"] != "NONE"}
    assert used <= known
    assert {t["acled"] for t in triggers} - {""} <= set(codes("acled"))


def test_sectors_and_countries_of_organisations_are_known() -> None:
    organisations = load_table("organisations")
    assert {o["sector"] for o in organisations} - {""} <= set(closed_list("sector"))
    assert {o["country"] for o in organisations} - {""} <= set(codes("country"))
    assert {s["country"] for s in load_table("states")} <= set(codes("country"))


def test_the_page_of_rules_is_up_to_date() -> None:
    page = (ROOT / "docs" / "rules.md").read_text(encoding="utf-8")
    assert page == catalogue.render(), "run: python -m expectations.catalogue"


def test_a_list_that_is_not_there_is_named() -> None:
    with pytest.raises(CodeListError, match="no list 'colour'"):
        closed_list("colour")
