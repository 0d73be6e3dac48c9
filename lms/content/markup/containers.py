"""Fenced containers: `::: name {#id key=value}` to a bare `:::`, cut out line by line with a stack.

Holds which containers there are, what they may carry and what may stand in them. Reads no Markdown (see
`markdown`) and builds no block (see `blocks`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lms.content.markup.attributes import Attributes, parse_attributes
from lms.content.markup.report import Notebook

_OPEN = re.compile(r"\s{0,3}:{3,}\s*([A-Za-z][A-Za-z0-9-]*)\s*(.*?)\s*")
_CLOSE = re.compile(r"\s{0,3}:{3,}\s*")
_CODE = re.compile(r"\s{0,3}(`{3,}|~{3,})")


@dataclass(frozen=True, slots=True)
class ContainerRule:
    """What one container may carry and hold; `inside` names the only containers that it may stand in."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    flags: frozenset[str] = frozenset()
    children: frozenset[str] = frozenset()
    inside: frozenset[str] = frozenset()


_SMALL = frozenset({"key-point", "caution", "law", "figure", "checklist"})
_TITLED = frozenset({"id", "title"})
_REPEATED = frozenset({"step", "label"})  # may stand several times in what they stand in
_RECORDING = frozenset({"id", "src"})

RULES: Mapping[str, ContainerRule] = {
    "in-short": ContainerRule(),
    "key-point": ContainerRule(),
    "caution": ContainerRule(),
    "law": ContainerRule(frozenset({"id", "rests-on", "as-of", "review-by"}), children=frozenset({"plain"})),
    "plain": ContainerRule(inside=frozenset({"law"})),
    "scenario": ContainerRule(_TITLED, children=_SMALL | {"discussion"}),
    "discussion": ContainerRule(children=_SMALL, inside=frozenset({"scenario"})),
    "branching": ContainerRule(_TITLED, children=frozenset({"step"})),
    "step": ContainerRule(
        frozenset({"id"}), children=frozenset({"key-point", "caution"}), inside=frozenset({"branching"})
    ),
    "reflection": ContainerRule(frozenset({"id"})),
    "checklist": ContainerRule(_TITLED),
    "job-aid": ContainerRule(_TITLED, children=_SMALL | {"client"}),
    "client": ContainerRule(children=_SMALL, inside=frozenset({"job-aid"})),
    "figure": ContainerRule(
        frozenset({"id", "src"}),
        frozenset({"alt"}),
        frozenset({"decorative"}),
        frozenset({"description", "label"}),
    ),
    "label": ContainerRule(frozenset({"at"}), inside=frozenset({"figure"})),
    "content-note": ContainerRule(
        frozenset({"id", "minutes", "skip-to"}), children=frozenset({"alternative"})
    ),
    "alternative": ContainerRule(children=_SMALL, inside=frozenset({"content-note"})),
    "video": ContainerRule(
        _RECORDING, flags=frozenset({"described"}), children=frozenset({"transcript", "description"})
    ),
    "audio": ContainerRule(_RECORDING, children=frozenset({"transcript"})),
    "finder": ContainerRule(frozenset({"id"})),
    "transcript": ContainerRule(inside=frozenset({"video", "audio"})),
    "description": ContainerRule(inside=frozenset({"figure", "video"})),
}


@dataclass(frozen=True, slots=True)
class Prose:
    """Lines of Markdown between containers."""

    text: str
    line: int


@dataclass(slots=True)
class Fence:
    """One container with what stands in it."""

    name: str
    attributes: Attributes
    line: int
    children: list[Prose | Fence] = field(default_factory=list)
    end: int = 0  # line of its closing fence; 0 while it is open

    def child(self, name: str) -> Fence | None:
        """Find the child container of this name."""
        return next((part for part in self.children if isinstance(part, Fence) and part.name == name), None)


class _Cutter:
    """Cut a file into prose and containers."""

    def __init__(self, notes: Notebook) -> None:
        self.notes = notes
        self.root = Fence("", Attributes(), 0)
        self.open = [self.root]
        self.lines: list[str] = []
        self.first = 1
        self.code = ""

    def line(self, number: int, line: str) -> None:
        if self._in_code(line):
            self._keep(number, line)
        elif _CLOSE.fullmatch(line):
            self._flush()
            self._close(number)
        elif (opening := _OPEN.fullmatch(line)) is not None:
            self._flush()
            self._begin(number, opening[1], opening[2])
        else:
            self._keep(number, line)

    def _in_code(self, line: str) -> bool:
        mark = _CODE.match(line)
        if mark and not self.code:
            self.code = mark[1]
            return True
        if mark and mark[1].startswith(self.code) and not line.strip().strip(self.code[0]):
            self.code = ""
            return True
        return bool(self.code)

    def _keep(self, number: int, line: str) -> None:
        if not self.lines:
            self.first = number
        self.lines.append(line)

    def _flush(self) -> None:
        if any(line.strip() for line in self.lines):
            self.open[-1].children.append(Prose("\n".join(self.lines), self.first))
        self.lines = []

    def _close(self, number: int) -> None:
        if len(self.open) > 1:
            self.open.pop().end = number
        else:
            self.notes.error("container-stray-close", number)

    def _begin(self, number: int, name: str, rest: str) -> None:
        attributes = Attributes()
        if rest.startswith("{") and rest.endswith("}"):
            attributes = parse_attributes(rest[1:-1])
            rest = ""
        if rest or attributes.fault:
            self.notes.error("attribute-syntax", number, found=rest or attributes.fault)
        fence = Fence(name, attributes, number)
        self.open[-1].children.append(fence)
        self.open.append(fence)

    def end(self) -> Fence:
        self._flush()
        for fence in self.open[1:]:
            self.notes.error("container-unclosed", fence.line, name=fence.name)
        return self.root


def _judge(fence: Fence, around: str, notes: Notebook) -> None:
    rule = RULES.get(fence.name)
    if rule is None:
        notes.error("container-unknown", fence.line, name=fence.name, known=", ".join(RULES))
        return
    allowed = RULES[around].children if around in RULES else None
    if (rule.inside and around not in rule.inside) or (allowed is not None and fence.name not in allowed):
        notes.error("container-misplaced", fence.line, name=fence.name, around=around)
    carried = {*fence.attributes.values, *fence.attributes.flags, *({"id"} if fence.attributes.id else ())}
    known = rule.required | rule.optional | rule.flags | {"id"}
    for name in sorted(rule.required - carried):
        notes.error("attribute-missing", fence.line, name=fence.name, attribute=name)
    for name in sorted(carried - known):
        notes.error("attribute-unknown", fence.line, name=fence.name, attribute=name)


def cut(text: str, notes: Notebook) -> Fence:
    """Return the tree of containers and prose under a nameless root; what does not fit becomes a finding."""
    cutter = _Cutter(notes)
    for number, line in enumerate(text.split("\n"), start=1):
        cutter.line(number, line.rstrip("\r"))
    root = cutter.end()
    _judge_all(root, notes)
    return root


def _judge_all(fence: Fence, notes: Notebook) -> None:
    seen: set[str] = set()
    for part in fence.children:
        if isinstance(part, Fence):
            _judge(part, fence.name, notes)
            once = RULES[part.name].inside if part.name in RULES and part.name not in _REPEATED else ()
            if once and part.name in seen:
                notes.error("container-twice", part.line, name=part.name)
            seen.add(part.name)
            _judge_all(part, notes)
