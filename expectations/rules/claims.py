"""Rules that figures and events share: what is claimed, by whom, when and where.

Belongs here: modality codes, claimants, dates, places. Does not belong here: values (`bounds.py`,
`units.py`) and actors (`events.py`).
"""

from __future__ import annotations

import numpy as np

from expectations.codes import closed_list, codes
from expectations.rule import Mask, code_list, rule
from expectations.rules.spans import slices_back
from expectations.table import Table

_DATE = ("date_text", "date_resolution", "date_from", "date_to", "date_granularity", "date_anchor")
_PLACE = ("place_text", "place_name", "place_latitude", "place_longitude", "place_reason")


@rule(
    "quarantine",
    why="A resolved date without days, or with no anchor where it needs one, was guessed.",
    next_step="Resolve it against the publication date, or leave it unresolved.",
    example="resolved, with `date_from` empty",
    observed=_DATE,
)
def resolved_date_has_days_and_anchor(table: Table) -> Mask:
    """A resolved date names its anchor and both days; an interval may be open at one end."""
    resolved = table.is_in("date_resolution", ("resolved",))
    first, last = table.filled("date_from"), table.filled("date_to")
    interval = table.is_in("date_granularity", ("interval",))
    return ~resolved | (
        table.filled("date_anchor") & ((first & last) | (interval & (first | last)))
    )


@rule(
    "quarantine",
    why="Days on a date that is called unresolved were invented.",
    next_step="Drop the days, or resolve the date with its anchor.",
    example="unresolved, with `date_from` filled",
    observed=_DATE,
)
def unresolved_date_has_no_days(table: Table) -> Mask:
    """A date that is unresolved, or none, has no days."""
    open_date = table.is_in("date_resolution", ("unresolved", "none"))
    return ~(open_date & (table.filled("date_from") | table.filled("date_to")))


@rule(
    "quarantine",
    why="A stretch of days that ends before it begins is found by no query.",
    next_step="Look at the date as written: its ends are read in the wrong order.",
    example="from 9 May to 3 May",
    observed=_DATE,
)
def date_from_not_after_to(table: Table) -> Mask:
    """`date_from` is not after `date_to`."""
    return ~(table.days("date_from") > table.days("date_to"))


@rule(
    "warning",
    why="A day that spans several is an interval, and is counted on the wrong days.",
    next_step="Look at the date as written: its granularity is too fine.",
    example="granularity day, from 3 May to 9 May",
    observed=_DATE,
)
def one_day_is_one_day(table: Table) -> Mask:
    """A date of granularity day begins and ends on the same day."""
    day = table.is_in("date_granularity", ("day",))
    return ~(day & (table.days("date_from") < table.days("date_to")))


@rule(
    "quarantine",
    why="A point outside the globe, or half a point, breaks every map.",
    next_step="Correct the gazetteer entry of the place.",
    example="latitude 95",
    observed=_PLACE,
)
def coordinates_on_globe(table: Table) -> Mask:
    """Latitude and longitude are given together and lie on the globe."""
    latitude, longitude = table.numbers("place_latitude"), table.numbers("place_longitude")
    together = np.isnan(latitude) == np.isnan(longitude)
    return np.asarray(
        together & ~((np.abs(latitude) > 90) | (np.abs(longitude) > 180)), dtype=np.bool_
    )


CODES = (
    code_list("status", closed_list("status"), example="happened"),
    code_list("polarity", closed_list("polarity"), example="yes"),
    code_list("certainty", closed_list("certainty"), example="sure"),
    code_list("date_resolution", closed_list("resolution"), example="guessed"),
    code_list("date_granularity", closed_list("granularity"), example="fortnight"),
    code_list("place_country", codes("country"), example="XYZ"),
    code_list("place_precision", closed_list("precision"), example="street"),
    code_list(
        "role",
        closed_list("attribution_role"),
        name="claimant_role_known",
        grain="claimants",
        example="speaker",
    ),
)
SPANS = (
    slices_back("date_slices_back", "date_text", "date_start", "date_end"),
    slices_back("place_slices_back", "place_text", "place_start", "place_end"),
    slices_back("claimant_slices_back", "text", "start", "end", grain="claimants"),
    slices_back("cue_slices_back", "cue", "cue_start", "cue_end", grain="claimants"),
)
RULES = (
    *CODES,
    *SPANS,
    resolved_date_has_days_and_anchor,
    unresolved_date_has_no_days,
    date_from_not_after_to,
    one_day_is_one_day,
    coordinates_on_globe,
)
