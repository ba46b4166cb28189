"""Every row of the event vocabulary is reachable and says what PLOVER allows."""

from __future__ import annotations

import pytest

from extraction.events.frames import match
from extraction.events.grammar import NO_EVENT, Frame, frames
from extraction.vocabulary import load_table
from tests.unit.frame_sentences import reading_of

ROWS = [frame for rows in frames().values() for frame in rows]
MODES = {
    "CONSULT": {"visit", "third-party", "multilateral", "phone"},
    "RETREAT": {"withdraw", "release", "disarm", "ceasefire", "access", "resign"},
    "REQUEST": {"assist", "change", "yield", "meet"},
    "ACCUSE": {"disapprove", "investigate", "allege"},
    "REJECT": {"assist", "change", "yield", "meet"},
    "THREATEN": {"restrict", "arrest", "relations", "expel", "territory", "violence"},
    "PROTEST": {"demo", "riot", "strike", "hunger", "boycott", "obstruct"},
    "SANCTION": {"convict", "expel", "withdraw", "discontinue"},
    "MOBILIZE": {"troops", "weapons", "police", "militia"},
    "COERCE": {"seize", "restrict", "censor", "curfew", "martial-law", "arrest", "deport",
    "withhold", "misinformation", "cyber"}, "ASSAULT": {"abduct", "beat", "torture", "sexual",
    "targeted", "destroy", "primitive", "firearms", "explosives", "suicide-attack", "aerial",
    "drone", "heavy-weapons", "crowd-control", "unconventional"}, "AGREE": set(), "SUPPORT": set(),
    "CONCEDE": set(), "COOPERATE": set(), "AID": set(),
}  # fmt: skip


def _name(frame: Frame) -> str:
    conditions = "&".join(
        f"{'' if c.wanted else 'no '}{c.slot}:{'|'.join(sorted(c.words | c.classes))[:24]}"
        for c in frame.conditions
    )
    return f"{frame.trigger} {frame.particle} {frame.pos} {conditions} {frame.event_type}"


@pytest.mark.parametrize("frame", ROWS, ids=_name)
def test_a_row_is_chosen_where_its_conditions_hold(frame: Frame) -> None:
    reading, token = reading_of(frame)
    found = match(reading, token)
    if frame.event_type == NO_EVENT:
        assert found is None
    else:
        assert found is not None
        assert found.frame.event_type == frame.event_type
        assert found.frame.mode == frame.mode


@pytest.mark.parametrize("frame", ROWS, ids=_name)
def test_a_row_names_a_type_and_mode_of_plover(frame: Frame) -> None:
    if frame.event_type != NO_EVENT:
        assert frame.mode is None or frame.mode in MODES[frame.event_type]


def test_acled_subtypes_follow_types_and_modes_of_plover() -> None:
    for row in load_table("acled_subtypes", ("type", "acled")):
        assert not row["mode"] or row["mode"] in MODES[row["type"]]
