"""Rules on events: what happened, who did it, to whom.

Belongs here: type, mode, ACLED code, actors and recipients. Does not belong here: what events share
with figures (`claims.py`).
"""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from expectations.codes import closed_list, code_table, codes
from expectations.rule import Mask, code_list, rule
from expectations.rules.spans import slices_back
from expectations.table import Table

_NO_MODE = "-"
_NEED_RECIPIENT = ("AID", "COOPERATE", "SANCTION")


@rule(
    "quarantine",
    why="A mode means something only with its type: withdraw is retreat or sanction.",
    next_step="Correct the lexicon entry of the trigger.",
    example="ASSAULT with mode ceasefire",
    observed=("text", "event_type", "mode"),
)
def mode_of_type(table: Table) -> Mask:
    """The mode is one of its event type, or empty."""
    pairs = [f"{e['event_type']}/{e['mode']}" for e in code_table("event_mode")]
    found = pc.binary_join_element_wise(
        table.strings("event_type"), table.strings("mode").fill_null(_NO_MODE), "/"
    )
    known = pc.is_in(found, pa.array(pairs)).to_numpy(zero_copy_only=False)
    unknown_type = ~table.is_in("event_type", codes("event_mode"))
    return np.asarray(known | unknown_type, dtype=np.bool_)


@rule(
    "warning",
    why="PLOVER defines these types as done to somebody.",
    next_step="Look at the sentence: was the recipient missed?",
    example="AID without recipients",
    observed=("text", "event_type", "sentence_text"),
)
def recipient_given(table: Table) -> Mask:
    """Aid, cooperation and sanctions name a recipient."""
    count = pc.list_value_length(table.column("recipients")).fill_null(0)
    none = np.asarray(count.to_numpy(zero_copy_only=False)) == 0
    return np.asarray(~(table.is_in("event_type", _NEED_RECIPIENT) & none), dtype=np.bool_)


RULES = (
    code_list("event_type", codes("event_mode"), example="FIGHT"),
    mode_of_type,
    code_list("acled", codes("acled"), example="BATTLE"),
    slices_back("entity_slices_back", "text", "start", "end", grain="entities"),
    code_list(
        "country",
        (*codes("country"), *closed_list("non_state")),
        name="entity_country_known",
        grain="entities",
        example="XYZ",
    ),
    code_list(
        "sector",
        closed_list("sector"),
        name="entity_sector_known",
        grain="entities",
        example="ARMY",
    ),
    recipient_given,
)
