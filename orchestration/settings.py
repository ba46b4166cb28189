"""Every setting of the warehouse, each with its default and what it does.

Belongs here: the one place that reads the environment (`DISPATCHES_*`). Does not belong here: paths
under the home folder (`home.py`), or settings that a person gives on the command line.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

Occasion = Literal["blocked", "failed", "quarantine", "published"]
"""What a run can be reported for."""
HOST = "127.0.0.1"
"""Whatever is served is served to this machine alone."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")

_QUIET = {
    "DAGSTER_DISABLE_TELEMETRY": "yes",
    "DBT_SEND_ANONYMOUS_USAGE_STATS": "false",
    "GX_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
}
"""No tool of the stack reports to its maker; nothing leaves the machine."""


class Settings(BaseSettings):
    """What can be set, as `DISPATCHES_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="DISPATCHES_", extra="ignore", frozen=True, hide_input_in_errors=True
    )

    home: Path = Field(Path(".dispatches"), description="Where all state lies")
    raw: Path = Field(Path("raw"), description="Where articles are dropped")
    waivers: Path = Field(
        Path("waivers.yml"), description="Which rules may be broken; kept in version control"
    )
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
    quarantine_rate_limit: float = Field(
        0.05, ge=0, le=1, description="A batch with a larger share of rows set aside is blocked"
    )
    source_quarantine_rate_limit: float = Field(
        0.20, ge=0, le=1, description="The same for the rows of one source"
    )
    breaker_min_rows: int = Field(
        100, ge=1, description="Batches and sources with fewer rows trip no breaker"
    )
    breaker_min_articles: int = Field(
        10, ge=1, description="Batches and sources with fewer articles trip no breaker"
    )
    history_min_days: int = Field(
        14, ge=2, description="Earlier days of the same weekday from which history is held against"
    )
    history_warning_deviations: float = Field(
        3.5, gt=0, description="Robust deviations from the median beyond which a batch is flagged"
    )
    history_block_deviations: float = Field(
        10, gt=0, description="Robust deviations from the median beyond which a batch is blocked"
    )
    preview_rows: int = Field(8, ge=0, description="Rows shown on an asset's page in the UI")
    kept_runs: int = Field(
        5, ge=1, description="Runs whose batches and dbt artifacts stay; older ones are removed"
    )
    kept_releases: int = Field(
        10, ge=1, description="Releases that can be rolled back to; older ones go, kept ones stay"
    )
    watch_raw: bool = Field(
        True, description="Whether the daemon refreshes by itself when files arrive in raw"
    )
    docs_port: int = Field(
        3070, gt=0, lt=65536, description="Port on which `dispatches ui` serves the Data Docs"
    )
    notify_on: Annotated[tuple[Occasion, ...], NoDecode] = Field(
        ("blocked", "failed", "quarantine"),
        description="What to report, with commas between: blocked, failed, quarantine, published",
    )
    notify_webhook: SecretStr | None = Field(
        None, description='Address that takes a Slack-style message: POST of {"text": …}'
    )
    notify_email_from: str | None = Field(None, description="Sender of the e-mail")
    notify_seconds: float = Field(10, gt=0, description="Time limit of each try to send")
    smtp_host: str | None = Field(None, description="Mail server")
    smtp_port: int = Field(587, gt=0, lt=65536, description="Its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="How the connection to the mail server is encrypted"
    )
    smtp_user: str | None = Field(None, description="User name at the mail server, if it asks")
    smtp_password: SecretStr | None = Field(None, description="Password of that user")
    notify_email_to: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="Who gets an e-mail, with commas between"
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

    @field_validator("notify_on", mode="before")
    @classmethod
    def _known_occasions(cls, value: Any) -> Any:  # of two such, the lower one comes first
        unknown = sorted(set(value) - set(get_args(Occasion)))
        if unknown:
            raise ValueError(
                f"{', '.join(unknown)}: not among {', '.join(get_args(Occasion))}; "
                "put commas between several"
            )
        return value

    @field_validator("notify_on", "notify_email_to", mode="before")
    @classmethod
    def _with_commas(cls, value: Any) -> Any:
        if isinstance(value, str):
            return tuple(part.strip() for part in value.split(",") if part.strip())
        return value

    @field_validator("notify_webhook")
    @classmethod
    def _is_address(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            try:
                parts = urlsplit(value.get_secret_value())
                is_web = parts.scheme in ("http", "https") and bool(parts.hostname)
            except ValueError:
                is_web = False
            if not is_web:  # the address is not repeated: it is as good as a password
                raise ValueError("it is no web address (https://…)")
        return value

    @field_validator("notify_email_to")
    @classmethod
    def _mail_can_be_sent(cls, value: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if value and not (info.data.get("smtp_host") and info.data.get("notify_email_from")):
            raise ValueError(
                "no mail without DISPATCHES_SMTP_HOST and DISPATCHES_NOTIFY_EMAIL_FROM; set both"
            )
        return value

    @field_validator("smtp_user")
    @classmethod
    def _travels_encrypted(cls, value: str | None, info: ValidationInfo) -> str | None:
        if info.data.get("smtp_security") == "none" and info.data.get("smtp_host") not in LOOPBACK:
            raise ValueError(
                "its password would travel unencrypted; DISPATCHES_SMTP_SECURITY must be starttls "
                "or tls"
            )
        return value

    def as_environment(self) -> dict[str, str]:
        """These settings for a child process: absolute paths, so its folder does not matter."""
        values = {
            "DISPATCHES_HOME": str(self.home.absolute()),
            "DISPATCHES_RAW": str(self.raw.absolute()),
            "DISPATCHES_WAIVERS": str(self.waivers.absolute()),
        }
        for name in type(self).model_fields.keys() - {"home", "raw", "waivers"}:
            value = getattr(self, name)
            if value is not None:
                values[f"DISPATCHES_{name.upper()}"] = _as_text(value)
        return dict(sorted(values.items()))


def _as_text(value: Any) -> str:
    """A setting as the environment holds it; secrets in the clear, for child processes only."""
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def keep_tools_quiet() -> None:
    """Switch off the telemetry of Dagster, dbt and GX, here and in child processes."""
    for name, value in _QUIET.items():
        os.environ[name] = value


def child_environment(settings: Settings, extra: dict[str, str] | None = None) -> dict[str, str]:
    """The environment of a child process: this one's, the settings, no telemetry, and `extra`."""
    return {**os.environ, **_QUIET, **settings.as_environment(), **(extra or {})}
