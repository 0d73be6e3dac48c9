"""Lesson pages kept as bytes: drawn once for a text, a language and a day, filled for each reader.

Holds the cache, the frame with holes, and what goes into each hole. A page is shared by everybody who reads
the same text, so the only personal things in it are the holes listed here, each escaped where it is filled.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Response
from markupsafe import Markup, escape

from lms.core.people.actors import Role
from lms.core.people.reader_settings import ReaderSettings
from lms.rendering.lessons.prepared import Page, mark, prepare
from lms.web.shell.i18n import shipped
from lms.web.shell.menus import Frame, Tongue, reader_attributes
from lms.web.shell.sending import Ready, takes_gzip

MOST_BYTES = 24_000_000  # about 600 pages of 40 kB, plain and deflated
HEADERS = [("Content-Type", "text/html; charset=utf-8"), ("Vary", "Accept-Encoding")]
TEXT_HOLES = ("reader", "name", "token", "notices", "was-read", "check", "progress")


@dataclass(frozen=True, slots=True)
class ReaderKind:
    """Who a page is for, as far as it shows: signed in or not, and which rooms they may enter."""

    is_member: bool
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class PreparedPage:
    """A kept page and the register that it was drawn with: a newer one draws it again."""

    page: Page
    register: object


class Shelf:
    """The pages that were drawn, up to so many bytes, the ones longest unused going first."""

    def __init__(self, most: int = MOST_BYTES) -> None:
        self._most = most
        self.size = 0
        self._sheets: OrderedDict[tuple[object, ...], PreparedPage] = OrderedDict()

    def page(self, key: tuple[object, ...], register: object, draw: Callable[[], Page]) -> Page:
        """Return a page, drawn if it is not here or if the register has changed since."""
        sheet = self._sheets.get(key)
        if sheet is None or sheet.register is not register:
            sheet = PreparedPage(draw(), register)
            self._drop(key)
            self._sheets[key] = sheet
            self.size += sheet.page.size
            while self.size > self._most:
                self._drop(next(iter(self._sheets)))
        else:
            self._sheets.move_to_end(key)
        return sheet.page

    def _drop(self, key: tuple[object, ...]) -> None:
        gone = self._sheets.pop(key, None)
        self.size -= gone.page.size if gone else 0

    def __len__(self) -> int:
        return len(self._sheets)


class HollowFrame(Frame):
    """The frame with holes where the reader's own things go."""

    def __init__(self, kind: ReaderKind, locale: str, path: str, arguments: str = "") -> None:
        self._kind = kind
        self._path = path
        self._arguments = arguments
        self.locale = locale

    @property
    def reader_attributes(self) -> Markup:
        """How the reader wants to read."""
        return Markup(mark("reader"))  # noqa: S704  # a mark, filled with what was escaped

    @property
    def is_member(self) -> bool:
        """Whether somebody is signed in."""
        return self._kind.is_member

    @property
    def path(self) -> str:
        """The address of this page."""
        return f"/{self.locale}/{self._path}"

    @property
    def name(self) -> str:
        """The name to be called."""
        return mark("name")

    @property
    def token(self) -> str:
        """The token of every form on the page."""
        return mark("token")

    @property
    def roles(self) -> frozenset[Role]:
        """What the account opens."""
        return self._kind.roles

    @property
    def languages(self) -> list[Tongue]:
        """The same lesson in the other languages; never with what stood in one reader's address."""
        return [
            Tongue(tag, one.name, f"/{tag}/{self._path}{self._arguments}")
            for tag, one in shipped().items()
            if tag != self.locale
        ]

    @property
    def notices(self) -> Markup:
        """What was just done, or has changed."""
        return Markup(mark("notices"))  # noqa: S704  # a mark, filled with what was escaped


@lru_cache(maxsize=200)
def _reader(settings: ReaderSettings) -> bytes:
    return reader_attributes(settings).encode()


@dataclass(frozen=True, slots=True)
class Reader:
    """What one reader brings to a shared page."""

    settings: ReaderSettings
    name: str
    token: str
    notices: Markup
    states: Mapping[str, bytes]  # hole -> markup


def fill(page: Page, reader: Reader) -> Response:
    """Answer with a page, its holes filled: compressed when the browser takes gzip."""
    filling = {
        **reader.states,
        "reader": _reader(reader.settings),
        "name": escape(reader.name).encode(),
        "token": escape(reader.token).encode(),
        "notices": reader.notices.encode(),
    }
    if takes_gzip():
        return Ready(page.gzipped(filling), headers=[*HEADERS, ("Content-Encoding", "gzip")])
    return Ready(page.plain(filling), headers=HEADERS)


def hollow(html: str, states: tuple[str, ...]) -> Page:
    """Cut a page that was drawn with holes; a hole that is not listed is refused."""
    return prepare(html, (*TEXT_HOLES, *states))
