"""Learning in a browser without JavaScript: start, read, be checked, leave off, come back, see results."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning, quizzing
from lms.actions.learning.attempt_views import AttemptView
from lms.actions.people.sessions import ticket_of
from lms.actions.people.signing_in import Browser, enter
from lms.core.courses.course import SignVideo
from lms.core.people.actors import NOBODY, Actor
from lms.storage.people import persons
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_pages import Reader, Sheet, right_fields, told

COURSE = f"/c/{CODE}"


@pytest.fixture
def open_desk(context: Context) -> Context:
    return make.with_sample(context)


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, open_desk: Context) -> Reader:
    return Reader(client, open_desk, request.param)


@pytest.fixture
def sam(reader: Reader) -> Actor:
    made = make.a_member(reader.context)
    learning.enrol(reader.context, made, CODE, reader.locale)
    reader.sign_in(made)
    return made


# --- starting and reading -------------------------------------------------------------------------------
def test_somebody_without_an_account_tries_the_first_module(reader: Reader) -> None:
    started = reader.send(reader.get(COURSE), "/start")
    assert (started.status, started.to) == (303, f"/{reader.locale}{COURSE}/m1/l1")
    lesson = reader.go(started.to)
    assert lesson.status == 200
    assert reader.send(lesson, "/read").to == f"/{reader.locale}{COURSE}/m1/l2"
    assert reader.get(f"{COURSE}/m1/check").status == 200
    assert reader.get(f"{COURSE}/m2/check").status == 403
    assert reader.get(f"{COURSE}/check").status == 403
    assert reader.get(f"{COURSE}/check/review").status == 403
    assert "/sign-up" in reader.get("/my-learning").html


def test_a_member_reads_to_the_check(reader: Reader, sam: Actor) -> None:
    page = reader.get(f"{COURSE}/m1/l1")
    for expected in ("/m1/l2", "/m1/check"):
        page = reader.send(page, "/read")
        assert page.to == f"/{reader.locale}{COURSE}{expected}"
        page = reader.go(page.to)


def test_whoever_has_not_started_is_led_to_the_course(reader: Reader) -> None:
    reader.sign_in(make.a_member(reader.context))
    for path in ("/m1/check", "/check", "/check/review", "/results"):
        assert reader.get(f"{COURSE}{path}").to == f"/{reader.locale}{COURSE}"
    assert reader.get("/my-learning").status == 200


def test_a_member_who_has_idled_out_does_not_start_as_a_stranger(reader: Reader) -> None:
    reader.sign_in(make.a_member(reader.context))
    page = reader.get(COURSE)
    reader.context.now.move(minutes=45)  # type: ignore[attr-defined]  # the clock of tests
    assert "/sign-in" in reader.send(page, "/start").to


def test_the_place_is_kept_for_another_device(reader: Reader, sam: Actor) -> None:
    page = reader.get(f"{COURSE}/m1/l1")
    token = page.form("/read")["csrf_token"]
    url = f"/{reader.locale}{COURSE}/m1/l1/place"
    kept = reader.client.post(url, data={"anchor": "s1", "csrf_token": token}, lint=False)
    assert kept.headers["Location"].endswith("/my-learning")
    assert told(kept) == "place-kept"
    answered = reader.client.post(
        url, data={"anchor": "s1", "csrf_token": token}, headers={"Accept": "application/json"}, lint=False
    )
    assert answered.json == {"kept": True}
    assert "?at=s1#s1" in reader.get("/my-learning").html


def test_one_section_a_page_can_be_left_at_any_section(reader: Reader, sam: Actor) -> None:
    with reader.context.database.writing() as tx:
        persons.write_profile(tx, sam.person, settings='{"sections": "one"}')
    page = reader.get(f"{COURSE}/m1/l1")
    kept = reader.send(page, "/place")
    assert (kept.to.endswith("/my-learning"), kept.told) == (True, "place-kept")
    assert f"?at={page.form('/place')['anchor'][0]}#" in reader.go(kept.to).html


# --- a module's check -----------------------------------------------------------------------------------
def test_a_check_is_answered_and_commented(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    done = reader.send(
        page, "/check", right_fields(reader.paper(sam, CODE).questions, reader.locale), do="check"
    )
    assert done.status == 303
    result = reader.go(done.to)
    assert result.status == 200
    assert 'class="state done"' in result.html
    again = reader.get(f"{COURSE}/m1/check")
    assert "/check/result/" in again.html
    assert reader.get(f"{COURSE}/results").status == 200


def test_what_is_missing_is_asked_for_and_may_be_left(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    first = next(asked for asked in reader.paper(sam, CODE).asked if "choice" in asked.drawn.order)
    name = f"{first.question.id}:choice"
    asked = reader.send(page, "/check", {name: first.drawn.order["choice"][0]}, do="check")
    assert asked.status == 422
    assert 'id="errors"' in asked.html
    links = re.findall(r'<li><a href="#([^"]+)"', asked.html)
    assert all(f'id="{link}"' in asked.html for link in links)
    assert asked.form("/check")[name] == [first.drawn.order["choice"][0]]
    anyway = reader.send(asked, "/check", do="check-anyway")
    assert reader.go(anyway.to).status == 200


def test_leaving_off_keeps_everything(reader: Reader, sam: Actor) -> None:
    answers = right_fields(_paper_after(reader, sam).questions, reader.locale)
    left = reader.send(reader.get(f"{COURSE}/m1/check"), "/check", answers, do="leave")
    assert (left.to, left.told) == (f"/{reader.locale}/my-learning", "answers-kept")
    assert reader.go(left.to).status == 200
    back = reader.get(f"{COURSE}/m1/check").form("/check")
    for name, value in answers.items():
        assert back[name] == (value if isinstance(value, list) else [value])


def _paper_after(reader: Reader, sam: Actor) -> AttemptView:
    reader.begin_check(f"{COURSE}/m1/check")
    return reader.paper(sam, CODE)


def test_pressing_enter_saves_and_stays(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    kept = reader.send(page, "/check")
    assert (kept.to.partition("?")[0].endswith("/m1/check"), kept.told) == (True, "saved")
    assert re.search(r"<button[^>]*hidden", page.html)


def test_enter_in_a_field_stays_at_that_field(reader: Reader, sam: Actor) -> None:
    page, name, number = _sit_with(reader, sam, "text")
    kept = reader.send(page, "/check", {f"{name}:text": "half a wo"})
    assert kept.to.endswith(f"#q{number}-text")
    assert f'id="q{number}-text"' in reader.go(kept.to).html
    told = reader.send(reader.go(kept.to), "/check", at=f"q{number}-text")
    assert told.to.endswith(f"#q{number}-text")
    assert "#" not in reader.send(reader.go(kept.to), "/check", at="<x>").to


def test_a_question_without_an_answer_stays_so_in_a_browser_that_chooses_the_first(
    reader: Reader, sam: Actor
) -> None:
    """Lynx chooses the first radio of a group itself, and knows neither `hidden` nor `form=`."""
    page = reader.begin_check(f"{COURSE}/m1/check")
    form = page.html[page.html.index('id="check"') :]
    first: dict[str, str] = {}
    for name, value in re.findall(r'name="([^"]+)" type="radio" value="([^"]*)"', form):
        first.setdefault(name, value)
    assert first
    assert set(first.values()) == {""}
    sent = reader.send(page, "/check", first, do="check")
    assert sent.status == 422
    assert reader.paper(sam, CODE).sitting.answers == {}


def test_switching_language_keeps_place_answers_and_attempt(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    other = {"en": "fr", "fr": "en"}[reader.locale]
    answers = right_fields(reader.paper(sam, CODE).questions, reader.locale)
    switched = reader.send(page, "/check", answers, switch_to=other)
    there = urlencode({"attempt": page.form("/check")["attempt"][0], "saved": 1})
    assert switched.to == f"/{other}{COURSE}/m1/check?{there}"
    after = reader.go(switched.to)
    assert after.form("/check")["attempt"] == page.form("/check")["attempt"]
    assert {name: after.form("/check")[name] for name in answers} == {
        name: value if isinstance(value, list) else [value] for name, value in answers.items()
    }


def _sit_with(reader: Reader, sam: Actor, kind: str) -> tuple[Sheet, str, int]:
    """Begin checks until a kind of question is asked; give the page, the question and its number."""
    for _ in range(12):
        page = reader.begin_check(f"{COURSE}/m1/check")
        for number, asked in enumerate(reader.paper(sam, CODE).asked, start=1):
            if asked.question.kind == kind:
                return page, asked.question.id, number
        reader.send(page, "/check", do="check-anyway")
    message = f"never asked: {kind}"
    raise AssertionError(message)


def test_a_step_has_the_place_that_somebody_chose_and_no_other(reader: Reader, sam: Actor) -> None:
    page, name, number = _sit_with(reader, sam, "order")
    steps = list(reader.paper(sam, CODE).asked[number - 1].drawn.order["step"])
    assert "move" not in page.html
    kept = reader.go(reader.send(page, "/check", {f"{name}:{steps[1]}": "1"}).to)
    places = {step: kept.form("/check")[f"{name}:{step}"] for step in steps}
    assert places == {step: ["1" if step == steps[1] else ""] for step in steps}
    assert 'data-told="' in kept.html
    asked = reader.send(kept, "/check", do="check")
    assert f'href="#q{number}-' in asked.html


def test_a_typed_question_can_be_asked_as_a_choice(reader: Reader, sam: Actor) -> None:
    page, name, number = _sit_with(reader, sam, "text")
    typed = {f"{name}:text": "half a wo"}
    asked = reader.send(page, "/check", typed, instead=name)
    assert asked.to.endswith(f"#q{number}")
    choice = reader.go(asked.to)
    assert f'name="{name}:choice"' in choice.html
    assert choice.form("/check")[f"{name}:instead"] == ["1"]
    back = reader.go(reader.send(choice, "/check", {f"{name}:choice": "a"}, first=name).to)
    assert back.form("/check")[f"{name}:text"] == ["half a wo"]


def test_a_button_that_was_never_there_is_refused(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    assert reader.send(page, "/check", instead="nothing").status == 422
    name = next(
        a.question.id
        for a in reader.paper(sam, CODE).asked
        if a.question.kind in {"choice", "true-false", "choices", "gaps", "branch"}
    )
    assert reader.send(page, "/check", instead=name).status == 422
    assert reader.send(page, "/check", tell=name).status == 422


def test_a_second_press_shows_the_first_result(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    right = right_fields(reader.paper(sam, CODE).questions, reader.locale)
    first = reader.send(page, "/check", right, do="check")
    assert reader.send(page, "/check", do="check").to == first.to
    assert reader.send(page, "/check", {"attempt": page.form("/check")["attempt"]}).to == first.to
    assert reader.send(page, "/check", instead="x").to == first.to


def test_answers_save_themselves_for_a_script(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    fields = page.form("/check")
    asked = next(one for one in reader.paper(sam, CODE).asked if "choice" in one.drawn.order)
    name, value = f"{asked.question.id}:choice", asked.drawn.order["choice"][0]
    headers = {"Accept": "application/json", "X-CSRF-Token": fields["csrf_token"][0]}
    url = f"/{reader.locale}{COURSE}/m1/check/save"

    def save(number: str, **more: str) -> tuple[int, Any]:
        body = {"attempt": fields["attempt"][0], "save": number, "known": "0", **more}
        answer = reader.client.post(url, data=body, headers=headers, lint=False)
        return answer.status_code, answer.json

    status, told = save("1", **{name: value})
    assert (status, told["saved"], told["late"]) == (200, 1, False)
    assert save("1", **{name: "zzz"}) == (200, {"saved": 1, "late": True, "was": ""})
    assert save("x") == (200, {"saved": 1, "late": True, "was": ""})
    assert told["was"] in reader.get(f"{COURSE}/m1/check").form("/check")["was"][0]
    assert reader.get(f"{COURSE}/m1/check").form("/check")[name] == [value]
    reader.context.now.move(minutes=45)  # type: ignore[attr-defined]  # the clock of tests
    status, told = save("2")
    assert status == 401
    assert told["error"] == "deed.sign-in-first"


def test_after_idling_out_what_was_typed_is_back(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    right = right_fields(reader.paper(sam, CODE).questions, reader.locale)
    reader.context.now.move(minutes=45)  # type: ignore[attr-defined]  # the clock of tests
    sent = reader.send(page, "/check", right, do="check")
    assert "/sign-in" in sent.to
    assert reader.paper(sam, CODE).sitting.answers == {}
    before = reader.client.get_cookie("parvis")
    assert before
    with reader.context.database.writing() as tx:
        came = enter(
            tx, reader.context, NOBODY, sam.person, Browser("", ticket_of(before.value.split(".")[0]))
        )
    minute = str(reader.context.now() // 60_000)
    seal = reader.context.keys.mac("session-minute", came.token, minute)[:22]
    reader.client.set_cookie("parvis", f"{came.token}.{minute}.{seal}")
    back = reader.get(f"{COURSE}/m1/check")
    assert {name: back.form("/check")[name] for name in right} == {
        name: value if isinstance(value, list) else [value] for name, value in right.items()
    }
    result = reader.go(reader.send(back, "/check", do="check").to)
    assert 'class="outcome passed"' in result.html


def test_the_pages_of_others_are_not_there(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/m1/check")
    name = page.form("/check")["attempt"][0]
    other = make.a_member(reader.context)
    learning.enrol(reader.context, other, CODE, "en")
    reader.sign_in(other)
    assert reader.get(f"{COURSE}/m1/check/result/{name}").status == 404
    assert reader.get(f"{COURSE}/m1/check").status == 200


def test_a_result_stands_at_its_own_address_alone(reader: Reader, sam: Actor) -> None:
    name = reader.begin_check(f"{COURSE}/m1/check").form("/check")["attempt"][0]
    assert reader.get(f"{COURSE}/m1/check/result/{name}").status == 404
    make.sit(reader.context, sam, "m1")
    quizzing.submit_check(reader.context, sam, name, {}, known=0, confirmed=True)
    assert reader.get(f"{COURSE}/m1/check/result/{name}").status == 200
    assert reader.get(f"{COURSE}/m2/check/result/{name}").status == 404
    assert reader.get(f"{COURSE}/m9/check").status == 404


def test_a_question_in_sign_language_shows_its_video(client: FlaskClient, context: Context) -> None:
    video = SignVideo("question:m1-q1", "ase", "media/x.webm", "media/x.small.webm", make.words("Told"))
    bank = make.quiz("m1", draw=6)
    signed = make.module("m1", bank=bank, sign_videos=(video,), media={"media/x.webm": "0" * 64})
    shelf = make.with_shelf(context, make.release("1.0.0", signed, make.module("m2")))
    client.application.extensions["parvis"] = shelf
    reader, sam = Reader(client, shelf), make.a_member(shelf)
    learning.enrol(shelf, sam, "smpl", "en")
    reader.sign_in(sam)
    make.sit(shelf, sam, "m1", "smpl")
    assert 'lang="ase"' in reader.get("/c/smpl/m1/check").html
    make.sit(shelf, sam, "m2", "smpl")
    assert "no sign-language video" in reader.get("/c/smpl/m2/check").html


# --- the final check ------------------------------------------------------------------------------------
def test_the_final_check_is_looked_over_before_it_is_sent(reader: Reader, sam: Actor) -> None:
    make.read_all(reader.context, sam)
    for code in ("m1", "m2"):
        make.pass_check(reader.context, sam, code)
    page = reader.begin_check(f"{COURSE}/check")
    right = right_fields(reader.paper(sam, CODE, "").questions, reader.locale)
    review = reader.send(page, "/check", right, do="review")
    assert review.to.partition("?")[0] == f"/{reader.locale}{COURSE}/check/review"
    shown = reader.go(review.to)
    assert shown.status == 200
    assert shown.html.count('href="' + f"/{reader.locale}{COURSE}/check#q") == 6
    done = reader.send(shown, "/submit")
    result = reader.go(done.to)
    assert f"/{reader.locale}{COURSE}/certificate" in result.html
    assert reader.get("/my-learning").status == 200
    assert f"/{reader.locale}{COURSE}/certificate" in reader.get(f"{COURSE}/results").html
    assert reader.get(f"{COURSE}/check/review").to.endswith("/check")
    assert reader.send(reader.get(f"{COURSE}/m1/l1"), "/read").to.endswith(f"{COURSE}/results")


def test_the_final_check_cannot_be_sent_without_looking_it_over(reader: Reader, sam: Actor) -> None:
    page = reader.begin_check(f"{COURSE}/check")
    kept = reader.send(page, "/check", do="check")
    assert (kept.to.partition("?")[0].endswith("/check"), kept.told) == (True, "saved")
    review = reader.get(f"{COURSE}/check/review")
    assert review.html.count('class="state left"') == 6


# --- moving -----------------------------------------------------------------------------------------------
def test_a_material_change_is_a_choice_on_my_learning(reader: Reader) -> None:
    context, sam = make.with_choice(reader.context)
    reader.client.application.extensions["parvis"] = context
    reader.sign_in(sam)
    page = reader.get("/my-learning")
    stays = reader.send(page, "/stay")
    assert (stays.to.endswith("/my-learning"), stays.told) == (True, "stays")
    page = reader.go(stays.to)
    assert 'action="' + f"/{reader.locale}/c/smpl/stay" not in page.html
    moved = reader.send(page, "/move")
    assert reader.go(moved.to).status == 200
    assert reader.send(page, "/move").status == 409
