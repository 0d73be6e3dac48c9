"""Every knob of the product, frozen, read once from the environment.

A setting has a default only where that default is safe in production and fine to be public. Secrets are not
settings: they live in `<data>/keys/`, made at set-up, and only the path is known here. This module imports
the standard library alone; the command line, the web application, the worker and the tests call it, and hand
the result down.
"""

import os
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
LONGEST_LINE = 200
_DIGITS = 18  # Python refuses to read a number of more than 4,300
LONGEST_ON_PAPER = 80
COASTS = ("America/St_Johns", "America/Vancouver")
TLS = (["starttls"], ["implicit"], ["none"])
_ATOM, _LABEL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-]+", r"[A-Za-z0-9](?:[A-Za-z0-9\-]*[A-Za-z0-9])?"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")
_ZONE = re.compile(r"[A-Z][A-Za-z0-9_+\-]*(/[A-Za-z0-9_+\-]+)*")  # of the IANA, without its other folders
_HOST = re.compile(r"[A-Za-z0-9.:_\-]+")
_FRAME_SOURCE = re.compile(rf"'self'|https://(?:\*\.)?{_LABEL}(?:\.{_LABEL})*(?::[0-9]+)?")
#: As SQLAlchemy reads it: whatever it would take for another part than was meant is refused.
_POSTGRESQL = re.compile(
    r"postgresql(?:\+psycopg)?://(?:[^:/@?#]*(?::[^@]*)?@)?(?:\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._\-]*)(?::[0-9]{1,5})?"
    r"(?:/[^/@?#]*)?(?:\?[^?=&@]+=[^?&]*(?:&[^?=&]+=[^?&]*)*)?"
)
_OPTIONS = re.compile(r"\?[A-Za-z_]+=[^/]*")


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a sentence for translation: the terminal says it in its own language, a log in English."""
    return sentence


@dataclass(frozen=True)
class Problem:
    """One setting that cannot be used: which, what is wrong, how to mend it, and what fills the gaps."""

    variable: str
    what: str
    mend: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.variable}: {self.what % self.values} {self.mend % self.values}"


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
    issuer_place: str | None
    issuer_signatory: str | None
    issuer_logo: Path | None
    support_email: str | None
    privacy_officer: str | None
    web_processes: int
    frame_ancestors: str
    trusted_proxies: int
    idle_minutes: int
    default_locale: str
    time_zone: str
    certificate_day: str  # house | learner
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
    def calendar(self) -> ZoneInfo:
        """The time zone by which days begin and times are shown."""
        return ZoneInfo(self.time_zone)

    @property
    def certificate_zones(self) -> tuple[ZoneInfo, ...]:
        """The zones whose date a certificate may bear, the house's first."""
        return (self.calendar, *(ZoneInfo(one) for one in COASTS if self.certificate_day == "learner"))

    @property
    def loopback(self) -> bool:
        """Whether only this machine can reach the server."""
        try:
            return self.host == "localhost" or ip_address(self.host).is_loopback
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
        return (self.public_url or web_address(self.host, self.port)).rstrip("/")

    @property
    def secure_cookies(self) -> bool:
        """Whether cookies are `Secure` and carry the `__Host-` prefix."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def framed(self) -> bool:
        """Whether other sites may show our pages inside theirs, where only partitioned cookies are kept."""
        return "https://" in self.frame_ancestors

    @property
    def proxy_undeclared(self) -> bool:
        """Whether something must stand in front that is not declared: this program speaks no TLS itself."""
        return self.secure_cookies and not self.trusted_proxies


def web_address(host: str, port: int) -> str:
    """Write the web address of a host and a port, an IPv6 address in brackets (RFC 3986 3.2.2).

    >>> web_address("::1", 8000), web_address("127.0.0.1", 8000)
    ('http://[::1]:8000', 'http://127.0.0.1:8000')
    """
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def bundled_site() -> Path:
    """Return the site that came with the product: inside an installed package, or the checkout around it."""
    package = Path(__file__).resolve().parent
    return inside if (inside := package / "bundled").is_dir() else package.parent


def from_environment(environ: Mapping[str, str]) -> Settings:
    """Read every setting from `environ`, an empty value counting as none.

    Raises:
        SettingError: with all problems at once.
    """
    reading = _Variables(environ)
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
        issuer_name=reading.text("ISSUER_NAME", _line(LONGEST_LINE), "Parvis"),
        issuer_place=reading.optional("ISSUER_PLACE", _line(LONGEST_ON_PAPER)),
        issuer_signatory=reading.optional("ISSUER_SIGNATORY", _line(LONGEST_ON_PAPER)),
        issuer_logo=reading.file("ISSUER_LOGO"),
        support_email=reading.optional("SUPPORT_EMAIL", _address),
        privacy_officer=reading.optional("PRIVACY_OFFICER", _line(LONGEST_LINE)),
        web_processes=reading.number("WEB_PROCESSES", os.cpu_count() or 1, 1, 64),
        frame_ancestors=reading.text("FRAME_ANCESTORS", _frame_ancestors, "'none'"),
        trusted_proxies=reading.number("TRUSTED_PROXIES", 0, 0, 9),
        idle_minutes=reading.number("IDLE_MINUTES", 30, 1, 24 * 60),
        default_locale=reading.text("DEFAULT_LOCALE", _locale, "en"),
        time_zone=reading.text("TIME_ZONE", _time_zone, "America/Toronto"),
        certificate_day=reading.text("CERTIFICATE_DAY", _one_of("house", "learner"), "house"),
        log_level=reading.text("LOG_LEVEL", _one_of(*LOG_LEVELS), "INFO"),
    )
    if settings.mail_url and "MAIL_FROM" not in reading.given:
        what, mend = N_("is not set, but MAIL_URL is."), N_("Give the address of the sender.")
        reading.problem("MAIL_FROM", Problem("", what, mend))
    if settings.framed and not settings.secure_cookies and reading.is_usable("PUBLIC_URL"):
        what = N_("names other sites, but PUBLIC_URL is not an https:// address.")
        mend = N_(
            "Set it: inside another site’s page, browsers keep cookies of https:// sites only, so no form "
            "would work. Or give none, or self."
        )
        reading.problem("FRAME_ANCESTORS", Problem("", what, mend))
    if reading.problems:
        raise SettingError(tuple(reading.problems))
    return settings


class _Variables:
    """One pass over the environment that gathers problems and goes on."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.given = {name: value.strip() for name, value in environ.items() if value.strip()}
        self.problems: list[Problem] = []

    def problem(self, variable: str, found: Problem) -> None:
        self.problems.append(replace(found, variable=variable))

    def is_usable(self, variable: str) -> bool:
        return all(problem.variable != variable for problem in self.problems)

    def optional(self, variable: str, read: Callable[[str], str | Problem]) -> str | None:
        value = read(self.given[variable]) if variable in self.given else None
        if isinstance(value, Problem):
            self.problem(variable, value)
            return None
        return value

    def text(self, variable: str, read: Callable[[str], str | Problem], default: str) -> str:
        return self.optional(variable, read) or default

    def path(self, variable: str, default: Path) -> Path:
        return self.file(variable) or default.expanduser().absolute()

    def file(self, variable: str) -> Path | None:
        return Path(self.given[variable]).expanduser().absolute() if variable in self.given else None

    def number(self, variable: str, default: int, least: int, most: int) -> int:
        given = self.given.get(variable, str(default))
        if given.isascii() and given.isdigit() and len(given) <= _DIGITS and least <= int(given) <= most:
            return int(given)
        mend = N_("Give a whole number from %(least)s to %(most)s.")
        self.problem(variable, _unusable(given, mend, least=least, most=most))
        return default


def _unusable(given: str, mend: str, **values: object) -> Problem:
    return Problem("", N_("%(given)r cannot be used."), mend, {"given": given, **values})


def _line(most: int) -> Callable[[str], str | Problem]:
    what, mend = N_("is not one short line of text."), N_("Give at most %(most)s printable characters.")
    refusal = Problem("", what, mend, {"most": most})
    return lambda given: given if given.isprintable() and len(given) <= most else refusal


def _address(given: str) -> str | Problem:
    if _ADDRESS.fullmatch(given):
        return given
    mend = N_(
        "Give one like learning@example.org, with no name around it; write an international domain in its "
        "xn-- form."
    )
    return Problem("", N_("%(given)r is not an email address."), mend, {"given": given})


def _host(given: str) -> str | Problem:
    if _HOST.fullmatch(given) and (given.count(":") != 1):
        return given
    mend = N_("Give a name or an address, like 127.0.0.1 or ::1, without a port.")
    return Problem("", N_("%(given)r is not a host."), mend, {"given": given})


def _public_url(given: str) -> str | Problem:
    mend = N_(
        "Give scheme and host alone, like https://learn.example.org (http:// for localhost only; an "
        "international name in its xn-- form)."
    )
    try:
        parts = urlsplit(given)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return Problem("", N_("%(given)r is not a web address."), mend, {"given": given})
    host = parts.hostname or ""
    safe = parts.scheme == "https" or (parts.scheme == "http" and host in {"localhost", "127.0.0.1", "::1"})
    if not (known and safe and _HOST.fullmatch(host)) or parts.username is not None or parts.fragment:
        return _unusable(given, mend)
    if parts.path.strip("/") or parts.query:
        what = N_(
            "%(given)r cannot be used: the site cannot live in a folder of another one, because each of its "
            "addresses begins right after the host."
        )
        own = N_("Give it a name of its own, like https://learn.example.org, that your web server hands on.")
        return Problem("", what, own, {"given": given})
    return given.rstrip("/?")


def _database_url(given: str) -> str | Problem:
    # The value may hold a password, so it is never repeated in what is said.
    if given.startswith("sqlite:///"):
        return _sqlite_file(given)
    if not given.startswith(("postgresql://", "postgresql+psycopg://")):
        what = N_("names a database that is not supported.")
        return Problem("", what, N_("Begin with sqlite:///, postgresql:// or postgresql+psycopg://."))
    if _POSTGRESQL.fullmatch(given):
        return given
    mend = N_(
        "Give postgresql://user:password@host:port/name; in user name and password, write %% as %%25, "
        "@ as %%40, : as %%3A, / as %%2F, ? as %%3F, # as %%23, [ as %%5B, ] as %%5D, a space as %%20."
    )
    return Problem("", N_("can be read in more than one way."), mend)


def _sqlite_file(given: str) -> str | Problem:
    path = given.removeprefix("sqlite:///")
    if path and path != ":memory:" and not path.startswith("file:") and not _OPTIONS.search(path):
        return given
    mend = N_("Give sqlite:/// and the path of a file, without options after a question mark.")
    return Problem("", N_("does not name a file alone."), mend)


def _mail_url(given: str) -> str | Problem:
    # The value may hold a password, so it is never repeated in what is said.
    what = N_("is not an address of a mail server, or can be read in more than one way.")
    mend = N_(
        "Give smtp://user:password@host:port?tls=starttls (or tls=implicit, or tls=none); in user name and "
        "password, write %% as %%25, @ as %%40, : as %%3A, / as %%2F, ? as %%3F, # as %%23, [ as %%5B, "
        "] as %%5D, a space as %%20. Before a host without a point, write @: smtp://@mail:25."
    )
    refusal = Problem("", what, mend)
    try:
        parts = urlsplit(given)
        known = parts.port is None or parts.port > 0
    except ValueError:
        return refusal
    whole = given.isprintable() and "#" not in given and parts.scheme in {"smtp", "smtps"}
    if known and whole and parts.path in {"", "/"} and _is_mail_host(parts) and _has_plain_parts(parts):
        return given
    return refusal


def _is_mail_host(parts: SplitResult) -> bool:
    """Return whether the host is meant: a first piece of a password must not be taken for one."""
    host = parts.hostname or ""
    return bool(_HOST.fullmatch(host)) and (
        bool({".", ":"} & set(host)) or host == "localhost" or "@" in parts.netloc
    )


def _has_plain_parts(parts: SplitResult) -> bool:
    """Return whether user, password and options are what they seem to be."""
    options = parse_qs(parts.query, keep_blank_values=True)
    ways = TLS if parts.scheme == "smtp" else TLS[1:2]
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    plain = all(text.isprintable() and "\ufffd" not in text for text in (user, password))
    known = not options or (set(options) == {"tls"} and options["tls"] in ways)
    return plain and known and (bool(user) or not password)


def _frame_ancestors(given: str) -> str | Problem:
    words = {"none": "'none'", "self": "'self'"}
    sources = [words.get(source, source) for source in given.split()]
    if sources == ["'none'"] or all(_FRAME_SOURCE.fullmatch(source) for source in sources):
        return " ".join(sources)
    mend = N_(
        "Give none, or self and https:// origins with spaces between them, like https://portal.example.org."
    )
    return _unusable(given, mend)


def _locale(given: str) -> str | Problem:
    known = sorted(one.name.replace("_", "-") for one in (bundled_site() / "translations").glob("*/"))
    if given in known:
        return given
    what = N_("%(given)r is not a language of the interface.")
    return Problem("", what, N_("Give one of %(words)s."), {"given": given, "words": ", ".join(known)})


def _time_zone(given: str) -> str | Problem:
    with suppress(ZoneInfoNotFoundError, ValueError, OSError):
        if _ZONE.fullmatch(given) and ZoneInfo(given).key:
            return given
    what = N_("%(given)r is not a time zone that this machine knows.")
    mend = N_("Give an IANA name, like America/Toronto or America/St_Johns.")
    return Problem("", what, mend, {"given": given})


def _one_of(*words: str) -> Callable[[str], str | Problem]:
    known, mend = {word.casefold(): word for word in words}, N_("Give one of %(words)s.")
    return lambda given: known.get(given.casefold()) or _unusable(given, mend, words=", ".join(words))
