"""Words are found in everything that people read, and replaced only where somebody chose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from lms.actions.authoring import replacing
from lms.actions.authoring.replacing import Search
from lms.actions.context import Context
from lms.content.site_folder import SiteFolder
from lms.core.authoring.draft_texts import ALTERNATIVE, CAPTION, PROSE, QUESTION, TITLE
from lms.core.errors import Conflict, Invalid, NotFound
from lms.core.people.actors import Actor
from tests.builders_learning import SAMPLE, refused


def test_every_kind_of_text_is_found_and_nothing_else(context: Context, author: Actor) -> None:
    kinds = {
        piece.kind
        for words in ("hello", "door", "welcome", "picture", "purple square")
        for file in replacing.find(context, author, SAMPLE, Search(words, loosely=True))
        for piece, _ in file.places
    }
    assert kinds == {PROSE, ALTERNATIVE, CAPTION, QUESTION, TITLE}
    assert replacing.find(context, author, SAMPLE, Search("rests-on")) == ()
    assert replacing.find(context, author, SAMPLE, Search("media/")) == ()


def test_only_chosen_places_change_and_all_other_bytes_stay(
    context: Context, author: Actor, site: Path
) -> None:
    search = Search("hello")
    found = replacing.find(context, author, SAMPLE, search)
    before = {one.file: (site / one.file).read_bytes() for one in found}
    chosen = {(one.file, one.digest): [0] for one in found}
    done = replacing.replace(context, author, SAMPLE, search, put="good day", chosen=chosen)
    assert (done.places, done.refused) == (len(found), ())
    for file, raw in before.items():
        now = (site / file).read_bytes()
        assert now.count(b"good day") == 1 + raw.count(b"good day")
        assert now.replace(b"good day", b"hello") == raw.replace(b"good day", b"hello")


def test_a_file_that_changed_is_refused_and_the_others_are_done(
    context: Context, author: Actor, site: Path
) -> None:
    search = Search("HELLO", loosely=True)
    found = replacing.find(context, author, SAMPLE, search)
    first, second = found[0], found[1]
    path = site / first.file
    path.write_bytes(path.read_bytes() + b"\n")
    chosen = {(one.file, one.digest): range(99) for one in (first, second)}
    done = replacing.replace(context, author, SAMPLE, search, put="welcome", chosen=chosen)
    assert done.refused == (first.file,)
    assert done.places == len(second.places)


def test_a_file_that_changes_while_it_is_saved_is_refused(
    context: Context, author: Actor, site: Path
) -> None:
    class Busy(SiteFolder):
        def save(self, *_: Any) -> Mapping[str, str]:
            raise Conflict("draft.changed")

    search = Search("hello")
    first = replacing.find(context, author, SAMPLE, search)[0]
    chosen = {(first.file, first.digest): [0]}
    busy = replace(context, library=Busy(site))
    done = replacing.replace(busy, author, SAMPLE, search, put="welcome", chosen=chosen)
    assert (done.places, done.refused) == (0, (first.file,))


def test_what_was_not_typed_or_chosen_is_said(context: Context, author: Actor, site: Path) -> None:
    with refused(Invalid, "replace.nothing-typed"):
        replacing.find(context, author, SAMPLE, Search(""))
    with refused(Invalid, "replace.nothing-typed"):
        replacing.replace(context, author, SAMPLE, Search(""), put="", chosen={("a", "b"): [1]})
    with refused(Invalid, "replace.nothing-chosen"):
        replacing.replace(context, author, SAMPLE, Search("a"), put="", chosen={})
    with refused(Invalid, "replace.too-many"):
        replacing.find(context, author, SAMPLE, Search("e"))
    with refused(NotFound, "draft.unknown-file"):
        replacing.replace(context, author, SAMPLE, Search("a"), put="", chosen={("/etc/passwd", ""): [0]})
    (site / f"courses/{SAMPLE}/course.yaml").write_text("id: x\n")
    with refused(Invalid, "draft.not-whole"):
        replacing.find(context, author, SAMPLE, Search("a"))
