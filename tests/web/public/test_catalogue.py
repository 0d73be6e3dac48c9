"""What can be learned: the list, and a course's own page before, during and after learning it."""

from __future__ import annotations

from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import learning
from tests.builders_certificates import sign_in
from tests.builders_learning import SAMPLE_CODE, a_member, finish, pass_check, read_all, with_sample

COURSE = f"/en/c/{SAMPLE_CODE}"


def test_an_empty_list_says_what_to_do_next(client: FlaskClient) -> None:
    page = client.get("/en/courses").get_data(as_text=True)
    assert "No courses are published yet" in page
    assert "lms adopt" in page


def test_the_list_names_each_course(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    assert "Un accueil chaleureux" in client.get("/fr/courses").get_data(as_text=True)


def test_a_course_page_says_outcomes_modules_minutes_rule_version_and_law(
    client: FlaskClient, context: Context
) -> None:
    with_sample(context)
    page = client.get(COURSE).get_data(as_text=True)
    told = (
        "Greet a person",
        "Welcome",
        "about",
        "80 per cent",
        "1.0.0",
        "Law as of",
        "What changed",
        "Start the course",
    )
    assert [words for words in told if words not in page] == []


def test_a_course_that_is_not_there_is_not_found(client: FlaskClient) -> None:
    assert client.get("/en/c/none").status_code == 404


def test_a_learner_sees_where_they_stand(client: FlaskClient, context: Context) -> None:
    who = a_member(with_sample(context))
    learning.enrol(context, who, SAMPLE_CODE, "en")
    read_all(context, who, only="m1")
    sign_in(client, context, who)
    assert "Module 1 of 2, quiz left" in client.get(COURSE).get_data(as_text=True)
    pass_check(context, who, "m1")
    assert "Module 2 of 2, lessons left" in client.get(COURSE).get_data(as_text=True)


def test_the_final_check_is_offered_when_the_modules_are_done(client: FlaskClient, context: Context) -> None:
    who = a_member(with_sample(context))
    learning.enrol(context, who, SAMPLE_CODE, "en")
    read_all(context, who)
    for module in ("m1", "m2"):
        pass_check(context, who, module)
    page = sign_in(client, context, who).get(COURSE).get_data(as_text=True)
    assert "You have finished all the modules" in page
    assert f"{COURSE}/check" in page


def test_whoever_has_completed_it_is_led_to_the_certificate(client: FlaskClient, context: Context) -> None:
    who = a_member(with_sample(context))
    finish(context, who)
    page = sign_in(client, context, who).get(COURSE).get_data(as_text=True)
    assert "You have completed this course." in page
    assert f"{COURSE}/certificate" in page
