"""A shared file that is damaged counts as it last was whole, and is named; across processes, too."""

from __future__ import annotations

from pathlib import Path

import pytest

from lms.content.library import Library
from lms.core.publishing.site import SHARED_DAMAGED, Trouble
from tests.builders_content import change, sample_site

LAW = "courses/legislation/sample-act.yaml"
SHARED = ("courses/glossary.yaml", "courses/help-lines.yaml", "courses/legislation/register.yaml", LAW)


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return sample_site(tmp_path / "site")


def said(library: Library) -> tuple[object, ...]:
    return library.register(), library.glossary(), library.help_lines()


def halve(path: Path) -> None:
    """Leave a file as a save that was cut short leaves it: in the middle of a word within quotes."""
    text = path.read_text("utf-8")
    at = text.index('"', len(text) // 2) if '"' in text[len(text) // 2 :] else len(text) // 2
    path.write_text(text[: at + 2] + "\n  : [", "utf-8")


@pytest.mark.parametrize("file", SHARED)
@pytest.mark.parametrize("damage", ["halved", "empty", "gone", "latin-1"])
def test_a_damaged_file_takes_nothing_away(site: Path, tmp_path: Path, file: str, damage: str) -> None:
    library = Library(site, tmp_path / "cache", look_again=0)
    before, path = said(library), site / file
    whole = path.read_bytes()
    if damage == "halved":
        halve(path)
    elif damage == "empty":
        path.write_bytes(b"")
    elif damage == "latin-1":
        path.write_bytes(whole + "# é\n".encode("latin-1"))
    elif file == LAW:
        return  # an author may take a law out of the register
    else:
        path.unlink()
    assert said(library) == before
    assert library.troubles() == (Trouble(SHARED_DAMAGED, file),)
    assert said(Library(site, tmp_path / "cache", look_again=0)) == before, (
        "a process that starts while it is damaged"
    )
    path.write_bytes(whole + b"\n# mended\n")
    assert said(library) == before
    assert library.troubles() == ()


def test_what_others_wrote_meanwhile_is_read(site: Path, tmp_path: Path) -> None:
    library = Library(site, tmp_path / "cache", look_again=0)
    said(library)
    halve(site / LAW)
    change(site, "courses/legislation/register.yaml", 'as_of: "2026-11-22"', 'as_of: "2026-12-01"')
    assert library.register().as_of == "2026-12-01"
    assert "sample-act" in library.register().laws


def test_a_file_that_was_never_whole_counts_as_far_as_it_goes(site: Path) -> None:
    halve(site / LAW)
    library = Library(site, look_again=0)
    assert set(library.register().laws) >= {"sample-access-act", "sample-code", "sample-rights-act"}
    assert "sample-act" not in library.register().laws
    assert Trouble(SHARED_DAMAGED, LAW) in library.troubles()
    (site / LAW).unlink()
    library.register()
    assert Trouble(SHARED_DAMAGED, LAW) not in library.troubles()


def test_another_site_remembers_nothing_of_this_one(site: Path, tmp_path: Path) -> None:
    said(Library(site, tmp_path / "cache", look_again=0))
    other = sample_site(tmp_path / "other")
    halve(other / LAW)
    assert "sample-act" not in Library(other, tmp_path / "cache").register().laws
