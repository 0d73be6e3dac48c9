"""What `lms doctor` looks at on the machine: folder, port, disk, mail, fonts, what comes with the program.

Each look takes the settings alone, so that it can be had when the database or the keys cannot. Holds no look
into the database (`doctor_database`).
"""

from __future__ import annotations

import errno
import importlib.util
import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import cast

from lms.app import open_logo
from lms.cli.operations.data_lock import is_in_use
from lms.cli.operations.looks import letters
from lms.cli.operations.looks.examination import BAD, GOOD, MISSING, DoctorLine
from lms.cli.saying import gettext as _
from lms.cli.saying import of_setting, user_name, voice, words_of
from lms.core.errors import Unavailable
from lms.mail.mailer import SmtpPost, open_mailer
from lms.rendering.words.catalogues import require_usable, uncompiled
from lms.settings import SettingError, Settings, bundled_site

LITTLE_ROOM, FEW_FILES = 500_000_000, 10_000  # bytes; files
FIRST_OPEN_PORT = 1024
OTHERS = stat.S_IRWXG | stat.S_IRWXO


def data_folder(settings: Settings) -> DoctorLine:
    """Look whether the data folder is there, for us to write in and for nobody else to read."""
    about, data = _("Data folder"), settings.data
    if not data.is_dir():
        return DoctorLine(BAD, about, _("%(path)s does not exist. Run: lms setup", path=data))
    told = {"path": data, "user": user_name()}
    for folder in (data, *(data / name for name in ("keys", "blobs", "backups", "cache", "mail"))):
        problem = _not_writable(folder) if folder.is_dir() else 0
        if problem == errno.EROFS:
            return DoctorLine(BAD, about, _("%(path)s is on a read-only disk", path=folder))
        if problem:
            words = _("%(user)s cannot write to %(path)s", **{**told, "path": folder})
            return DoctorLine(BAD, about, words)
    if stat.S_IMODE(data.stat().st_mode) & OTHERS:
        return DoctorLine(
            MISSING,
            about,
            _("other users of this machine can access %(path)s. Run: chmod 700 %(path)s", **told),
        )
    return DoctorLine(GOOD, about, _("%(path)s is writable", **told))


def _not_writable(folder: Path) -> int:
    """Try to write; give the number of the system's refusal, 0 when there is none."""
    try:
        with tempfile.TemporaryFile(dir=folder):
            return 0
    except OSError as problem:
        return problem.errno or errno.EACCES


def port(settings: Settings) -> DoctorLine:
    """Look whether the port is free, or ours."""
    about = _("Port %(port)s", port=settings.port)
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)
    except OSError:
        return DoctorLine(
            BAD, about, _("HOST=%(host)s is not an address of this machine", host=settings.host)
        )
    family, kind, _protocol, _name, address = found[0]
    if is_in_use(settings.data):
        with closing(socket.socket(family, kind)) as asking:
            asking.settimeout(3)
            if asking.connect_ex(address) == 0:
                return DoctorLine(GOOD, about, _("the site is running, and the port responds"))
        return DoctorLine(BAD, about, _("a program is using the data folder, but the port does not respond"))
    return _bound(socket.socket(family, kind), address, about)


def _bound(trying: socket.socket, address: object, about: str) -> DoctorLine:
    with closing(trying):
        trying.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trying.bind(address)  # type: ignore[arg-type]  # as the system gave it
            trying.listen(1)
        except OSError as problem:
            return DoctorLine(BAD, about, _why_not_bound(problem))
    return DoctorLine(GOOD, about, _("free; the site is not running"))


def _why_not_bound(problem: OSError) -> str:
    if problem.errno == errno.EADDRINUSE:
        return _("another program is using it. Set PORT to another number, or stop that program")
    if problem.errno == errno.EACCES:
        return _(
            "%(user)s is not allowed to use it. Set PORT to %(least)s or higher",
            user=user_name(),
            least=FIRST_OPEN_PORT,
        )
    return _("HOST is not an address of this machine")


def disk(settings: Settings) -> DoctorLine:
    """Look for room on every disk that data lies on."""
    about, least = _("Disk"), None
    for place in (settings.data, settings.site, _database_folder(settings)):
        there = next((one for one in (place, *place.parents) if one.is_dir()), Path("/"))
        found = os.statvfs(there)
        free = found.f_bavail * found.f_frsize
        if found.f_files and found.f_favail < FEW_FILES:
            return DoctorLine(
                MISSING,
                about,
                _("only %(count)s more files will fit in %(path)s", count=found.f_favail, path=there),
            )
        least = free if least is None else min(free, least)
    words = _("%(size)s MB free in the data folder", size=voice().number((least or 0) // 1_000_000))
    return DoctorLine(GOOD if (least or 0) > LITTLE_ROOM else MISSING, about, words)


def _database_folder(settings: Settings) -> Path:
    kind, _mark, path = settings.database_url.partition(":///")
    return Path(path).parent if kind == "sqlite" and path else settings.data


def catalogues(_settings: Settings) -> DoctorLine:
    """Look whether the words of every language can be read."""
    about, folder = _("Translations"), bundled_site() / "translations"
    try:
        require_usable(folder)
    except Unavailable as problem:
        return DoctorLine(BAD, about, words_of(problem)[0])
    if missing := uncompiled(folder):
        return DoctorLine(
            BAD, about, _("not created yet: %(names)s. Run: lms setup", names=voice().series(missing))
        )
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    return DoctorLine(GOOD, about, voice().series(names))


def public_address(settings: Settings) -> DoctorLine:
    """Look at the settings of the address; whether the world reaches it cannot be seen from here."""
    about = _("Public address")
    if settings.public_url is None:
        return DoctorLine(
            MISSING,
            about,
            _("not set (PUBLIC_URL). This is a trial site: certificates are specimens"),
        )
    words = _(
        "%(address)s. Not checked from outside: this requires another machine",
        address=settings.address,
    )
    return DoctorLine(MISSING, about, words)


def proxy(settings: Settings) -> DoctorLine:
    """Look whether the proxies in front are declared; without that all visitors share one address."""
    about = _("Proxy")
    if settings.trusted_proxies:
        words = _("declared: %(count)s (TRUSTED_PROXIES)", count=settings.trusted_proxies)
        return DoctorLine(GOOD, about, words)
    if settings.proxy_undeclared:
        return DoctorLine(MISSING, about, undeclared())
    words = _("none declared. If the site is behind one, set TRUSTED_PROXIES=1")
    return DoctorLine(GOOD if settings.public_url is None else MISSING, about, words)


def undeclared() -> str:
    """Return what is said of a proxy that must be there and is not declared."""
    return _(
        "PUBLIC_URL uses https, so the site is behind a proxy, but TRUSTED_PROXIES is 0. All visits seem "
        "to come from the same address and share the same limits. Set TRUSTED_PROXIES=1"
    )


def mail(settings: Settings) -> DoctorLine:
    """Look whether the mail server takes us; nothing is sent."""
    about = _("Email")
    if settings.mail_url is None:
        return DoctorLine(MISSING, about, _("no server set (MAIL_URL); messages are saved in a folder"))
    post = cast("SmtpPost", open_mailer(settings))  # as there is a server
    try:
        post.reach()
    except Unavailable:
        words = _("cannot connect to %(server)s. To find out why: lms mail test ADDRESS", server=post.server)
        return DoctorLine(BAD, about, words)
    return DoctorLine(
        GOOD, about, _("connection to the server works. To check that messages arrive: lms mail test ADDRESS")
    )


def pango(_settings: Settings) -> DoctorLine:
    """Look for what makes PDFs."""
    # In a process of its own: a missing library must not end this one, and the memory is given back.
    found = subprocess.run(  # this same Python
        [sys.executable, "-c", "import weasyprint"], check=False, capture_output=True
    )
    if found.returncode == 0:
        return DoctorLine(GOOD, _("Pango"), _("found; PDF certificates can be created"))
    return DoctorLine(
        MISSING,
        _("Pango"),
        _("missing; PDFs cannot be created without it. Run: apt install libpango-1.0-0 libpangoft2-1.0-0"),
    )


def java(_settings: Settings) -> DoctorLine:
    """Look for what only the tests use."""
    if shutil.which("java"):
        return DoctorLine(GOOD, _("Java"), _("found; the full test suite uses it to check PDFs with veraPDF"))
    return DoctorLine(GOOD, _("Java"), _("not needed; only the full test suite uses it"))


def driver(settings: Settings) -> DoctorLine:
    """Look for the library that speaks to the database."""
    if settings.database_url.startswith("sqlite") or importlib.util.find_spec("psycopg"):
        return DoctorLine(GOOD, _("Database driver"), _("found"))
    return DoctorLine(BAD, _("Database driver"), _("missing. Run: pip install 'parvis[postgres]'"))


LOOKS: tuple[Callable[[Settings], DoctorLine], ...] = (
    data_folder,
    port,
    disk,
    driver,
    catalogues,
    public_address,
    proxy,
    mail,
    pango,
    letters.fonts,
    java,
)


def logo(settings: Settings) -> DoctorLine:
    """Look whether the issuer's logo can be printed on certificates; without that, nothing starts."""
    about = _("Logo")
    try:
        open_logo(settings)
    except SettingError as refused:
        return DoctorLine(BAD, about, of_setting(refused.problems[0]))
    return DoctorLine(GOOD, about, _("%(path)s can be printed on certificates", path=settings.issuer_logo))


def look(settings: Settings) -> Iterator[DoctorLine]:
    """Look at everything on the machine."""
    for one in LOOKS:
        yield one(settings)
    if settings.issuer_logo:
        yield logo(settings)
