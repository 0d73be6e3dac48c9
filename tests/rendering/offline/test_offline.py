"""A module as one file: everything of it is there, nothing is asked for from outside, in both languages."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import Element

import pytest

from lms.content.library import Library
from lms.core.courses.course import Module, Release, SignVideo
from lms.core.courses.document import Branching, Choice, JobAid, Link, Paragraph, Recording, Step
from lms.core.courses.opaque import opaque
from lms.core.courses.walk import text_of as said_by
from lms.core.courses.walk import walk
from lms.core.locales import Words
from lms.rendering.lessons.anchors import Picture
from lms.rendering.offline.offline import Kit, file_name, module_file
from lms.rendering.words.translator import translator_for
from tests import builders_learning as make
from tests.builders import SITE
from tests.builders_lessons import TODAY, a_law, a_release, every, para, said, words
from tests.page_lint import lint, parse, text_of

NO_SITE = Kit(lambda _: Picture("data:image/gif;base64,R0lGOD"), {}, TODAY)
ASKS = ("src", "srcset", "poster", "data", "action", "background")


@pytest.fixture(scope="module")
def release() -> Release:
    found = Library(SITE).latest("sample-course")
    assert found
    return found


def kit(module: Module, site: str = "") -> Kit:
    library = Library(SITE)

    def picture(path: str) -> Picture:
        medium = library.medium(module.media[path])
        return Picture(f"data:{medium.type};base64,{b64encode(medium.path.read_bytes()).decode()}", 300, 200)

    return Kit(picture, library.register().laws, TODAY, site)


def page_of(html: str) -> Element:
    tree, complaints = parse(html)
    assert complaints == []
    return tree


def outside(tree: Element) -> Iterator[str]:
    for element in tree.iter():
        tag = str(element.tag).rpartition("}")[2]
        for name in ASKS:
            if not element.get(name, "data:").startswith("data:"):
                yield f"{tag} {name}"
        if tag in {"link", "script", "iframe", "object", "embed", "base", "video", "audio", "form"}:
            yield tag
        if tag == "a" and not re.match(r"#|https://|mailto:", element.get("href", "")):
            yield f"a {element.get('href')}"
    style = "".join(every(tree, "style")[0].itertext())
    if re.search(r"@import|url\(", style):
        yield "style"


@pytest.mark.parametrize("locale", ["en", "fr"])
@pytest.mark.parametrize("number", [0, 1])
def test_a_file_is_a_whole_page_that_asks_for_nothing(release: Release, number: int, locale: str) -> None:
    module = release.modules[number]
    html = module_file(release, module, locale, kit(module))
    tree = page_of(html)
    assert [fault for fault in lint(html) if fault != "inline style"] == []
    assert (tree.get("lang"), tree.get("dir")) == (locale, "ltr")
    assert list(outside(tree)) == []
    assert not every(tree, "details")


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_every_lesson_and_every_question_is_in_it(release: Release, locale: str) -> None:
    for module in release.modules:
        tree = page_of(module_file(release, module, locale, kit(module)))
        text = " ".join(text_of(tree).replace(translator_for(locale).gettext("(another site)"), "").split())
        text = text.replace(" .", ".")
        for lesson in module.lessons:
            document = lesson.documents[locale]
            paragraphs = [said_by(one.content) for one in document.blocks if isinstance(one, Paragraph)]
            titles = [one.title for one in walk(document.blocks) if isinstance(one, JobAid | Branching)]
            for part in (lesson.title.text(locale), *paragraphs, *titles):
                assert " ".join(part.split()) in text
        questions, answers = (
            every(tree, "section", class_="question"),
            every(tree, "section", class_="answer"),
        )
        assert len(questions) == len(answers) == len(module.quiz.questions)
        for question, section in zip(module.quiz.questions, questions, strict=True):
            blocks = module.quiz.blocks(question.prompt.text(locale))
            prompt = " ".join(said_by(one.content) for one in blocks if isinstance(one, Paragraph))
            assert " ".join(prompt.split()) in " ".join(text_of(section).split())


def test_what_a_pen_needs_stands_with_each_kind_of_question() -> None:
    bank = replace(
        make.quiz(), questions=(*make.every_kind(), make.number("near", "3.5", "0.5", make.words("km")))
    )
    module = make.module("m1", bank=bank)
    whole = make.release("1.0.0", module)
    tree = page_of(module_file(whole, module, "en", NO_SITE))
    questions = every(tree, "section", class_="question")
    told = dict(zip([one.id for one in bank.questions], map(text_of, questions), strict=True))
    for name, sentence in {
        "choice": "Choose one answer.",
        "choices": "Choose all the answers that apply.",
        "true-false": "Choose one answer.",
        "branch": "Choose one answer.",
        "match": "Write a letter next to each number.",
        "order": "Number the steps in the right order.",
        "text": "Write one or two words.",
        "number": "Write a number.",
        "gaps": "Blank 2 of 2",
        "reflection": "There is no right or wrong answer.",
        "likert": "Not sure",
    }.items():
        assert sentence in told[name]
    assert "A hint" in told["match"]
    assert "km" in told["near"]
    assert "(1) ………" in told["gaps"]
    answers = dict(zip(told, map(text_of, every(tree, "section", class_="answer")), strict=True))
    assert "Right answer: consent" in answers["text"]
    assert "Right answer: 3.5 ± 0.5" in answers["near"]
    assert "Right answer: 30" in answers["number"]
    assert "A sample" in answers["reflection"]
    assert "If your answer is right Yes." in answers["order"]
    for letter in "abcd":
        assert f"About {letter}" in answers["choice"]


def test_words_that_may_be_typed_say_their_language() -> None:
    module = make.module("m1", bank=replace(make.quiz(), questions=(make.text("t"), make.number("n"))))
    whole = make.release("1.0.0", module)
    typed, number = every(page_of(module_file(whole, module, "ar", NO_SITE)), "section", class_="answer")
    right = every(typed, "strong")[0]
    assert [(one.get("lang"), one.get("dir"), one.text) for one in every(right, "span")] == [
        ("en", "ltr", "consent")
    ]
    assert every(every(number, "strong")[0], "span") == []


def test_the_key_names_the_parts_as_the_question_does() -> None:
    module = make.module("m1", bank=replace(make.quiz(), questions=(make.order("o"), make.match("m"))))
    tree = page_of(module_file(make.release("1.0.0", module), module, "en", NO_SITE))
    lists = [words(section, "li") for section in every(tree, "section", class_="question")]
    order, match = (text_of(one) for one in every(tree, "section", class_="answer"))
    marks = {entry[1:].strip(): entry[0] for entry in lists[0]}
    right = [marks[f"Step {number}"] for number in range(1, 5)]
    assert f"In this order: {translator_for('en').series(right)}" in order
    assert right != ["A", "B", "C", "D"]
    rights = {entry[1:].strip(): entry[0] for entry in lists[1][3:]}
    assert f"1 – {rights['Right x']}, 2 – {rights['Right y']}, 3 – {rights['Right z']}" in match


def test_a_branching_scenario_is_printed_as_steps_that_lead_to_each_other(release: Release) -> None:
    module = next(
        one
        for one in release.modules
        if any(isinstance(b, Branching) for les in one.lessons for b in les.documents["en"].blocks)
    )
    tree = page_of(module_file(release, module, "en", kit(module)))
    steps = every(tree, "div", class_="step")
    ids = {step.get("id") for step in steps}
    links = [link for step in steps for link in every(step, "a") if "Go to step" in text_of(link)]
    assert links
    assert {link.get("href", "").removeprefix("#") for link in links} <= ids
    assert "This path ends here" in "".join(map(text_of, steps))


def test_a_choice_that_leads_nowhere_is_words_alone() -> None:
    block = Branching("b", "B", (), (Step("a", (para("x"),), (Choice(said("Go"), "gone"),)),))
    lesson = make.lesson("l1")
    held = replace(lesson, documents={"en": replace(lesson.documents["en"], blocks=(block,))})
    whole, module = a_release(held)
    tree = page_of(module_file(whole, module, "en", NO_SITE))
    assert words(every(tree, "div", class_="step")[0], "li") == ["Go"]


def test_two_lessons_with_the_same_anchors_keep_apart() -> None:
    module = make.module("m1")
    tree = page_of(module_file(make.release("1.0.0", module), module, "en", NO_SITE))
    ids = [head.get("id") for head in every(tree, "h3")]
    assert ids[:4] == ["l1-s1", "l1-s2", "l2-s1", "l2-s2"]


def test_links_lead_inside_the_file_or_to_the_site_or_are_words() -> None:
    links = tuple(
        Link(kind, target, said(target))
        for kind, target in (
            ("lesson", "m1/l"),
            ("lesson", "m2/l"),
            ("page", "support"),
            ("law", "act"),
            ("term", "ally"),
            ("term", "gone"),
        )
    )
    lesson = make.lesson("l1")
    document = replace(lesson.documents["en"], blocks=(Paragraph(links),))
    whole, module = a_release(replace(lesson, id="l", documents={"en": document}))
    for site, page in (("", []), ("https://learn.example", ["https://learn.example/en/support"])):
        tree = page_of(module_file(whole, module, "en", replace(NO_SITE, site=site)))
        found = [link.get("href", "") for link in every(every(tree, "section")[0], "a")]
        assert found[0] == "#l1"
        assert found[1 : 1 + len(page)] == page
        assert [text_of(one) for one in every(tree, "dt")] == ["ally"]
        assert found[1 + len(page) :] == ["#w-" + opaque("ally")]


def test_a_lesson_in_another_language_is_marked_and_said() -> None:
    lesson = make.lesson("l1")
    held = replace(lesson, documents={"en": lesson.documents["en"]})
    whole, module = a_release(held)
    tree = page_of(module_file(whole, module, "fr", NO_SITE))
    marked = [one for one in every(tree, "div") if one.get("lang") == "en"]
    assert [one.get("dir") for one in marked] == ["ltr"]


def test_a_text_of_the_bank_in_another_language_is_marked() -> None:
    only = replace(make.choice("q1"), prompt=Words({"en": "Only in English"}))
    module = make.module("m1", bank=replace(make.quiz(), questions=(only,)))
    tree = page_of(module_file(make.release("1.0.0", module), module, "fr", NO_SITE))
    marked = [text_of(one) for one in every(tree, "div") if one.get("lang") == "en"]
    assert "Only in English" in marked


def test_the_key_names_the_law_and_how_sure_we_are() -> None:
    asked = replace(make.choice("q1"), rests_on=("act", "gone"))
    module = make.module("m1", bank=replace(make.quiz(), questions=(asked,)))
    doubtful = a_law(confidence="recalled")
    page = page_of(
        module_file(make.release("1.0.0", module), module, "en", replace(NO_SITE, laws={"act": doubtful}))
    )
    answer = text_of(every(page, "section", class_="answer")[0])
    assert "Sample Act" in answer
    assert "not yet checked" in answer


def test_what_plays_is_said_to_be_missing_and_its_words_are_there() -> None:
    block = Recording("v", "video", "media/x.webm", (), (para("What is said"),), ())
    lesson = make.lesson("l1")
    held = replace(lesson, documents={"en": replace(lesson.documents["en"], blocks=(block,))})
    whole, module = a_release(held)
    assert "What is said" in module_file(whole, module, "en", NO_SITE)
    assert "Videos and audio are not included" in module_file(whole, module, "en", NO_SITE)
    quiet = make.module("m1")
    assert "Videos and audio" not in module_file(make.release("1.0.0", quiet), quiet, "en", NO_SITE)
    signed = replace(quiet, sign_videos=(SignVideo("#s1", "ase", "media/x.webm"),))
    assert "Videos and audio" in module_file(make.release("1.0.0", signed), signed, "en", NO_SITE)


def test_a_bank_without_questions_has_no_key() -> None:
    whole, module = a_release(make.lesson("l1"))
    tree = page_of(module_file(whole, module, "en", NO_SITE))
    assert "Questions" not in words(tree, "h2")


def test_a_sensitive_course_is_not_named_by_file_or_window() -> None:
    whole = make.release("1.2.0", course=make.course(sensitive=True))
    module = whole.modules[1]
    assert file_name(whole, module, "en") == "professional-learning-module-2-1.2.0-en.html"
    title = words(page_of(module_file(whole, module, "en", NO_SITE)), "title")
    assert title == ["Professional learning, module 2"]
    open_one = make.release("1.2.0")
    assert file_name(open_one, open_one.modules[0], "en") == "a-course-module-1-1.2.0-en.html"


def test_a_ligature_does_not_tear_the_name_of_a_file() -> None:
    course = replace(make.course(), title=make.words("À cœur ouvert"))
    whole = make.release("1.2.0", course=course)
    assert file_name(whole, whole.modules[0], "en") == "a-coeur-ouvert-module-1-1.2.0-en.html"
