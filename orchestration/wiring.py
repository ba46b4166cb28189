"""What the definitions are built from, so that a test can replace one part and keep the rest real.

Belongs here: the parts. Does not belong here: what is made of them (`build.py`, `assets`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Protocol

import expectations
import extraction
from extraction.language.pipeline import load_pipeline
from orchestration.home import Home
from orchestration.settings import Settings


class Extracted(Protocol):
    """What an extractor returns: `extraction.Extraction`, or what a test puts in its place."""

    def to_rows(self) -> list[dict[str, Any]]:
        """Rows of the contract, each with its `kind`."""


GOLD = Path(str(expectations.__file__)).with_name("gold")
"""Sentences with known rows, which come with the product."""
Extractor = Callable[[str, dt.date | None], Extracted]


def utc_now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


@dataclass(frozen=True, slots=True)
class Wiring:
    """The parts: settings, where state lies, the extractor, and dbt's manifest."""

    settings: Settings
    home: Home
    manifest: Path
    extractor: Extractor = extraction.extract
    extractor_version: str = field(default_factory=extraction.extractor_version)
    gold: Path | None = GOLD
    """Sentences that the extractor must read well before it reads an article; None: unmeasured."""
    clock: Callable[[], dt.datetime] = utc_now
    """What time it is, in UTC: when a run happens, and which waivers hold on that day."""


def extractor_of(settings: Settings) -> tuple[Extractor, str]:
    """The extractor that the settings ask for, and its version: another pipeline, another version.

    Raises OSError or ValueError where the pipeline is not there or can't tag and parse.
    """
    if settings.language_pipeline is None:
        return extraction.extract, extraction.extractor_version()
    meta = load_pipeline(settings.language_pipeline).meta
    version = f"{extraction.extractor_version()}+{meta['lang']}_{meta['name']}-{meta['version']}"
    return partial(extraction.extract, pipeline=settings.language_pipeline), version
