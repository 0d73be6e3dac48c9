"""What a law reaches in a release: exactly the statements that rest on it, whatever they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lms.core.authoring.impact import (
    FACILITATOR,
    TouchedPlace,
    event_name,
    find_event,
    prepared_for,
    statements_past,
    touched,
    words_at,
)
from lms.core.courses.course import Lesson, Release
from lms.core.courses.document import Block, Document, Finder, Heading, JobAid, LawBox, Link, Paragraph, Text
from lms.core.courses.quiz import Question
from lms.core.legislation.register import Event, Law, Term
from lms.core.locales import Words
from tests.builders_learning import choice, every_kind, module, number, quiz, release, words
from tests.builders_lessons import a_law, an_event

EVENT = Event("2026-12-01", "amendment", True, "in-force", words("It changed."))


def box(name: str = "s1", law: str = "act", as_of: str = "2026-11-01", said: str = "So it is.") -> LawBox:
    return LawBox(name, (Text(said),), (law,), as_of, "2027-11-01")


def mention(law: str = "act") -> Paragraph:
    return Paragraph((Text("See "), Link("law", law, (Text("the act"),))))


def a_release(*blocks: Block, **changes: object) -> Release:
    lesson = Lesson("l1", "l1", words("One"), 5, {tag: Document(tag, blocks) for tag in ("en", "fr")})
    bank = quiz("m1", questions=(choice("q1"), replace(choice("q2"), rests_on=("act",))))
    made = replace(module("m1", bank=bank), lessons=(lesson,))
    return replace(release("1.0.0", made, laws={"act": a_law(id="act")}), **changes)  # type: ignore[arg-type]  # fields


def found(one: Release, law: str = "act", event: Event | None = None) -> list[tuple[str, str]]:
    return [(each.kind, each.place) for each in touched(one, law, event)]


QUIZ = ("question", "m1/quiz#q2")


def test_law_boxes_links_and_questions_are_found_and_nothing_else() -> None:
    made = a_release(Heading(2, (Text("A"),), "a"), box(), mention(), box("s2", "other"), mention("other"))
    assert found(made) == [("statement", "m1/l1#s1"), ("mention", "m1/l1#s1"), QUIZ]
    assert found(made, "other") == [("statement", "m1/l1#s2"), ("mention", "m1/l1#s2")]
    assert found(made, "nothing") == []
    first = touched(made, "act")[0]
    assert (first.module, first.lesson, dict(first.words)["fr"]) == ("m1", "l1", "So it is.")
    assert words_at(made, "statement", "m1/l1#s1", "act") == first.words
    assert words_at(made, "statement", "m1/l1#gone", "act") == {}


def test_two_links_of_one_section_are_one_statement() -> None:
    (one, _) = touched(a_release(mention(), mention()), "act")
    assert one.words["en"] == "See the act See the act"


def test_a_job_aid_is_named() -> None:
    made = a_release(JobAid("aid", "Aid", (box(),), ()))
    assert [one.aid for one in touched(made, "act")] == ["aid", ""]


@pytest.mark.parametrize("topic", ["accessibility", "other"])
def test_a_finder_rests_on_what_it_shows(topic: str) -> None:
    shown = a_law(id="act", jurisdiction="ca", kind="statute", topics=(topic,))
    made = a_release(Finder("f"), laws={"act": shown})
    assert (("finder", "m1/l1#f") in found(made)) is (topic == "accessibility")


def test_terms_notes_and_texts_of_questions_that_link_the_law_are_found() -> None:
    linked = Term("t", words("Term"), words("It is in [the act](law:act)."), "2026-11-01", {})
    other = replace(linked, id="u", definition=words("It is not."))
    made = a_release(terms={"t": linked, "u": other})
    notes = {"en": Document("en", (mention(),))}
    asked = choice("q1")
    marked = {asked.prompt["en"]: (mention(),), "unused": (mention(),)}
    bank = quiz("m1", questions=(asked, choice("q3")), marked=marked)
    made = replace(made, modules=(replace(made.modules[0], facilitator=notes, quiz=bank),))
    assert found(made) == [
        ("mention", f"m1/{FACILITATOR}#"),
        ("question", "m1/quiz#q1"),
        ("term", "glossary#t"),
    ]


def test_an_event_touches_what_was_checked_before_it() -> None:
    made = a_release(box(), box("s2", as_of="2026-12-01"))
    assert found(made, event=EVENT) == [("statement", "m1/l1#s1"), QUIZ]
    early = replace(EVENT, date="2026-10-01")
    assert found(made, event=early) == [QUIZ]  # nobody knew of it when the release was sealed
    knowing = replace(made, laws={"act": a_law(id="act", events=(early,))})
    assert found(knowing, event=early) == []
    assert found(replace(made, laws={}), event=early) == [QUIZ]


def test_events_are_called_by_law_date_and_kind() -> None:
    law: Law = a_law(id="act", events=(EVENT,))
    assert event_name("act", EVENT) == "act@2026-12-01/amendment"
    assert find_event(law, event_name("act", EVENT)) == find_event(law, "2026-12-01/amendment") == EVENT
    assert find_event(law, "2026/none") is None


def test_a_statement_past_its_review_is_found_once() -> None:
    made = a_release(box(), Paragraph((Text("More."),)))
    assert statements_past(made, "2027-11-01") == ()
    (one,) = statements_past(made, "2027-11-02")
    assert one == TouchedPlace("statement", "sample", "m1/l1#s1", "2026-11-01", review_by="2027-11-01")
    assert Words({"en": "x"}).text("en") == "x"


def asked(*questions: Question) -> list[dict[str, str]]:
    resting = tuple(replace(one, rests_on=("act",)) for one in questions)
    made = a_release()
    made = replace(made, modules=(replace(made.modules[0], quiz=quiz("m1", questions=resting)),))
    return [dict(one.words) for one in touched(made, "act")]


def test_a_question_says_its_answers_and_which_is_right() -> None:
    (first,), (second,) = asked(choice(right="a")), asked(choice(right="b"))
    assert first["en"].startswith("Question q1 / ✓ Option a / About a / Option b / About b")
    assert second["fr"].startswith("Question q1 (fr) / Option a (fr) / About a (fr) / ✓ Option b (fr)")
    for kind, said in zip(every_kind(), asked(*every_kind()), strict=True):
        assert said["en"].startswith(kind.prompt["en"])
        assert (" ✓ " in said["en"]) is (kind.kind not in {"reflection", "likert"})
    (thirty,), (forty,) = asked(number(answer="30")), asked(number(answer="40"))
    assert thirty["fr"] != forty["fr"]


def test_a_term_says_its_name_too() -> None:
    linked = Term("t", words("Term", "Terme"), words("It is in [the act](law:act)."), "2026-11-01", {})
    (one,) = (place for place in touched(a_release(terms={"t": linked}), "act") if place.kind == "term")
    assert one.words["fr"].startswith("Terme – ")
    assert one.words["fr"] != one.words["en"]


def test_a_release_is_prepared_for_the_last_day_that_its_statements_wait_for() -> None:
    waits = a_law(id="act", events=(an_event("2027-12-05", effect="pending"),))
    later = a_law(id="other", events=(an_event("2028-12-05", effect="pending"),))
    boxes = box(as_of="2027-12-05"), box("s2", "other", as_of="2028-12-05"), box("s3", "unknown")
    made = a_release(*boxes, laws={"act": waits, "other": later})
    assert prepared_for(made) == "2028-12-05"
    assert prepared_for(replace(made, laws={"act": waits})) == "2027-12-05"
    assert prepared_for(a_release(box())) == ""
