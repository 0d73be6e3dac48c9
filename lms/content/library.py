"""The site: drafts, seals, register, glossary, help lines, media.

Holds the one interface through which the rest of the house reaches content. A sealed release is hashed again
when it is first loaded and then kept for ever; the register is read again when its files have changed. Called
by actions.
"""

from __future__ import annotations

import mimetypes
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, TypeVar

from lms.content import glossary, helplines, register
from lms.content.cache import Cache
from lms.content.drafts import CourseDraft, read_course_draft, whole_module
from lms.content.files import Files
from lms.content.rests import laws_of, terms_of, watch_of
from lms.content.seals import read_release, verify
from lms.core.change import parts
from lms.core.course import Course, Module, Release
from lms.core.errors import Invalid, NotFound
from lms.core.findings import Finding
from lms.core.helplines import HelpLine
from lms.core.ids import is_slug
from lms.core.legislation import Register, Term
from lms.core.locales import Words

LOOK_AGAIN = 5.0  # seconds
_VERSION_PARTS = 3
_OWN_TYPES = {".webm": "video/webm", ".vtt": "text/vtt", ".svg": "image/svg+xml", ".ogg": "audio/ogg"}

Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Medium:
    """A picture, recording or caption file on disk."""

    path: Path
    size: int
    type: str


def is_version(text: str) -> bool:
    """Say whether the text is a version such as 1.10.2.

    >>> is_version("1.10.2"), is_version("1.10"), is_version("1.02.0")
    (True, False, False)
    """
    numbers = text.split(".")
    plain = all(part.isascii() and part.isdecimal() and str(int(part)) == part for part in numbers)
    return plain and len(numbers) == _VERSION_PARTS


class _Watched(Generic[Kept]):
    """Something read from files, read again after they have changed; looked at most every few seconds."""

    def __init__(self) -> None:
        self._looked = float("-inf")
        self._state: object = None
        self._kept: Kept | None = None

    def get(self, root: Path, pattern: str, read: Callable[[], Kept]) -> Kept:
        now = time.monotonic()
        if self._kept is None or now - self._looked >= LOOK_AGAIN:
            stats = ((path, path.stat()) for path in sorted(root.glob(pattern)))
            state = tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats)
            if self._kept is None or state != self._state:
                self._kept = read()
            self._looked, self._state = now, state
        return self._kept


class Library:
    """One site folder; `cache` is a folder for what was read before, which may be deleted at any time."""

    def __init__(self, site: Path, cache: Path | None = None) -> None:
        self.files = Files(site, Cache(cache))
        self._releases: dict[tuple[str, str], Release] = {}
        self._media: dict[str, Medium] = {}
        self._register: _Watched[Register] = _Watched()
        self._glossary: _Watched[dict[str, Term]] = _Watched()
        self._lines: _Watched[tuple[HelpLine, ...]] = _Watched()

    # --- seals ------------------------------------------------------------------------------------
    def courses(self) -> tuple[str, ...]:
        """List the ids of the courses that have a course file."""
        names = self.files.names("courses")
        return tuple(name for name in names if self.files.raw(f"courses/{name}/course.yaml") is not None)

    def versions(self, course_id: str) -> tuple[str, ...]:
        """List the sealed versions of a course, oldest first."""
        names = self.files.names(f"courses/{course_id}/releases") if is_slug(course_id) else ()
        stems = (name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))
        return tuple(sorted(filter(is_version, stems), key=parts))

    def release(self, course_id: str, version: str) -> Release:
        """Give a sealed release; hashed when first loaded, then kept for ever because it never changes.

        Raises: NotFound `release.unknown`; Invalid `release.broken-seal` with every file that differs.
        """
        name = course_id, version
        if name not in self._releases:
            if not is_slug(course_id) or not is_version(version) or version not in self.versions(course_id):
                raise NotFound("release.unknown", course=course_id, version=version)
            release, findings = read_release(self.files, course_id, version)
            if release is None:
                raise Invalid("release.broken-seal", findings, course=course_id, version=version)
            self._releases[name] = release
        return self._releases[name]

    def latest(self, course_id: str) -> Release | None:
        """Give the newest sealed release of a course; which one is current is said by the database.

        Raises: Invalid `release.broken-seal`.
        """
        versions = self.versions(course_id)
        return self.release(course_id, versions[-1]) if versions else None

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Hash a seal again and give every file that is gone or differs."""
        return verify(self.files, course_id, version)

    # --- drafts -----------------------------------------------------------------------------------
    def drafts(self) -> tuple[CourseDraft, ...]:
        """Read the drafts of all courses, with the findings of reading them."""
        return tuple(self.draft(course_id) for course_id in self.courses())

    def draft(self, course_id: str) -> CourseDraft:
        """Read the draft of one course.

        Raises: NotFound `course.unknown`.
        """
        if course_id not in self.courses():
            raise NotFound("course.unknown", course=course_id)
        return read_course_draft(self.files, course_id)

    def preview(self, course_id: str) -> Release:
        """Give the draft as if it were sealed, with `draft` as its version.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole` with what keeps it from being read.
        """
        draft = self.draft(course_id)
        modules = [whole_module(module, "draft") for module in draft.modules]
        whole = tuple(module for module in modules if module is not None)
        if draft.course is None or len(whole) < len(modules):
            faults = (*draft.findings, *(fault for module in draft.modules for fault in module.findings))
            raise Invalid("draft.not-whole", faults, course=course_id)
        return self.assembled(draft.course, whole, "draft")

    def assembled(self, course: Course, modules: tuple[Module, ...], version: str) -> Release:
        """Put a release together with the terms and laws it rests on, as they stand today."""
        laws, terms = self.register(), self.glossary()
        return Release(
            course=course,
            version=version,
            digest="",
            date="",
            law_as_of=laws.as_of,
            why=Words({}),
            modules=modules,
            terms={name: terms[name] for name in sorted(terms_of(modules)) if name in terms},
            laws={name: laws.laws[name] for name in sorted(laws_of(modules, laws.laws)) if name in laws.laws},
            watch=watch_of(modules, laws),
        )

    # --- what all courses share -------------------------------------------------------------------
    def register(self) -> Register:
        """Give the register of laws as it stands now."""
        pattern = f"{register.FOLDER}/*.yaml"
        return self._register.get(self.files.root, pattern, lambda: register.read_register(self.files)[0])

    def glossary(self) -> dict[str, Term]:
        """Give all terms by id."""
        return self._glossary.get(
            self.files.root, glossary.FILE, lambda: glossary.read_glossary(self.files)[0]
        )

    def help_lines(self) -> tuple[HelpLine, ...]:
        """Give all help lines; which numbers may be shown is said by `HelpLine.is_fresh`."""
        return self._lines.get(
            self.files.root, helplines.FILE, lambda: helplines.read_help_lines(self.files)[0]
        )

    # --- media ------------------------------------------------------------------------------------
    def medium(self, digest: str) -> Medium:
        """Find sealed media by digest.

        Raises: NotFound `media.unknown`.
        """
        if digest not in self._media:
            found = self.files.root.glob(f"courses/*/media/{digest}.*") if digest.isalnum() else ()
            path = next(iter(found), None)
            if path is None:
                raise NotFound("media.unknown", digest=digest)
            self._media[digest] = _medium(path)
        return self._media[digest]

    def draft_medium(self, course_id: str, module_id: str, name: str) -> Medium:
        """Find a file in a draft's media folder.

        Raises: NotFound `media.unknown`.
        """
        folder = self.files.root / "courses" / course_id / module_id / "draft" / "media"
        is_plain = (
            is_slug(course_id)
            and is_slug(module_id)
            and name == Path(name).name
            and name[:1] not in {"", "."}
        )
        if not is_plain or not (folder / name).is_file():
            raise NotFound("media.unknown", digest=name)
        return _medium(folder / name)


def _medium(path: Path) -> Medium:
    suffix = path.suffix.lower()
    kind = _OWN_TYPES.get(suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    return Medium(path, path.stat().st_size, kind)
