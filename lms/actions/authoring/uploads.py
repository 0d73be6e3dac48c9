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
from lms.content.drafts.draft_names import module_file
from lms.content.editing.rewriting import rewritten
from lms.content.shapes.reading import read_yaml
from lms.core.authoring.lessons.drafts import LessonPlace
from lms.core.authoring.lessons.media_types import (
    CAPTIONS,
    LIMITS,
    LONGEST_SIDE,
    PICTURE,
    SIGNED,
    VIDEO,
    type_of,
)
from lms.core.authoring.lessons.pieces import HEADING, walk
from lms.core.authoring.lessons.private_details import tells_more, without_private
from lms.core.courses.course import SignVideo
from lms.core.errors import Invalid, NotFound
from lms.core.people.actors import Actor
from lms.core.publishing.site import FileChange, Medium
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
        raise Invalid("upload.too-large", kilo=LIMITS[kind] // 1000)
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
    path, files = _placed(context, actor, place, sent, wanted)
    written = states.write_together(context, place.course, files)
    with context.database.writing() as tx:
        states.note(tx, context, actor, written, "authoring.upload")
    return path


def _placed(
    context: Context, actor: Actor, place: LessonPlace, sent: Upload, wanted: Sequence[str]
) -> tuple[str, dict[str, FileChange]]:
    """Return the path of what came, and the files that are to be written for it; nothing is yet."""
    require_course(actor, context, Who.AUTHOR, place.course)
    draft = context.library.draft_lesson(place)
    for locale in draft.course.required if wanted == (PICTURE,) else sent.captions:
        require_locale(actor, context, place.course, locale)
        if locale not in draft.texts:
            raise NotFound("authoring.language-unknown", locale=locale)
    suffix = _suffix(context, sent.content, wanted)
    content = without_private(sent.content, suffix)
    stem = f"{place.lesson[:40]}-{new_name(context, 'm')}"
    files = {f"{stem}.{suffix}": content}
    for locale, words in sent.captions.items():
        files[f"{stem}.{locale}.{_suffix(context, words, (CAPTIONS,))}"] = words
    folder = f"courses/{place.course}/{place.module}/draft/media"
    changes = {f"{folder}/{name}": FileChange(content, "") for name, content in files.items()}
    return f"media/{stem}.{suffix}", changes


@command("authoring.caption", by=Who.AUTHOR, scoped=True)
def caption(
    context: Context, actor: Actor, place: LessonPlace, src: str, captions: Mapping[str, bytes]
) -> None:
    """Put other captions to a recording that stays, in these languages.

    Raises: as `upload`; NotFound `media.unknown`.
    """
    require_course(actor, context, Who.AUTHOR, place.course)
    context.library.draft_medium(place.course, place.module, src.removeprefix("media/"))
    folder, stem = f"courses/{place.course}/{place.module}/draft", src.rpartition(".")[0]
    changes = {}
    for locale, words in captions.items():
        require_locale(actor, context, place.course, locale)
        file = f"{folder}/{stem}.{locale}.{_suffix(context, words, (CAPTIONS,))}"
        before = states.digest_of(context.library.draft_file(place.course, file))
        changes[file] = FileChange(words, before)
    written = states.write_together(context, place.course, changes)
    with context.database.writing() as tx:
        states.note(tx, context, actor, written, "authoring.caption")


# --- sign language ------------------------------------------------------------------------------------------
def _module(context: Context, place: LessonPlace) -> tuple[str, bytes, tuple[Mapping[str, object], ...]]:
    """Return the file of a module, its bytes, and the sign-language videos that it names."""
    file = module_file(place.course, place.module)
    raw = context.library.draft_file(place.course, file)
    value = read_yaml(raw, file).value
    listed = value.get("sign_videos") or () if isinstance(value, dict) else None
    if not isinstance(listed, tuple):
        raise Invalid("draft.not-whole", course=place.course)
    return file, raw, tuple(one for one in listed if isinstance(one, dict))


def _save_videos(
    context: Context,
    actor: Actor,
    place: LessonPlace,
    deed: str,
    videos: Sequence[Mapping[str, object]],
    *,
    files: Mapping[str, FileChange],
) -> None:
    """Write the list of videos with the files of a new one: both are there, or neither."""
    file, raw, _ = _module(context, place)
    made = rewritten(raw, ("sign_videos",), tuple(videos) or None)
    changes = {**files, file: FileChange(made, states.digest_of(raw))}
    written = states.write_together(context, place.course, changes)
    with context.database.writing() as tx:
        states.note(tx, context, actor, written, deed)


def _parts(context: Context, place: LessonPlace) -> dict[str, str]:
    """Return what a video may be of: the part as it is written, and the words that name it."""
    draft = context.library.draft_lesson(place)
    quiz = context.library.quiz_draft(place.course, place.module, context.today())
    found = {
        f"#{piece.id}": piece.shown
        for text in draft.texts.values()
        for _, piece in walk(text.root)
        if piece.kind == HEADING and piece.id
    }
    found |= {f"question:{entry['id']}": "" for entry in quiz.entries}
    return found | {f"term:{term}": "" for term in context.library.glossary()}


@query("authoring.signed", by=Who.AUTHOR, scoped=True)
def signed(context: Context, actor: Actor, place: LessonPlace) -> tuple[SignVideo, ...]:
    """Return the sign-language videos of a module.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`.
    """
    require_course(actor, context, Who.AUTHOR, place.course)
    return tuple(
        SignVideo(str(one.get("for", "")), str(one.get("lang", "")), str(one.get("src", "")))
        for one in _module(context, place)[2]
    )


@command("authoring.sign", by=Who.AUTHOR, scoped=True)
def sign(context: Context, actor: Actor, place: LessonPlace, content: bytes, entry: SignVideo) -> str:
    """Add a sign-language video of a section, a question or a term; return the path of its file.

    Raises: as `upload`; Invalid `editing.choice-missing` for a part that is none; Conflict `draft.changed`,
    `draft.by-hand`.
    """
    require_course(actor, context, Who.AUTHOR, place.course, "")
    if entry.part not in _parts(context, place) or entry.lang not in SIGNED:
        raise Invalid("editing.choice-missing")
    src, files = _placed(context, actor, place, Upload(content), (VIDEO,))
    made: dict[str, object] = {"for": entry.part, "lang": entry.lang, "src": src}
    told = entry.transcript.by_locale if entry.transcript else {}
    if said := {tag: words.strip() for tag, words in told.items() if words.strip()}:
        made["transcript"] = said
    _save_videos(context, actor, place, "authoring.sign", (*_module(context, place)[2], made), files=files)
    return src


@command("authoring.unsign", by=Who.AUTHOR, scoped=True)
def unsign(context: Context, actor: Actor, place: LessonPlace, src: str) -> None:
    """Take a sign-language video away; its file stays among the media until somebody deletes it.

    Raises: NotFound `course.unknown`, `media.unknown`; Invalid `draft.not-whole`; Conflict `draft.changed`,
    `draft.by-hand`; Unavailable `disk.write-failed`.
    """
    require_course(actor, context, Who.AUTHOR, place.course, "")
    _, _, videos = _module(context, place)
    left = [one for one in videos if one.get("src") != src]
    if len(left) == len(videos):
        raise NotFound("media.unknown")
    _save_videos(context, actor, place, "authoring.unsign", left, files={})


@query("authoring.draft_medium", by=Who.STAFF, scoped=True)
def draft_medium(context: Context, actor: Actor, place: LessonPlace, name: str) -> Medium:
    """Return a file of the media of a draft.

    Raises: NotFound `course.unknown`, `media.unknown`.
    """
    require_course(actor, context, Who.STAFF, place.course)
    return context.library.draft_medium(place.course, place.module, name)
