"""Every block, every stretch of words and every link of a document is met, in reading order."""

from __future__ import annotations

from lms.content.library import Library
from lms.core.checks.lesson_facts import lesson_facts
from lms.core.courses.document import Break, Document, Foreign, Paragraph, Text
from lms.core.courses.walk import all_links, id_of, runs, text_of, walk
from tests.builders_content import SITE


def documents() -> list[Document]:
    release = Library(SITE).release("sample-course", "1.0.0")
    lessons = [lesson for module in release.modules for lesson in module.lessons]
    return [lesson.documents["en"] for lesson in lessons]


def test_the_sample_course_uses_every_kind_of_block() -> None:
    kinds = {type(node).__name__ for document in documents() for node in walk(document.blocks)}
    assert kinds == {
        "Branching", "Caution", "Checklist", "ContentNote", "Figure", "Finder", "Heading", "InShort",
        "JobAid", "KeyPoint", "LawBox", "ListBlock", "ListItem", "Paragraph", "Quote", "Recording",
        "Reflection", "Scenario", "Step", "Table",
    }  # fmt: skip


def test_every_word_is_met() -> None:
    said = " ".join(run.text for document in documents() for run in runs(document.blocks))
    for words in (
        "Then wait. Silence helps.",  # in short
        "There must be a chair for you.",  # plain
        "Amara, visitor",  # the source of a quote
        "Two kinds of question",  # a caption
        "Closes the talk",  # a cell
        "I let it ring",  # a choice
        "Lin and the full room",  # a title
        "Lin picks the small room",  # a discussion
        "You can leave any box empty.",  # the client's version
        "Marker 1 is on the door.",  # a description
        "A bell rings once",  # a transcript
        "Keep it locked.",  # an alternative
    ):
        assert words in said


def test_every_link_is_met_but_choices() -> None:
    found = {(link.kind, link.target) for document in documents() for link, _ in all_links(document.blocks)}
    assert ("term", "chosen-name") in found
    assert ("lesson", "forms/safe-notes") in found
    assert ("anchor", "st-b") not in found


def test_words_can_leave_out_other_languages() -> None:
    content = (Text("say"), Break(), Foreign("mi", (Text("haere mai"),)))
    assert (text_of(content), text_of(content, foreign="…")) == ("say haere mai", "say …")


def test_a_block_without_an_id_has_none() -> None:
    assert (id_of(Paragraph(())), id_of(Paragraph((), "p1"))) == ("", "p1")


def test_facts_are_what_a_lesson_leans_on() -> None:
    first = lesson_facts(documents()[0], ())
    assert ("law", "sample-code") in {
        (link.kind, link.target) for document in documents() for link in lesson_facts(document, ()).links
    }
    assert [(fact.kind, fact.src) for fact in first.media] == [("figure", "media/door.svg")]
    assert [(fact.id, fact.rests_on) for fact in first.statements] == [("st1", ("sample-act",))]
    assert {"s1", "s2", "s3", "p1", "f1", "st1"} == set(first.anchors)
