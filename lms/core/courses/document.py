"""The one document tree of a lesson, read from Markdown once.

Everything that shows, prints, converts, compares or checks a lesson reads this tree. Holds no HTML,
no file access and no judgement. Every block carries the line it began on (1-based, 0 = unknown).
"""

from __future__ import annotations

from dataclasses import dataclass, field

#: Pages of the site that a text may lead to by name, in the reader's language.
SITE_PAGES = frozenset({"support", "help", "glossary", "register"})


# --- inline ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Text:
    """A run of characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Stressed words; `strong` for importance."""

    content: tuple[Inline, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True)
class InlineCode:
    """Literal characters."""

    text: str


@dataclass(frozen=True, slots=True)
class Break:
    """A line break that carries meaning."""


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead somewhere; `kind` is `term`, `law`, `lesson`, `page`, `anchor`, `mail` or `outside`."""

    kind: str
    target: str
    content: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Foreign:
    """Words in another language (BCP 47 tag); WCAG 3.1.2."""

    lang: str
    content: tuple[Inline, ...]


Inline = Text | Emphasis | InlineCode | Break | Link | Foreign


# --- blocks ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; `level` 2 to 4; `id` is the anchor that the languages share."""

    level: int
    content: tuple[Inline, ...]
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One idea."""

    content: tuple[Inline, ...]
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class ListItem:
    """One item: blocks."""

    content: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class ListBlock:
    """A list; ordered lists may start anywhere."""

    items: tuple[ListItem, ...]
    ordered: bool = False
    start: int = 1
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Table:
    """A data table: header cells, body rows of inline cells, a caption (WCAG 1.3.1)."""

    header: tuple[tuple[Inline, ...], ...]
    rows: tuple[tuple[tuple[Inline, ...], ...], ...]
    caption: tuple[Inline, ...] = ()
    row_headers: bool = False
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and whose."""

    content: tuple[Block, ...]
    source: tuple[Inline, ...] = ()
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class InShort:
    """Three lines at the top of a lesson."""

    items: tuple[tuple[Inline, ...], ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """The one sentence to remember."""

    content: tuple[Block, ...]
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Caution:
    """What can go wrong, and what to do."""

    content: tuple[Block, ...]
    id: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class LawBox:
    """A statement that a law can falsify: what it rests on, and when it was true (ISO dates)."""

    id: str
    statement: tuple[Inline, ...]
    rests_on: tuple[str, ...]
    as_of: str
    review_by: str
    plain: tuple[Block, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Scenario:
    """A named person and a situation; the discussion is revealed on request."""

    id: str
    title: str
    content: tuple[Block, ...]
    discussion: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """What one can do at a step, and the step it leads to."""

    content: tuple[Inline, ...]
    target: str


@dataclass(frozen=True, slots=True)
class Step:
    """One station of a branching scenario; without choices it is an ending."""

    id: str
    content: tuple[Block, ...]
    choices: tuple[Choice, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class Branching:
    """A scenario with choices that lead on; the first step is the start; no circles."""

    id: str
    title: str
    content: tuple[Block, ...]
    steps: tuple[Step, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Reflection:
    """A question to oneself; what is typed is neither sent nor kept."""

    id: str
    content: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Checklist:
    """Things to tick on screen or on paper; nothing is kept."""

    id: str
    title: str
    items: tuple[ListItem, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class JobAid:
    """A page to print and use at work; `client` is the version to hand to a client."""

    id: str
    title: str
    content: tuple[Block, ...]
    client: tuple[Block, ...] = ()
    line: int = 0


@dataclass(frozen=True, slots=True)
class FigureLabel:
    """Words that stand over a picture; their middle is so many per cent across and down."""

    content: tuple[Inline, ...]
    across: int
    down: int
    line: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture: alternative text (empty = decorative), caption, long description (WCAG 1.1.1), labels."""

    id: str
    src: str
    alt: str
    caption: tuple[Block, ...] = ()
    description: tuple[Block, ...] = ()
    decorative: bool = False
    line: int = 0
    labels: tuple[FigureLabel, ...] = ()


@dataclass(frozen=True, slots=True)
class ContentNote:
    """What may hurt, how long, how to skip, and an equal alternative."""

    id: str
    minutes: int
    skip_to: str
    content: tuple[Block, ...]
    alternative: tuple[Block, ...]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Recording:
    """Video or audio with captions (one WebVTT file per locale) and a transcript (WCAG 1.2)."""

    id: str
    kind: str
    src: str
    caption: tuple[Block, ...] = ()
    transcript: tuple[Block, ...] = ()
    description: tuple[Block, ...] = ()
    described: bool = False
    line: int = 0


@dataclass(frozen=True, slots=True)
class Finder:
    """Where one works and what holds there: drawn from the register, so it has no words of its own."""

    id: str
    line: int = 0


Block = (
    Heading
    | Paragraph
    | ListBlock
    | Table
    | Quote
    | InShort
    | KeyPoint
    | Caution
    | LawBox
    | Scenario
    | Branching
    | Reflection
    | Checklist
    | JobAid
    | Figure
    | ContentNote
    | Recording
    | Finder
)


@dataclass(frozen=True, slots=True)
class Document:
    """One lesson in one language."""

    lang: str
    blocks: tuple[Block, ...] = field(default=())
