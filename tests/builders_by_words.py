"""Somebody at a browser without JavaScript who goes by the words of the page: links, labels, buttons.

Nothing is reached but by what the page shows, and nothing is sent but what its form holds. Words are given
in English, as the code has them, and looked for as the catalogue of the page's language says them. Holds no
test.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms.actions.context import Context
from lms.core.people.actors import Actor
from lms.rendering.words.translator import Translator, translator_for
from tests.builders_certificates import sign_in
from tests.builders_pages import XHTML, controls
from tests.page_lint import parse, text_of

_FIELDS = ("input", "select", "textarea")
_PARTS = ("li", "article", "section", "tr", "form", "fieldset", "main")


def _is(element: Element, *tags: str) -> bool:
    return str(element.tag).removeprefix(XHTML) in tags


@dataclass(repr=False)
class ByWords:
    """A browser, the page that is open in it, and what was typed and not sent yet."""

    client: FlaskClient
    context: Context
    locale: str = "en"
    response: TestResponse | None = None
    tree: Element = field(default_factory=lambda: Element("html"))
    kept: dict[str, str] = field(default_factory=dict)  # addresses of pages that were reached before
    _typed: dict[int, dict[str, list[str]]] = field(default_factory=dict)

    # --- words ---------------------------------------------------------------------------------------
    @property
    def voice(self) -> Translator:
        """Return the language of the pages."""
        return translator_for(self.locale)

    def said(self, words: str, **values: object) -> str:
        """Return a sentence of the interface as this page says it; `sense|word` where a word has several."""
        sense, _, word = words.rpartition("|")
        return self.voice.sense(sense, word) if sense else self.voice.gettext(words, **values)

    # --- the page ------------------------------------------------------------------------------------
    def sit_down(self, who: Actor | None) -> ByWords:
        """Be this person from now on; nobody, where none is given."""
        self.client.delete_cookie("parvis")
        if who is not None:
            sign_in(self.client, self.context, who)
        return self

    def open(self, address: str) -> ByWords:
        """Go to an address, as one that was written down or stands in a letter; go on where it leads."""
        self._show(self.client.get(address.partition("#")[0]))
        return self

    def _show(self, response: TestResponse) -> None:
        while response.status_code in {301, 302, 303, 307}:
            response = self.client.get(str(response.location).partition("#")[0])
        self.response, self._typed = response, {}
        if response.mimetype == "text/html":
            self.tree, _ = parse(response.get_data(as_text=True))

    @property
    def status(self) -> int:
        """Return the status of the page."""
        assert self.response
        return self.response.status_code

    @property
    def text(self) -> str:
        """Return the words of the page, white space folded, without what stands in its head."""
        body = next(self.tree.iter(f"{XHTML}body"))
        return " ".join(text_of(body).split(" "))

    def sees(self, words: str, **values: object) -> bool:
        """Return whether the page says a sentence of the interface."""
        return self.said(words, **values) in self.text

    @property
    def where(self) -> str:
        """Return the address of the page."""
        assert self.response
        return str(self.response.request.path)

    @staticmethod
    def _named(element: Element, words: str) -> bool:
        """Return whether an element says this, perhaps with more that is only heard."""
        whole = text_of(element)
        heard = "".join(text_of(one) for one in element if one.get("class") == "unseen")
        return words in {whole, whole.removesuffix(heard).strip()}

    def _near(self, things: list[Element], words: str) -> list[Element]:
        """Return those in the smallest part of the page that says something and has one of them."""
        if not words:
            return things
        wanted = set(map(id, things))
        parts = [one for one in self.tree.iter() if _is_part(one) and words in text_of(one)]
        for part in sorted(parts, key=lambda one: len(text_of(one))):
            inside = {id(one) for one in part.iter()} & wanted
            if inside:
                return [one for one in things if id(one) in inside]
        return []

    def beside(self, words: str) -> str:
        """Return what the smallest part of the page says that says these words."""
        parts = [text_of(one) for one in self.tree.iter() if _is_part(one) and words in text_of(one)]
        assert parts, f"“{words}” is not on {self.where}"
        return min(parts, key=len)

    def lines(self, words: str) -> list[str]:
        """Return the entries of lists that say these words, whole."""
        found = (text_of(one) for one in self.tree.iter(f"{XHTML}li"))
        return [line for line in found if words in line]

    def links(self, words: str, *, near: str = "") -> list[str]:
        """Return where the links with these words lead, each place once."""
        found = [one for one in self.tree.iter(f"{XHTML}a") if self._named(one, words)]
        return list(dict.fromkeys(one.get("href", "") for one in self._near(found, near)))

    def follow(self, words: str, *, near: str = "") -> ByWords:
        """Follow the link with these words; `near` are words beside it where several have the same."""
        found = self.links(words, near=near)
        assert len(found) == 1, f"{len(found)} links “{words}” on {self.where}: {found}"
        return self.open(found[0])

    # --- forms ---------------------------------------------------------------------------------------
    @property
    def _forms(self) -> dict[int, Element]:
        """Return the form of each thing that stands in one."""
        return {id(one): form for form in self.tree.iter(f"{XHTML}form") for one in form.iter()}

    def _type(self, control: Element, values: list[str]) -> None:
        form = self._forms[id(control)]
        self._typed.setdefault(id(form), {})[control.get("name", "")] = values

    def _labelled(self, label: str, near: str) -> list[Element]:
        controls_by_id = {one.get("id"): one for one in self.tree.iter() if _is(one, *_FIELDS)}
        labels = (one for one in self.tree.iter(f"{XHTML}label") if self._named(one, label))
        found = [controls_by_id[one.get("for")] for one in labels if one.get("for") in controls_by_id]
        return self._near(found, near)

    def fill(self, label: str, value: str, *, near: str = "") -> ByWords:
        """Type into the field with this label, or choose from a list by what an entry says."""
        found = self._labelled(label, near)
        assert len(found) == 1, f"{len(found)} fields “{label}” on {self.where}"
        (control,) = found
        if _is(control, "select"):
            entries = {text_of(one): one.get("value", text_of(one)) for one in control.iter(f"{XHTML}option")}
            assert value in entries, f"“{value}” is not one of {list(entries)}"
            value = entries[value]
        self._type(control, [value])
        return self

    def held(self, label: str, *, near: str = "") -> str:
        """Return what the field with this label holds."""
        (control,) = self._labelled(label, near)
        return _held(control)

    def tick(self, *labels: str, near: str = "") -> ByWords:
        """Choose circles, or tick boxes, by their labels: all that have the same label."""
        for label in labels:
            found = self._labelled(label, near)
            assert found, f"nothing to tick is called “{label}” on {self.where}"
            for control in found:
                typed = self._typed.get(id(self._forms[id(control)]), {})
                kept = typed.get(control.get("name", ""), []) if control.get("type") == "checkbox" else []
                self._type(control, [*kept, control.get("value", "on")])
        return self

    def rewrite(self, old: str, new: str, *, times: int = 1) -> ByWords:
        """Put other words into the one field that holds these, as somebody does who reads what is there."""
        fields = [
            one for one in self.tree.iter() if _is(one, "textarea", "input") and one.get("type") != "hidden"
        ]
        found = [one for one in fields if old in _held(one)]
        assert len(found) == times, f"{len(found)} fields hold “{old}” on {self.where}"
        for control in found:
            self._type(control, [_held(control).replace(old, new)])
        return self

    def buttons(self, words: str, *, near: str = "") -> list[Element]:
        """Return the buttons that say this; what only the Enter key presses is none."""
        found = [one for one in self.tree.iter(f"{XHTML}button") if self._named(one, words)]
        return self._near([one for one in found if one.get("tabindex") != "-1"], near)

    def press(self, words: str, *, near: str = "", expect: int = 200, first: bool = False) -> ByWords:
        """Press the button with these words: its form is sent as it stands, with what was typed."""
        found = self.buttons(words, near=near)[: 1 if first else None]
        assert len(found) == 1, f"{len(found)} buttons “{words}” on {self.where}"
        (button,) = found
        form = self._forms[id(button)]
        sent: dict[str, list[str]] = {}
        for name, value in controls(form):
            sent.setdefault(name, []).append(value)
        sent |= self._typed.get(id(form), {})
        if button.get("name"):
            sent[button.get("name", "")] = [button.get("value", "")]
        action = form.get("action") or self.where
        if form.get("method") == "post":
            self._show(self.client.post(action, data=sent))
        else:
            self._show(self.client.get(action, query_string=sent))
        assert self.status == expect, f"{self.status} from “{words}” on {action}: {self.problems}"
        return self

    @property
    def problems(self) -> str:
        """Return what the page says was wrong."""
        told = (
            one
            for one in self.tree.iter()
            if {"error", "errors", "problems"} & set(one.get("class", "").split())
        )
        return "; ".join(text_of(one) for one in told) or self.text[:400]


def _is_part(element: Element) -> bool:
    """Return whether an element is a part of a page that is read as one."""
    return _is(element, *_PARTS) or element.get("role") == "group"


def _held(element: Element) -> str:
    if _is(element, "textarea"):
        return (element.text or "").removeprefix("\n")
    return element.get("value", "")
