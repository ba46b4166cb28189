"""The unit vocabulary: generated from its choices, complete, and free of traps."""

from importlib import resources

import pytest

from extraction.numbers.unit_guards import GUARDS
from extraction.numbers.unit_lexicon import UNITS
from extraction.vocabulary import load_table

_SURFACES = load_table("unit_surfaces", ("surface", "case", "place", "unit"))


def _without_head(text):
    return [line for line in text.splitlines() if not line.startswith("#")]


def test_the_generated_files_are_what_the_choices_make():
    pytest.importorskip("pint")
    from extraction.vocabulary import generate_units

    folder = resources.files("extraction.vocabulary")
    for name, text in generate_units.rendered().items():
        stored = (folder / f"{name}.tsv").read_text(encoding="utf-8")
        assert _without_head(stored) == _without_head(text), (
            f"run generate_units: {name}.tsv is old"
        )


def test_every_surface_names_a_known_unit_and_guard():
    assert [row for row in _SURFACES if row["unit"] not in UNITS] == []
    assert [row for row in _SURFACES if row["guard"] not in GUARDS] == []


def test_every_guard_is_used():
    assert set(GUARDS) - {row["guard"] for row in _SURFACES} == set()


def test_a_surface_with_two_units_has_guards_that_decide():
    seen = {}
    for row in _SURFACES:
        seen.setdefault((row["surface"], row["case"]), []).append(row)
    doubtful = [rows for rows in seen.values() if len({row["unit"] for row in rows}) > 1]
    assert [rows for rows in doubtful if not rows[0]["guard"]] == []


def test_canonical_names_are_singular_and_iso_codes_are_capitals():
    for unit in UNITS.values():
        if unit.dimension == "currency" and unit.name.isupper():
            assert len(unit.name) == 3
        else:
            assert unit.name == unit.name.lower()


def test_a_base_unit_converts_to_itself():
    for unit in UNITS.values():
        if unit.base_unit == unit.name:
            assert (unit.factor, unit.offset) == (1.0, 0.0)


def test_money_is_never_converted_into_other_money():
    minor = {"penny", "kopeck", "paisa", "jiao", "satoshi"}
    for unit in UNITS.values():
        if unit.dimension == "currency" and unit.name not in minor:
            assert unit.base_unit in (None, unit.name)
