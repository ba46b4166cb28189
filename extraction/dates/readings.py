"""Kind of date_patterns.tsv → the rule that reads it.

Belongs here: the one table of rules. Does not belong here: the rules.
"""

from __future__ import annotations

from collections.abc import Callable

from extraction.dates import day_readings, near_readings, period_readings, unit_readings
from extraction.dates.named import Named, Words

Reading = Callable[[Words], Named | None]
"""A rule returns None where the words are no date after all."""

READINGS: dict[str, Reading] = {
    rule.__name__: rule
    for rule in (
        day_readings.iso,
        day_readings.slashed,
        day_readings.day,
        day_readings.days,
        day_readings.named_day,
        day_readings.yearend,
        period_readings.month,
        period_readings.year,
        period_readings.year_range,
        period_readings.decade,
        period_readings.century,
        period_readings.season,
        period_readings.the_season,
        period_readings.quarter,
        near_readings.weekday,
        near_readings.weekdays,
        near_readings.dayword,
        near_readings.lastnight,
        near_readings.thispart,
        near_readings.part_of_day,
        near_readings.overnight,
        near_readings.the_part,
        near_readings.clockword,
        near_readings.weekend,
        unit_readings.ago,
        unit_readings.anaphor_count,
        unit_readings.anaphor_unit,
        unit_readings.span,
        unit_readings.rolling,
        unit_readings.recent,
        unit_readings.unit,
        unit_readings.the_unit,
    )
}
READINGS["this_units"] = unit_readings.unit
READINGS["the_weekend"] = near_readings.weekend
