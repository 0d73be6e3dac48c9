"""Another value in one place of a YAML file; every byte of what nobody touched stays.

What is changed is written in the way in which its neighbours are: a text with the same marks, a list in
brackets in brackets. The parts of a changed list or mapping that stayed keep their own characters, with the
remarks between them. Holds no meaning: what is written is judged when it is read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.content.editing.spans import Span, spans_of
from lms.content.shapes.reading import Key, Path, read_yaml
from lms.core.errors import Conflict

#: Texts that need no marks: they begin with a letter or « “ and hold nothing that YAML reads otherwise.
_PLAIN = re.compile(r"[^\W\d_«“][^\n\t]*|[«“][^\n\t]*")
_ENDS_PLAIN = re.compile(r":(?:\s|$)|\s#|^\s|\s$|[\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")
_FLOW_SIGNS = re.compile(r"[\[\]{},:?]")  # a mark that ends a text without marks between brackets
_WORDS = frozenset({"true", "false", "null", "yes", "no", "on", "off", "y", "n"})
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_TO_ESCAPE = re.compile(r'["\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]')
_INDENT = 2
_SHORT, _SIDE_BY_SIDE = 40, 80  # characters that stand in one line
_BYTE = 256


@dataclass(frozen=True, slots=True)
class _Place:
    """Where something is to be written: the text, its column, whether in brackets, how lines end."""

    text: str
    column: int
    is_flow: bool
    newline: str

    def deeper(self, by: int = _INDENT) -> _Place:
        return _Place(self.text, self.column + by, self.is_flow, self.newline)

    @property
    def line(self) -> str:
        """Begin a line at this place."""
        return self.newline + " " * self.column


def rewritten(raw: bytes, path: Path, value: object) -> bytes:
    """Return a YAML file with another value in one place (None in a mapping: without that entry).

    Raises: Conflict `draft.by-hand` where the file cannot be read, or would not say what is wanted.
    """
    source = read_yaml(raw, "")
    if source.value is None:
        raise Conflict("draft.by-hand")
    wanted = put(source.value, path, value)
    if wanted == source.value:
        return raw
    mark = b"\xef\xbb\xbf" if raw.startswith(b"\xef\xbb\xbf") else b""
    text = raw.decode("utf-8-sig")
    made = mark + _written(text, source.value, wanted).encode()
    if read_yaml(made, "").value != wanted:
        raise Conflict("draft.by-hand")
    return made


def _written(text: str, old: object, new: object) -> str:
    span = spans_of(text)
    place = _Place(text, span.column, span.is_flow, "\r\n" if "\r\n" in text else "\n")
    return text[: span.start] + _changed(span, old, new, place) + text[span.end :]


def put(value: object, path: Path, part: object) -> object:
    """Return a value with another part in one place; a None takes an entry out of a mapping."""
    if not path:
        return part
    key, rest = path[0], path[1:]
    if isinstance(value, dict) and isinstance(key, str):
        if not rest and part is None:
            return {name: one for name, one in value.items() if name != key}
        return {**value, key: put(value.get(key, {}), rest, part)}
    if isinstance(value, tuple) and isinstance(key, int) and key < len(value):
        return (*value[:key], put(value[key], rest, part), *value[key + 1 :])
    raise Conflict("draft.by-hand")


def _changed(span: Span, old: object, new: object, place: _Place) -> str:
    """Write what was at a span anew, as far as it has changed."""
    if _same(old, new):
        return place.text[span.start : span.end]
    here = _Place(place.text, span.column, place.is_flow or span.is_flow, place.newline)
    if isinstance(old, dict) and isinstance(new, dict) and old and new:
        return _mapping(span, old, new, here)
    if isinstance(old, tuple) and isinstance(new, tuple) and old and new:
        return _list(span, old, new, here)
    if isinstance(new, dict | tuple) and new and not place.is_flow:
        return place.deeper().line + _fresh(new, place.deeper(), in_lines=True)
    lead = "" if place.is_flow or span.is_flow or not span.parts else " " * _INDENT  # never below its key
    if isinstance(new, str):
        return lead + _text(new, here, span.style, _outer(here, place))
    return lead + _fresh(new, _flow(place))


def _same(old: object, new: object) -> bool:
    """Return whether two values are one and the same; True is not 1."""
    if isinstance(old, dict) and isinstance(new, dict):
        return old == new and list(old) == list(new)
    return old == new and type(old) is type(new)


def _outer(here: _Place, place: _Place) -> _Place:
    return place if place.column <= here.column else here


def _mapping(span: Span, old: Mapping[str, object], new: Mapping[str, object], place: _Place) -> str:
    if list(old) == list(new):
        return _in_place(span, old, new, place)
    entries = []
    for key, value in new.items():
        if key in old:
            part, begin = span.parts[key], span.keys[key]
            entries.append(
                place.text[begin : part.start]
                + _changed(part, old[key], value, place)
                + _remark(part.end, place)
            )
        else:
            entries.append(_entry(key, value, place))
    return _braced(entries, place) if place.is_flow else place.line.join(entries)


def _remark(end: int, place: _Place) -> str:
    """Return what is noted behind a value on its line."""
    if place.is_flow:
        return ""
    line = place.text[end:].split("\n", 1)[0].rstrip()
    return line if line.lstrip().startswith("#") else ""


def _in_place(span: Span, old: Any, new: Any, place: _Place) -> str:
    """Write the parts that changed where they stand, with everything between them."""
    said, at = [], span.start
    for key, part in span.parts.items():
        before, after = old[key], new[key]
        said += [place.text[at : part.start], _changed(part, before, after, place)]
        at = part.end
    return "".join([*said, place.text[at : span.end]])


def _list(span: Span, old: Sequence[object], new: Sequence[object], place: _Place) -> str:
    if len(old) == len(new) and all(_is_of(was, now) for was, now in zip(old, new, strict=True)):
        return _in_place(span, old, new, place)
    left = dict(enumerate(old))
    said: list[str] = []
    for value in new:
        at = next((at for at, was in left.items() if _is_of(was, value)), None)
        if at is None:
            said.append(_item(value, place))
            continue
        del left[at]
        part = span.parts[at]
        said.append(_kept(span, at, _changed(part, old[at], value, place), place))
    if place.is_flow:
        return "[" + ", ".join(said) + "]"
    return place.line.join(one if one.startswith("#") else f"- {one}" for one in said)


def _kept(span: Span, at: int, said: str, place: _Place) -> str:
    """Return an entry that stayed, with the remarks above it."""
    if place.is_flow:
        return said
    part = span.parts[at]
    said += _remark(part.end, place)
    dash = place.text.rfind("-", 0, part.start)
    before = span.parts[at - 1].end if at else span.start
    lines = [line.strip() for line in place.text[before:dash].splitlines()[1:]]
    remarks = [line for line in lines if line.startswith("#")]
    gap = place.text[dash + 1 : part.start]
    return place.line.join([*remarks, f"-{gap}{said}"]) if remarks else f"{gap[1:]}{said}"


def _is_of(old: object, new: object) -> bool:
    """Return whether a part of a list is the one that it was: by its id, else by what it says."""
    if isinstance(old, dict) and isinstance(new, dict) and ("id" in old or "id" in new):
        return old.get("id") == new.get("id")
    return _same(old, new)


# --- what is new ----------------------------------------------------------------------------------------
def fresh(value: object, *, newline: str = "\n") -> str:
    """Write a value as a whole file."""
    return _fresh(value, _Place("", 0, is_flow=False, newline=newline)) + newline


def _fresh(value: object, place: _Place, *, in_lines: bool = False) -> str:
    if isinstance(value, dict):
        if place.is_flow or not value or (_is_short(value) and not in_lines):
            return _braced([_entry(key, one, _flow(place)) for key, one in value.items()], place)
        return place.line.join(_entry(key, one, place) for key, one in value.items())
    if isinstance(value, tuple):
        if (
            place.is_flow
            or not value
            or all(isinstance(one, str | int) and len(str(one)) < _SHORT for one in value)
        ):
            return "[" + ", ".join(_fresh(one, _flow(place)) for one in value) + "]"
        return place.line.join("- " + _item(one, place) for one in value)
    if isinstance(value, str):
        return _text(value, place, "", place)
    return "null" if value is None else str(value).lower()  # a number, true or false


def _flow(place: _Place) -> _Place:
    return _Place(place.text, place.column, is_flow=True, newline=place.newline)


def _is_short(value: Mapping[str, object]) -> bool:
    """Return whether a mapping is two words beside each other, such as a title."""
    texts = list(value.values())
    return (
        all(isinstance(one, str) and "\n" not in one for one in texts)
        and sum(map(len, map(str, texts))) < _SIDE_BY_SIDE
    )


def _braced(entries: Sequence[str], _place: _Place) -> str:
    return "{" + ", ".join(entries) + "}"


def _entry(key: Key, value: object, place: _Place) -> str:
    name = str(key) if re.fullmatch(r"[A-Za-z][\w-]*", str(key)) else _quoted(str(key))
    said = _fresh(value, place if isinstance(value, tuple) else place.deeper())
    if place.is_flow or not isinstance(value, dict | tuple) or said[:1] in "[{":
        return f"{name}: {said}"
    return f"{name}:{place.line if isinstance(value, tuple) else place.deeper().line}{said}"


def _item(value: object, place: _Place) -> str:
    return _fresh(value, place.deeper())


def _text(text: str, place: _Place, style: str, outer: _Place) -> str:
    if "\n" in text and not place.is_flow and _is_block(text):
        inner = outer.column if outer is not place else place.column
        lines = [" " * (inner + _INDENT) + line if line else "" for line in text.split("\n")]
        return place.newline.join(["|-", *lines])
    if style not in {'"', "'"} and _is_plain(text, is_flow=place.is_flow):
        return text
    return _quoted(text)


def _is_block(text: str) -> bool:
    return not _ENDS_PLAIN.search(text.replace("\n", "")) and text[0] not in " \n" and text[-1] != "\n"


def _is_plain(text: str, *, is_flow: bool) -> bool:
    if not _PLAIN.fullmatch(text) or _ENDS_PLAIN.search(text) or text.lower() in _WORDS:
        return False
    return not (is_flow and _FLOW_SIGNS.search(text))


def _quoted(text: str) -> str:
    return f'"{_TO_ESCAPE.sub(_escaped, text)}"'


def _escaped(hit: re.Match[str]) -> str:
    sign = hit[0]
    return _ESCAPES.get(sign) or (f"\\x{ord(sign):02x}" if ord(sign) < _BYTE else f"\\u{ord(sign):04x}")
