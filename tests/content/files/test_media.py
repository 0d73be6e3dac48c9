"""Sealed media are given by their digest, so that what has another digest is not given."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lms.content.files.media import SealedMedia
from lms.content.library import Library
from lms.core.errors import NotFound, Unavailable
from tests.builders_content import sample_site

COURSE = "sample-course"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


@pytest.fixture
def digest(site: Path) -> str:
    return Library(site).release(COURSE, "1.0.0").modules[0].media["media/hello.webm"]


def place(site: Path, digest: str) -> Path:
    return site / f"courses/{COURSE}/media/{digest}.webm"


def refused(library: Library, digest: str) -> str:
    with pytest.raises(Unavailable) as problem:
        library.medium(digest)
    assert problem.value.code == "media.unreadable"
    return str(problem.value.params["file"])


def longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"more")


def of_the_same_length(path: Path) -> None:
    path.write_bytes(bytes(path.stat().st_size))


def a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


@pytest.mark.parametrize("damage", [longer, of_the_same_length, a_pipe, Path.unlink])
def test_what_changes_after_it_was_read_is_not_given(
    site: Path, digest: str, damage: Callable[[Path], object]
) -> None:
    library, path = Library(site), place(site, digest)
    whole = path.read_bytes()
    before = library.medium(digest)
    damage(path)
    assert refused(library, digest) == path.relative_to(site).as_posix()
    with pytest.raises(Unavailable):
        before.open()
    path.unlink(missing_ok=True)
    path.write_bytes(whole)
    assert library.medium(digest).read() == whole


@pytest.mark.parametrize("damage", [longer, of_the_same_length, a_pipe])
def test_what_has_changed_before_it_is_read_is_not_given(
    site: Path, digest: str, damage: Callable[[Path], object]
) -> None:
    damage(place(site, digest))
    assert refused(Library(site), digest) == f"courses/{COURSE}/media/{digest}.webm"


def test_a_link_is_not_followed(site: Path, digest: str) -> None:
    path = place(site, digest)
    path.rename(site / "elsewhere")
    path.symlink_to(site / "elsewhere")
    assert refused(Library(site), digest)


def test_what_was_never_here_is_unknown(site: Path, digest: str) -> None:
    place(site, digest).unlink()
    with pytest.raises(NotFound):
        Library(site).medium(digest)
    with pytest.raises(NotFound):
        Library(site).medium("*")


def test_the_same_file_in_another_course_takes_its_place(site: Path, digest: str) -> None:
    copy = site / f"courses/another/media/{digest}.webm"
    copy.parent.mkdir(parents=True)
    shutil.copy(place(site, digest), copy)
    library = Library(site)
    assert library.medium(digest).path == copy
    longer(copy)
    assert library.medium(digest).path == place(site, digest)


def test_a_file_is_hashed_once_for_each_state(
    site: Path, digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[object] = []

    def counted(file: object, kind: str) -> object:
        hashed.append(file)
        return file_digest(file, kind)  # type: ignore[arg-type]  # what is handed on

    file_digest = hashlib.file_digest
    monkeypatch.setattr(hashlib, "file_digest", counted)
    sealed = SealedMedia(site)
    for _ in range(3):
        sealed.find(digest)
    assert len(hashed) == 1
    longer(place(site, digest))
    for _ in range(3):
        with pytest.raises(Unavailable):
            sealed.find(digest)
    assert len(hashed) == 2
