"""Every knob of the product, frozen, read once from the environment.

A setting has a default only where that default is safe in production and fine to be public. Secrets are not
settings: they live in `<data>/keys/`, made at set-up, and only the path is known here. This module imports
the standard library alone; the command line, the web application, the worker and the tests call it, and hand
the result down.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LONGEST_LINE = 200
TLS = (["starttls"], ["implicit"], ["none"])
_LOCALE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"[^@\s<>]+@[^@\s<>]+")
_HOST = re.compile(r"[A-Za-z0-9.:_\-]+")
_FRAME_SOURCE = re.compile(r"'self'|https://[A-Za-z0-9.*\-]+(:[0-9]+)?")


@dataclass(frozen=True)
class Problem:
    """One setting that cannot be used: which, what is wrong, and how to mend it."""

    variable: str
    what: str
    mend: str

    def __str__(self) -> str:
        return f"{self.variable}: {self.what} {self.mend}"


class SettingError(Exception):
    """Settings that cannot be used; it lists every problem at once, so that one reading is enough."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = problems


@dataclass(frozen=True)
class Settings:
    """What a deployment has decided."""

    data: Path
    site: Path
    database_url: str
    public_url: str | None
    host: str
    port: int
    mail_url: str | None
    mail_from: str
    issuer_name: str
    support_email: str | None
    privacy_officer: str | None
    web_processes: int
    frame_ancestors: str
    trusted_proxies: int
    idle_minutes: int
    default_locale: str
    log_level: str

    @property
    def keys(self) -> Path:
        """The folder of secrets: readable by the owner alone, and backed up apart."""
        return self.data / "keys"

    @property
    def blobs(self) -> Path:
        """The folder of bytes kept by their SHA-256: PDFs and media."""
        return self.data / "blobs"

    @property
    def outgoing_mail(self) -> Path:
        """The folder where messages are put while no mail server is set."""
        return self.data / "mail"

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        if self.host == "localhost":
            return True
        try:
            return ip_address(self.host).is_loopback
        except ValueError:
            return False

    @property
    def demo_allowed(self) -> bool:
        """Whether demo accounts may exist: nobody but the person at this machine can reach them."""
        return self.loopback and self.public_url is None

    @property
    def specimen(self) -> bool:
        """Whether certificates are marked as specimens: without a public address nobody could verify them."""
        return self.public_url is None

    @property
    def address(self) -> str:
        """Where links in letters and on certificates lead: the public address, else this machine."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are `Secure` and carry the `__Host-` prefix."""
        return self.public_url is not None and self.public_url.startswith("https://")


def bundled_site() -> Path:
    """Give the site that came with the product: inside an installed package, or the checkout around it."""
    package = Path(__file__).resolve().parent
    inside = package / "bundled"
    return inside if inside.is_dir() else package.parent


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read every setting from `environ`, an empty value counting as none.

    Raises:
        SettingError: with all problems at once.
    """
    reading = _Reading(environ)
    data = reading.path("LMS_DATA", Path("data"))
    settings = Settings(
        data=data,
        site=reading.path("LMS_SITE", data / "site"),
        database_url=reading.text("DATABASE_URL", _database_url, f"sqlite:///{data / 'parvis.sqlite3'}"),
        public_url=reading.optional("PUBLIC_URL", _public_url),
        host=reading.text("HOST", _host, "127.0.0.1"),
        port=reading.number("PORT", 8000, 1, 65535),
        mail_url=reading.optional("MAIL_URL", _mail_url),
        mail_from=reading.text("MAIL_FROM", _address, "parvis@localhost"),
        issuer_name=reading.text("ISSUER_NAME", _line, "Parvis"),
        support_email=reading.optional("SUPPORT_EMAIL", _address),
        privacy_officer=reading.optional("PRIVACY_OFFICER", _line),
        web_processes=reading.number("WEB_PROCESSES", os.cpu_count() or 1, 1, 64),
        frame_ancestors=reading.text("FRAME_ANCESTORS", _frame_ancestors, "'none'"),
        trusted_proxies=reading.number("TRUSTED_PROXIES", 0, 0, 9),
        idle_minutes=reading.number("IDLE_MINUTES", 30, 1, 24 * 60),
        default_locale=reading.text("DEFAULT_LOCALE", _locale, "en"),
        log_level=reading.text("LOG_LEVEL", _log_level, "INFO"),
    )
    if settings.mail_url and "MAIL_FROM" not in reading.given:
        reading.problem(
            "MAIL_FROM", "is not set, but MAIL_URL is.", "Give the address that messages come from."
        )
    if reading.problems:
        raise SettingError(tuple(reading.problems))
    return settings


@dataclass(frozen=True)
class _Refusal:
    """A value that cannot be used, in two sentences: what is wrong, how to mend it."""

    what: str
    mend: str


class _Reading:
    """One pass over the environment that gathers problems and goes on."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.given = {name: value.strip() for name, value in environ.items() if value.strip()}
        self.problems: list[Problem] = []

    def problem(self, variable: str, what: str, mend: str) -> None:
        self.problems.append(Problem(variable, what, mend))

    def optional(self, variable: str, read: Callable[[str], str | _Refusal]) -> str | None:
        given = self.given.get(variable)
        if given is None:
            return None
        value = read(given)
        if isinstance(value, str):
            return value
        self.problem(variable, value.what, value.mend)
        return None

    def text(self, variable: str, read: Callable[[str], str | _Refusal], default: str) -> str:
        return self.optional(variable, read) or default

    def path(self, variable: str, default: Path) -> Path:
        return Path(self.given.get(variable, default)).expanduser().absolute()

    def number(self, variable: str, default: int, least: int, most: int) -> int:
        given = self.given.get(variable, str(default))
        if given.isascii() and given.isdigit() and least <= int(given) <= most:
            return int(given)
        self.problem(variable, f"{given!r} cannot be used.", f"Give a whole number from {least} to {most}.")
        return default


def _line(given: str) -> str | _Refusal:
    if given.isprintable() and len(given) <= LONGEST_LINE:
        return given
    return _Refusal("is not one short line of text.", f"Give at most {LONGEST_LINE} printable characters.")


def _address(given: str) -> str | _Refusal:
    if _ADDRESS.fullmatch(given):
        return given
    return _Refusal(f"{given!r} is not an e-mail address.", "Give one like learning@example.org.")


def _host(given: str) -> str | _Refusal:
    if _HOST.fullmatch(given):
        return given
    return _Refusal(f"{given!r} is not a host.", "Give a name or an address, like 127.0.0.1.")


def _public_url(given: str) -> str | _Refusal:
    mend = "Give scheme and host alone, like https://learn.example.org; http:// serves for localhost only."
    try:
        parts = urlsplit(given)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return _Refusal(f"{given!r} is not a web address.", mend)
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in {"localhost", "127.0.0.1", "::1"})
    more = parts.path.strip("/") or parts.query or parts.fragment or parts.username
    if known and safe and _HOST.fullmatch(host) and not more:
        return given.rstrip("/")
    return _Refusal(f"{given!r} cannot be used.", mend)


def _database_url(given: str) -> str | _Refusal:
    # The value may hold a password, so it is never repeated in what is said.
    if given.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        return given
    return _Refusal(
        "names a database that is not supported.",
        "Begin with sqlite:///, postgresql:// or postgresql+psycopg://.",
    )


def _mail_url(given: str) -> str | _Refusal:
    # The value may hold a password, so it is never repeated in what is said.
    mend = "Give smtp://user:password@host:port?tls=starttls (or tls=implicit, or tls=none)."
    try:
        parts = urlsplit(given)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return _Refusal("is not an address of a mail server.", mend)
    safe = parse_qs(parts.query).get("tls", ["starttls"]) in TLS
    if known and safe and parts.scheme in {"smtp", "smtps"} and parts.hostname and parts.path in {"", "/"}:
        return given
    return _Refusal("is not an address of a mail server.", mend)


def _frame_ancestors(given: str) -> str | _Refusal:
    words = {"none": "'none'", "self": "'self'"}
    sources = [words.get(source, source) for source in given.split()]
    if sources == ["'none'"] or all(_FRAME_SOURCE.fullmatch(source) for source in sources):
        return " ".join(sources)
    return _Refusal(
        f"{given!r} cannot be used.", "Give none, or self and https:// origins with spaces between them."
    )


def _locale(given: str) -> str | _Refusal:
    if _LOCALE.fullmatch(given):
        return given
    return _Refusal(f"{given!r} is not a language tag.", "Give one like en, fr or pt-BR.")


def _log_level(given: str) -> str | _Refusal:
    if given.upper() in LOG_LEVELS:
        return given.upper()
    return _Refusal(f"{given!r} is not a log level.", f"Give one of {', '.join(LOG_LEVELS)}.")
