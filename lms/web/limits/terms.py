"""What each route asks of a server before its body is read: how large it may be, and whether it takes long.

Declared beside the address, with the rule (`security.rule`). Holds no page.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, current_app, request
from werkzeug.exceptions import HTTPException

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Terms:
    """The most bytes of a body; and whether the answer hashes a password, which is done beside the pages.

    `redraws` says that the view can show its form again and do nothing else (`browser.only_draws`).
    """

    most_bytes: int = MILLION
    aside: bool = False
    redraws: bool = False


DEFAULT = Terms()


def _of(app: Flask, endpoint: str | None) -> Terms:
    terms = getattr(app.view_functions.get(endpoint or ""), "terms", DEFAULT)
    return terms if isinstance(terms, Terms) else DEFAULT


def terms_for(app: Flask, method: str, path: str) -> Terms:
    """Return the terms of an address, as WSGI writes it; those of unknown ones are the usual."""
    try:
        decoded = path.encode("latin-1").decode("utf-8", "replace")
        endpoint, _ = app.url_map.bind("").match(decoded, method=method)
    except HTTPException:
        return DEFAULT
    return _of(app, endpoint)


def current_terms() -> Terms:
    """Return the terms of this request."""
    return _of(current_app, request.endpoint)
