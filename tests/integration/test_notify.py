"""Alerts on the loopback: real servers take them, or fail to."""

from __future__ import annotations

import json
import logging
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import dagster as dg
import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult

from orchestration.alert_log import last_problem
from orchestration.channels import described
from orchestration.home import Home
from orchestration.jobs import REFRESH
from orchestration.notify import TAG, follow_up
from orchestration.report import RefreshReport, SetAside
from orchestration.sensors import ended_runs
from orchestration.settings import Settings
from orchestration.wiring import Wiring

SECRET = "T000-B000-mysecret"
FOUND = SetAside("file", "broken_json", "raw/a.json", "It breaks off.", "Correct it.")
REPORT = RefreshReport("done", "Release 4 is published.", run_id="run-1", quarantine=(FOUND,))


class Hook:
    """A webhook that answers with `answers`, one after another, the last one for ever."""

    def __init__(self, answers: list[int], location: str = "") -> None:
        self.taken: list[dict[str, Any]] = []
        self.paths: list[str] = []
        hook = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                hook.paths.append(self.path)
                hook.taken.append(json.loads(body))
                self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
                if location:
                    self.send_header("Location", location)
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/services/{SECRET}"

    def __enter__(self) -> Hook:
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.server.shutdown()
        self.server.server_close()


class Mailbox:
    """What a mail server does with mail: keeps it, or refuses."""

    def __init__(self, refusal: str = "") -> None:
        self.mails: list[EmailMessage] = []
        self.refusal = refusal

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        if self.refusal:
            return self.refusal
        self.mails.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 OK"


@contextmanager
def mail_server(box: Mailbox, **more: Any) -> Iterator[int]:
    controller = Controller(box, hostname="127.0.0.1", port=_free_port(), **more)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "*")


def hooked(home: Path, address: str, **more: Any) -> Settings:
    return Settings(home=home, notify_webhook=address, notify_seconds=2, **more)


def mailed(home: Path, port: int, **more: Any) -> Settings:
    defaults: dict[str, Any] = {"smtp_security": "none", "notify_seconds": 2}
    return Settings(
        home=home,
        smtp_host="127.0.0.1",
        smtp_port=port,
        notify_email_from="desk@example.org",
        notify_email_to="a@example.org, b@example.org",  # type: ignore[arg-type]
        **(defaults | more),
    )


def _at_once(_: float) -> None:
    """Between tries no time passes."""


def alerted(settings: Settings, report: RefreshReport = REPORT) -> str | None:
    return follow_up(report, settings, pause=_at_once).alert


# --- what arrives ---------------------------------------------------------------------------------


def test_a_mail_arrives_once_with_all_that_happened(tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        told = alerted(mailed(tmp_path, port))
    assert told == "sent: e-mail to a@example.org, b@example.org"
    (mail,) = box.mails
    assert mail["Subject"].strip() == (
        "dispatches published, with rows or files set aside: Release 4 is published."
    )
    assert mail["To"] == "a@example.org, b@example.org"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert "raw/a.json: It breaks off." in mail.get_content()


def test_a_webhook_gets_one_post_in_slacks_form(tmp_path: Path) -> None:
    with Hook([200]) as hook:
        told = alerted(hooked(tmp_path, hook.address))
    assert told == "sent: webhook at 127.0.0.1"
    (body,) = hook.taken
    assert body["text"].startswith("dispatches published, with rows or files set aside")
    assert "1 × file.broken_json" in body["text"]


def test_whoever_asks_again_for_a_run_sends_nothing(tmp_path: Path) -> None:
    box = Mailbox()
    with Hook([200]) as hook, mail_server(box) as port:
        settings = mailed(tmp_path, port, notify_webhook=hook.address)
        said = [alerted(settings) for _ in range(3)]
    assert (len(hook.taken), len(box.mails)) == (1, 1)
    assert said[1:] == [None, None]


def test_two_who_ask_at_the_same_instant_send_one(tmp_path: Path) -> None:
    with Hook([200]) as hook:
        settings = hooked(tmp_path, hook.address)
        threads = [threading.Thread(target=alerted, args=(settings,)) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(hook.taken) == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH")
def test_a_mail_server_that_asks_for_a_password_gets_it(tmp_path: Path) -> None:
    seen: list[Any] = []

    def check(_server: Any, _session: Any, _envelope: Any, _how: str, given: Any) -> AuthResult:
        seen.append(given)
        return AuthResult(success=True)

    box = Mailbox()
    asking = {"authenticator": check, "auth_required": True, "auth_require_tls": False}
    with mail_server(box, **asking) as port:
        alerted(mailed(tmp_path, port, smtp_user="desk", smtp_password=SECRET))
    assert len(box.mails) == 1
    assert (seen[0].login, seen[0].password) == (b"desk", SECRET.encode())


# --- what does not --------------------------------------------------------------------------------


def test_a_server_that_is_busy_is_asked_again(tmp_path: Path) -> None:
    with Hook([503, 429, 200]) as hook:
        assert alerted(hooked(tmp_path, hook.address)) == "sent: webhook at 127.0.0.1"
    assert len(hook.taken) == 3


def test_a_server_that_stays_busy_is_left_alone(tmp_path: Path) -> None:
    with Hook([503]) as hook:
        told = alerted(hooked(tmp_path, hook.address))
    assert told == "not sent: webhook at 127.0.0.1: the webhook answered 503"
    assert len(hook.taken) == 3


def test_a_refusal_is_not_repeated(tmp_path: Path) -> None:
    with Hook([404]) as hook:
        assert alerted(hooked(tmp_path, hook.address)) == (
            "not sent: webhook at 127.0.0.1: the webhook answered 404"
        )
    assert len(hook.taken) == 1


def test_a_redirect_takes_the_message_nowhere_else(tmp_path: Path) -> None:
    with Hook([200]) as elsewhere, Hook([307], location=elsewhere.address) as hook:
        told = alerted(hooked(tmp_path, hook.address))
    assert told == "not sent: webhook at 127.0.0.1: the webhook answered 307"
    assert elsewhere.taken == []


def test_a_server_that_is_not_there_fails_no_run(tmp_path: Path) -> None:
    settings = hooked(tmp_path, f"http://127.0.0.1:{_free_port()}/{SECRET}")
    assert alerted(settings) == "not sent: webhook at 127.0.0.1: no connection"
    assert "no connection" in str(last_problem(Home.at(tmp_path)))


def test_a_server_that_never_answers_is_waited_for_no_longer_than_the_limit(
    tmp_path: Path,
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        settings = Settings(home=tmp_path, notify_webhook=address, notify_seconds=0.3)  # type: ignore[arg-type]
        assert alerted(settings) == "not sent: webhook at 127.0.0.1: ReadTimeout"


def test_one_channel_that_fails_does_not_silence_the_other(tmp_path: Path) -> None:
    box = Mailbox()
    with Hook([500]) as hook, mail_server(box) as port:
        told = alerted(mailed(tmp_path, port, notify_webhook=hook.address))
    assert len(box.mails) == 1
    assert str(told).startswith("sent: e-mail to a@example.org")
    assert str(told).endswith("not sent: webhook at 127.0.0.1: the webhook answered 500")


@pytest.mark.parametrize(
    ("refusal", "told"),
    [
        pytest.param("554 no", "the mail server answered 554", id="for good"),
        pytest.param("451 later", "the mail server answered 451", id="for now, three times"),
    ],
)
def test_a_mail_that_is_refused_is_told(tmp_path: Path, refusal: str, told: str) -> None:
    with mail_server(Mailbox(refusal)) as port:
        assert str(alerted(mailed(tmp_path, port))).endswith(told)


def test_no_mail_goes_unencrypted_where_encryption_is_asked_for(tmp_path: Path) -> None:
    box = Mailbox()
    with mail_server(box) as port:
        told = alerted(mailed(tmp_path, port, smtp_security="starttls"))
    assert "not sent" in str(told)
    assert box.mails == []


def test_secrets_stand_in_no_message_no_log_and_no_file(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with Hook([404]) as hook:
        settings = hooked(tmp_path, hook.address)
        told = f"{alerted(settings)} {described(settings)}"
    assert hook.paths == [f"/services/{SECRET}"]
    kept = "".join(p.read_text() for p in tmp_path.rglob("*") if p.is_file())
    assert SECRET not in told + kept + caplog.text


def test_nobody_is_told_where_nothing_is_set_up(tmp_path: Path) -> None:
    assert alerted(Settings(home=tmp_path)) is None
    assert not (tmp_path / "alerts").exists()


# --- runs that a command did not start ------------------------------------------------------------


def test_a_run_of_the_daemon_that_fails_is_told_once(tmp_path: Path) -> None:
    with Hook([200]) as hook, dg.instance_for_test() as instance:
        settings = hooked(tmp_path, hook.address)
        sensor = ended_runs(Wiring(settings, Home.at(tmp_path), Path()))[1]
        cursor = _tick(sensor, instance, None)
        run = instance.create_run_for_job(_job(), status=dg.DagsterRunStatus.STARTED)
        instance.report_run_failed(run, "The process of this run is gone.")
        cursor = _tick(sensor, instance, cursor)
        _tick(sensor, instance, cursor)
        _tick(sensor, instance, None)
        found = instance.get_run_by_id(run.run_id)
    (body,) = hook.taken
    assert "dispatches failed: The process of this run is gone." in body["text"]
    assert found is not None
    assert found.tags[TAG] == "sent: webhook at 127.0.0.1"


def _tick(sensor: dg.SensorDefinition, instance: dg.DagsterInstance, cursor: str | None) -> str:
    context = dg.build_sensor_context(
        instance=instance, cursor=cursor, definitions=dg.Definitions(jobs=[_job()])
    )
    data = sensor.evaluate_tick(context)
    return str(data.cursor)


def _job() -> dg.JobDefinition:
    @dg.op
    def nothing() -> None:
        pass

    @dg.job(name=REFRESH)
    def refresh() -> None:
        nothing()

    return refresh
