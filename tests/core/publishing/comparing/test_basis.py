"""A draft was made from a release unless it holds nothing that came with it and all that went."""

from __future__ import annotations

from dataclasses import replace

from lms.content.library import Library
from lms.core.courses.course import Release
from lms.core.courses.document import Document, Paragraph, Text
from lms.core.publishing.comparing.basis import undoes
from tests.builders_content import SITE

OLD = Library(SITE).release("sample-course", "1.0.0")


def saying(*texts: str) -> Release:
    first = OLD.modules[0]
    lesson = first.lessons[0]
    document = Document("en", tuple(Paragraph((Text(text),)) for text in texts))
    lessons = (replace(lesson, documents={**lesson.documents, "en": document}), *first.lessons[1:])
    return replace(OLD, modules=(replace(first, lessons=lessons), *OLD.modules[1:]))


def test_what_was_made_from_the_version_before_undoes_what_followed_it() -> None:
    before, fixed = saying("old", "kept"), saying("fixed", "kept")
    assert undoes(before, fixed, before)
    assert undoes(saying("old", "kept", "more"), fixed, before)
    assert not undoes(fixed, fixed, before)
    assert not undoes(saying("fixed", "kept", "more"), fixed, before)
    assert not undoes(saying("fixed again", "kept"), fixed, before)  # the same block, changed once more


def test_what_came_alone_and_what_went_alone_count_too() -> None:
    before, more = saying("one"), saying("one", "two")
    assert undoes(before, more, before)
    assert undoes(more, before, more)
    assert not undoes(before, before, more)


def test_a_release_that_changes_no_block_and_no_question_is_never_undone() -> None:
    assert not undoes(saying("other"), saying("one"), saying("one"))
