"""The ways in which an alert leaves the machine: mail by SMTP, a webhook that takes Slack's form.

Belongs here: sending one message, safely and within a time limit. Does not belong here: what is
sent (`alert.py`), or when (`notify.py`).

A try is repeated only where the message surely did not arrive: no connection, or a refusal that
says "later". A time limit that passes while waiting for the answer is no such case.
"""

from __future__ import annotations

import logging
import smtplib
import ssl
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from typing import Protocol
from urllib.parse import urlsplit

import httpx
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

from orchestration.printable import printable
from orchestration.settings import Settings

TRIES = 3
PAUSES = 5.0
"""Seconds between all tries together, at most."""
_LATER = {429, 500, 502, 503, 504}
_SUBJECT_CHARS = 150


for _talker in ("httpx", "httpcore"):  # they log the whole address, which is a secret
    logging.getLogger(_talker).setLevel(logging.WARNING)


class NotSentError(Exception):
    """The message did not go out; says why, without any secret."""


class _TryAgainError(NotSentError):
    """Surely not arrived, and worth another try."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message: a subject of one line, and the text below it."""

    subject: str
    text: str


class Channel(Protocol):
    """A way to send; `name` says where to, without secrets."""

    @property
    def name(self) -> str:
        """Where messages go."""

    def send(self, message: Message) -> None:
        """Send once. Raises NotSentError."""


@dataclass(frozen=True, slots=True)
class Mail:
    """E-mail through the server of the settings."""

    settings: Settings

    @property
    def name(self) -> str:
        """The addresses."""
        return f"e-mail to {', '.join(self.settings.notify_email_to)}"

    def send(self, message: Message) -> None:
        """Send one mail to all addresses."""
        mail = self._mail(message)
        try:
            with self._connected() as server:
                server.send_message(mail)
        except (smtplib.SMTPConnectError, ConnectionRefusedError, smtplib.SMTPHeloError) as error:
            raise _TryAgainError(_told(error)) from None
        except smtplib.SMTPResponseException as error:
            code = error.smtp_code
            kind = _TryAgainError if 400 <= code < 500 else NotSentError
            raise kind(f"the mail server answered {code}") from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotSentError(_told(error)) from None

    def _mail(self, message: Message) -> EmailMessage:
        mail = EmailMessage()
        mail["Subject"] = printable(message.subject)[:_SUBJECT_CHARS]
        mail["From"] = self.settings.notify_email_from
        mail["To"] = ", ".join(self.settings.notify_email_to)
        mail["Date"] = formatdate(localtime=False)
        mail["Message-ID"] = make_msgid(domain="dispatches.invalid")
        mail["Auto-Submitted"] = "auto-generated"  # no "out of office" comes back
        mail.set_content(message.text)
        return mail

    def _connected(self) -> smtplib.SMTP:
        settings = self.settings
        host, port, limit = settings.smtp_host or "", settings.smtp_port, settings.notify_seconds
        if settings.smtp_security == "tls":
            secure = ssl.create_default_context()
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=limit, context=secure)
        else:
            server = smtplib.SMTP(host, port, timeout=limit)
        try:
            if settings.smtp_security == "starttls":
                server.starttls(context=ssl.create_default_context())
            if settings.smtp_user:
                password = settings.smtp_password
                server.login(settings.smtp_user, password.get_secret_value() if password else "")
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True, slots=True)
class Webhook:
    """A POST of {"text": …}, as Slack and those who do as it does take it."""

    settings: Settings

    @property
    def name(self) -> str:
        """The host; the rest of the address is a secret."""
        return f"webhook at {urlsplit(self._address).hostname}"

    def send(self, message: Message) -> None:
        """Post once; a redirect is an error, for it would take the message elsewhere."""
        text = f"{in_slack(message.subject)}\n{in_slack(message.text)}"
        body = {"text": text, "unfurl_links": False, "unfurl_media": False}
        try:
            answer = httpx.post(
                self._address,
                json=body,
                timeout=self.settings.notify_seconds,
                follow_redirects=False,
            )
        except httpx.ConnectError:
            raise _TryAgainError("no connection") from None
        except httpx.HTTPError as error:  # its text may hold the address
            raise NotSentError(type(error).__name__) from None
        if answer.status_code in _LATER:
            raise _TryAgainError(f"the webhook answered {answer.status_code}")
        if not answer.is_success:
            raise NotSentError(f"the webhook answered {answer.status_code}")

    @property
    def _address(self) -> str:
        secret = self.settings.notify_webhook
        return secret.get_secret_value() if secret else ""


def channels(settings: Settings) -> list[Channel]:
    """The channels that are set up; none where nobody wants to hear."""
    found: list[Channel] = []
    if settings.notify_email_to:
        found.append(Mail(settings))
    if settings.notify_webhook is not None:
        found.append(Webhook(settings))
    return found


def described(settings: Settings) -> str:
    """Where alerts go and for what, in words."""
    names = [channel.name for channel in channels(settings)]
    if not names:
        return "nobody; DISPATCHES_NOTIFY_WEBHOOK or DISPATCHES_NOTIFY_EMAIL_TO sets one up"
    return f"{' and '.join(names)}, for {', '.join(settings.notify_on) or 'nothing'}"


def send(channel: Channel, message: Message, pause: Callable[[float], None]) -> None:
    """Send, up to three times. Raises NotSentError. `pause` waits for a number of seconds."""
    tries = Retrying(
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(multiplier=0.5, max=4),
        retry=retry_if_exception_type(_TryAgainError),
        sleep=pause,
        reraise=True,
    )
    tries(channel.send, message)


def in_slack(text: str) -> str:
    """Text in which nobody is called and no link is made, whatever an article says.

    Slack reads <!channel>, <@U…> and <http…|…> as its own; those who do as it does read @channel
    and load ![](images).
    """
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return escaped.replace("@", "@\u200b").replace("![", "!\u200b[")


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return "the mail server refused every address"
    strerror = getattr(error, "strerror", None)
    return printable(strerror or type(error).__name__)
