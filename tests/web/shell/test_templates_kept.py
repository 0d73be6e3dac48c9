"""Compiled templates: kept between starts, made again whatever has become of them, never run when damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from lms.actions.context import Context
from lms.web.wiring import build
from tests.builders import a_context

PAGES = ("/en/", "/fr/sign-in", "/en/nothing")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "cache" / "pages"


@pytest.fixture
def context(tmp_path: Path, folder: Path) -> Context:
    """Return a context whose compiled templates are its own."""
    made = a_context(tmp_path / "data")
    folder.unlink()
    return made


def looked_at(context: Context) -> list[bytes]:
    """Start, open some pages; return what they are."""
    client = build(context).test_client()
    answers = [client.get(page) for page in PAGES]
    assert [one.status_code for one in answers] == [200, 200, 404]
    return [one.data.partition(b"<main")[2].partition(b"<form")[0] for one in answers]


def test_they_are_kept_and_read_again(context: Context, folder: Path) -> None:
    first = looked_at(context)
    kept = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    assert len(kept) > 3
    assert looked_at(context) == first
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == kept


def test_those_of_another_version_go_and_nothing_else(context: Context, folder: Path) -> None:
    looked_at(context)
    kept = set(folder.iterdir())
    for name in ("page-3.0.0-0.0.9-abc", "page-3.0.0-0.0.10-abc", "page-abc"):
        (folder / name).write_bytes(b"")
    (folder / "page-3.0.0-0.0.9-folder").mkdir()
    (folder / "notes").write_bytes(b"")
    looked_at(context)
    assert set(folder.iterdir()) == kept | {folder / "notes", folder / "page-3.0.0-0.0.9-folder"}


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[: len(content) // 2],
    "empty": lambda _: b"",
    "a bit in the code": lambda content: content[:-9] + bytes([content[-9] ^ 1]) + content[-8:],
    "a byte behind the digest": lambda content: content[:70] + b"?" + content[71:],
    "something else": lambda _: b"no digest\nno code",
}


@pytest.mark.parametrize("how", DAMAGE)
def test_what_is_damaged_is_made_again(context: Context, folder: Path, how: str) -> None:
    first = looked_at(context)
    whole = {path: path.read_bytes() for path in folder.iterdir()}
    for path, content in whole.items():
        path.write_bytes(DAMAGE[how](content))
    assert looked_at(context) == first
    assert {path: path.read_bytes() for path in folder.iterdir()} == whole


def test_without_a_folder_pages_are_as_they_are(context: Context, folder: Path) -> None:
    first = looked_at(context)
    shutil.rmtree(folder)
    folder.write_text("in the way")
    assert looked_at(context) == first


def test_what_cannot_be_put_in_its_place_leaves_nothing_behind(context: Context, folder: Path) -> None:
    first = looked_at(context)
    names = [path.name for path in folder.iterdir()]
    shutil.rmtree(folder)
    for name in names:
        (folder / name).mkdir(parents=True)
    assert looked_at(context) == first
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
