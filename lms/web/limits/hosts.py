"""The host that a request names: refused in a constant answer where it is none, before anything looks at it.

Holds what a host may look like (RFC 9110 7.2, RFC 1123 2.1), and who notices a proxy that is not declared.
Which hosts are ours is not asked: no address that we write repeats it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from ipaddress import ip_address
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]

log = logging.getLogger("lms.web")
UNDECLARED = (
    "requests come through a proxy, but TRUSTED_PROXIES is 0: all visits seem to come from one address and "
    "share its limits"
)
_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?"
_HOST = re.compile(rf"(?:{_LABEL}(?:\.{_LABEL})*\.?|\[[0-9A-Fa-f:.]{{2,45}}\])(?::[0-9]{{1,5}})?")
MOST = 253 + 6
REFUSAL = b"This is not a host. / Ceci n\xe2\x80\x99est pas un h\xc3\xb4te.\n"
FIELDS = [
    ("Content-Type", "text/plain; charset=utf-8"),
    ("Content-Length", str(len(REFUSAL))),
    ("Cache-Control", "no-store, no-cache"),
    ("X-Content-Type-Options", "nosniff"),
]


def is_host(text: str) -> bool:
    """Return whether the text is a host with or without a port.

    >>> is_host("learn.example.org:8000"), is_host("[::1]:80"), is_host("a..b"), is_host("é.example")
    (True, True, False, False)
    """
    return len(text) <= MOST and _HOST.fullmatch(text) is not None


def proxies_noticed(application: Application) -> Application:
    """Say once that a proxy seems to stand in front which is not declared, so that its visitors are one.

    What a visitor writes by hand comes from their own address; a proxy of the house comes from a near one.
    """
    told: list[str] = []

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        forwarded = environ.get("HTTP_X_FORWARDED_FOR") or environ.get("HTTP_FORWARDED")
        if forwarded and not told and _is_near(environ.get("REMOTE_ADDR", "")):
            told.append(UNDECLARED)
            log.warning(UNDECLARED)
        return application(environ, start_response)

    return answer


def _is_near(address: str) -> bool:
    try:
        return ip_address(address).is_private
    except ValueError:
        return False


def real_hosts_only(application: Application) -> Application:
    """Pass only requests on that name a host; one that names none is meant for the address itself."""

    def answer(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if is_host(environ.get("HTTP_HOST", "localhost")):
            return application(environ, start_response)
        start_response("400 Bad Request", FIELDS)
        return [b"" if environ["REQUEST_METHOD"] == "HEAD" else REFUSAL]

    return answer
