"""The tags of a lesson: every class of `document`, as it stands in sealed files.

A table and nothing else. A tag and a pinned absence stay as they are for ever; a field that is added comes
with the absence that all older files mean (see `docs/sealed-format.md`).
"""

from __future__ import annotations

from lms.core.courses.document import (
    Branching,
    Break,
    Caution,
    Checklist,
    Choice,
    ContentNote,
    Document,
    Emphasis,
    Figure,
    FigureLabel,
    Finder,
    Foreign,
    Heading,
    InlineCode,
    InShort,
    JobAid,
    KeyPoint,
    LawBox,
    Link,
    ListBlock,
    ListItem,
    Paragraph,
    Quote,
    Recording,
    Reflection,
    Scenario,
    Step,
    Table,
    Text,
)
from lms.core.publishing.tags import Tag

INLINE_KINDS = (
    Tag("text", Text, ("text",)),
    Tag("emphasis", Emphasis, ("content",), {"strong": False}),
    Tag("code", InlineCode, ("text",)),
    Tag("break", Break),
    Tag("link", Link, ("kind", "target", "content")),
    Tag("foreign", Foreign, ("lang", "content")),
)

BLOCK_KINDS = (
    Tag("heading", Heading, ("level", "content"), {"id": "", "line": 0}),
    Tag("paragraph", Paragraph, ("content",), {"id": "", "line": 0}),
    Tag("list-item", ListItem, ("content",), {"line": 0}),
    Tag("list-block", ListBlock, ("items",), {"ordered": False, "start": 1, "id": "", "line": 0}),
    Tag("table", Table, ("header", "rows"), {"caption": (), "row_headers": False, "id": "", "line": 0}),
    Tag("quote", Quote, ("content",), {"source": (), "id": "", "line": 0}),
    Tag("in-short", InShort, ("items",), {"line": 0}),
    Tag("key-point", KeyPoint, ("content",), {"id": "", "line": 0}),
    Tag("caution", Caution, ("content",), {"id": "", "line": 0}),
    Tag("law-box", LawBox, ("id", "statement", "rests_on", "as_of", "review_by"), {"plain": (), "line": 0}),
    Tag("scenario", Scenario, ("id", "title", "content", "discussion"), {"line": 0}),
    Tag("choice", Choice, ("content", "target")),
    Tag("step", Step, ("id", "content"), {"choices": (), "line": 0}),
    Tag("branching", Branching, ("id", "title", "content", "steps"), {"line": 0}),
    Tag("reflection", Reflection, ("id", "content"), {"line": 0}),
    Tag("checklist", Checklist, ("id", "title", "items"), {"line": 0}),
    Tag("job-aid", JobAid, ("id", "title", "content"), {"client": (), "line": 0}),
    Tag("figure-label", FigureLabel, ("content", "across", "down"), {"line": 0}),
    Tag(
        "figure",
        Figure,
        ("id", "src", "alt"),
        {"caption": (), "description": (), "decorative": False, "line": 0, "labels": ()},
    ),
    Tag("content-note", ContentNote, ("id", "minutes", "skip_to", "content", "alternative"), {"line": 0}),
    Tag(
        "recording",
        Recording,
        ("id", "kind", "src"),
        {"caption": (), "transcript": (), "description": (), "described": False, "line": 0},
    ),
    Tag("finder", Finder, ("id",), {"line": 0}),
    Tag("document", Document, ("lang",), {"blocks": ()}),
)

DOCUMENT_KINDS = (*INLINE_KINDS, *BLOCK_KINDS)
