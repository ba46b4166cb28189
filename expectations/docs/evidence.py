"""What a page shows of a failing row.

Belongs here: the shape. Does not belong here: rendering, and Great Expectations, whose import takes
seconds.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """One failing row. All of it may come from an article; nothing of it is markup."""

    where: str
    """The file, or what else a reader knows the row by."""
    observed: str | None = None
    text: tuple[str, str, str] = ("", "", "")
    """The sentence before the span, in it, after it; without a span, all of it is the first."""
