"""What is asked of the site: Flask's request, with a bound on the number of fields.

Holds no page and no rule of the product.
"""

from __future__ import annotations

from typing import IO, Any

from flask import Flask, Request, request
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import NotFound, RequestEntityTooLarge

from lms.core.operations.characters import can_be_kept
from lms.web.limits.terms import MILLION

MOST_FIELDS = 1_000
NO_FILES = ImmutableMultiDict[str, Any]()


class IncomingRequest(Request):
    """A request whose form is refused whole when no page of ours can have sent it."""

    max_content_length = MILLION  # until the route is known, which may allow another size
    max_form_memory_size = MILLION
    max_form_parts = MOST_FIELDS

    def _get_file_stream(self, *args: Any, **kwargs: Any) -> IO[bytes]:
        """Open a place for a file that arrives, and remember it."""
        opened = super()._get_file_stream(*args, **kwargs)
        self.__dict__.setdefault("opened", []).append(opened)
        return opened

    def _load_form_data(self) -> None:
        """Read the form; tens of thousands of fields would take a second to read and more to show again.

        Raises: RequestEntityTooLarge, once; afterwards the form is empty.
        """
        is_written_as_one = (
            self.mimetype == "application/x-www-form-urlencoded" and "form" not in self.__dict__
        )
        try:
            if is_written_as_one and self.get_data().count(b"&") >= MOST_FIELDS:
                raise RequestEntityTooLarge  # noqa: TRY301  # as when Werkzeug finds it
            super()._load_form_data()
        except RequestEntityTooLarge:
            self.__dict__["form"] = self.__dict__["files"] = ImmutableMultiDict[str, Any]()
            raise
        finally:
            self._close_what_is_cut()

    def _close_what_is_cut(self) -> None:
        """Close what has arrived of a file that never ended; Werkzeug reads such a form as an empty one."""
        whole = {id(one.stream) for _, one in self.__dict__.get("files", NO_FILES).items(multi=True)}
        for opened in self.__dict__.pop("opened", ()):
            if id(opened) not in whole:
                opened.close()


def _know_the_address() -> None:
    """Refuse an address that nothing of ours can have; what is typed is judged by the action that gets it.

    Raises: NotFound.
    """
    if not can_be_kept(request.path):
        raise NotFound


def begin(app: Flask) -> None:
    """Wire what is asked."""
    app.request_class = IncomingRequest
    app.before_request(_know_the_address)
