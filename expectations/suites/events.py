"""The suite `events`: what must hold for every event row before it is loaded."""

from __future__ import annotations

from expectations.rule import Rule
from expectations.rules import claims, events, identity, spans
from expectations.suites.contract import CLAIM, KEYS, SPAN

_REQUIRED = (*KEYS, *SPAN, "status", "polarity", "certainty", "date_resolution", "event_type")

RULES: tuple[Rule, ...] = (
    identity.columns_present(
        (*dict.fromkeys((*_REQUIRED, *CLAIM, "mode", "acled", "actors", "recipients")),)
    ),
    identity.required_filled(_REQUIRED),
    identity.id_is_content_hash("event", "event_type"),
    identity.id_unique,
    identity.version_known,
    spans.slices_back("span_slices_back", "text", "start", "end", severity="block"),
    spans.sentence_slices_back,
    spans.sentence_holds_span,
    *claims.RULES,
    *events.RULES,
)
