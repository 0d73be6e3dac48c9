"""What another site folder holds and this one does not, and taking it: sealed files only, never over a file.

Holds the comparing and the copying; who may do it, and from where, is said by the command line.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from lms.core.errors import NotFound

PARTS = ("courses", "quizzes")
_LOCKS = "courses/*/releases/*.yaml"
_LAWS = "courses/legislation"


#: What keeps Git on any system from changing the line ends of what is sealed.
ATTRIBUTES = "".join(f"{part}/** -text\n" for part in PARTS)


def keep_bytes(site: Path) -> None:
    """Ask Git to leave the bytes of a site alone, unless the site says itself what Git should do."""
    if not (site / ".gitattributes").exists():
        (site / ".gitattributes").write_text(ATTRIBUTES, "utf-8")


def copy_all(source: Path, target: Path) -> None:
    """Copy everything that is taught into a folder that is not there yet."""
    for part in PARTS:
        if (source / part).is_dir():
            shutil.copytree(source / part, target / part)


def waiting(source: Path, site: Path) -> tuple[tuple[str, str], ...]:
    """List the releases of another folder that the site does not hold: course and version."""
    if site.resolve() == source.resolve():
        return ()
    locks = sorted(path.relative_to(source) for path in source.glob(_LOCKS))
    return tuple((lock.parts[1], lock.stem) for lock in locks if not (site / lock).exists())


def _belongs(path: Path, version: str, *, whole: bool) -> bool:
    """Return whether a file is to be taken: the sealed part of a course, or all of one that is new here."""
    return (
        whole
        or version in path.parts
        or path.parts[2] == "media"
        or path.name in {f"{version}.yaml", f"{version}.tree.json"}
    )


def take(source: Path, site: Path, course: str, version: str) -> None:
    """Copy a release into the site, the lock last; a file that is there already is left as it is.

    Raises: NotFound `release.unknown`.
    """
    if (course, version) not in waiting(source, site):
        raise NotFound("release.unknown", course=course, version=version)
    whole = not (site / "courses" / course).exists()
    files = [
        path.relative_to(source)
        for part in PARTS
        for path in (source / part / course).rglob("*")
        if path.is_file()
    ]
    laws = (path.relative_to(source) for path in (source / _LAWS).glob("*.yaml"))
    chosen = [*laws, *(path for path in files if _belongs(path, version, whole=whole))]
    for path in sorted(chosen, key=lambda path: "releases" in path.parts):
        if not (site / path).exists():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source / path, site / path)
