"""Settings from the environment: lists, secrets, and what can't be."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from orchestration.settings import Settings, child_environment

HOOK = "https://hooks.example.org/services/T000/B000/mysecret"


def _set(monkeypatch: pytest.MonkeyPatch, **values: str) -> Settings:
    for name, value in values.items():
        monkeypatch.setenv(f"DISPATCHES_{name}", value)
    return Settings()


@pytest.mark.parametrize(
    ("text", "occasions"),
    [
        pytest.param("blocked", ("blocked",), id="one"),
        pytest.param("blocked, published", ("blocked", "published"), id="two with a comma"),
        pytest.param("", (), id="none at all"),
    ],
)
def test_occasions_are_read_from_one_line(
    monkeypatch: pytest.MonkeyPatch, text: str, occasions: tuple[str, ...]
) -> None:
    assert _set(monkeypatch, NOTIFY_ON=text).notify_on == occasions


@pytest.mark.parametrize(
    ("values", "said"),
    [
        pytest.param({"NOTIFY_ON": "blocked,always"}, "always: not among", id="unknown occasion"),
        pytest.param({"NOTIFY_WEBHOOK": "mysecret"}, "no web address", id="webhook without host"),
        pytest.param({"NOTIFY_WEBHOOK": "file:///mysecret"}, "no web address", id="a file"),
        pytest.param({"NOTIFY_EMAIL_TO": "a@b.org"}, "SMTP_HOST", id="mail without a server"),
        pytest.param(
            {"SMTP_HOST": "mail.b.org", "SMTP_SECURITY": "none", "SMTP_USER": "a"},
            "unencrypted",
            id="a password over an open line",
        ),
    ],
)
def test_what_can_not_work_is_refused_without_repeating_it(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], said: str
) -> None:
    with pytest.raises(ValidationError, match=said) as refused:
        _set(monkeypatch, **values)
    assert "mysecret" not in str(refused.value)


def test_a_child_process_gets_the_same_settings_secrets_included(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings = _set(
        monkeypatch,
        NOTIFY_WEBHOOK=HOOK,
        NOTIFY_ON="",
        SMTP_HOST="mail.b.org",
        SMTP_USER="desk",
        SMTP_PASSWORD="mysecret",
        NOTIFY_EMAIL_FROM="desk@b.org",
        NOTIFY_EMAIL_TO="a@b.org,c@b.org",
    )
    for name, value in child_environment(settings).items():
        monkeypatch.setenv(name, value)
    child = Settings()
    folders = ("home", "raw", "waivers")
    changed = {name: getattr(settings, name).absolute() for name in folders}
    assert child == settings.model_copy(update=changed)


def test_secrets_do_not_show_where_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = _set(monkeypatch, NOTIFY_WEBHOOK=HOOK, SMTP_PASSWORD="mysecret")
    assert "mysecret" not in f"{settings!r} {settings} {settings.model_dump()}"
