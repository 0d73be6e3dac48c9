"""What learners tell reaches the authors, and what waits reaches the admins, without any name."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.actions.operations import tasks
from lms.core.errors import NotAllowed
from lms.core.people.actors import Role
from tests import builders_learning as make
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused
from tests.builders_pages import Reader


@pytest.fixture(params=["en", "fr"])
def reader(request: pytest.FixtureRequest, client: FlaskClient, context: Context) -> Reader:
    return Reader(client, make.with_sample(context), request.param)


def _tell(reader: Reader, address: str = "/tell-us", **typed: str) -> None:
    page = reader.get(address)
    assert reader.send(page, "/tell-us", {"kind": "barrier", "text": "Hm.", **typed}).status == 303


def test_an_author_reads_and_closes_messages(reader: Reader) -> None:
    reader.sign_in(make.a_member(reader.context, "Robin Somebody"))
    _tell(reader, f"/tell-us?course={CODE}&place=m1/l1%23s1", contact="me@example.org")
    _tell(reader, text="<b>Hm</b>")
    reader.sign_in(make.a_member(reader.context, "Alex", Role.AUTHOR))
    page = reader.get("/desk")
    assert f'href="/{reader.locale}/c/{CODE}/m1/l1#s1"' in page.html
    assert "me@example.org" in page.html
    assert "Robin" not in page.html
    assert "<b>Hm" not in page.html
    closed = reader.send(page, "/close")
    assert (closed.to.endswith("/desk"), closed.told) == (True, "report-closed")
    after = reader.send(reader.go(closed.to), "/close")
    assert reader.go(after.to).status == 200
    assert reader.send(page, "/close").status == 409


def test_an_admin_sees_what_waits(reader: Reader) -> None:
    reader.sign_in(make.a_member(reader.context, "Alex", Role.ADMIN))
    assert reader.get("/admin").status == 200
    _tell(reader)
    assert "<td" in reader.get("/admin").html


def test_others_open_neither(reader: Reader) -> None:
    for roles in ((), (Role.REVIEWER,)):
        reader.sign_in(make.a_member(reader.context, "Sam", *roles))
        assert reader.get("/desk").status == 403
        assert reader.get("/admin").status == 403
    with refused(NotAllowed, "deed.not-allowed"):
        tasks.waiting_tasks(reader.context, make.a_member(reader.context))
