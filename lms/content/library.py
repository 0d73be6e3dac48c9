"""The site: drafts, seals, register, glossary, help lines, media.

The folder behind `core.publishing.site.Site` as far as it is read; `site_folder` adds what writes. A sealed
release is hashed again when it is loaded; the last ones used stay in memory. The register is read again when
its files have changed.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Generic, TypeVar

from lms.content.drafts.courses import read_course
from lms.content.drafts.drafts import DRAFT, CourseDraft, read_course_draft, whole_module
from lms.content.drafts.workshop import draft_digest
from lms.content.files.cache import Cache
from lms.content.files.files import Files, sha256
from lms.content.files.media import MediumFile, SealedMedia, medium_file
from lms.content.seals.seals import read_head, read_release, refused, sealed_files, verify
from lms.content.shared import glossary, helplines, register, search_words
from lms.content.shared.last_good import LastGood
from lms.content.shared.rests import laws_of, rests_digest, terms_of, watch_of
from lms.core.courses.course import Course, Module, Release
from lms.core.courses.findings import Finding
from lms.core.courses.helplines import HelpLine
from lms.core.errors import Invalid, NotFound
from lms.core.ids import is_slug
from lms.core.legislation.register import Register, Term
from lms.core.locales import Words
from lms.core.operations.bounded import Bounded
from lms.core.publishing.site import SHARED_DAMAGED, Expressions, SealHead, Trouble
from lms.core.publishing.versions import is_version, parts

LOOK_AGAIN = 5.0  # seconds
MOST_RELEASES = 12  # loaded whole, about 5 MB each

Kept = TypeVar("Kept")


class _Watched(Generic[Kept]):
    """Something read from files, read again after they have changed; looked at most every few seconds."""

    def __init__(self, look_again: float) -> None:
        self._look_again = look_again
        self._looked = float("-inf")
        self._state: object = None
        self._kept: Kept | None = None

    def get(self, root: Path, pattern: str, read: Callable[[], Kept]) -> Kept:
        now = time.monotonic()
        if self._kept is None or now - self._looked >= self._look_again:
            stats = ((path, path.stat()) for path in sorted(root.glob(pattern)))
            state = tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stats)
            if self._kept is None or state != self._state:
                self._kept = read()
            self._looked, self._state = now, state
        return self._kept

    def expire(self) -> None:
        """Look at the files again the next time, even if they were looked at a moment ago."""
        self._looked = float("-inf")


class Library:
    """One site folder.

    `cache` is a folder for what was read before, which may be deleted at any time; `look_again` is after how
    many seconds shared files are looked at again.
    """

    def __init__(self, site: Path, cache: Path | None = None, *, look_again: float = LOOK_AGAIN) -> None:
        self.files = Files(site, Cache(cache))
        self._releases: Bounded[tuple[str, str], Release] = Bounded(MOST_RELEASES)
        self._media = SealedMedia(site)
        self._good = LastGood(self.files, Cache(cache))
        self._register: _Watched[Register] = _Watched(look_again)
        self._glossary: _Watched[dict[str, Term]] = _Watched(look_again)
        self._lines: _Watched[tuple[HelpLine, ...]] = _Watched(look_again)
        self._expressions: _Watched[tuple[Expressions, ...]] = _Watched(look_again)

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
        """Return a sealed release; hashed when it is loaded, and kept while it is among the last ones used.

        Raises: NotFound `release.unknown`; Invalid `release.broken-seal` with every file that differs,
        `release.newer-format`.
        """
        return self._releases.take((course_id, version), lambda: self._read(course_id, version))

    def _read(self, course_id: str, version: str) -> Release:
        if not is_slug(course_id) or not is_version(version) or version not in self.versions(course_id):
            raise NotFound("release.unknown", course=course_id, version=version)
        release, findings = read_release(self.files, course_id, version)
        if release is None:
            raise refused(findings, course_id, version)
        return release

    def heads(self, course_id: str) -> tuple[SealHead, ...]:
        """List what the locks of a course say, oldest first; one that cannot be read is left out."""
        found = (read_head(self.files, course_id, version) for version in self.versions(course_id))
        return tuple(head for head in found if head is not None)

    def latest(self, course_id: str) -> Release | None:
        """Return the newest sealed release of a course; which one is current is said by the database.

        Raises: Invalid `release.broken-seal`, `release.newer-format`.
        """
        versions = self.versions(course_id)
        return self.release(course_id, versions[-1]) if versions else None

    def verify(self, course_id: str, version: str) -> tuple[Finding, ...]:
        """Hash a seal again and give every file that is gone or differs."""
        return verify(self.files, course_id, version)

    def sealed_files(self, course_id: str, version: str) -> Mapping[str, str]:
        """Return every file of a seal with its digest, the lock included; nothing when it cannot be read."""
        return sealed_files(self.files, course_id, version)

    def is_intact(self, sealed: Mapping[str, str]) -> bool:
        """Return whether files are here and have these digests."""
        raws = ((self.files.raw(file), digest) for file, digest in sealed.items())
        return all(raw is not None and sha256(raw) == digest for raw, digest in raws)

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

    def course_draft(self, course_id: str) -> tuple[Course | None, tuple[Finding, ...]]:
        """Return the course file of a draft by itself; no course where it is not whole.

        Raises: NotFound `course.unknown`.
        """
        if course_id not in self.courses():
            raise NotFound("course.unknown", course=course_id)
        return read_course(self.files.yaml(f"courses/{course_id}/course.yaml"), course_id)

    def preview(self, course_id: str) -> Release:
        """Return the draft as if it were sealed, with `draft` as its version.

        Raises: NotFound `course.unknown`; Invalid `draft.not-whole` with what keeps it from being read.
        """
        draft = self.draft(course_id)
        whole = _whole(draft)
        if draft.course is None or len(whole) < len(draft.modules):
            faults = (*draft.findings, *(fault for module in draft.modules for fault in module.findings))
            raise Invalid("draft.not-whole", faults, course=course_id)
        return self.assembled(draft.course, whole, DRAFT)

    def draft_digest(self, course_id: str) -> str:
        """Return the digest of a draft as it stands, with the terms and laws that it would seal in.

        Raises: NotFound `course.unknown`.
        """
        draft = self.draft(course_id)
        release = self.assembled(draft.course, _whole(draft), DRAFT) if draft.course else None
        return draft_digest(draft, self.files, rests_digest(release) if release else "")

    def assembled(self, course: Course, modules: tuple[Module, ...], version: str) -> Release:
        """Put a release together with the terms and laws it rests on, as they stand at this moment."""
        for shared in (self._register, self._glossary):
            shared.expire()
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
        """Return the register of laws as it stands now; a damaged file counts as it last was whole."""
        pattern = f"{register.FOLDER}/*.yaml"
        return self._register.get(
            self.files.root,
            pattern,
            lambda: self._good.read("register", self._laws(), register.read_register),
        )

    def _laws(self) -> tuple[str, ...]:
        names = (name for name in self.files.names(register.FOLDER) if name.endswith(".yaml"))
        return tuple(f"{register.FOLDER}/{name}" for name in names)

    def glossary(self) -> dict[str, Term]:
        """Return all terms by id; a damaged file counts as it last was whole."""
        return self._glossary.get(
            self.files.root,
            glossary.FILE,
            lambda: self._good.read("glossary", (glossary.FILE,), glossary.read_glossary),
        )

    def help_lines(self) -> tuple[HelpLine, ...]:
        """Return all help lines; which numbers may be shown is said by `HelpLine.is_fresh`.

        A damaged file counts as it last was whole.
        """
        return self._lines.get(
            self.files.root,
            helplines.FILE,
            lambda: self._good.read("help-lines", (helplines.FILE,), helplines.read_help_lines),
        )

    def search_words(self) -> tuple[Expressions, ...]:
        """Return the groups of expressions for one thing; a damaged file counts as it last was whole."""
        return self._expressions.get(
            self.files.root,
            search_words.FILE,
            lambda: self._good.read("search-words", (search_words.FILE,), search_words.read_search_words),
        )

    def troubles(self) -> tuple[Trouble, ...]:
        """List the shared files that were damaged when they were read last."""
        return tuple(Trouble(SHARED_DAMAGED, file) for file in sorted(self._good.damaged))

    # --- media ------------------------------------------------------------------------------------
    def medium(self, digest: str) -> MediumFile:
        """Find sealed media by digest.

        Raises: NotFound `media.unknown`; Unavailable `media.unreadable` where the file is gone or differs.
        """
        return self._media.find(digest)

    def draft_medium(self, course_id: str, module_id: str, name: str) -> MediumFile:
        """Find a file in a draft's media folder.

        Raises: NotFound `media.unknown`.
        """
        file = f"courses/{course_id}/{module_id}/draft/media/{name}"
        is_plain = (
            is_slug(course_id)
            and is_slug(module_id)
            and name == Path(name).name
            and name[:1] not in {"", "."}
        )
        if not is_plain or not self.files.exists(file):
            raise NotFound("media.unknown", digest=name)
        return medium_file(self.files.root, file, (self.files.root / file).lstat())


def _whole(draft: CourseDraft) -> tuple[Module, ...]:
    """Return the modules of a draft that can be read."""
    found = (whole_module(module, DRAFT) for module in draft.modules)
    return tuple(module for module in found if module is not None)
