"""Bytes by their digest: whole or not there, never handed out damaged."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from lms.core.errors import NotFound, Unavailable
from lms.storage.operations.blobs import BlobFolder

CONTENT = b"%PDF-1.7 pretend"
DIGEST = sha256(CONTENT).hexdigest()


def test_what_is_put_is_what_is_got(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path / "blobs")
    assert blobs.put(CONTENT) == DIGEST
    assert blobs.put(CONTENT) == DIGEST
    assert blobs.get(DIGEST) == CONTENT
    assert list(blobs.all()) == [DIGEST]
    assert [path.name for path in (tmp_path / "blobs").rglob("*") if path.is_file()] == [DIGEST]


def test_damaged_bytes_are_refused_and_can_be_put_again(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    blobs.put(CONTENT)
    (tmp_path / DIGEST[:2] / DIGEST).write_bytes(b"other")
    with pytest.raises(Unavailable) as refused:
        blobs.get(DIGEST)
    assert refused.value.code == "blob.damaged"
    blobs.put(CONTENT)
    assert blobs.get(DIGEST) == CONTENT


@pytest.mark.parametrize("digest", ["0" * 64, "", "..", "../" * 20 + "etc/passwd", DIGEST.upper()])
def test_what_is_not_there_is_not_found(tmp_path: Path, digest: str) -> None:
    with pytest.raises(NotFound):
        BlobFolder(tmp_path).get(digest)


def test_removing_is_done_once_and_may_be_asked_twice(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    blobs.put(CONTENT)
    blobs.remove(DIGEST)
    blobs.remove(DIGEST)
    BlobFolder(tmp_path / "nothing yet").remove(DIGEST)
    assert list(blobs.all()) == []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    blobs = BlobFolder(tmp_path / "file")
    with pytest.raises(Unavailable) as refused:
        blobs.put(CONTENT)
    assert refused.value.code == "blob.unavailable"
    with pytest.raises(Unavailable):
        blobs.get(DIGEST)
    with pytest.raises(Unavailable):
        blobs.remove(DIGEST)


def test_a_draft_left_by_a_crash_is_no_blob(tmp_path: Path) -> None:
    blobs = BlobFolder(tmp_path)
    blobs.put(CONTENT)
    (tmp_path / DIGEST[:2] / f".{DIGEST}.abc").write_bytes(b"half")
    assert list(blobs.all()) == [DIGEST]
