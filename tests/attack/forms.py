"""The forms of the site, found by looking at its pages: a form that appears tomorrow is attacked too.

Holds the reading of pages and no check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient

#: Fields whose content must never come back on a page.
SECRET = frozenset({"password", "current", "csrf_token"})
TYPED = frozenset({"text", "email", "search", "tel", "url", "textarea", "number"})

#: What is sent: a field that stands more than once has a list.
Sent = dict[str, str | list[str]]


@dataclass
class Field:
    """One field: its kind, its value, and whether what is typed must come back."""

    kind: str
    value: str = ""
    more: list[str] = field(default_factory=list)  # a hidden field may stand on a page more than once

    @property
    def is_typed(self) -> bool:
        """Return whether a person types into it and may see it again."""
        return self.kind in TYPED


@dataclass
class Form:
    """One form that is sent by POST."""

    page: str
    action: str
    fields: dict[str, Field] = field(default_factory=dict)

    def values(self, **changes: str) -> Sent:
        """Return what a browser would send."""
        sent: Sent = {**changes}
        for name, one in self.fields.items():
            sent.setdefault(name, [one.value, *one.more] if one.more else one.value)
        return sent


class _Reader(HTMLParser):
    def __init__(self, page: str) -> None:
        super().__init__()
        self.page = page
        self.forms: list[Form] = []
        self.open: Form | None = None
        self.area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = {name: value or "" for name, value in attrs}
        if tag == "form" and said.get("method", "").lower() == "post":
            self.open = Form(self.page, said.get("action") or self.page)
            self.forms.append(self.open)
        elif tag in {"input", "select", "textarea", "button"} and self.open is not None:
            self._note(tag, said)

    def _note(self, tag: str, said: dict[str, str]) -> None:
        name = said.get("name", "")
        kind = said.get("type", "text") if tag == "input" else tag
        if not name or self.open is None or "form" in said:
            return
        known = self.open.fields.get(name)
        if known is None:
            self.open.fields[name] = Field(kind, said.get("value", ""))
        elif kind == "radio" and "checked" in said:
            known.value = said.get("value", "")
        elif kind == "hidden":
            known.more.append(said.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self.open = None


def forms_of(page: str, html: str) -> list[Form]:
    """List the forms of a page that are sent by POST."""
    reader = _Reader(page)
    reader.feed(html)
    return reader.forms


def forms_everywhere(browser: FlaskClient, addresses: Iterator[str]) -> list[Form]:
    """List every different form of these pages: by where it goes and what it asks."""
    found: dict[tuple[str, frozenset[str]], Form] = {}
    for address in addresses:
        answer = browser.get(address, lint=False)
        if answer.mimetype == "text/html":
            for form in forms_of(address, answer.text):
                found.setdefault((form.action.split("?")[0], frozenset(form.fields)), form)
    return list(found.values())
