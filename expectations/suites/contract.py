"""Columns of the row contract that several suites share.

Belongs here: names of columns. Does not belong here: what must hold for them.
"""

from __future__ import annotations

KEYS = ("extraction_id", "document_id", "version_id")
SPAN = ("row_id", "text", "start", "end", "sentence", "sentence_text", "sentence_start")
CLAIM = (
    *("status", "polarity", "certainty", "attribution"),
    *("date_text", "date_start", "date_end", "date_from", "date_to"),
    *("date_granularity", "date_edtf", "date_resolution", "date_anchor"),
    *("place_text", "place_start", "place_end", "place_name", "place_country"),
    *("place_latitude", "place_longitude", "place_geonames_id", "place_precision", "place_reason"),
)
