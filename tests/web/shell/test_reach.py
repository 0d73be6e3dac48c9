"""How far staff reach, through the pages: a role ends at once, and what lies beyond is unknown."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.learning import feedback
from lms.actions.people import granting
from lms.core.people.actors import SYSTEM, Actor, Extent, Role
from lms.storage.people import persons
from lms.storage.tables.people import organisation
from tests.builders_accounts import Hand, joined, known_by
from tests.builders_learning import SAMPLE, SAMPLE_CODE, a_member, with_sample
from tests.builders_pages import Reader

THEIRS = "theirs".ljust(26, "0")
NEVER_WAS = "7" * 26


def told(context: Context, who: Actor, text: str, locale: str = "en", course: str = "") -> str:
    receipt = feedback.FeedbackReceipt(context.new_id(), course, "", "wrong", text, "", anonymous=False)
    feedback.report_barrier(context, who, receipt, locale=locale, origin="192.0.2.1")
    return receipt.id


def staff(context: Context, role: Role, extent: Extent) -> Actor:
    who = a_member(context, "Staff")
    with context.database.writing() as tx:
        persons.give_role(tx, who.person, role, context.now(), extent)
    return who


def test_a_role_that_is_taken_closes_the_pages_that_are_open(client: FlaskClient, context: Context) -> None:
    joined(context, "boss.owl")
    granting.give_role(context, SYSTEM, "boss.owl", Role.ADMIN)
    hand = Hand(client)
    hand.join()
    granting.give_role(context, SYSTEM, "lac.bleu", Role.ADMIN)
    assert hand.look("admin").status_code == 200
    granting.take_role(context, SYSTEM, "lac.bleu", Role.ADMIN)
    assert hand.look("admin").status_code == 403
    assert hand.look("account").status_code == 200
    assert "/en/admin" not in hand.page


@pytest.mark.parametrize(
    "extent", [Extent(THEIRS), Extent(course="other-course"), Extent(locale="fr")], ids=str
)
def test_messages_beyond_reach_are_not_listed_and_cannot_be_closed(
    client: FlaskClient, context: Context, extent: Extent
) -> None:
    with_sample(context)
    with context.database.writing() as tx:
        tx.execute(organisation.insert().values(id=THEIRS, name="", created_at=0))
    report = told(context, a_member(context), "Zebra", course=SAMPLE_CODE)
    reader = Reader(client, context)
    reader.sign_in(staff(context, Role.AUTHOR, extent))
    page = reader.get("/desk")
    assert page.status == 200
    assert "Zebra" not in page.html
    token = {"csrf_token": page.form("/sign-out")["csrf_token"]}
    answers = [client.post(f"/en/desk/reports/{id_}/close", data=token) for id_ in (report, NEVER_WAS)]
    assert {one.status_code for one in answers} == {409}
    bodies = {_alike(one.get_data(as_text=True), report, NEVER_WAS) for one in answers}
    assert len(bodies) == 1
    reader.sign_in(staff(context, Role.AUTHOR, Extent(course=SAMPLE, locale="en")))
    page = reader.get("/desk")
    assert "Zebra" in page.html
    assert reader.send(page, "/close").status == 303


def _alike(page: str, *ids: str) -> str:
    for one in ids:
        page = page.replace(one, "…")
    return "\n".join(line for line in page.splitlines() if "csrf_token" not in line)


def test_tasks_beyond_reach_are_not_listed(client: FlaskClient, context: Context) -> None:
    with_sample(context)
    report = told(context, a_member(context), "Zebra", course=SAMPLE_CODE)
    reader = Reader(client, context)
    reader.sign_in(staff(context, Role.ADMIN, Extent(locale="fr")))
    assert report not in reader.get("/admin").html
    reader.sign_in(staff(context, Role.ADMIN, Extent(locale="en")))
    assert report in reader.get("/admin").html


def test_the_last_admin_is_told_before_deleting_the_account(client: FlaskClient, context: Context) -> None:
    hand = Hand(client)
    hand.join()
    hand.look("account/delete")
    assert "even_last" not in hand.page
    granting.give_role(context, SYSTEM, "lac.bleu", Role.ADMIN)
    hand.look("account/delete")
    assert "You are the only administrator." in hand.page
    assert hand.send("account/delete", is_sure="y").status_code == 422
    assert 'id="even_last-error"' in hand.page
    assert hand.look("admin").status_code == 200
    hand.look("account/delete")
    assert hand.send("account/delete", is_sure="y", even_last="y").status_code == 303


def test_a_limited_role_shows_its_door_in_the_menu(client: FlaskClient, context: Context) -> None:
    known_by(context, joined(context, "boss.owl").token)
    reader = Reader(client, context)
    reader.sign_in(staff(context, Role.AUTHOR, Extent(locale="fr")))
    page = reader.get("/account").html
    assert "/en/workspace" in page
    assert "/en/admin" not in page
