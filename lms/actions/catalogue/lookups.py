"""Finding courses: from the opaque code in an address to the release that somebody learns from.

Holds look-ups in the release index, and what happens when the files of a release cannot be read: its own
pages answer 503, lists leave it out, and somebody is told (`operations.tasks`). A course's code is
never recycled, so a code that was found once stays found.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.actions.catalogue.citations import named_in
from lms.actions.context import Context
from lms.actions.kept import Shelved
from lms.content.seals.outlines import unpack
from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.durations import course_minutes
from lms.core.errors import Invalid, NotFound, Unavailable
from lms.core.publishing.activations import Activation
from lms.core.publishing.outline import outline_of
from lms.core.publishing.release_head import ReleaseHead
from lms.core.publishing.site import MEDIUM_DAMAGED, NOT_HERE, UNREADABLE, Medium, Trouble
from lms.storage.database import Tx
from lms.storage.publishing import release_index, releases

Name = tuple[str, str]  # course id and version


def course_id(context: Context, code: str) -> str:
    """Return the id of the course with this code; unknown until a release of it was adopted.

    Raises: NotFound `course.unknown`.
    """
    known = context.kept.codes.get(code)
    if known is not None:
        return known
    with context.database.reading() as tx:
        found = release_index.course_of(tx, code)
        missing = () if found else release_index.unlisted(tx)
    for name in missing:  # adopted before there was an index, and not set up since
        release = _read(context, *name)
        found = release.course.id if release and release.course.code == code else found
    if not found:
        raise NotFound("course.unknown", course=code)
    context.kept.codes[code] = found
    return found


# --- releases without their texts ----------------------------------------------------------------------
def head_of(release: Release) -> ReleaseHead:
    """Return the head of a release as far as the release itself says it; `adopting` adds the rest."""
    course = release.course
    return ReleaseHead(
        course=course.id,
        version=release.version,
        code=course.code,
        digest=release.digest,
        parent=release.parent,
        change=release.change,
        date=release.date,
        law_as_of=release.law_as_of,
        minutes=course_minutes(release),
        title=course.title,
        why=release.why,
        locales=(*course.required_locales, *course.offered_locales),
        named=named_in(release),
    )


def shelve(context: Context, head: ReleaseHead, release: Release) -> Shelved:
    """Keep what lists and pages need of a release."""
    made = context.kept.shelved[head.course, head.version] = Shelved(head, outline_of(release))
    context.kept.codes[head.code] = head.course
    return made


def shelved(context: Context, tx: Tx, names: Iterable[Name]) -> dict[Name, Shelved]:
    """Return releases without their texts: one statement for those that are not kept, none for the others.

    What the index does not hold yet is read from the files; what can be had from neither is left out.
    """
    wanted = tuple(dict.fromkeys(names))
    found = {name: one for name in wanted if (one := context.kept.shelved.get(name)) is not None}
    missing = [name for name in wanted if name not in found]
    heads = {(head.course, head.version): head for head in release_index.find(tx, missing)}
    for name in missing:
        one = _unpacked(context, heads[name]) if name in heads else _from_files(context, None, name)
        if one is not None:
            found[name] = one
    return found


def _unpacked(context: Context, head: ReleaseHead) -> Shelved | None:
    outline = unpack(head.outline, head.digest)
    if outline is None:
        return _from_files(context, head, (head.course, head.version))
    made = context.kept.shelved[head.course, head.version] = Shelved(head, outline)
    return made


def _from_files(context: Context, head: ReleaseHead | None, name: Name) -> Shelved | None:
    release = _read(context, *name)
    return shelve(context, head or head_of(release), release) if release else None


def shelved_one(context: Context, tx: Tx, course: str, version: str) -> Shelved:
    """Return one release without its texts.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """
    found = shelved(context, tx, [(course, version)]).get((course, version))
    if found is None:
        raise problem_of(context, course, version)
    return found


def current_line(context: Context, tx: Tx, course: str) -> tuple[Activation, ...]:
    """Return what has become current in a course, oldest first.

    Raises: NotFound `course.unknown` when nothing is published.
    """
    line = releases.line(tx, course, context.now())
    if not line:
        raise NotFound("course.unknown", course=course)
    return line


# --- whole releases ---------------------------------------------------------------------------------------
def problem_of(context: Context, course: str, version: str) -> Unavailable:
    """Return why a release that was adopted cannot be read, and note it for whoever looks after the site."""
    is_here = course in context.library.courses() and version in context.library.versions(course)
    context.kept.troubles.add(Trouble(UNREADABLE if is_here else NOT_HERE, f"{course} {version}"))
    if is_here:
        return Unavailable("course.unreadable", course=course, version=version)
    return Unavailable("release.not-here", course=course, version=version)


def _read(context: Context, course: str, version: str) -> Release | None:
    try:
        found = context.library.release(course, version)
    except (NotFound, Invalid):
        return None
    context.kept.whole[course, version] = True
    return found


def sealed(context: Context, course: str, version: str) -> Release:
    """Return an adopted release with its texts.

    Raises: Unavailable `course.unreadable` when its files are damaged, `release.not-here` when this machine
    has not got them yet.
    """
    found = _read(context, course, version)
    if found is None:
        raise problem_of(context, course, version)
    return found


def is_whole(context: Context, course: str, version: str) -> bool:
    """Return whether the files of a release are here and are what was sealed; hashed until found so once."""
    name = course, version
    if context.kept.whole.get(name):
        return True
    if _is_what_was_adopted(context, name):
        context.kept.whole[name] = True
        return True
    problem_of(context, course, version)
    return False


def _is_what_was_adopted(context: Context, name: Name) -> bool:
    """Compare with the digests of the index, which takes milliseconds; without them, read the seal itself."""
    known = context.kept.shelved.get(name)
    if known and known.head.files:
        return context.library.is_intact(known.head.files)
    course, version = name
    return version in context.library.versions(course) and not context.library.verify(course, version)


def require_whole(context: Context, course: str, version: str) -> None:
    """Refuse to show a course whose files cannot be read.

    Raises: Unavailable `course.unreadable`, `release.not-here`.
    """
    if not is_whole(context, course, version):
        raise problem_of(context, course, version)


def listed(context: Context, tx: Tx, now_current: Mapping[str, str]) -> tuple[Shelved, ...]:
    """Return what may stand in lists, by course id and version; a course that cannot be read is left out."""
    found = shelved(context, tx, now_current.items())
    return tuple(one for name, one in _ordered(now_current, found) if is_whole(context, *name))


def _ordered(wanted: Mapping[str, str], found: Mapping[Name, Shelved]) -> Iterable[tuple[Name, Shelved]]:
    return ((name, found[name]) for name in wanted.items() if name in found)


def current_release(tx: Tx, context: Context, course: str) -> Release:
    """Return the release that is current for a course id.

    Raises: NotFound `course.unknown` when nothing is published; Unavailable `course.unreadable`,
    `release.not-here`.
    """
    return sealed(context, course, current_line(context, tx, course)[-1].version)


def find_module(release: Release, code: str) -> Module:
    """Return a module by its code.

    Raises: NotFound `module.unknown`.
    """
    module = release.module(code)
    if module is None:
        raise NotFound("module.unknown", module=code)
    return module


def find_lesson(release: Release, module_code: str, lesson_code: str) -> tuple[Module, Lesson]:
    """Return a lesson and its module by their codes.

    Raises: NotFound `lesson.unknown`.
    """
    found = release.lesson(module_code, lesson_code)
    if found is None:
        raise NotFound("lesson.unknown", lesson=lesson_code)
    return found


def find_medium(context: Context, digest: str) -> Medium:
    """Return a picture, recording or caption file; one that is damaged is noted like a damaged release.

    Raises: NotFound `media.unknown`; Unavailable `media.unreadable`.
    """
    try:
        return context.library.medium(digest)
    except Unavailable as problem:
        context.kept.troubles.add(Trouble(MEDIUM_DAMAGED, str(problem.params["file"])))
        raise
