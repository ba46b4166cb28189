"""What the reading of files needs to know from the settings.

Belongs here: the names and meaning of the limits. Does not belong here: their values, which
`orchestration.settings` holds.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Limits(Protocol):
    """The settings that reading obeys; `orchestration.settings.Settings` has them all."""

    @property
    def raw(self) -> Path:
        """Folder where articles are dropped; names of files inside it are relative to it."""

    @property
    def max_file_bytes(self) -> int:
        """Largest file that is opened."""

    @property
    def max_line_chars(self) -> int:
        """Longest line that is taken for a paragraph."""

    @property
    def near_duplicate_threshold(self) -> float:
        """Jaccard similarity, 0 to 1, from which two texts are linked as near-duplicates."""
