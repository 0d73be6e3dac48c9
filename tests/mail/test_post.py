"""Post: over verified TLS to a server, or into a folder; one message keeps its identity."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from lms.core.errors import Unavailable
from lms.mail.mailer import Email, SinkPost, SmtpPost, open_mailer
from lms.settings import from_environment
from tests.builders_learning import refused

LETTER = Email(
    "one:two", "zoe@example.org", "Votre code", "Bonjour,\n\nç’est prêt.\n", 1_795_360_000_000, "fr"
)


class Box:
    """What a mail server has taken."""

    def __init__(self) -> None:
        self.taken: list[Any] = []

    async def handle_DATA(self, _server: SMTP, _session: object, envelope: Any) -> str:  # noqa: N802  # aiosmtpd's name
        self.taken.append(envelope)
        return "250 taken"


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "cert.pem", folder / "key.pem"
    public.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return public, private


def authenticate(*about: Any) -> AuthResult:
    """Let one user in."""
    given = about[-1]
    known = {(b"parvis", b"p@ss"), ("zoé".encode(), "pässwörd".encode())}
    is_right = isinstance(given, LoginPassword) and (given.login, given.password) in known
    return AuthResult(success=is_right, handled=is_right)


@pytest.fixture
def box() -> Box:
    return Box()


@pytest.fixture
def secure(box: Box, tmp_path: Path) -> Iterator[tuple[Controller, ssl.SSLContext]]:
    """Return a mail server that wants STARTTLS and a user, and what trusts it."""
    public, private = certificate(tmp_path)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(public, private)
    server = Controller(
        box,
        hostname="127.0.0.1",
        port=free_port(),
        tls_context=context,
        require_starttls=True,
        authenticator=authenticate,
        auth_required=True,
    )
    server.start()
    yield server, ssl.create_default_context(cafile=str(public))
    server.stop()


def a_post(port: int, context: ssl.SSLContext, **changes: Any) -> SmtpPost:
    post = SmtpPost("127.0.0.1", port, "starttls", "parvis", "p@ss", "learn@example.org", context)
    return replace(post, **changes)


def test_a_password_with_accents_is_sent_as_utf_8(
    box: Box, secure: tuple[Controller, ssl.SSLContext]
) -> None:
    server, trust = secure
    post = a_post(server.port, trust, user="zoé", password="pässwörd")
    post.reach()
    post.send(LETTER)
    assert len(box.taken) == 1


@pytest.mark.parametrize("user", ["parvis", "zoé"])
def test_a_wrong_password_is_told_from_a_server_that_is_away(
    user: str, secure: tuple[Controller, ssl.SSLContext]
) -> None:
    server, trust = secure
    post = a_post(server.port, trust, user=user, password="wrong")
    with pytest.raises(Unavailable) as wrong:
        post.reach()
    assert (wrong.value.code, wrong.value.params["server"]) == ("mail.login", f"127.0.0.1:{server.port}")
    with pytest.raises(Unavailable) as away:
        a_post(free_port(), trust, host="::1").send(LETTER)
    assert away.value.code == "mail.unavailable"
    assert str(away.value.params["server"]).startswith("[::1]:")


def test_a_letter_goes_over_tls_to_a_server_that_proves_itself(
    box: Box, secure: tuple[Controller, ssl.SSLContext]
) -> None:
    server, trust = secure
    a_post(server.port, trust).send(LETTER)
    letter = read(box.taken[0].original_content or box.taken[0].content)
    assert letter["Subject"] == "Votre code"
    assert letter["Message-ID"] == "<one-two@example.org>"
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter["Content-Language"] == "fr"
    assert "ç’est prêt." in letter.get_content()
    assert box.taken[0].rcpt_tos == ["zoe@example.org"]


def test_a_server_that_cannot_prove_itself_gets_nothing(
    box: Box, secure: tuple[Controller, ssl.SSLContext]
) -> None:
    server, _ = secure
    with refused(Unavailable, "mail.unavailable"):
        a_post(server.port, ssl.create_default_context()).send(LETTER)
    assert box.taken == []


def test_a_wrong_password_is_tried_again_later(box: Box, secure: tuple[Controller, ssl.SSLContext]) -> None:
    server, trust = secure
    with refused(Unavailable, "mail.login"):
        a_post(server.port, trust, password="wrong").send(LETTER)
    assert box.taken == []


def test_a_server_without_tls_gets_nothing_unless_that_was_asked_for(box: Box) -> None:
    server = Controller(box, hostname="127.0.0.1", port=free_port())
    server.start()
    try:
        post = a_post(server.port, ssl.create_default_context(), user="")
        with refused(Unavailable, "mail.unavailable"):
            post.send(LETTER)
        replace(post, tls="none").send(LETTER)
        with refused(Unavailable, "mail.unavailable"):
            replace(post, tls="implicit").send(LETTER)
    finally:
        server.stop()
    assert len(box.taken) == 1
    with refused(Unavailable, "mail.unavailable"):
        post.send(LETTER)


def read(content: bytes) -> EmailMessage:
    letter = message_from_bytes(content, policy=policy.default)
    assert isinstance(letter, EmailMessage)
    return letter


def test_without_a_server_letters_lie_in_a_folder(tmp_path: Path) -> None:
    sink = SinkPost(tmp_path / "mail", "learn@example.org")
    sink.send(LETTER)
    sink.send(LETTER)
    [path] = (tmp_path / "mail").iterdir()
    assert path.name == "1795360000000-one-two.eml"
    assert path.stat().st_mode & 0o077 == 0
    assert read(path.read_bytes())["To"] == "zoe@example.org"


def test_a_folder_that_cannot_be_written_is_tried_again_later(tmp_path: Path) -> None:
    (tmp_path / "mail").touch()
    with refused(Unavailable, "mail.no-folder"):
        SinkPost(tmp_path / "mail", "learn@example.org").send(LETTER)


def test_a_line_break_makes_no_header(tmp_path: Path) -> None:
    sink = SinkPost(tmp_path, "learn@example.org")
    sink.send(
        replace(LETTER, subject="a\r\nBcc: x@example.org", to="a@example.org\nBcc: x@example.org", locale="")
    )
    letter = read(next(tmp_path.iterdir()).read_bytes())
    assert letter["Bcc"] is None
    assert letter["Content-Language"] is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example.org", ("mail.example.org", 587, "starttls", "", "")),
        ("smtps://mail.example.org", ("mail.example.org", 465, "implicit", "", "")),
        (
            "smtp://u:p%40ss@mail.example.org:2525?tls=implicit",
            ("mail.example.org", 2525, "implicit", "u", "p@ss"),
        ),
        ("smtp://mail.example.org?tls=none", ("mail.example.org", 25, "none", "", "")),
    ],
)
def test_the_settings_name_the_way_out(url: str, expected: tuple[str, int, str, str, str]) -> None:
    post = open_mailer(from_environment({"MAIL_URL": url, "MAIL_FROM": "learn@example.org"}))
    assert isinstance(post, SmtpPost)
    assert (post.host, post.port, post.tls, post.user, post.password) == expected
    assert post.context.verify_mode is ssl.CERT_REQUIRED
    assert post.context.check_hostname


def test_without_a_mail_server_there_is_a_folder(tmp_path: Path) -> None:
    assert isinstance(open_mailer(from_environment({"LMS_DATA": str(tmp_path)})), SinkPost)
