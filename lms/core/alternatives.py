"""Whether what is seen or heard can be had another way: alternative texts, descriptions, transcripts.

Holds judgements over one document (WCAG 1.1.1, 1.2); whether files exist is for `content` to say. Called by
checks and the desk.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lms.core.document import Document, Figure, Recording
from lms.core.findings import Finding, Place
from lms.core.rules import broken
from lms.core.walk import walk

LONGEST_ALT = 125
_FILE_NAME = re.compile(
    r"[\w-]+\.(?:svg|png|jpe?g|gif|webp|avif|bmp|tiff?)|(?:IMG|DSC|image|figure|photo)[_-]?\d+", re.IGNORECASE
)
_PICTURE_OF = re.compile(
    r"(?:an? |the |une? |la |le |l’)?(?:image|picture|photo|photograph|photographie|graphic|graphique"
    r"|illustration|drawing|dessin|icon|icône|figure)s?"
    r"(?: (?:of|showing|that shows|which shows|de|du|des|montrant|qui montre|représentant)\b| d’)",
    re.IGNORECASE,
)


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
    elif _FILE_NAME.fullmatch(alt) or (alt.casefold() == _stem(figure.src).casefold() and "-" in alt):
        yield broken("alt-file-name", place, found=alt)
    elif _PICTURE_OF.match(alt):
        yield broken("alt-picture-of", place, found=alt)
    if len(alt) > LONGEST_ALT:
        yield broken("alt-long", place, count=len(alt), limit=LONGEST_ALT)
    if not figure.description:
        yield broken("description-missing", place, src=figure.src)


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
        elif isinstance(node, Recording):
            findings.extend(_recording_faults(node, Place(file, node.line)))
    return findings
