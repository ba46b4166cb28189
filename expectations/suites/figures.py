"""The suite `figures`: what must hold for every figure row before it is loaded."""

from __future__ import annotations

from expectations.codes import closed_list
from expectations.rule import Rule, code_list
from expectations.rules import bounds, claims, identity, links, spans, units
from expectations.suites.contract import CLAIM, KEYS, SPAN

_REQUIRED = (
    *KEYS,
    *SPAN,
    "status",
    "polarity",
    "certainty",
    "date_resolution",
    "comparator",
    "unit",
    "dimension",
)
_OTHER = (
    *("value", "low", "high", "low_inclusive", "high_inclusive"),
    *("base_value", "base_low", "base_high", "base_unit"),
    *("counted", "counted_start", "counted_end", "counted_head", "concept"),
    *("quantity_kind", "per", "change", "measure"),
    *("event", "reference", "factor", "derived", "equivalent_of"),
)

RULES: tuple[Rule, ...] = (
    identity.columns_present((*dict.fromkeys((*_REQUIRED, *CLAIM, *_OTHER)),)),
    identity.required_filled(_REQUIRED),
    identity.id_is_content_hash("figure", "unit"),
    identity.id_unique,
    identity.version_known,
    spans.slices_back("span_slices_back", "text", "start", "end", severity="block"),
    spans.sentence_slices_back,
    spans.sentence_holds_span,
    *claims.RULES,
    code_list("comparator", closed_list("comparator"), example="about"),
    code_list("quantity_kind", closed_list("quantity_kind"), example="amount"),
    code_list("change", closed_list("change"), example="rose"),
    units.unit_known,
    units.dimension_agrees_with_unit,
    units.base_value_agrees_with_unit,
    spans.slices_back("counted_slices_back", "counted", "counted_start", "counted_end"),
    bounds.numbers_finite,
    bounds.low_not_above_high,
    bounds.comparator_agrees_with_bounds,
    bounds.inclusive_agrees_with_comparator,
    links.event_exists,
    links.reference_exists,
    links.relative_has_factor,
    links.derived_value_follows,
    links.equivalent_exists,
    links.dual_units_agree,
)
