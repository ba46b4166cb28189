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
    text: str | None = None
    """The sentence, or how the article begins."""
    start: int | None = None
    """Span in `text`, code points, half-open; null where no span is meant."""
    end: int | None = None

    def parts(self) -> tuple[str, str, str]:
        """The text before the span, in it, after it; without a span all of it is before."""
        text = self.text or ""
        if self.start is None or self.end is None or not 0 <= self.start <= self.end <= len(text):
            return text, "", ""
        return text[: self.start], text[self.start : self.end], text[self.end :]
