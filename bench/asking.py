"""Asking a WSGI application without a server: the environment is made before the clock starts.

No test client, because that would cost more than the page. Knows no address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from typing import Any

from flask import Flask
from werkzeug.test import create_environ


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def header(self, name: str) -> str:
        """Return a header's value, '' when it is not there."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")


@dataclass
class Asker:
    """One browser: an application and its cookies."""

    app: Flask
    cookies: dict[str, str] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)

    def _ask(self, environ: dict[str, Any], expect: int) -> Answer:
        told: list[Any] = []

        def begin(
            status: str, headers: list[tuple[str, str]], _failure: Any = None, /
        ) -> Callable[[bytes], object]:
            told.extend((status, headers))
            return told.append

        parts = self.app.wsgi_app(environ, begin)
        body = b"".join(parts)
        close = getattr(parts, "close", None)
        if close is not None:
            close()
        answer = Answer(int(told[0].split(" ", maxsplit=1)[0]), told[1], body)
        if answer.status != expect:
            message = f"{environ['PATH_INFO']} answered {answer.status}, not {expect}: {body[:600]!r}"
            raise RuntimeError(message)
        return answer

    def _environ(self, path: str, **more: Any) -> dict[str, Any]:
        sent = dict(self.headers)
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return create_environ(path, "http://127.0.0.1:8000", headers=sent, **more)

    def get(self, path: str, expect: int = 200) -> Asked:
        """Make a GET ready."""
        environ = self._environ(path)
        return Asked(self, environ, expect)

    def post(self, path: str, fields: Mapping[str, object], expect: int = 303) -> Asked:
        """Make a POST of a form ready."""
        environ = self._environ(path, method="POST", data=dict(fields))
        return Asked(self, environ, expect)

    def keep(self, answer: Answer) -> Answer:
        """Take the cookies of an answer, as a browser does."""
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                for key, morsel in SimpleCookie(value).items():
                    self.cookies[key] = morsel.value
        return answer


@dataclass(frozen=True)
class Asked:
    """A request that is ready to be sent, once."""

    asker: Asker
    environ: dict[str, Any]
    expect: int

    def __call__(self) -> Answer:
        """Send it."""
        return self.asker._ask(self.environ, self.expect)  # noqa: SLF001  # the same file's other half
