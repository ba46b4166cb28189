"""Bad figure, event and ledger rows: each is good but for one thing.

Belongs here: one bad row for each rule of the suites `figures`, `events` and `numbers`, in a copy
of the sample of its own. Does not belong here: judging them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from string import ascii_lowercase
from typing import Any

from warehouse_sample import FIRST, LOADED, Rows, fire_report, frame, sample_rows, short_hash

from gate_mutants.trial import Trial

Row = dict[str, Any]
_TWELVE = {"numeral": "12", "value": 12.0, "low": 12.0, "low_inclusive": True}
_DAY = dt.date(2025, 3, 9)
_TYPES = {"figures": "unit", "events": "event_type", "numbers": "disposition"}
_KINDS = {"figures": "figure", "events": "event", "numbers": "number"}


def rehashed(table: str, row: Row) -> Row:
    """The row with the id that its cells now give."""
    kind, of_type = _KINDS[table], row[_TYPES[table]]
    key = f"{row['version_id']}|{kind}|{row['start']}|{row['end']}|{of_type}"
    return {**row, "row_id": short_hash(key)}


@dataclass(frozen=True)
class Case:
    """What is made wrong: cells of the row that reads `text`, or anything that `change` does."""

    suite: str
    rule: str
    text: str = ""
    cells: tuple[tuple[str, Any], ...] = ()
    change: Callable[[Rows], None] | None = None

    def apply(self, rows: Rows) -> None:
        if self.change is not None:
            self.change(rows)
            return
        table = rows[self.suite]
        at = next(i for i, row in enumerate(table) if row["text"] == self.text)
        changed = {**table[at], **dict(self.cells)}
        typed = {"start", "end", "version_id", _TYPES[self.suite]}
        table[at] = rehashed(self.suite, changed) if typed & set(dict(self.cells)) else changed


def case(suite: str, rule: str, text: str, /, **cells: Any) -> Case:
    return Case(suite, rule, text, tuple(cells.items()))


def shifted(suite: str, rule: str, text: str, column: str) -> Case:
    """An offset one too high."""

    def change(rows: Rows) -> None:
        row = next(r for r in rows[suite] if r["text"] == text)
        row[column] += 1

    return Case(suite, rule, change=change)


def nested(suite: str, rule: str, text: str, column: str, **cells: Any) -> Case:
    """Cells of the first entry of a nested column; an int is added to an offset."""

    def change(rows: Rows) -> None:
        row = next(r for r in rows[suite] if r["text"] == text)
        first, *rest = row[column]
        wrong = {n: first[n] + v if isinstance(v, int) else v for n, v in cells.items()}
        row[column] = [{**first, **wrong}, *rest]

    return Case(suite, rule, change=change)


def repeated(rows: list[Row]) -> None:
    rows.append(dict(rows[-1]))


def doubled(suite: str) -> Callable[[Rows], None]:
    return lambda rows: repeated(rows[suite])


def _claim_cases(suite: str, text: str) -> list[Case]:
    return [
        case(suite, "status_known", text, status="happened"),
        case(suite, "polarity_known", text, polarity="yes"),
        case(suite, "certainty_known", text, certainty="sure"),
        case(suite, "date_resolution_known", text, date_resolution="guessed"),
        case(suite, "date_granularity_known", text, date_granularity="fortnight"),
        case(suite, "place_country_known", text, place_country="XYZ"),
        case(suite, "place_precision_known", text, place_precision="street"),
        nested(suite, "claimant_role_known", text, "attribution", role="speaker"),
        nested(suite, "claimant_slices_back", text, "attribution", start=1),
        nested(suite, "cue_slices_back", text, "attribution", cue_start=1),
        shifted(suite, "date_slices_back", text, "date_start"),
        shifted(suite, "place_slices_back", text, "place_start"),
        case(suite, "resolved_date_has_days_and_anchor", text, date_anchor=None),
        case(suite, "unresolved_date_has_no_days", text, date_resolution="unresolved"),
        case(suite, "date_from_not_after_to", text, date_from=_DAY, date_granularity="interval"),
        case(suite, "one_day_is_one_day", text, date_to=_DAY),
        case(suite, "coordinates_on_globe", text, place_latitude=95.0),
    ]


def _row_cases(suite: str, text: str, first_line: str) -> list[Case]:
    free = {"event": None} if suite == "figures" else {}
    headline = {"sentence_text": first_line, "sentence_start": 0}
    doubled_row = Case(suite, "id_unique", change=doubled(suite))
    return [
        case(suite, "required_filled", text, sentence=None),
        case(suite, "id_is_content_hash", text, row_id="0123456789abcdef"),
        doubled_row,
        case(suite, "version_known", text, version_id="f" * 16, **free),
        case(suite, "span_slices_back", text, text="zz"),
        shifted(suite, "sentence_slices_back", text, "sentence_start"),
        case(suite, "sentence_holds_span", text, **headline),
    ]


def _moved(rows: Rows, words: str, **cells: Any) -> None:
    """One more ledger row, over `words`."""
    row = next(r for r in rows["numbers"] if r["text"] == "12")
    start = rows["document_versions"][-1]["clean_text"].index(words)
    span = {"text": words, "start": start, "end": start + len(words)}
    rows["numbers"].append(rehashed("numbers", {**row, **span, **cells}))


def _far(rows: Rows) -> None:
    forty = next(r for r in rows["figures"] if r["text"] == "40")
    _moved(rows, "injured", figure=forty["row_id"])


def _homeless(rows: Rows) -> None:
    _moved(rows, "injured", version_id="f" * 16, disposition="name", figure=None)


def _unledgered(rows: Rows) -> None:
    half = next(r for r in rows["figures"] if r["text"] == "half")
    rows["figures"].append(rehashed("figures", {**half, "unit": "percent"}))


def _skipped(rows: Rows) -> None:
    rows["numbers"] = [row for row in rows["numbers"] if row["text"] != "2025"]


_SAILORS = {"value": None, "low": 30.0, "high": 20.0, "comparator": "between"}
_MILES = {"value": 90.0, "low": 90.0, "high": 90.0}
_FIGURES = [
    *_row_cases("figures", "12", "Fire in Port Aster"),
    *_claim_cases("figures", "12"),
    case("figures", "comparator_known", "12", comparator="about"),
    case("figures", "quantity_kind_known", "12", quantity_kind="amount"),
    case("figures", "change_known", "12", change="rose"),
    case("figures", "unit_known", "12", unit="stone circle"),
    case("figures", "dimension_agrees_with_unit", "12", dimension="time"),
    case("figures", "base_value_agrees_with_unit", "30 km", base_value=30_010.0),
    shifted("figures", "counted_slices_back", "12", "counted_start"),
    case("figures", "numbers_finite", "12", value=float("inf"), low=float("inf")),
    case("figures", "low_not_above_high", "12", **_SAILORS),
    case("figures", "comparator_agrees_with_bounds", "12", low=None, low_inclusive=None),
    case("figures", "inclusive_agrees_with_comparator", "12", comparator="more_than"),
    case("figures", "event_exists", "12", event="0123456789abcdef"),
    case("figures", "reference_exists", "half", reference="0123456789abcdef"),
    case("figures", "relative_has_factor", "half", factor=None),
    case("figures", "derived_value_follows", "half", value=21.0),
    case("figures", "equivalent_exists", "19 miles", equivalent_of="0123456789abcdef"),
    case(
        "figures",
        "dual_units_agree",
        "19 miles",
        **_MILES,
        **{f"base_{name}": value * 1609.344 for name, value in _MILES.items()},
    ),
]
_EVENTS = [
    *_row_cases("events", "hit", "Fire in Port Aster"),
    *_claim_cases("events", "hit"),
    case("events", "event_type_known", "hit", event_type="FIGHT"),
    case("events", "mode_of_type", "hit", mode="ceasefire"),
    case("events", "acled_known", "hit", acled="BATTLE"),
    nested("events", "entity_slices_back", "hit", "recipients", start=1),
    nested("events", "entity_country_known", "hit", "recipients", country="XYZ"),
    nested("events", "entity_sector_known", "hit", "recipients", sector="ARMY"),
    case("events", "recipient_given", "hit", event_type="AID", mode=None, recipients=[]),
]
_NUMBERS = [
    *[c for c in _row_cases("numbers", "2025", "Fire in Port Aster") if c.rule != "version_known"],
    Case("numbers", "version_known", change=_homeless),
    case("numbers", "disposition_known", "2025", disposition="other"),
    case("numbers", "reason_given", "2025", reason=" "),
    case("numbers", "figure_link_agrees_with_disposition", "12", disposition="date"),
    Case(
        "numbers",
        "ledger_figure_exists",
        change=lambda rows: _moved(rows, "sailors", figure="0123456789abcdef"),
    ),
    Case("numbers", "ledger_figure_touches_number", change=_far),
    Case("numbers", "ledger_complete", change=_skipped),
    Case("numbers", "figure_in_ledger", change=_unledgered),
]
CASES = {"figures": _FIGURES, "events": _EVENTS, "numbers": _NUMBERS}
_CONTEXT = {"figures": ("events",), "events": (), "numbers": ("figures",)}


def trial(suite: str) -> Trial:
    """All bad rows of a suite in one batch, each in a copy of the sample."""
    total: Rows = {name: [] for name in sample_rows()}
    owners: list[str] = []
    whole: dict[str | None, str] = {}
    for letters, wrong in zip(product(ascii_lowercase, repeat=2), CASES[suite], strict=False):
        copy: Rows = {name: [] for name in total}
        text = f"{FIRST}Copy {''.join(letters)}.\n"
        fire_report(copy, text, LOADED, "1", {**_TWELVE, "comparator": "at_least"})
        wrong.apply(copy)
        for name, rows in copy.items():
            total[name].extend(rows)
        owners += [wrong.rule] * len(copy[suite])
        whole[copy["document_versions"][0]["version_id"]] = wrong.rule
    context = {name: frame(total, name) for name in _CONTEXT[suite]}
    context["versions"] = frame(total, "document_versions")
    return Trial(suite, frame(total, suite), context, owners, whole)
