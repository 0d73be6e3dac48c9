"""YAML 1.2 to plain values, each with its line and column; every fault of a file becomes a finding.

Holds no schema (see `validation`) and no meaning. Values are None, bool, int, float, str, tuples and dicts
with text keys (`true:` is the key "true").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml
from yaml.error import MarkedYAMLError, YAMLError
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from lms.core.checks.rules import broken
from lms.core.checks.wording.characters import unusable
from lms.core.courses.findings import Finding, Place

MAX_BYTES = 2_000_000
MAX_DEPTH = 20
MAX_DIGITS = 18
MAX_ENTRIES = 5_000  # of one list or mapping
#: Of one file no more is told: who has put so many right sees the next ones, and no file fills a page.
MOST_FAULTS = 100

_INTEGER = re.compile(r"[-+]?[0-9]+")
_FLOAT = re.compile(
    r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})

#: libyaml's parser: the same events as one written in Python, ten times as fast.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_OLD_BREAKS = "\x85\u2028\u2029"  # next line, line separator, paragraph separator
#: What the parser was at when it met a sign such as the one of *this*: meant for stress, read as an alias.
_ANCHORS = frozenset({"while scanning an alias", "while scanning an anchor"})

Key = str | int
Path = tuple[Key, ...]


@dataclass(frozen=True, slots=True)
class Source:
    """What a file holds: a value, where each part of it stands, and what is wrong with its writing."""

    file: str
    value: object
    places: Mapping[Path, tuple[int, int]] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()

    def place(self, path: Path) -> Place:
        """Return the line and column of a part; of the nearest part around it when it is missing."""
        for length in range(len(path), -1, -1):
            found = self.places.get(path[:length])
            if found:
                return Place(self.file, *found)
        return Place(self.file, 1, 1)


class _Stopped(Exception):
    """The file is refused as a whole."""


@dataclass(slots=True)
class _Frame:
    """A mapping or a sequence that is still open."""

    path: Path
    mapping: dict[str, object] | None
    sequence: list[object]
    key: str | None = None
    awaits_key: bool = True


class _Builder:
    """Put values together from the events of the parser, without recursion."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.value: object = None
        self.places: dict[Path, tuple[int, int]] = {}
        self.findings: list[Finding] = []
        self._open: list[_Frame] = []
        self._documents = 0

    def take(self, event: Event) -> None:
        """Use one event."""
        frame = self._open[-1] if self._open else None
        if frame is not None and max(len(frame.mapping or ()), len(frame.sequence)) > MAX_ENTRIES:
            self._stop("yaml-too-many", event, limit=MAX_ENTRIES)
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            self._stop("yaml-alias", event)
        elif isinstance(event, DocumentStartEvent):
            self._documents += 1
            if self._documents > 1:
                self._stop("yaml-syntax", event, problem="more than one document")
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            self._begin(event)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            frame = self._open.pop()
            self._put(frame.mapping if frame.mapping is not None else tuple(frame.sequence))
        elif isinstance(event, ScalarEvent):
            self._scalar(event)

    def _stop(self, rule: str, event: Event, **params: object) -> None:
        self._report(rule, event, **params)
        raise _Stopped

    def _report(self, rule: str, event: Event, **params: object) -> None:
        self.findings.append(broken(rule, Place(self.file, *_position(event)), **params))
        if len(self.findings) >= MOST_FAULTS:
            raise _Stopped

    def _path(self) -> Path:
        if not self._open:
            return ()
        frame = self._open[-1]
        return (
            *frame.path,
            frame.key if frame.mapping is not None and frame.key is not None else len(frame.sequence),
        )

    def _begin(self, event: MappingStartEvent | SequenceStartEvent) -> None:
        if event.tag and not event.implicit:
            self._report("yaml-tag", event, tag=str(event.tag))
        if len(self._open) >= MAX_DEPTH:
            self._stop("yaml-too-deep", event, limit=MAX_DEPTH)
        if self._open and self._open[-1].mapping is not None and self._open[-1].awaits_key:
            self._stop("yaml-syntax", event, problem="a key must be a word")
        path = self._path()
        self._mark(path, event)
        self._open.append(_Frame(path, {} if isinstance(event, MappingStartEvent) else None, []))

    def _mark(self, path: Path, event: Event) -> None:
        self.places.setdefault(path, _position(event))

    def _scalar(self, event: ScalarEvent) -> None:
        self._judge(event)
        frame = self._open[-1] if self._open else None
        if frame is not None and frame.mapping is not None and frame.awaits_key:
            self._key(frame, event)
            return
        self._mark(self._path(), event)
        self._put(self._resolved(event))

    def _judge(self, event: ScalarEvent) -> None:
        """Report characters that no word is made of, also those that an escape has made."""
        for name in dict.fromkeys(name for _, name in unusable(str(event.value))):
            self._report("character-unusable", event, found=name)

    def _key(self, frame: _Frame, event: ScalarEvent) -> None:
        frame.key = str(event.value)
        frame.awaits_key = False
        if frame.mapping is not None and frame.key in frame.mapping:
            self._report("yaml-duplicate-key", event, key=frame.key)
        self._mark((*frame.path, frame.key), event)

    def _resolved(self, event: ScalarEvent) -> object:
        text = str(event.value)
        plain, quoted = event.implicit
        if not plain:
            if not quoted:
                self._report("yaml-tag", event, tag=str(event.tag))
            return text
        return self._plain(text, event)

    def _plain(self, text: str, event: ScalarEvent) -> object:
        if text in _NULL:
            return None
        if text in _TRUE or text in _FALSE:
            return text in _TRUE
        if _INTEGER.fullmatch(text) or _FLOAT.fullmatch(text):
            return self._number(text, event)
        return text

    def _number(self, text: str, event: ScalarEvent) -> object:
        if len(text) > MAX_DIGITS:
            self._report("yaml-long-number", event, limit=MAX_DIGITS)
            return 0
        if _INTEGER.fullmatch(text):
            return int(text)
        return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))

    def _put(self, value: object) -> None:
        if not self._open:
            self.value = value
            return
        frame = self._open[-1]
        if frame.mapping is None:
            frame.sequence.append(value)
        elif frame.key is not None:
            frame.mapping.setdefault(frame.key, value)
            frame.key, frame.awaits_key = None, True


def _position(event: Event) -> tuple[int, int]:
    """Return the line and column at which an event begins, from 1."""
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def events_of(text: str) -> Iterator[Event]:
    """Return what the parser says; what ends a line in YAML 1.1 alone stays a letter of the text."""
    spare = (sign for sign in map(chr, range(0xE000, 0xF8FF)) if sign not in text)
    stand_ins = {sign: next(spare, sign) for sign in _OLD_BREAKS if sign in text}
    written = {ord(sign): stand_in for sign, stand_in in stand_ins.items()}
    meant = {ord(stand_in): sign for sign, stand_in in stand_ins.items()}
    for event in yaml.parse(text.translate(written), Loader=_LOADER):
        if meant and isinstance(event, ScalarEvent):
            event.value = event.value.translate(meant)
        yield event


def decode(raw: bytes, file: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file; a file that is too large or is not UTF-8 gives a finding and no text."""
    if len(raw) > MAX_BYTES:
        return "", (broken("file-too-large", Place(file), limit=MAX_BYTES),)
    try:
        return raw.decode("utf-8-sig"), ()
    except UnicodeDecodeError as fault:
        line = raw.count(b"\n", 0, fault.start) + 1
        return "", (broken("file-encoding", Place(file, line)),)


def unusable_characters(text: str, file: str) -> tuple[Finding, ...]:
    """Find the characters of a text file that no word is made of; each kind once on a line, the first 100."""
    found: dict[tuple[int, str], Finding] = {}
    line, start = 1, 0
    for at, name in unusable(text):
        line += text.count("\n", start, at)
        start = max(start, text.rfind("\n", start, at) + 1)
        place = Place(file, line, at - start + 1)
        found.setdefault((line, name), broken("character-unusable", place, found=name))
        if len(found) == MOST_FAULTS:
            break
    return tuple(found.values())


def _syntax(fault: Exception, file: str) -> Finding:
    place = Place(file, 1, 1)
    problem = str(fault).splitlines()[0] if str(fault) else ""
    if isinstance(fault, MarkedYAMLError):
        mark = fault.problem_mark or fault.context_mark
        place = Place(file, mark.line + 1, mark.column + 1) if mark else place
        problem = str(fault.problem or fault.context or problem)
        if fault.context in _ANCHORS:
            return broken("yaml-alias", place)
    return broken("yaml-syntax", place, problem=problem)


def read_yaml(raw: bytes, file: str) -> Source:
    """Read YAML 1.2 without aliases, tags, second documents or surprises; faults become findings."""
    text, faults = decode(raw, file)
    if faults:
        return Source(file, None, {}, faults)
    builder = _Builder(file)
    if _CONTROL.search(text):  # YAML has no place for them
        return Source(file, None, {}, unusable_characters(text, file))
    try:
        for event in events_of(text):
            builder.take(event)
    except _Stopped:
        builder.value = None
    except (YAMLError, ValueError, OverflowError, IndexError) as fault:
        builder.value = None
        builder.findings.append(_syntax(fault, file))
    return Source(file, builder.value, builder.places, tuple(builder.findings))
