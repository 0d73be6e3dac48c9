"""A quiz one question a screen, and with comments as one goes, in a browser without JavaScript."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from lms.actions.people import accounts
from lms.core.courses.quiz import UNGRADED
from lms.core.people.actors import Actor
from lms.core.people.reader_settings import ReaderSettings
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader, right_fields

COURSE = f"/c/{CODE}"
CHECK = f"{COURSE}/m1/check"


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, make.with_sample(context), request.param)


@pytest.fixture
def sam(reader: Reader) -> Actor:
    made = make.a_member(reader.context)
    learning.enrol(reader.context, made, CODE, reader.locale)
    accounts.change_reading(reader.context, made, ReaderSettings(questions="one"))
    reader.sign_in(made)
    return made


# --- one question a screen --------------------------------------------------------------------------------
def test_each_step_is_a_page_that_saves(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(CHECK)
    paper = reader.paper(sam, CODE)
    right = right_fields(paper.questions, reader.locale)
    count = len(paper.asked)
    mine: dict[str, str | list[str]] = {}
    for number, asked in enumerate(paper.asked, start=1):
        mine = {name: value for name, value in right.items() if name.startswith(f"{asked.question.id}:")}
        assert page.form("/check")["seen"] == [asked.question.id], "one question, and no other"
        assert page.form("/check")["at"] == [str(number)]
        assert ('value="previous"' in page.html) is (number > 1)
        assert ('value="next"' in page.html) is (number < count)
        if number < count:
            sent = reader.send(page, "/check", mine, do="next")
            assert sent.to.partition("&")[0] == f"/{reader.locale}{CHECK}?question={number + 1}"
            assert not sent.told, "nothing is announced for a step"
            page = reader.go(sent.to)
            back = reader.go(reader.send(page, "/check", do="previous").to).form("/check")
            assert all(
                back[name] == (value if isinstance(value, list) else [value]) for name, value in mine.items()
            )
    last = reader.send(page, "/check", mine, do="check")
    assert 'class="outcome passed"' in reader.go(last.to).html


def test_one_goes_on_where_the_first_answer_is_missing(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(CHECK)
    paper = reader.paper(sam, CODE)
    right = right_fields(paper.questions, reader.locale)
    reader.send(
        page,
        "/check",
        {n: v for n, v in right.items() if n.startswith(f"{paper.questions[0].id}:")},
        do="leave",
    )
    assert reader.get(CHECK).form("/check")["at"] == ["2"]
    assert reader.get(f"{CHECK}?question=99").form("/check")["at"] == [str(len(paper.asked))]
    assert reader.get(f"{CHECK}?question=x").form("/check")["at"] == ["2"]
    for at, one in enumerate(paper.questions, start=1):
        page = reader.get(f"{CHECK}?question={at}")
        reader.send(page, "/check", {n: v for n, v in right.items() if n.startswith(f"{one.id}:")}, do="next")
    assert reader.get(CHECK).form("/check")["at"] == [str(len(paper.asked))]


def test_what_is_missing_is_named_on_the_last_screen_and_led_to(reader: Reader, sam: Actor) -> None:
    reader.begin_check(CHECK)
    paper = reader.paper(sam, CODE)
    last = len(paper.asked)
    page = reader.get(f"{CHECK}?question={last}")
    asked = reader.send(page, "/check", do="check")
    assert (asked.status, asked.form("/check")["at"]) == (422, [str(last)])
    counted = [at for at, one in enumerate(paper.questions, start=1) if one.kind not in UNGRADED]
    for number in counted:
        assert f'{CHECK}?question={number}#q{number}"' in asked.html
        assert f'id="q{number}"' in reader.get(f"{CHECK}?question={number}").html
    anyway = reader.send(asked, "/check", do="check-anyway")
    assert "/result/" in anyway.to


def test_the_language_is_changed_at_the_same_question(reader: Reader, sam: Actor) -> None:
    other = {"en": "fr", "fr": "en"}[reader.locale]
    reader.begin_check(CHECK)
    asked = reader.paper(sam, CODE)
    page = reader.get(f"{CHECK}?question=2")
    right = right_fields(asked.questions[1:2], reader.locale)
    switched = reader.send(page, "/check", right, switch_to=other)
    there = reader.go(switched.to)
    assert switched.to.startswith(f"/{other}{CHECK}?question=2&")
    assert all(there.form("/check")[name] == (v if isinstance(v, list) else [v]) for name, v in right.items())


def test_the_title_of_a_screen_tells_its_number(reader: Reader, sam: Actor) -> None:
    reader.begin_check(CHECK)
    count = len([one for one in reader.paper(sam, CODE).questions if one.kind not in UNGRADED])
    assert (
        f"<title>Question 2 {'of' if reader.locale == 'en' else 'sur'} {count}"
        in reader.get(f"{CHECK}?question=2").html
    )


def test_the_review_leads_back_to_the_screen_of_a_question(reader: Reader, sam: Actor) -> None:
    reader.begin_check(CHECK)
    review = reader.get(f"{CHECK}/review")
    assert f'href="/{reader.locale}{CHECK}?question=2#q2"' in review.html


# --- how they are shown is chosen at the start -------------------------------------------------------------
def test_how_the_questions_are_shown_is_chosen_at_the_start_and_kept(reader: Reader) -> None:
    sam = make.a_member(reader.context)
    learning.enrol(reader.context, sam, CODE, reader.locale)
    reader.sign_in(sam)
    begin = reader.get(CHECK)
    assert begin.form("/start")["questions"] == [""]
    page = reader.go(reader.send(begin, "/start", questions="one").to)
    assert page.form("/check")["at"] == ["1"]
    reader.send(page, "/check", do="check-anyway")
    again = reader.get(CHECK)
    assert again.form("/start")["questions"] == ["one"]
    page = reader.go(reader.send(again, "/start", questions="all").to)
    assert "question" not in page.form("/check")
    assert "data-next=" not in page.html.partition('class="steps')[0].partition('id="check"')[2][:400]


def test_a_visitor_chooses_for_this_browser(reader: Reader) -> None:
    started = reader.send(reader.get(COURSE), "/start")
    reader.go(started.to)
    page = reader.go(reader.send(reader.get(CHECK), "/start", questions="one").to)
    assert page.form("/check")["at"] == ["1"]
    assert "questions-one" in str(reader.client.get_cookie("parvis-reader"))


def test_the_number_that_is_announced_is_the_number_that_is_asked(reader: Reader, sam: Actor) -> None:
    begin = reader.get(CHECK).html
    reader.begin_check(CHECK)
    kinds = [one.kind in UNGRADED for one in reader.paper(sam, CODE).questions]
    assert f"<dd>{kinds.count(False)}, " in begin
    assert kinds.count(True) == 1
    final = reader.get(f"{COURSE}/check").html
    reader.begin_check(f"{COURSE}/check")
    assert f"<dd>{len(reader.paper(sam, CODE, '').asked)}</dd>" in final


# --- comments as one goes ----------------------------------------------------------------------------------
@pytest.fixture
def teller(client: FlaskClient, context: Context) -> tuple[Reader, Actor]:
    bank = make.quiz("m1", draw=11, questions=make.every_kind(), comments="each")
    shelf = make.with_shelf(context, make.release("1.0.0", make.module("m1", bank=bank), make.module("m2")))
    client.application.extensions["parvis"] = shelf
    sam = make.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    reader = Reader(client, shelf)
    reader.sign_in(sam)
    return reader, sam


def test_an_answer_is_commented_on_where_it_stands_and_stays(teller: tuple[Reader, Actor]) -> None:
    reader, sam = teller
    here = "/c/smpl/m1/check"
    page = reader.begin_check(here)
    assert page.html.count('name="tell"') == 9
    told = reader.send(page, "/check", {"choice:choice": "a", "text:text": "con"}, tell="choice")
    number = [one.id for one in reader.paper(sam, "smpl").questions].index("choice") + 1
    assert told.to.endswith(f"#q{number}")
    after = reader.go(told.to)
    assert 'class="remark is-wrong"' in after.html
    assert "choice:choice" not in after.form("/check")
    assert after.form("/check")["text:text"] == ["con"]
    assert after.html.count('name="tell"') == 8
    sent = reader.send(after, "/check", {"choice:choice": "b", "seen": ["choice"]}, do="leave")
    assert sent.status == 303
    assert reader.paper(sam, "smpl").sitting.answers["choice"]["choice"] == ("a",)


def test_half_an_answer_is_asked_for_first(teller: tuple[Reader, Actor]) -> None:
    reader, _ = teller
    page = reader.begin_check("/c/smpl/m1/check")
    asked = reader.send(page, "/check", {"match:x": "y"}, tell="match")
    assert asked.status == 422
    assert asked.form("/check")["match:x"] == ["y"]
    assert asked.html.count('class="question wrong"') == 1


def test_every_kind_is_commented_on_where_it_stands(teller: tuple[Reader, Actor]) -> None:
    reader, sam = teller
    page = reader.begin_check("/c/smpl/m1/check")
    questions = reader.paper(sam, "smpl").questions
    for one in questions:
        if one.kind not in UNGRADED:
            told = reader.send(page, "/check", right_fields([one]), tell=one.id)
            page = reader.go(told.to)
    assert 'name="tell"' not in page.html
    assert page.html.count('<span class="state done">') == 9
    done = reader.go(reader.send(page, "/check", do="check").to)
    assert 'class="outcome passed"' in done.html


def test_the_start_says_that_answers_can_be_checked(teller: tuple[Reader, Actor]) -> None:
    reader, _ = teller
    assert "check each answer" in reader.get("/c/smpl/m1/check").html
    assert "check each answer" not in reader.get("/c/smpl/check").html


def test_the_form_of_a_sensitive_course_tells_its_number_too(client: FlaskClient, context: Context) -> None:
    made = make.release("1.0.0")
    shelf = make.with_shelf(context, replace(made, course=replace(made.course, sensitive=True)))
    client.application.extensions["parvis"] = shelf
    sam = make.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    accounts.change_reading(shelf, sam, ReaderSettings(questions="one"))
    reader = Reader(client, shelf)
    reader.sign_in(sam)
    page = reader.begin_check("/c/smpl/m1/check")
    assert "<title>Professional learning, module 1, quiz, Question 1 of 3" in page.html
    result = reader.go(reader.send(page, "/check", do="check-anyway").to)
    assert "<title>Not passed yet: Professional learning, module 1, quiz" in result.html
