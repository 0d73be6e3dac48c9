"""Pictures, recordings and captions for a lesson: taken by what they are, under names that the machine makes.

What an upload is called or says it is proves nothing: its first bytes do. A drawing that could do more than
be looked at is refused.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lms.actions.action import Who, command, query
from lms.actions.authoring.editing import new_name
from lms.actions.authoring.reach import require_locale
from lms.actions.context import Context
from lms.actions.publishing import states
from lms.actions.publishing.reach import require_course
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.media_types import CAPTIONS, LIMITS, PICTURE, type_of
from lms.core.errors import Invalid, NotFound
from lms.core.people.actors import Actor
from lms.core.publishing.site import Medium


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
    if suffix == "svg" and (faults := context.library.unsafe_drawing(content)):
        raise Invalid("upload.unsafe", faults)
    return suffix


@command("authoring.upload", by=Who.AUTHOR, scoped=True)
def upload(context: Context, actor: Actor, place: LessonPlace, sent: Upload, wanted: Sequence[str]) -> str:
    """Put a file among the media of a module and return the path under which a lesson shows it.

    `wanted` says what it may be (`core.authoring.media_types`). Captions get the name of their recording.

    Raises: NotFound `course.unknown`, `lesson.unknown`, `authoring.language-unknown`; NotAllowed
    `authoring.other-language`; Invalid `draft.not-whole`, `upload.missing`, `upload.kind`,
    `upload.too-large`, `upload.unsafe`; Unavailable `disk.write-failed`.
    """
    require_course(actor, context, Who.AUTHOR, place.course)
    draft = context.library.draft_lesson(place)
    for locale in draft.course.required if wanted == (PICTURE,) else sent.captions:
        require_locale(actor, context, place.course, locale)
        if locale not in draft.texts:
            raise NotFound("authoring.language-unknown", locale=locale)
    suffix = _suffix(context, sent.content, wanted)
    stem = f"{place.lesson[:40]}-{new_name(context, 'm')}"
    files = {f"{stem}.{suffix}": sent.content}
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


@query("authoring.draft_medium", by=Who.STAFF, scoped=True)
def draft_medium(context: Context, actor: Actor, place: LessonPlace, name: str) -> Medium:
    """Return a file of the media of a draft.

    Raises: NotFound `course.unknown`, `media.unknown`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    return context.library.draft_medium(place.course, place.module, name)
