"""Pictures, recordings and captions for a lesson: taken by what they are, under names that the machine makes.

What an upload is called or says it is proves nothing: its first bytes do. A drawing that could do more than
be looked at is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lms.actions.action import Who, command
from lms.actions.authoring.editing import new_name
from lms.actions.authoring.reach import require_course, require_locale
from lms.actions.context import Context
from lms.actions.publishing import states
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.media_types import CAPTIONS, LIMITS, LONGEST_SIDE, PICTURE, type_of
from lms.core.authoring.lessons.private_details import tells_more, without_private
from lms.core.errors import Invalid, NotFound
from lms.core.people.actors import Actor
from lms.rendering.lessons.blocks_pictures import size_of


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came, and for a recording its captions by language."""

    content: bytes
    captions: Mapping[str, bytes] = field(default_factory=dict)


def _suffix(context: Context, content: bytes, wanted: Sequence[str]) -> str:
    kind, suffix = type_of(content)
    if not content:
        raise Invalid("upload.missing")
    if kind not in wanted:
        raise Invalid("upload.kind")
    if len(content) > LIMITS[kind]:
        raise Invalid("upload.too-large", most=LIMITS[kind])
    if kind == PICTURE and not _can_be_shown(content, suffix):
        raise Invalid("upload.damaged", most=LONGEST_SIDE)
    if tells_more(content, suffix):
        raise Invalid("upload.private")
    if suffix == "svg" and (faults := context.library.unsafe_drawing(content)):
        raise Invalid("upload.unsafe", faults)
    return suffix


def _can_be_shown(content: bytes, suffix: str) -> bool:
    """Return whether a picture has a size that a screen can hold; of some kinds the size is not known."""
    width, height = size_of(content)
    is_known = suffix in {"png", "gif", "jpg"}
    return max(width, height) <= LONGEST_SIDE and (min(width, height) > 0 or not is_known)


@command("authoring.upload", by=Who.AUTHOR, scoped=True)
def upload(context: Context, actor: Actor, place: LessonPlace, sent: Upload, wanted: Sequence[str]) -> str:
    """Put a file among the media of a module and return the path under which a lesson shows it.

    `wanted` says what it may be (`core.authoring.media_types`). Captions get the name of their recording.
    Where a picture was taken, and by whom, is taken out before anything is written.

    Raises: NotFound `course.unknown`, `lesson.unknown`, `authoring.language-unknown`; NotAllowed
    `authoring.other-language`; Invalid `draft.not-whole`, `upload.missing`, `upload.kind`,
    `upload.too-large`, `upload.damaged`, `upload.private`, `upload.unsafe`; Unavailable `disk.write-failed`.
    """
    require_course(actor, place.course)
    draft = context.library.draft_lesson(place)
    for locale in draft.course.required if wanted == (PICTURE,) else sent.captions:
        require_locale(actor, place.course, locale)
        if locale not in draft.texts:
            raise NotFound("authoring.language-unknown", locale=locale)
    suffix = _suffix(context, sent.content, wanted)
    content = without_private(sent.content, suffix)
    stem = f"{place.lesson[:40]}-{new_name(context, 'm')}"
    files = {f"{stem}.{suffix}": content}
    for locale, words in sent.captions.items():
        files[f"{stem}.{locale}.{_suffix(context, words, (CAPTIONS,))}"] = words
    folder = f"courses/{place.course}/{place.module}/draft/media"
    written = [
        states.write(context, place.course, f"{folder}/{name}", content, expected="")
        for name, content in files.items()
    ]
    with context.database.writing() as tx:
        states.note(tx, context, actor, written, "authoring.upload")
    return f"media/{stem}.{suffix}"
