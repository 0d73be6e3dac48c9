"""Whether every picture, recording and caption file is there, light and safe.

Holds judgements over a module's media folder.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms.content.checks.rules.check_context import CheckContext
from lms.content.drafts.drafts import ModuleDraft
from lms.content.shapes.reading import decode, unusable_characters
from lms.core.checks.lesson_facts import LessonFacts, MediaFact
from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place

LARGEST_DRAWING = 6_000
LARGEST_PICTURE = 200_000
DEEPEST = 50  # shapes inside shapes: what draws them goes down as many steps
_PICTURES = frozenset({"svg", "png", "jpg", "jpeg", "webp", "avif", "gif"})
_UNSAFE = re.compile(
    rb"<script|<foreignObject|<!DOCTYPE|<!ENTITY|<\?xml-stylesheet|<image\b|<use\b[^>]*href=[\"']?(?!#)|\son\w+\s*="
    rb"|\sstyle\s*=|@import|javascript:|url\(\s*[\"']?(?!#)|(?:href|src)\s*=\s*[\"']?\s*(?:https?:)?//",
    re.IGNORECASE,
)
_WORDS = re.compile(r"<text\b[^>]*>(.*?)</text>", re.DOTALL | re.IGNORECASE)
_LETTERS = re.compile(r"[^\W\d_]{2,}")
_OPEN_OR_CLOSED = re.compile(rb"<(/?)[A-Za-z][^<>]*?(/?)>")
_TAGS = re.compile(r"<[^>]*>")
#: A time and words below it: a file without one captions nothing.
_CUE = re.compile(r"-->[^\n]*\n[ \t]*\S")


def _suffix(path: str) -> str:
    return path.rpartition(".")[2].lower()


def _captions(src: str, locale: str) -> str:
    return f"{src.rpartition('.')[0]}.{locale}.vtt"


def _depth(raw: bytes) -> int:
    """Return how many elements of a drawing stand inside one another at most."""
    deepest = depth = 0
    for tag in _OPEN_OR_CLOSED.finditer(raw):
        depth += -1 if tag[1] else 0 if tag[2] else 1
        deepest = max(deepest, depth)
    return deepest


def drawing_faults(raw: bytes, place: Place) -> Iterator[Finding]:
    """Judge what a drawing holds: a style may give colours for the dark, and ask for nothing."""
    hit = _UNSAFE.search(raw)
    if hit:
        yield broken("picture-unsafe", place, found=hit[0].decode("utf-8", "replace").strip())
    elif b"<svg" not in raw or b"viewBox" not in raw:
        yield broken("picture-unsafe", place, found="no viewBox")
    elif _depth(raw) > DEEPEST:
        yield broken("picture-unsafe", place, found=f"more than {DEEPEST} levels")
    texts = (_TAGS.sub("", text) for text in _WORDS.findall(raw.decode("utf-8", "replace")))
    words = next((text.strip() for text in texts if _LETTERS.search(text)), "")
    if words:
        yield broken("picture-words", place, found=words)


def _caption_faults(module: ModuleDraft, context: CheckContext) -> Iterator[Finding]:
    """Judge caption files, which are words as well: a file without any is a caption that is missing."""
    for path in module.media:
        if _suffix(path) == "vtt":
            file = f"{module.folder}/{path}"
            text, faults = decode(context.files.raw(file) or b"", file)
            yield from (*faults, *unusable_characters(text, file))
            if not faults and not _CUE.search(text):
                yield broken("captions-missing", Place(file), files=path)


def _file_faults(module: ModuleDraft, context: CheckContext) -> Iterator[Finding]:
    for path in module.media:
        if _suffix(path) not in _PICTURES:
            continue
        place = Place(f"{module.folder}/{path}")
        raw = context.files.raw(place.file) or b""
        limit = LARGEST_DRAWING if _suffix(path) == "svg" else LARGEST_PICTURE
        if len(raw) > limit:
            yield broken("picture-large", place, bytes=len(raw), limit=limit)
        if _suffix(path) == "svg":
            yield from drawing_faults(raw, place)


def _shown(fact: MediaFact, module: ModuleDraft, file: str, locales: Sequence[str]) -> Iterator[Finding]:
    place = Place(file, fact.line)
    if fact.src and fact.src not in module.media:
        yield broken("media-missing", place, src=fact.src)
    if fact.kind == "video":
        lacking = [
            _captions(fact.src, locale)
            for locale in locales
            if _captions(fact.src, locale) not in module.media
        ]
        if lacking:
            yield broken("captions-missing", place, files=", ".join(lacking))


def _sign_faults(
    module: ModuleDraft, all_facts: Iterable[LessonFacts], terms: Mapping[str, object]
) -> Iterator[Finding]:
    anchors = {f"#{anchor}" for facts in all_facts for anchor in facts.anchors}
    questions = {f"question:{question.id}" for question in module.quiz.questions} if module.quiz else set()
    known = anchors | questions | {f"term:{term}" for term in terms}
    for at, video in enumerate(module.shape.sign_videos if module.shape else ()):
        if video.part not in known:
            yield broken("sign-part", module.source.place(("sign_videos", at, "for")), found=video.part)
        for name in filter(None, (video.src, video.small)):
            if name not in module.media:
                yield broken("media-missing", module.source.place(("sign_videos", at)), src=name)


def _used(module: ModuleDraft, all_facts: Iterable[LessonFacts]) -> set[str]:
    used = {fact.src for facts in all_facts for fact in facts.media}
    for video in module.shape.sign_videos if module.shape else ():
        used |= {video.src, video.small or ""}
    return used


def _unused(module: ModuleDraft, used: set[str]) -> Iterator[Finding]:
    """Find files that nothing shows; captions belong to the recording whose name they share."""
    stems = {name.rpartition(".")[0] for name in used}
    for path in module.media:
        stem = path.rpartition(".")[0]
        is_caption = _suffix(path) == "vtt" and stem.rpartition(".")[0] in stems
        if path not in used and not is_caption:
            yield broken("media-unused", Place(f"{module.folder}/{path}"), src=path)


def faults(
    module: ModuleDraft, facts: Mapping[str, LessonFacts], locales: Sequence[str], context: CheckContext
) -> list[Finding]:
    """Judge a module's media; `facts` are those of its lessons by file."""
    findings = [*_file_faults(module, context), *_caption_faults(module, context)]
    for file, lesson in facts.items():
        for fact in lesson.media:
            findings.extend(_shown(fact, module, file, locales))
    findings.extend(_sign_faults(module, facts.values(), context.terms))
    if module.shape is not None:
        findings.extend(_unused(module, _used(module, facts.values())))
    return findings
