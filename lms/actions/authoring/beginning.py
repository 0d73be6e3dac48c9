"""What is new: a course, a module or a lesson from its template, a module copied from another course.

Forms ask plain questions; ids, codes and names of folders are made here. Every new file passes the checks.
Files of a module are saved before the file that lists it, so that nothing half made is ever listed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from lms.actions.action import Who, command
from lms.actions.context import Context
from lms.actions.publishing.preparing import save_draft
from lms.content.drafts.draft_names import course_file, lesson_file, module_file, notes_file
from lms.content.drafts.quiz_drafts import quiz_file
from lms.content.editing.rewriting import fresh, rewritten
from lms.content.shapes.reading import read_yaml
from lms.core import ids
from lms.core.courses.course import RESERVED_FOLDERS
from lms.core.errors import Invalid, NotFound
from lms.core.people.actors import Actor
from lms.core.people.letters import plain
from lms.rendering.words.subjects import course_templates as words
from lms.rendering.words.subjects.question_templates import question_template

MOST_TITLE = 120
_LONGEST, _CODE = 40, 6  # letters of a folder's name and of a code
#: Pages of the workspace: a course, a module or a lesson of that name could not be opened there.
COURSE_PAGES = frozenset({"dossiers", "help-lines", "holds", "impact", "laws", "new"})
MODULE_PAGES = frozenset(
    {
        "conformance",
        "copy",
        "differences",
        "findings",
        "new",
        "publish",
        "replace",
        "review",
        "translation",
    }
)
LESSON_PAGES = frozenset({"new", "quiz"})
_NUMBERED = re.compile(r"[a-z]+(\d+)")
_MODULE_LINK = r"(?<=\(lesson:){}(?=/)"


def slug_of(title: str, taken: frozenset[str]) -> str:
    """Return a folder's name for a title, which nothing has yet.

    >>> slug_of("L’été à vélo", frozenset({"l-ete-a-velo"}))
    'l-ete-a-velo-2'
    """
    base = re.sub(r"[^a-z0-9]+", "-", plain(title)).strip("-")[:_LONGEST].strip("-") or "x"
    names = (base, *(f"{base}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _titles(title: Mapping[str, str], locales: tuple[str, ...]) -> dict[str, str]:
    if not locales:
        raise Invalid("new.locales-missing")
    said = {locale: title.get(locale, "").strip() for locale in locales}
    if not all(said.values()):
        raise Invalid("new.title-missing")
    if any("\t" in one or len(one.splitlines()) > 1 for one in said.values()):
        raise Invalid("input.characters")
    if max(map(len, said.values())) > MOST_TITLE:
        raise Invalid("new.title-long", most=MOST_TITLE)
    return said


def _id(context: Context, length: int = 10) -> str:
    return ids.secret(context.random(ids.RANDOM_BYTES))[-length:]


def _module_files(
    context: Context,
    course: str,
    module: str,
    *,
    code: str,
    title: Mapping[str, str],
    locales: tuple[str, ...],
) -> dict[str, bytes]:
    """Return the files of a new module, the one that names its lessons last."""
    listing = module_file(course, module)
    questions = tuple(
        question_template(kind, _id(context), "o1", locales, lambda: _id(context))
        for kind in ("choice", "choices", "true-false")
    )
    shape = {
        "id": module,
        "code": code,
        "title": dict(title),
        "minutes": words.MINUTES,
        "outcomes": ({"id": "o1", **words.said_in(locales, words.OUTCOME)},),
        "lessons": (_lesson("first-lesson", "l1", title),),
        "quiz": module,
    }
    texts = {lesson_file(listing, 1, "first-lesson", tag): words.new_lesson(tag) for tag in locales}
    notes = {notes_file(listing, tag): words.new_notes(tag) for tag in locales}
    quiz = {quiz_file(course, module): fresh({"id": module, "draw": 3, "items": questions})}
    made = {**texts, **notes, **quiz, listing: fresh(shape)}
    return {file: text.encode() for file, text in made.items()}


def _lesson(slug: str, code: str, title: Mapping[str, str]) -> dict[str, Any]:
    entry = {"id": slug, "code": code, "title": dict(title), "minutes": words.MINUTES}
    return {**entry, "outcomes": ("o1",)}


def _save_all(context: Context, actor: Actor, course: str, files: Mapping[str, bytes]) -> None:
    for file, content in files.items():
        save_draft(context, actor, course, file, content, expected="")


@command("authoring.new_course", by=Who.AUTHOR)
def new_course(
    context: Context,
    actor: Actor,
    title: Mapping[str, str],
    *,
    locales: tuple[str, ...],
    sensitive: bool,
) -> str:
    """Make a course with a first module in these languages; return its folder.

    Raises: Invalid `new.locales-missing`, `new.title-missing`, `new.title-long`; Conflict `new.exists`;
    Unavailable `disk.write-failed`.
    """
    said = _titles(title, locales)
    known = frozenset(context.library.courses()) | RESERVED_FOLDERS
    course = slug_of(next(iter(said.values())), known | COURSE_PAGES)
    module = slug_of(next(iter(said.values())), RESERVED_FOLDERS | MODULE_PAGES)
    shape = {
        "id": course,
        "code": _id(context, _CODE),
        "title": said,
        "subtitle": words.said_in(locales, words.SUBTITLE),
        "summary": words.said_in(locales, words.SUMMARY),
        "sensitive": sensitive,
        "neutral_title": {
            tag: f"{name} {len(known)}" for tag, name in words.said_in(locales, words.NEUTRAL).items()
        },
        "required_locales": locales,
        "offered_locales": (),
        "hours": "1",
        "modules": (module,),
        "pass_mark": 80,
        "final_check": {"items": 3},
        "certificate": {"rule": "all-modules-and-final-check"},
    }
    files = _module_files(context, course, module, code="m1", title=said, locales=locales)
    files[course_file(course)] = fresh(shape).encode()
    context.library.begin_course(course, files)
    for file, content in files.items():  # the history begins with them
        save_draft(context, actor, course, file, content, expected=sha256(content).hexdigest())
    return course


def _course_file(context: Context, course: str) -> tuple[str, bytes, Mapping[str, Any]]:
    file = course_file(course)
    raw = context.library.draft_file(course, file)
    value = read_yaml(raw, file).value
    if not isinstance(value, dict) or not isinstance(value.get("modules"), tuple):
        raise Invalid("draft.not-whole", course=course)
    return file, raw, value


def _list_module(context: Context, actor: Actor, course: str, module: str) -> None:
    """Add a module at the end of its course."""
    file, raw, value = _course_file(context, course)
    made = rewritten(raw, ("modules",), (*value["modules"], module))
    save_draft(context, actor, course, file, made, expected=sha256(raw).hexdigest())


def _next_code(context: Context, course: str) -> str:
    """Return a code that no module of the course has or had in a sealed version."""
    _, _, value = _course_file(context, course)
    codes = [code for module in value["modules"] for code in [_code_of(context, course, module)] if code]
    for version in context.library.versions(course):
        codes += [module.code for module in context.library.release(course, version).modules]
    return f"m{_highest(codes) + 1}"


def _code_of(context: Context, course: str, module: str) -> str:
    file = module_file(course, module)
    value = read_yaml(context.library.draft_file(course, file), file).value
    return str(value.get("code", "")) if isinstance(value, dict) else ""


def _highest(codes: list[str]) -> int:
    found = (_NUMBERED.fullmatch(code) for code in codes)
    return max((int(one[1]) for one in found if one), default=0)


def _folders(context: Context, course: str) -> frozenset[str]:
    """Return the names that modules of a course have or had."""
    _, _, value = _course_file(context, course)
    sealed = (
        module.id
        for version in context.library.versions(course)
        for module in context.library.release(course, version).modules
    )
    return frozenset({*map(str, value["modules"]), *sealed}) | RESERVED_FOLDERS | MODULE_PAGES


@command("authoring.new_module", by=Who.AUTHOR)
def new_module(context: Context, actor: Actor, course: str, title: Mapping[str, str]) -> str:
    """Make a module with a lesson, a quiz and notes at the end of a course; return its folder.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`, `new.title-missing`, `new.title-long`;
    Conflict `draft.changed`; Unavailable `disk.write-failed`.
    """
    locales = context.library.languages(course)
    said = _titles(title, locales)
    module = slug_of(next(iter(said.values())), _folders(context, course))
    files = _module_files(
        context, course, module, code=_next_code(context, course), title=said, locales=locales
    )
    _save_all(context, actor, course, files)
    _list_module(context, actor, course, module)
    return module


@command("authoring.new_lesson", by=Who.AUTHOR)
def new_lesson(context: Context, actor: Actor, course: str, module: str, title: Mapping[str, str]) -> str:
    """Make a lesson at the end of a module; return its id.

    Raises: NotFound `course.unknown`, `module.unknown`; Invalid `draft.not-whole`, `new.title-missing`,
    `new.title-long`; Conflict `draft.changed`, `draft.by-hand`; Unavailable `disk.write-failed`.
    """
    locales = context.library.languages(course)
    said = _titles(title, locales)
    file = module_file(course, module)
    raw = context.library.draft_file(course, file)
    value = read_yaml(raw, file).value
    if not isinstance(value, dict) or not isinstance(value.get("lessons"), tuple):
        raise NotFound("module.unknown", module=module)
    entries = [entry for entry in value["lessons"] if isinstance(entry, dict)]
    codes = [str(entry.get("code")) for entry in entries]
    names = {str(entry.get("id")) for entry in entries}
    for version in context.library.versions(course):
        sealed = (one for one in context.library.release(course, version).modules if one.id == module)
        lessons = [lesson for one in sealed for lesson in one.lessons]
        codes += [lesson.code for lesson in lessons]
        names |= {lesson.id for lesson in lessons}
    slug = slug_of(next(iter(said.values())), frozenset(names) | LESSON_PAGES)
    number = len(value["lessons"]) + 1
    texts = {lesson_file(file, number, slug, tag): words.new_lesson(tag).encode() for tag in locales}
    _save_all(context, actor, course, texts)
    entry = _lesson(slug, f"l{_highest(codes) + 1}", said)
    made = rewritten(raw, ("lessons",), (*value["lessons"], entry))
    if isinstance(value.get("minutes"), int):
        made = rewritten(made, ("minutes",), value["minutes"] + words.MINUTES)
    save_draft(context, actor, course, file, made, expected=sha256(raw).hexdigest())
    return slug


@command("authoring.copy_module", by=Who.AUTHOR)
def copy_module(context: Context, actor: Actor, course: str, source: str, module: str) -> str:
    """Copy a module of another course (`source`) to the end of a course; return its folder there.

    Questions get ids of their own; links of the module to itself follow it, those to others become findings.
    Files in a language that the course does not have stay behind.

    Raises: NotFound `course.unknown`, `module.unknown`; Invalid `draft.not-whole`; Conflict `draft.changed`,
    `draft.by-hand`; Unavailable `disk.write-failed`.
    """
    files = context.library.module_files(source, module)
    if not files:
        raise NotFound("module.unknown", module=module)
    _, _, value = _course_file(context, course)
    locales = (*value.get("required_locales", ()), *value.get("offered_locales", ()))
    slug = slug_of(module, _folders(context, course))
    code = _next_code(context, course)
    made = {
        _place(file, source, module, course, slug): _copied(
            context, file, raw, module=module, slug=slug, code=code
        )
        for file, raw in files.items()
        if _is_spoken(file, locales)
    }
    _save_all(context, actor, course, made)
    _list_module(context, actor, course, slug)
    return slug


def _is_spoken(file: str, locales: tuple[str, ...]) -> bool:
    """Return whether a file is in one of these languages, or in none."""
    return not file.endswith((".md", ".vtt")) or file.split(".")[-2] in locales


def _place(file: str, source: str, module: str, course: str, slug: str) -> str:
    return file.replace(f"/{source}/{module}/", f"/{course}/{slug}/", 1)


def _copied(context: Context, file: str, raw: bytes, *, module: str, slug: str, code: str) -> bytes:
    """Return a file as it stands in the other course."""
    if "/media/" in file:
        return raw
    link = re.compile(_MODULE_LINK.format(re.escape(module)).encode())
    made = link.sub(slug.encode(), raw)
    value = read_yaml(made, file).value if file.endswith(".yaml") else None
    if not isinstance(value, dict):
        return made
    made = rewritten(made, ("id",), slug)
    if file.startswith("courses/"):
        return rewritten(rewritten(made, ("code",), code), ("quiz",), slug)
    items = value.get("items")
    for at, item in enumerate(items if isinstance(items, tuple) else ()):
        if isinstance(item, dict) and "id" in item:
            made = rewritten(made, ("items", at, "id"), _id(context))
    return made
