"""Containers to core blocks.

Holds one small builder per container, and what each demands of its content. Knows no file and reads no
Markdown itself: it is handed a function for that.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from lms.content.markup.containers import Fence, Prose
from lms.content.markup.report import Notebook
from lms.core.courses.document import (
    Block,
    Branching,
    Caution,
    Checklist,
    Choice,
    ContentNote,
    Figure,
    FigureLabel,
    Finder,
    Inline,
    InShort,
    JobAid,
    KeyPoint,
    LawBox,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Recording,
    Reflection,
    Scenario,
    Step,
)

_AT = re.compile(r"(100|[0-9]{1,2}) +(100|[0-9]{1,2})")
_GRID = 5  # per cent
_DATE = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])")

IN_SHORT = 3
_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Build:
    """What a builder may use: the notebook and the reader of what stands inside."""

    notes: Notebook
    read: Callable[[Fence], tuple[Block, ...]]

    def inside(self, fence: Fence, *parts: str) -> tuple[Block, ...]:
        """Read a container's own blocks, without the child containers named."""
        kept: list[Prose | Fence] = [
            part for part in fence.children if not (isinstance(part, Fence) and part.name in parts)
        ]
        return self.read(Fence(fence.name, fence.attributes, fence.line, kept))

    def part(self, fence: Fence, name: str) -> tuple[Block, ...]:
        """Read a child container's blocks; nothing when there is none."""
        child = fence.child(name)
        return self.read(child) if child else ()

    def value(self, fence: Fence, name: str) -> str:
        """Return an attribute as it is written; empty when it is missing."""
        return fence.attributes.values.get(name, "")

    def refuse(self, fence: Fence, expected: str) -> None:
        """Note that a container does not hold what it must."""
        self.notes.error("container-content", fence.line, name=fence.name, expected=expected)

    def date(self, fence: Fence, name: str) -> str:
        """Return a date attribute, and note one that is no date."""
        value = self.value(fence, name)
        if value and not _DATE.fullmatch(value):
            self.notes.error("attribute-value", fence.line, name=fence.name, attribute=name, found=value)
        return value

    def minutes(self, fence: Fence) -> int:
        """Return the minutes, and note what is no number."""
        value = self.value(fence, "minutes")
        if value.isascii() and value.isdecimal() and 0 < len(value) <= _DIGITS:
            return int(value)
        if value:
            self.notes.error("attribute-value", fence.line, name=fence.name, attribute="minutes", found=value)
        return 0


def _only_list(blocks: tuple[Block, ...]) -> ListBlock | None:
    return blocks[0] if len(blocks) == 1 and isinstance(blocks[0], ListBlock) else None


def _line_of(item: ListItem) -> tuple[Inline, ...] | None:
    only = item.content[0] if len(item.content) == 1 else None
    return only.content if isinstance(only, Paragraph) else None


def _in_short(fence: Fence, build: Build) -> Block:
    found = _only_list(build.inside(fence))
    lines = [_line_of(item) for item in found.items] if found else []
    items = tuple(line for line in lines if line is not None)
    if found is None or len(items) != len(lines):
        build.refuse(fence, "list")
    elif len(items) != IN_SHORT:
        build.notes.error("in-short-three", fence.line, count=len(items))
    return InShort(items, fence.line)


def _filled(fence: Fence, build: Build, *parts: str) -> tuple[Block, ...]:
    blocks = build.inside(fence, *parts)
    if not blocks:
        build.refuse(fence, "text")
    return blocks


def _key_point(fence: Fence, build: Build) -> Block:
    return KeyPoint(_filled(fence, build), fence.attributes.id, fence.line)


def _caution(fence: Fence, build: Build) -> Block:
    return Caution(_filled(fence, build), fence.attributes.id, fence.line)


def _law(fence: Fence, build: Build) -> Block:
    blocks = build.inside(fence, "plain")
    only = blocks[0] if len(blocks) == 1 else None
    statement = only.content if isinstance(only, Paragraph) else ()
    if not statement:
        build.refuse(fence, "paragraph")
    rests_on = tuple(build.value(fence, "rests-on").split())
    dates = build.date(fence, "as-of"), build.date(fence, "review-by")
    return LawBox(fence.attributes.id, statement, rests_on, *dates, build.part(fence, "plain"), fence.line)


def _scenario(fence: Fence, build: Build) -> Block:
    discussion = build.part(fence, "discussion")
    if not discussion:
        build.refuse(fence, "discussion")
    content = _filled(fence, build, "discussion")
    return Scenario(fence.attributes.id, build.value(fence, "title"), content, discussion, fence.line)


def _choice(item: ListItem) -> Choice | None:
    line = _line_of(item)
    link = line[0] if line and len(line) == 1 else None
    return Choice(link.content, link.target) if isinstance(link, Link) and link.kind == "anchor" else None


def _step(fence: Fence, build: Build) -> Step:
    blocks = build.read(fence)
    last = blocks[-1] if blocks else None
    choices = [_choice(item) for item in last.items] if isinstance(last, ListBlock) else []
    if any(choices) and None in choices:
        build.refuse(fence, "links")
    kept = tuple(choice for choice in choices if choice)
    content = blocks[:-1] if kept else blocks
    if not content:
        build.refuse(fence, "text")
    return Step(fence.attributes.id, content, kept, fence.line)


def _branching(fence: Fence, build: Build) -> Block:
    steps = tuple(
        _step(part, build) for part in fence.children if isinstance(part, Fence) and part.name == "step"
    )
    if not steps:
        build.refuse(fence, "steps")
    content = build.inside(fence, "step")
    return Branching(fence.attributes.id, build.value(fence, "title"), content, steps, fence.line)


def _reflection(fence: Fence, build: Build) -> Block:
    return Reflection(fence.attributes.id, _filled(fence, build), fence.line)


def _checklist(fence: Fence, build: Build) -> Block:
    found = _only_list(build.inside(fence))
    if found is None:
        build.refuse(fence, "list")
    return Checklist(
        fence.attributes.id, build.value(fence, "title"), found.items if found else (), fence.line
    )


def _job_aid(fence: Fence, build: Build) -> Block:
    content, client = _filled(fence, build, "client"), build.part(fence, "client")
    return JobAid(fence.attributes.id, build.value(fence, "title"), content, client, fence.line)


def _label(fence: Fence, build: Build) -> FigureLabel | None:
    blocks, at = build.read(fence), _AT.fullmatch(value := build.value(fence, "at"))
    only = blocks[0] if len(blocks) == 1 else None
    if not isinstance(only, Paragraph):
        build.refuse(fence, "paragraph")
        return None
    across, down = (int(at[1]), int(at[2])) if at else (0, 0)
    if value and (not at or across % _GRID or down % _GRID):
        build.notes.error("attribute-value", fence.line, name=fence.name, attribute="at", found=value)
    return FigureLabel(only.content, across, down, fence.line)


def _figure(fence: Fence, build: Build) -> Block:
    labels = (
        _label(part, build) for part in fence.children if isinstance(part, Fence) and part.name == "label"
    )
    return Figure(
        fence.attributes.id,
        build.value(fence, "src"),
        build.value(fence, "alt"),
        build.inside(fence, "description", "label"),
        build.part(fence, "description"),
        "decorative" in fence.attributes.flags,
        fence.line,
        tuple(label for label in labels if label),
    )


def _content_note(fence: Fence, build: Build) -> Block:
    alternative = build.part(fence, "alternative")
    if not alternative:
        build.refuse(fence, "alternative")
    content = _filled(fence, build, "alternative")
    skip_to = build.value(fence, "skip-to").removeprefix("#")
    return ContentNote(fence.attributes.id, build.minutes(fence), skip_to, content, alternative, fence.line)


def _recording(fence: Fence, build: Build) -> Block:
    return Recording(
        fence.attributes.id,
        fence.name,
        build.value(fence, "src"),
        build.inside(fence, "transcript", "description"),
        build.part(fence, "transcript"),
        build.part(fence, "description"),
        "described" in fence.attributes.flags,
        fence.line,
    )


def _finder(fence: Fence, build: Build) -> Block:
    if fence.children:
        build.refuse(fence, "nothing inside")
    return Finder(fence.attributes.id, fence.line)


BUILDERS: Mapping[str, Callable[[Fence, Build], Block]] = {
    "in-short": _in_short,
    "key-point": _key_point,
    "caution": _caution,
    "law": _law,
    "scenario": _scenario,
    "branching": _branching,
    "reflection": _reflection,
    "checklist": _checklist,
    "job-aid": _job_aid,
    "figure": _figure,
    "content-note": _content_note,
    "video": _recording,
    "audio": _recording,
    "finder": _finder,
}
