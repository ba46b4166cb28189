"""Where the harness works.

Belongs here: paths; nothing slow is imported, since readers start with it. Does not belong here:
what is done there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Place:
    """The folder of one warehouse: `raw` and `home` below it."""

    folder: Path

    @property
    def raw(self) -> Path:
        """Where articles are dropped."""
        return self.folder / "raw"

    @property
    def home(self) -> Path:
        """DISPATCHES_HOME."""
        return self.folder / "home"

    @property
    def published(self) -> Path:
        """The file that readers open."""
        return self.home / "published" / "dispatches.duckdb"

    @property
    def build(self) -> Path:
        """The private database of the refresh."""
        return self.home / "build" / "dispatches.duckdb"
