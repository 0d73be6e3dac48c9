"""Whether what is seen or heard can be had another way: alternative texts, labels, descriptions, transcripts.

Holds judgements over one document (WCAG 1.1.1, 1.2); whether files exist is for `content` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lms.core.checks.rules import broken
from lms.core.checks.wording.empty_words import PLACEHOLDERS
from lms.core.courses.document import Document, Figure, FigureLabel, Recording
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import runs, text_of, walk

LONGEST_ALT = 125
LONGEST_LABEL = 30
#: A drawing on a phone, in CSS pixels, and what its labels take there (`.labels` in the style sheet).
_WIDE, _HIGH, _LETTER, _LINE, _IN_A_LINE = 328, 200, 7.5, 18, 14
_FILE_NAME = re.compile(
    r"[\w-]+\.(?:svg|png|jpe?g|gif|webp|avif|bmp|tiff?)|(?:IMG|DSC|image|figure|photo)[_-]?\d+", re.IGNORECASE
)
_PICTURE_OF = re.compile(
    r"(?:an? |the |une? |la |le |l’)?(?:image|picture|photo|photograph|photographie|graphic|graphique"
    r"|illustration|drawing|dessin|icon|icône|figure)s?"
    r"(?: (?:of|showing|that shows|which shows|de|du|des|montrant|qui montre|représentant)\b| d’)",
    re.IGNORECASE,
)


_WORD = re.compile(r"[^\W\d_]+")


def _says_nothing(alt: str, figure: Figure) -> bool:
    """Return whether an alternative text tells nothing: no word, none but "picture", or the caption."""
    words = _WORD.findall(alt.casefold())
    told = " ".join(words)
    below = " ".join(_WORD.findall(" ".join(run.text for run in runs(figure.caption)).casefold()))
    return told == below or all(word in PLACEHOLDERS or len(word) == 1 for word in words)


def _stem(src: str) -> str:
    return src.rsplit("/", maxsplit=1)[-1].rsplit(".", maxsplit=1)[0]


def _alt_faults(figure: Figure, place: Place) -> Iterator[Finding]:
    alt = figure.alt.strip()
    if figure.decorative:
        if alt:
            yield broken("alt-decorative", place, found=alt)
        return
    if not alt:
        yield broken("alt-missing", place, src=figure.src)
    else:
        yield from _alt_words(alt, figure, place)
    if not figure.description:
        yield broken("description-missing", place, src=figure.src)


def _alt_words(alt: str, figure: Figure, place: Place) -> Iterator[Finding]:
    if _FILE_NAME.fullmatch(alt) or (alt.casefold() == _stem(figure.src).casefold() and "-" in alt):
        yield broken("alt-file-name", place, found=alt)
    elif _says_nothing(alt, figure):
        yield broken("alt-says-nothing", place, found=alt)
    elif _PICTURE_OF.match(alt):
        yield broken("alt-picture-of", place, found=alt)
    if len(alt) > LONGEST_ALT:
        yield broken("alt-long", place, count=len(alt), limit=LONGEST_ALT)


def _box(label: FigureLabel) -> tuple[float, float, float, float]:
    """Return about where a label begins and ends on a phone: left, right, top, bottom."""
    signs = len(text_of(label.content))
    half = min(signs, _IN_A_LINE) * _LETTER / 2
    high = -(-signs // _IN_A_LINE) * _LINE / 2
    across, down = label.across * _WIDE / 100, label.down * _HIGH / 100
    return across - half, across + half, down - high, down + high


def _label_faults(figure: Figure, file: str) -> Iterator[Finding]:
    boxes = [_box(label) for label in figure.labels]
    for at, (label, (left, right, top, bottom)) in enumerate(zip(figure.labels, boxes, strict=True)):
        words, place = text_of(label.content), Place(file, label.line)
        if len(words) > LONGEST_LABEL:
            yield broken("label-long", place, found=words, count=len(words), limit=LONGEST_LABEL)
        covers = any(
            left < other[1] and other[0] < right and top < other[3] and other[2] < bottom
            for other in boxes[:at]
        )
        if covers or left < 0 or right > _WIDE or top < 0 or bottom > _HIGH:
            yield broken("label-room", place, found=words)


def _recording_faults(recording: Recording, place: Place) -> Iterator[Finding]:
    if not recording.transcript:
        yield broken("transcript-missing", place, src=recording.src)
    if recording.kind == "video" and not recording.described and not recording.description:
        yield broken("video-undescribed", place, src=recording.src)


def faults(document: Document, file: str) -> list[Finding]:
    """Judge the alternatives of all pictures and recordings of a lesson."""
    findings: list[Finding] = []
    for node in walk(document.blocks):
        if isinstance(node, Figure):
            findings.extend(_alt_faults(node, Place(file, node.line)))
            findings.extend(_label_faults(node, file))
        elif isinstance(node, Recording):
            findings.extend(_recording_faults(node, Place(file, node.line)))
    return findings
