"""What the rules about a text alone find in a sealed release: where the check of its draft is unknown.

Holds which rules those are, and which of their findings nothing is published with. Files of drafts, links and
the register are not judged here: of a sealed release its parsed texts are there, and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lms.core.checks import accessibility, alternatives
from lms.core.checks.conformance.facts import languages_of
from lms.core.checks.rules import broken
from lms.core.checks.wording import languages
from lms.core.courses.course import Module, Release
from lms.core.courses.document import Document, Recording
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import runs, walk

#: The rules that are put to a sealed text.
TEXT_RULES = (
    "alt-decorative",
    "alt-file-name",
    "alt-long",
    "alt-missing",
    "alt-picture-of",
    "alt-says-nothing",
    "anchor-missing",
    "captions-missing",
    "description-missing",
    "foreign-unmarked",
    "heading-capitals",
    "heading-emphasis",
    "heading-empty",
    "heading-order",
    "heading-repeated",
    "in-short-missing",
    "label-long",
    "label-room",
    "language-wrong",
    "link-bare-address",
    "link-empty",
    "link-generic",
    "link-same-words",
    "list-by-hand",
    "locale-missing",
    "media-missing",
    "section-long",
    "sensory-words",
    "table-caption",
    "table-headers",
    "transcript-missing",
    "video-undescribed",
)
#: Nothing is published without these, whoever sealed it, and by whatever version of the program: alternative
#: texts, captions, transcripts (WCAG 1.1.1, 1.2.1, 1.2.2), and each required language. What is only guessed
#: (the language of a text) keeps a draft from being sealed, and not a seal of an earlier program from being
#: adopted.
NEVER_LACKING = frozenset(
    {
        "alt-missing",
        "captions-missing",
        "locale-missing",
        "media-missing",
        "transcript-missing",
    }
)


def _media(module: Module, document: Document, file: str, required: Iterable[str]) -> Iterator[Finding]:
    for node in walk(document.blocks):
        if not isinstance(node, Recording):
            continue
        place, stem = Place(file, node.line), node.src.rpartition(".")[0]
        if node.src not in module.media:
            yield broken("media-missing", place, src=node.src)
        lacking = [name for locale in required if (name := f"{stem}.{locale}.vtt") not in module.media]
        if node.kind == "video" and lacking:
            yield broken("captions-missing", place, files=", ".join(lacking))


def _text(module: Module, document: Document, file: str, required: tuple[str, ...]) -> list[Finding]:
    return [
        *accessibility.faults(document, file),
        *alternatives.faults(document, file),
        *languages.faults(runs(document.blocks), document.lang, file),
        *_media(module, document, file, required),
    ]


def _module(module: Module, required: tuple[str, ...], every: tuple[str, ...]) -> Iterator[Finding]:
    for lesson in module.lessons:
        for locale in every:
            file = f"{module.id}/{lesson.id}.{locale}.md"
            if locale in lesson.documents:
                yield from _text(module, lesson.documents[locale], file, required)
            elif locale in required:
                yield broken("locale-missing", Place(file), locales=locale)
    for locale, notes in module.facilitator.items():
        found = _text(module, notes, f"{module.id}/facilitator.{locale}.md", required)
        yield from (one for one in found if one.rule != "in-short-missing")


def faults(release: Release) -> tuple[Finding, ...]:
    """Judge every text of a sealed release; places name module and lesson, and the line where it is known."""
    required, every = release.course.required_locales, languages_of(release)
    return tuple(one for module in release.modules for one in _module(module, required, every))


def lacking(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return what keeps a release from being published, by whomever it was sealed."""
    return tuple(one for one in findings if one.rule in NEVER_LACKING)
