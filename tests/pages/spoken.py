"""What a screen reader is given: Chromium's accessibility tree as lines of text, in reading order.

One line for each thing that has a role to say: its role, its name, its states, and its language where that
changes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.pages.browser import Browser

#: Roles that say nothing by themselves; what is in them is said.
SILENT = {
    "none",
    "generic",
    "InlineTextBox",
    "LayoutTable",
    "LayoutTableRow",
    "LayoutTableCell",
    "ListMarker",
    "LineBreak",
}
#: What has buttons of the browser's own, which are not ours to review.
PLAYERS = {"Video", "Audio"}
#: States worth a word, and when.
STATES: dict[str, set[object]] = {
    "checked": {"true", "mixed"},
    "expanded": {True, False},
    "pressed": {"true"},
    "selected": {True},
    "disabled": {True},
    "required": {True},
    "readonly": {True},
    "invalid": {"true"},
    "focused": {True},
    "busy": {True},
}


def _value(node: Mapping[str, Any], field: str) -> str:
    return " ".join(str(node.get(field, {}).get("value", "")).split())


def _states(node: Mapping[str, Any]) -> list[str]:
    said = []
    for property_ in node.get("properties", ()):
        name, value = property_["name"], property_["value"].get("value")
        if name == "expanded" and value is False:
            said.append("collapsed")
        elif name == "level" and _value(node, "role") == "heading":
            said.append(f"level {value}")
        elif name == "live" and value not in {"off", ""}:
            said.append(f"announced ({value})")
        elif value in STATES.get(name, ()):
            said.append(name)
    if _value(node, "role") == "RootWebArea":
        said = []  # a whole page has the focus or not, as the window has
    return sorted(said, key=lambda state: state == "focused")


def _line(node: Mapping[str, Any]) -> str:
    role, name = _value(node, "role"), _value(node, "name")
    if role == "StaticText":
        return f"“{name}”" if name else ""
    parts = [role, f"“{name}”" if name else "", *_states(node)]
    if description := _value(node, "description"):
        parts.append(f"described “{description}”")
    if (value := _value(node, "value")) and role in {"textbox", "searchbox", "combobox", "progressbar"}:
        parts.append(f"value “{value}”")
    return ", ".join(part for part in parts if part)


@dataclass(frozen=True)
class _Page:
    """A page: what is read, and the language of each part."""

    nodes: Mapping[str, Mapping[str, Any]]
    languages: Mapping[int, str]

    def walk(self, node: Mapping[str, Any], depth: int, said: str, language: str) -> Iterator[str]:
        """Give the lines of a part, which stands in a part with this name and in this language."""
        line = "" if node.get("ignored") or _value(node, "role") in SILENT else _line(node)
        own = self.languages.get(node.get("backendDOMNodeId", 0), language)
        if line and line != f"“{said}”":  # the words of a link are its name already
            yield "  " * depth + line + (f", in {own}" if own != language else "")
            depth, language = depth + 1, own
        if _value(node, "role") in PLAYERS:
            return
        name = _value(node, "name") if line else said
        for child in node.get("childIds", ()):
            if child in self.nodes:
                yield from self.walk(self.nodes[child], depth, name, language)


def _languages(node: Mapping[str, Any], language: str) -> Iterator[tuple[int, str]]:
    """Give the language of each node of the document: its own, or that of what it stands in."""
    given = node.get("attributes", [])
    language = dict(zip(given[::2], given[1::2], strict=True)).get("lang", language)
    yield node["backendNodeId"], language
    for child in node.get("children", ()):
        yield from _languages(child, language)


def reading_order(browser: Browser) -> str:
    """Return the page as it is read."""
    browser.command("Accessibility.enable")
    tree = browser.command("Accessibility.getFullAXTree")["nodes"]
    browser.command("Accessibility.disable")
    document = browser.command("DOM.getDocument", depth=-1)["root"]
    language = str(browser.run("return document.documentElement.lang"))
    page = _Page({node["nodeId"]: node for node in tree}, dict(_languages(document, language)))
    return "\n".join(page.walk(tree[0], 0, "", language)) + "\n"
