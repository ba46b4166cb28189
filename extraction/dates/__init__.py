"""Calendar and relative dates: spans, intervals, honest resolution.

Belongs here: reading a date's words and, where an anchor allows, its calendar days. Does not belong
here: which event or figure a date belongs to (`modality`), durations that are figures (`numbers`).
"""

from extraction.dates.stage import find_dates

__all__ = ["find_dates"]
