"""The suite `numbers`: what must hold for every row of the ledger before it is loaded."""

from __future__ import annotations

from expectations.codes import closed_list
from expectations.rule import Rule, code_list
from expectations.rules import identity, ledger, spans
from expectations.suites.contract import KEYS, SPAN

_REQUIRED = (*KEYS, *SPAN, "disposition")

RULES: tuple[Rule, ...] = (
    identity.columns_present((*_REQUIRED, "reason", "figure")),
    identity.required_filled(_REQUIRED),
    identity.id_is_content_hash("number", "disposition"),
    identity.id_unique,
    identity.version_known,
    spans.slices_back("span_slices_back", "text", "start", "end", severity="block"),
    spans.sentence_slices_back,
    spans.sentence_holds_span,
    code_list("disposition", closed_list("disposition"), example="other"),
    ledger.reason_given,
    ledger.figure_link_agrees_with_disposition,
    ledger.ledger_figure_exists,
    ledger.ledger_figure_touches_number,
    ledger.ledger_complete,
    ledger.figure_in_ledger,
)
