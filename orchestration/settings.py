"""Every setting of the warehouse, each with its default and what it does.

Belongs here: the one place that reads the environment (`DISPATCHES_*`). Does not belong here: paths
under the home folder (`home.py`), or settings that a person gives on the command line.
"""

from __future__ import annotations

import os
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

_QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
"""No tool of the stack reports to its maker; nothing leaves the machine."""


class Settings(BaseSettings):
    """What can be set, as `DISPATCHES_<NAME>` in the environment."""

    model_config = SettingsConfigDict(env_prefix="DISPATCHES_", extra="ignore", frozen=True)

    home: Path = Field(Path(".dispatches"), description="Where all state lies")
    raw: Path = Field(Path("raw"), description="Where articles are dropped")
    time_zone: str = Field("UTC", description="Time zone of the nightly schedule (IANA name)")
    max_file_bytes: int = Field(10_000_000, gt=0, description="Larger files are set aside unread")
    max_line_chars: int = Field(
        50_000, gt=0, description="An article with a longer line is set aside: no prose has one"
    )
    near_duplicate_threshold: float = Field(
        0.85, gt=0, le=1, description="Similarity (Jaccard, 0 to 1) from which texts are linked"
    )
    lock_wait_seconds: float = Field(
        600, ge=0, description="How long a scheduled run waits for another refresh to finish"
    )
    language_pipeline: str | None = Field(
        None, description="Another UD-labelled spaCy pipeline, by path or package; see its licence"
    )
    preview_rows: int = Field(8, ge=0, description="Rows shown on an asset's page in the UI")
    kept_runs: int = Field(
        5, ge=1, description="Runs whose batches and dbt artifacts stay; older ones are removed"
    )
    watch_raw: bool = Field(
        True, description="Whether the daemon refreshes by itself when files arrive in raw"
    )

    @field_validator("time_zone")
    @classmethod
    def _known_time_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError) as error:
            raise ValueError(
                f"{name!r} is not an IANA time zone; use a name such as Europe/Kyiv or UTC"
            ) from error
        return name

    def as_environment(self) -> dict[str, str]:
        """These settings for a child process: absolute paths, so its folder does not matter."""
        values = {
            "DISPATCHES_HOME": str(self.home.absolute()),
            "DISPATCHES_RAW": str(self.raw.absolute()),
        }
        for name in type(self).model_fields.keys() - {"home", "raw"}:
            value = getattr(self, name)
            if value is not None:
                values[f"DISPATCHES_{name.upper()}"] = str(value)
        return dict(sorted(values.items()))


def keep_tools_quiet() -> None:
    """Switch off the telemetry of Dagster, dbt and GX, here and in child processes."""
    for name, value in _QUIET.items():
        os.environ[name] = value


def child_environment(settings: Settings, extra: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a child process: this one's, the settings, no telemetry, and `extra`."""
    return {**os.environ, **_QUIET, **settings.as_environment(), **(extra or {})}
