"""Sealed formats: a sample of each is kept and still means what it meant, whatever the classes are called."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import lms
from lms.content.files.files import sha256
from lms.content.library import Library
from lms.content.sealing import seal
from lms.content.seals.locks import lock_text
from lms.content.seals.seals import read_lock
from lms.content.seals.trees import release_in, tree_of
from lms.content.seals.upgrades import FORMAT, NewerFormat, upgraded_lock, upgraded_tree
from lms.core.errors import Conflict, Invalid
from lms.core.publishing.release_tags import SEALED
from tests.builders_content import SITE, change, sample_site

KEPT = Path(__file__).parents[2] / "formats"
COURSE = "sample-course"
LOCK = f"courses/{COURSE}/releases/1.0.0.yaml"
TREE = f"courses/{COURSE}/releases/1.0.0.tree.json"
FIRST = {
    "by": "Sample team",
    "why": {"en": "First release.", "fr": "Première version."},
    "date": "2026-11-22",
}
NAMES = ("full", "bare", "later")
NUMBERS = [str(number) for number in range(1, FORMAT + 1)]


def spread(node: Any) -> Any:
    """Write all fields of all objects out, so that nothing rests on what an absence means."""
    kind = SEALED.kind(node)
    if kind is not None:
        return {"_": kind.tag} | {key: spread(value) for key, value in kind.values(node)}
    if isinstance(node, dict):
        return {key: spread(value) for key, value in node.items()}
    return [spread(value) for value in node] if isinstance(node, tuple) else node


def kept_site(number: str, folder: Path) -> Path:
    """Make the sample site as it was sealed in a format; texts and questions are those of format 1."""
    shutil.copytree(KEPT / "1/site", folder, dirs_exist_ok=True)
    later = KEPT / number / "releases"
    if later.is_dir():
        shutil.copytree(later, folder / f"courses/{COURSE}/releases", dirs_exist_ok=True)
    return folder


# --- a sample of each format ------------------------------------------------------------------------
@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("name", ["full", "bare"])
def test_a_kept_sample_still_means_what_it_meant(number: str, name: str) -> None:
    raw = (KEPT / number / f"{name}.tree.json").read_bytes()
    assert json.loads(raw)["format"] == int(number)
    meant = json.loads((KEPT / f"expected/{name}.json").read_text("utf-8"))
    assert spread(release_in(raw)) == meant


def test_a_field_that_came_to_a_format_later_is_kept_beside_the_sample() -> None:
    """`later` is the full sample of the format with what the samples could not know of."""
    raw = (KEPT / f"{FORMAT}/later.tree.json").read_bytes()
    assert tree_of(release_in(raw)) == raw
    told = spread(release_in(raw))
    figure = next(one for one in _objects(told) if one.get("_") == "figure")
    places = [(label["across"], label["down"], label["line"]) for label in figure["labels"]]
    assert places == [(20, 30, 7), (70, 40, 0)]
    assert told["modules"][0]["quiz"]["comments"] == "each"
    event = next(one for one in _objects(told) if one.get("_") == "event" and one["certainty"])
    assert (event["source"], event["read"]) == ("https://example.org/act", "2026-11-30")
    figure["labels"], told["modules"][0]["quiz"]["comments"] = [], "end"
    event |= dict.fromkeys(("certainty", "source", "read"), "")
    assert told == spread(release_in((KEPT / f"{FORMAT}/full.tree.json").read_bytes()))


@pytest.mark.parametrize("number", NUMBERS)
def test_a_site_that_was_sealed_in_any_format_is_read(number: str, tmp_path: Path) -> None:
    site = kept_site(number, tmp_path)
    raw = (site / LOCK).read_bytes()
    assert raw.startswith(f"format: {number}\n".encode())
    library = Library(site)
    assert library.verify(COURSE, "1.0.0") == ()
    release = library.release(COURSE, "1.0.0")
    assert release.digest == sha256(raw)
    assert spread(release) == spread(Library(SITE).release(COURSE, "1.0.0"))


@pytest.mark.parametrize("name", ["full", "bare"])
def test_what_is_written_today_has_the_same_bytes_for_ever(name: str) -> None:
    raw = (KEPT / f"{FORMAT}/{name}.tree.json").read_bytes()
    assert tree_of(release_in(raw)) == raw


def test_a_lock_is_written_with_the_same_bytes_for_ever(tmp_path: Path) -> None:
    site = kept_site(str(FORMAT), tmp_path)
    lock, _ = read_lock(Library(site).files, COURSE, "1.0.0")
    assert lock is not None
    assert lock_text(lock) == (site / LOCK).read_bytes()


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _objects(part)


def test_the_samples_hold_every_tag_with_each_field_set_and_left_out() -> None:
    trees = [json.loads((KEPT / f"{FORMAT}/{name}.tree.json").read_bytes()) for name in NAMES]
    met: dict[str, list[set[str]]] = {}
    for one in _objects(trees):
        if "_" in one:
            met.setdefault(one["_"], []).append(set(one))
    for kind in SEALED.kinds:
        for key in kind.absent:
            with_it = [key in keys for keys in met[kind.tag]]
            assert set(with_it) == {True, False}, f"{kind.tag}.{key}"
    assert met.keys() == {kind.tag for kind in SEALED.kinds}


# --- the bundled courses ----------------------------------------------------------------------------
@pytest.mark.parametrize("course", ["positive-spaces-1", "positive-spaces-2", "accessibility"])
def test_a_bundled_course_is_sealed_in_the_present_format(course: str) -> None:
    root = Path(lms.__file__).parents[1]
    library = Library(root)
    release = library.release(course, "1.0.0")
    raw = (root / f"courses/{course}/releases/1.0.0.tree.json").read_bytes()
    assert tree_of(replace(release, digest="")) == raw
    assert (
        (root / f"courses/{course}/releases/1.0.0.yaml").read_text("utf-8").startswith(f"format: {FORMAT}\n")
    )


# --- upgrading --------------------------------------------------------------------------------------
def test_a_map_of_format_1_may_hold_any_key() -> None:
    """Format 1 took a question that was written as `_` for an object, and could not be read."""
    text = {"_": "Text", "text": "a"}
    quiz = {
        "_": "Quiz",
        "id": "q",
        "version": "1.0.0",
        "draw": 1,
        "questions": [],
        "marked": {"_": [text], "_so_": []},
    }
    plain = upgraded_tree({"format": 1, "release": quiz})
    assert plain["format"] == FORMAT
    assert plain["release"]["marked"] == {"__": [{"_": "text", "text": "a"}], "__so_": []}
    assert list(SEALED.built(plain["release"]).marked) == ["_", "_so_"]


@pytest.mark.parametrize("value", [None, [], "1", {}, {"format": "2"}, {"format": 0}, {"format": True}])
def test_what_names_no_format_is_no_seal(value: object) -> None:
    for upgraded in (upgraded_tree, upgraded_lock):
        with pytest.raises(ValueError, match="no format"):
            upgraded(value)


@pytest.mark.parametrize(
    "tree",
    [
        b"",
        b"[]",
        b"{",
        b'{"format":1}',
        b'{"format":1,"release":[]}',
        b'{"format":2,"release":{"_":"words","by_locale":{}}}',
        b'{"format":2,"release":{"_":"release"}}',
        b'{"format":2,"release":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        b"\xff",
    ],
)
def test_a_tree_that_is_none_is_said_and_not_served(tree: bytes, tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    change(site, LOCK, sha256((site / TREE).read_bytes()), sha256(tree))
    (site / TREE).write_bytes(tree)
    with pytest.raises(Invalid) as refused:
        Library(site).release(COURSE, "1.0.0")
    assert refused.value.code == "release.broken-seal"
    assert [(one.rule, one.place.file) for one in refused.value.findings] == [("seal-unreadable", TREE)]


# --- a later program --------------------------------------------------------------------------------
def _newer_lock(site: Path) -> str:
    change(site, LOCK, f"format: {FORMAT}", "format: 99\nmeaning: unheard of")
    return LOCK


def _newer_tree(site: Path) -> str:
    raw = (site / TREE).read_bytes()
    later = raw.replace(b'"format":2', b'"format":99', 1)
    (site / TREE).write_bytes(later)
    change(site, LOCK, sha256(raw), sha256(later))
    return TREE


@pytest.mark.parametrize("make", [_newer_lock, _newer_tree])
def test_a_seal_of_a_later_program_is_refused_in_words(make: Any, tmp_path: Path) -> None:
    site = sample_site(tmp_path)
    file = make(site)
    with pytest.raises(Invalid) as refused:
        Library(site).release(COURSE, "1.0.0")
    assert refused.value.code == "release.newer-format"
    found = refused.value.findings
    assert [(one.rule, one.place.file) for one in found] == [("seal-newer", file)]
    assert (found[0].params["found"], found[0].params["known"]) == (99, FORMAT)
    for version in ("1.0.0", "1.1.0"):  # nothing is built on it either
        with pytest.raises(Invalid) as also:
            seal(Library(site), COURSE, version, **FIRST)  # type: ignore[arg-type]
        assert also.value.code == "release.newer-format"


def test_a_later_format_says_which_it_is() -> None:
    with pytest.raises(NewerFormat) as caught:
        upgraded_tree({"format": FORMAT + 1, "release": {}})
    assert caught.value.found == FORMAT + 1


# --- sealing what an older format holds -------------------------------------------------------------
def _older(folder: Path) -> Path:
    """Make the sample site with its drafts, sealed in format 1."""
    site = sample_site(folder)
    shutil.copytree(
        KEPT / f"1/site/courses/{COURSE}/releases", site / f"courses/{COURSE}/releases", dirs_exist_ok=True
    )
    return site


def test_a_seal_of_an_older_format_is_accepted_again_and_stays_as_it_is(tmp_path: Path) -> None:
    site = _older(tmp_path)
    before = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    lost = site / f"quizzes/{COURSE}/forms/1.0.0.yaml"
    lost.unlink()
    done = seal(Library(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]
    assert done.was_there
    assert {path: path.read_bytes() for path in site.rglob("*") if path.is_file()} == before


def test_an_older_seal_whose_tree_is_lost_is_said_to_be_broken(tmp_path: Path) -> None:
    site = _older(tmp_path)
    (site / TREE).unlink()
    with pytest.raises(Invalid) as refused:
        seal(Library(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]
    assert [one.rule for one in refused.value.findings] == ["seal-missing"]


def test_a_tree_of_other_contents_is_not_taken_for_the_same(tmp_path: Path) -> None:
    site = _older(tmp_path)
    raw = (site / TREE).read_bytes()
    other = raw.replace(b"A short form", b"A brief form")
    assert other != raw
    (site / TREE).write_bytes(other)
    change(site, LOCK, sha256(raw), sha256(other))
    with pytest.raises(Conflict):
        seal(Library(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]


def test_an_older_seal_of_something_else_is_not_taken_for_the_same(tmp_path: Path) -> None:
    site = _older(tmp_path)
    change(site, f"courses/{COURSE}/forms/draft/01-first-form.en.md", "Each question", "Every question")
    with pytest.raises(Conflict) as refused:
        seal(Library(site), COURSE, "1.0.0", **FIRST)  # type: ignore[arg-type]
    assert refused.value.code == "release.already-sealed"


def test_a_release_follows_a_parent_of_an_older_format(tmp_path: Path) -> None:
    site = _older(tmp_path)
    change(site, f"courses/{COURSE}/forms/draft/01-first-form.en.md", "Each question", "Every question")
    done = seal(Library(site), COURSE, "1.1.0", **FIRST)  # type: ignore[arg-type]
    assert (done.release.parent, done.release.change) == ("1.0.0", "informative")
    assert (
        (site / f"courses/{COURSE}/releases/1.1.0.yaml").read_text("utf-8").startswith(f"format: {FORMAT}\n")
    )


# --- the program under other names ------------------------------------------------------------------
_PROVE = """
import json, sys
from pathlib import Path
from lms.content.library import Library
from lms.content.seals.trees import release_in, tree_of
from lms.core.publishing import fingerprint
kept, told = Path(sys.argv[1]), {}
for number in ("1", "2"):
    release = release_in((kept / number / "full.tree.json").read_bytes())
    told[number] = tree_of(release).decode()
    told[f"digest {number}"] = fingerprint.digest(release)
told["site"] = Library(kept / "1/site").release("sample-course", "1.0.0").digest
told["class"] = type(release.modules[0].lessons[0].documents["en"].blocks[0]).__name__
print(json.dumps(told))
"""


def _told(root: Path) -> dict[str, str]:
    run = subprocess.run(
        [sys.executable, "-c", _PROVE, str(KEPT)],
        cwd=root,
        env={"PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    found: dict[str, str] = json.loads(run.stdout)
    return found


def _borrowed(text: str) -> set[str]:
    """Find the names that a file takes from other people's packages."""
    taken = re.findall(r"^from (?!lms\b)\S+ import (\([^)]*\)|.*)$", text, re.MULTILINE)
    return set(re.findall(r"\w+", " ".join(taken)))


def test_renaming_every_class_of_the_program_changes_no_seal_and_no_digest(tmp_path: Path) -> None:
    """Rename each sealed class in a copy of the program, change defaults and add fields."""
    rooms = Path(lms.__file__).parent
    for room in ("core", "content"):
        shutil.copytree(rooms / room, tmp_path / "lms" / room, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / "lms/__init__.py").write_text("")
    names = {kind.made.__name__ for kind in SEALED.kinds}
    for path in (tmp_path / "lms").rglob("*.py"):
        text = path.read_text("utf-8")
        for name in names - _borrowed(text):
            text = re.sub(rf"(?<![\w\"'`]){name}\b(?![\"'`])", f"Odd{name}", text)
        if path.name == "document.py":
            text = text.replace("    line: int = 0\n", '    colour: str = "none"\n    line: int = 7\n')
            text = text.replace('    id: str = ""\n', '    mood: str = "calm"\n    id: str = "nothing"\n')
        path.write_text(text, "utf-8")
    before, after = _told(rooms.parent), _told(tmp_path)
    assert after.pop("class") == f"Odd{before.pop('class')}"
    assert after == before
