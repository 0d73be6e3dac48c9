"""The table of tags: complete, and deaf to what the classes are called and how they are written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass, make_dataclass
from typing import Any, get_args, get_type_hints

import pytest

from lms.core.courses.course import Release
from lms.core.courses.document import Paragraph, Text
from lms.core.courses.quiz import Quiz
from lms.core.locales import Words
from lms.core.publishing.fingerprint import digest
from lms.core.publishing.release_tags import SEALED
from lms.core.publishing.tags import Tag, Tags
from tests.builders_formats import bare, full

WHOLE = (full(), bare())


def _classes(hint: Any) -> Iterator[type]:
    if is_dataclass(hint):
        yield hint  # type: ignore[misc]  # a class
    for part in get_args(hint):
        yield from _classes(part)


def _reached(start: type) -> set[type]:
    """Find every class that a release can hold, by type hints."""
    found, left = set(), [start]
    while left:
        made = left.pop()
        if made not in found:
            found.add(made)
            left.extend(one for hint in get_type_hints(made).values() for one in _classes(hint))
    return found


def test_every_class_and_every_field_that_reaches_a_seal_has_its_place_in_the_table() -> None:
    assert {kind.made for kind in SEALED.kinds} == _reached(Release)
    assert {kind.tag: kind.unlisted for kind in SEALED.kinds if kind.unlisted} == {}


# --- other classes, same tags -----------------------------------------------------------------------
def _other_default(one: Field[Any], value: object) -> Any:
    """Give a field another default than it has; one without keeps having none, unless the table pins one."""
    if one.default is MISSING and one.default_factory is MISSING:
        return field()
    return field(default_factory=lambda: ["another default", value])


def _variant(kind: Tag, number: int) -> Tag:
    """Make the same kind for a class with another name, other defaults, another order and one field more."""
    given = {one.name: one for one in reversed(fields(kind.made))}
    columns = [(f"was_{name}", Any, _other_default(one, number)) for name, one in given.items()]
    more = [(f"more_{number}", Any, field(default=number))]
    made = make_dataclass(
        f"Renamed{number}", [*columns, *more], frozen=True, slots=True, kw_only=True, eq=True
    )
    needs = tuple(part.key for part in kind.parts if part.key in kind.required)
    unwritten = {"was_digest": ""} if kind.made is Release else {}
    named = {part.key: f"was_{part.attribute}" for part in kind.parts}
    return Tag(kind.tag, made, needs, kind.absent, named=named, unwritten=unwritten)


VARIANT = Tags(*(_variant(kind, at) for at, kind in enumerate(SEALED.kinds)))


@pytest.mark.parametrize("release", WHOLE, ids=["full", "bare"])
def test_renamed_and_extended_classes_write_the_same_file_and_have_the_same_digests(release: Release) -> None:
    plain = SEALED.plain(release)
    other = VARIANT.built(plain)
    assert type(other).__name__.startswith("Renamed")
    assert VARIANT.plain(other) == plain
    assert list(VARIANT.plain(other)) == list(plain)
    assert SEALED.built(VARIANT.plain(other)) == SEALED.built(plain)
    for loose in (False, True):
        assert digest(other, loose=loose, tags=VARIANT) == digest(release, loose=loose)
    blocks = release.modules[0].lessons[0].documents["en"].blocks
    others = other.was_modules[0].was_lessons[0].was_documents["en"].was_blocks
    assert len(blocks) > 30
    assert [digest(one, tags=VARIANT) for one in others] == [digest(one) for one in blocks]


@pytest.mark.parametrize("release", WHOLE, ids=["full", "bare"])
def test_what_is_written_is_read_back(release: Release) -> None:
    read = SEALED.built(SEALED.plain(release))
    assert (read.digest, release.digest) == ("", release.digest)
    assert SEALED.plain(read) == SEALED.plain(release)
    assert read.modules == release.modules
    assert read.course == release.course


# --- what the table refuses -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Note:
    """A class with a field that its table does not know."""

    text: str
    colour: str = "none"


NOTES = Tags(Tag("note", Note, ("text",)))


def test_a_value_that_could_not_be_read_back_is_not_written() -> None:
    assert NOTES.plain(Note("a")) == {"_": "note", "text": "a"}
    for act in (NOTES.plain, lambda note: digest(note, tags=NOTES)):
        with pytest.raises(TypeError, match="note: the table of tags has no field colour"):
            act(Note("a", "red"))
    with pytest.raises(TypeError, match="Note has no tag"):
        SEALED.plain(Note("a"))
    with pytest.raises(TypeError):
        digest(Note("a"))
    with pytest.raises(KeyError):
        SEALED.tag(Note("a"))


def test_a_table_that_names_what_is_not_there_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="note: Note has no field size"):
        Tag("note", Note, ("text", "size"))
    with pytest.raises(ValueError, match="twice"):
        Tags(Tag("note", Note, ("text",)), Tag("note", Text, ("text",)))
    with pytest.raises(ValueError, match="twice"):
        Tags(Tag("note", Note, ("text",)), Tag("other", Note, ("text",)))


@pytest.mark.parametrize(
    ("plain", "said"),
    [
        ({"_": "unheard-of"}, "unknown tag unheard-of"),
        ({"_": ["text"]}, "unknown tag"),
        ({"_": "text"}, "text: text"),
        ({"_": "text", "text": "a", "colour": "red"}, "text: colour"),
        ([{"_": "paragraph", "content": [{"_": "Text"}]}], "unknown tag Text"),
    ],
)
def test_what_the_table_does_not_know_is_not_read(plain: object, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        SEALED.built(plain)


# --- maps -------------------------------------------------------------------------------------------
def test_a_map_is_never_taken_for_an_object() -> None:
    odd = {"_": (Paragraph((Text("a"),)),), "_text": (), "__": (), "plain": ()}
    quiz = Quiz("q", "1.0.0", 1, (), marked=odd)
    plain = SEALED.plain(quiz)
    assert list(plain["marked"]) == ["__", "__text", "___", "plain"]
    assert SEALED.built(plain) == quiz


def test_no_two_objects_share_a_map_and_languages_keep_their_order() -> None:
    bare_quiz = {"_": "quiz", "id": "q", "version": "1", "draw": 1, "questions": []}
    one, other = SEALED.built([bare_quiz, bare_quiz])
    assert one.marked == other.marked == {}
    assert one.marked is not other.marked
    words = Words({"fr": "Oui", "en": "Yes"})
    assert list(SEALED.built(SEALED.plain(words))) == ["fr", "en"]
