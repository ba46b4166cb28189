"""Words for stretches of time, wherever the number grammar must tell them from counted things.

Belongs here: the set of time words. Does not belong here: dates.
"""

from __future__ import annotations

from extraction.numbers.number_words import words_in

_TIME = words_in("time")


def is_time_word(word: str) -> bool:
    """Whether `word` (lower case) names a stretch of time."""
    return word in _TIME
