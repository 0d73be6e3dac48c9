"""The outline of a release says everything that lists and course pages say, and how long each section is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from lms.content.library import Library
from lms.content.seals.outlines import pack, unpack
from lms.core.courses.durations import course_minutes, minutes_from, parts_of, section_minutes
from lms.core.learning.progress import FINAL, LearnerRecord, progress_of
from lms.core.publishing.outline import outline_of, picture_of
from tests.builders import SITE
from tests.house.tree import ROOT


@pytest.mark.parametrize(("site", "course"), [(SITE, "sample-course"), (ROOT, "positive-spaces-1")])
def test_an_outline_is_the_release_without_its_texts(site: Path, course: str) -> None:
    release = Library(site).release(course, "1.0.0")
    bare = outline_of(release)
    assert (bare.course, course_minutes(bare), bare.why, bare.law_as_of) == (
        release.course,
        course_minutes(release),
        release.why,
        release.law_as_of,
    )
    for module, other in zip(release.modules, bare.modules, strict=True):
        assert (other.title, other.outcomes, other.quiz.draw) == (
            module.title,
            module.outcomes,
            module.quiz.draw,
        )
        assert bool(other.facilitator) == bool(module.facilitator)
        assert other.quiz.questions == ()
        for lesson, less in zip(module.lessons, other.lessons, strict=True):
            assert (less.title, less.digest, less.minutes) == (lesson.title, lesson.digest, lesson.minutes)
            assert section_minutes(less) == section_minutes(lesson)
            for document in lesson.documents.values():
                for anchor, _, _ in parts_of(document.blocks):
                    assert minutes_from(less, anchor) == minutes_from(lesson, anchor)
    assert len(pack(release)) < 200_000


def test_an_outline_keeps_the_picture_that_a_module_is_known_by() -> None:
    module = Library(SITE).release("sample-course", "1.0.0").modules[0]
    media = {"media/b.svg": "b", "media/A.en.vtt": "v", "media/a.PNG": "a", "media/talk.mp4": "t"}
    assert picture_of(replace(module, media=media)) == {"media/a.PNG": "a"}
    assert picture_of(replace(module, media={"media/talk.mp4": "t"})) == {}
    release = Library(ROOT).release("positive-spaces-1", "1.0.0")
    for module, other in zip(release.modules, outline_of(release).modules, strict=True):
        assert other.media == picture_of(module)
        assert len(other.media) == 1


def test_where_somebody_stands_is_judged_alike() -> None:
    release = Library(SITE).release("sample-course", "1.0.0")
    module = release.modules[0]
    facts = LearnerRecord(
        {(module.id, lesson.id): lesson.digest for lesson in module.lessons[:1]},
        frozenset({module.id, FINAL}),
        place=f"{module.code}/{module.lessons[0].code}",
    )
    whole, bare = progress_of(release, facts), progress_of(outline_of(release), facts)
    assert bare.next() == whole.next()
    assert (bare.steps_done, bare.minutes_left, bare.phrase) == (
        whole.steps_done,
        whole.minutes_left,
        whole.phrase,
    )


def test_what_was_packed_is_unpacked_and_nothing_else() -> None:
    release = Library(SITE).release("sample-course", "1.0.0")
    assert unpack(pack(release), release.digest) == outline_of(release)
    for raw in (b"", b"{}", b'{"release":1}', b'{"release":{"_":"Gone"}}'):
        assert unpack(raw, release.digest) is None
