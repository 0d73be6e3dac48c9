"""Sixteen presses at the same instant: one row each, however the machine orders them."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lms.actions.certificates import certifying
from lms.actions.learning import feedback, learning, quizzing
from lms.actions.learning.feedback import FeedbackReceipt
from lms.actions.people import visitors
from lms.actions.people.signing_in import Browser
from lms.core.certificates.certificate import CertificateChoice
from lms.core.errors import ParvisError
from lms.core.people.actors import NOBODY
from tests.attack.digest import count, database_of
from tests.attack.population import Town, a_town
from tests.builders_learning import SAMPLE_CODE, a_member, finish

MANY = 16


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    """Return a town of one's own."""
    made = a_town(tmp_path / "data")
    yield made
    made.context.database.engine.dispose()


def at_once(deed: Callable[[int], object]) -> Counter[str]:
    """Do something sixteen times at the same instant; give what came of it."""
    gate, said = threading.Barrier(MANY), list[str]()

    def press(number: int) -> None:
        gate.wait()
        try:
            said.append(str(deed(number)))
        except ParvisError as refused:
            said.append(refused.code)

    threads = [threading.Thread(target=press, args=(number,)) for number in range(MANY)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return Counter(said)


def test_an_attempt_is_handed_in_once(town: Town) -> None:
    database, context = database_of(town.context.settings.data), town.context
    who, attempt = town.people["learner"].actor, town.people["learner"].attempt
    before = count(database, "mark")
    done = at_once(lambda _: quizzing.submit_check(context, who, attempt, {}, known=0, confirmed=True))
    assert count(database, "mark") == before + 1
    assert len(done) == 1
    assert count(database, "audit", f"deed = 'quizzing.submit_check' AND object = '{attempt}'") == 1


def test_one_check_has_one_open_attempt(town: Town) -> None:
    who = a_member(town.context)
    mine = learning.enrol(town.context, who, SAMPLE_CODE, "en").enrolled.id
    begun = at_once(
        lambda _: quizzing.start_check(town.context, who, SAMPLE_CODE, "m1", town.context.new_id())
    )
    assert len(begun) == 1
    assert count(database_of(town.context.settings.data), "attempt", f"enrolment_id = '{mine}'") == 1


@pytest.mark.parametrize("same", [True, False])
def test_one_course_gives_one_certificate(town: Town, same: bool) -> None:
    context, who = town.context, a_member(town.context)
    finish(context, who)
    presses = [context.new_secret()] * MANY if same else [context.new_secret() for _ in range(MANY)]
    choice = CertificateChoice("Amina", ("en",), neutral=False)
    database, due = database_of(context.settings.data), "kind = 'certificate' AND done_at IS NULL"
    before = count(database, "job", due)
    said = at_once(lambda number: certifying.issue(context, who, SAMPLE_CODE, choice, presses[number]))
    assert count(database, "certificate", f"person_id = '{who.person}'") == 1
    assert count(database, "job", due) == before + 1
    assert len([one for one in said if "." not in one]) == 1


def test_one_person_is_enrolled_once(town: Town) -> None:
    who = a_member(town.context)
    said = at_once(lambda _: learning.enrol(town.context, who, SAMPLE_CODE, "en").enrolled.id)
    assert len(said) == 1
    assert count(database_of(town.context.settings.data), "enrolment", f"person_id = '{who.person}'") == 1


def test_one_sign_in_name_makes_one_account(town: Town) -> None:
    def sign_up(number: int) -> str:
        visitors.sign_up(
            town.context,
            NOBODY,
            f"zq{number}",
            "zqheron",
            "three quiet herons",
            locale="en",
            browser=Browser("192.0.2.9"),
        )
        return "in"

    database = database_of(town.context.settings.data)
    before = count(database, "person")
    assert at_once(sign_up) == {"in": 1, "account.wrong": MANY - 1}
    assert count(database, "person") == before + 1
    assert count(database, "profile", "sign_in_name = 'zqheron'") == 1


def test_one_report_is_kept_once_with_one_task(town: Town) -> None:
    context = town.context
    told = FeedbackReceipt(context.new_id(), SAMPLE_CODE, "m1/l1", "wrong", "zq", "", anonymous=True)
    at_once(lambda _: feedback.report_barrier(context, NOBODY, told, locale="en", origin="192.0.2.9"))
    assert count(database_of(context.settings.data), "barrier_report", f"id = '{told.id}'") == 1
    assert count(database_of(context.settings.data), "task", f"about = '{told.id}'") == 1
