"""Files are written whole, and several together or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.files.writing import write_file, write_files
from lms.core.errors import Unavailable


def test_several_files_are_written_or_none(tmp_path: Path) -> None:
    first, wall = tmp_path / "en.md", tmp_path / "wall"
    write_file(first, b"old")
    write_file(wall, b"a file where a folder should be")
    with pytest.raises(Unavailable, match=r"disk\.write-failed"):
        write_files({first: b"new", wall / "fr.md": b"nouveau"})
    assert first.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["en.md", "wall"]
    write_files({first: b"new", tmp_path / "fr" / "fr.md": b"nouveau"})
    assert (first.read_bytes(), (tmp_path / "fr" / "fr.md").read_bytes()) == (b"new", b"nouveau")
