"""Post: a message, and the two ways for it to leave the house.

`SmtpPost` hands a message to a mail server over verified TLS; `SinkPost` writes it into a folder while no
mail server is set. A message carries a stable identity, so that a second attempt is the same message to its
reader. Holds no words. Only the worker sends (a message waits in the outbox, written in the transaction
that wanted it).
"""

from __future__ import annotations

import os
import re
import smtplib
import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate
from pathlib import Path
from typing import Protocol
from urllib.parse import parse_qs, unquote, urlsplit

from lms.core.errors import Unavailable
from lms.settings import Settings, web_address

AUTH_SUCCEEDED = 235  # RFC 4954 6
PATIENCE = 20  # seconds for a mail server to answer
PLAIN_PORT, SUBMISSION_PORT, IMPLICIT_PORT = 25, 587, 465
_NOT_IN_A_HEADER = re.compile(r"[\r\n\0]+")
_NOT_IN_A_NAME = re.compile(r"[^A-Za-z0-9-]+")


@dataclass(frozen=True, slots=True)
class Email:
    """A letter in plain text: one `key`, one Message-ID for ever; `sent_at` is in milliseconds."""

    key: str
    to: str
    subject: str
    text: str
    sent_at: int
    locale: str = ""


class Mailer(Protocol):
    """Whatever takes a message away."""

    def send(self, message: Email) -> None:
        """Send, or raise `Unavailable` so that it is tried again later."""
        ...


def _letter(message: Email, sender: str) -> EmailMessage:
    domain = sender.rpartition("@")[2] or "localhost"
    letter = EmailMessage(policy=SMTP)
    letter["From"] = sender
    letter["To"] = _NOT_IN_A_HEADER.sub(" ", message.to)
    letter["Subject"] = _NOT_IN_A_HEADER.sub(" ", message.subject)
    letter["Date"] = formatdate(message.sent_at / 1000)
    letter["Message-ID"] = f"<{_NOT_IN_A_NAME.sub('-', message.key)}@{domain}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(message.text, cte="quoted-printable")
    if message.locale:  # after the content, which takes such headers away
        letter["Content-Language"] = message.locale
    return letter


@dataclass(frozen=True, slots=True)
class SinkPost:
    """Writes each message into a folder as an `.eml` file: for a trial without a mail server."""

    folder: Path
    sender: str

    def send(self, message: Email) -> None:
        """Write the message.

        Raises: Unavailable `mail.no-folder`.
        """
        name = f"{message.sent_at:013d}-{_NOT_IN_A_NAME.sub('-', message.key)}.eml"
        draft = self.folder / f".{name}.{os.getpid()}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            draft.touch(mode=0o600)
            draft.write_bytes(_letter(message, self.sender).as_bytes())
            draft.replace(self.folder / name)
        except OSError as problem:
            raise Unavailable("mail.no-folder", path=str(self.folder)) from problem


@dataclass(frozen=True, slots=True)
class SmtpPost:
    """Hands each message to a mail server: TLS from the first byte, by STARTTLS, or none if asked for."""

    host: str
    port: int
    tls: str  # implicit | starttls | none
    user: str
    password: str
    sender: str
    context: ssl.SSLContext
    patience: float = PATIENCE

    def send(self, message: Email) -> None:
        """Send the message.

        Raises: Unavailable `mail.unavailable`, `mail.login`.
        """
        with self._signed_in() as server:
            server.send_message(_letter(message, self.sender), from_addr=self.sender, to_addrs=[message.to])

    def reach(self) -> None:
        """Connect and sign in, and send nothing.

        Raises: Unavailable `mail.unavailable`, `mail.login`.
        """
        with self._signed_in() as server:
            server.noop()

    @property
    def server(self) -> str:
        """Name the server, for whoever has to find out why it does not answer."""
        return web_address(self.host, self.port).removeprefix("http://")

    @contextmanager
    def _signed_in(self) -> Iterator[smtplib.SMTP]:
        try:
            with self._connected() as server:
                if self.user:
                    _sign_in(server, self.user, self.password)
                yield server
        except smtplib.SMTPAuthenticationError as problem:
            raise Unavailable("mail.login", server=self.server) from problem
        except (OSError, smtplib.SMTPException, UnicodeError) as problem:
            raise Unavailable("mail.unavailable", server=self.server) from problem

    def _connected(self) -> smtplib.SMTP:
        if self.tls == "implicit":
            return smtplib.SMTP_SSL(self.host, self.port, timeout=self.patience, context=self.context)
        server = smtplib.SMTP(self.host, self.port, timeout=self.patience)
        if self.tls == "starttls":
            try:
                server.starttls(context=self.context)
            except (OSError, smtplib.SMTPException):
                server.close()
                raise
        return server


def _sign_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Sign in; what is not ASCII goes as UTF-8 (RFC 4616 2), of which the library knows nothing."""
    if f"{user}{password}".isascii():
        server.login(user, password)
        return
    server.ehlo_or_helo_if_needed()
    proof = b64encode(f"\0{user}\0{password}".encode()).decode()
    code, said = server.docmd("AUTH", f"PLAIN {proof}")
    if code != AUTH_SUCCEEDED:
        raise smtplib.SMTPAuthenticationError(code, said)


def open_mailer(settings: Settings) -> Mailer:
    """Return the way out that the settings name: a mail server, or the folder `<data>/mail`."""
    if settings.mail_url is None:
        return SinkPost(settings.outgoing_mail, settings.mail_from)
    parts = urlsplit(settings.mail_url)
    tls = parse_qs(parts.query).get("tls", ["implicit" if parts.scheme == "smtps" else "starttls"])[0]
    usual = {"implicit": IMPLICIT_PORT, "none": PLAIN_PORT}.get(tls, SUBMISSION_PORT)
    return SmtpPost(
        host=parts.hostname or "localhost",
        port=parts.port or usual,
        tls=tls,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        sender=settings.mail_from,
        context=ssl.create_default_context(),
    )
