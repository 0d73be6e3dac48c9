"""Trying a first module without an account: nobody is added for nothing, and nobody without end."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import func, select

from lms.actions import visits
from lms.actions.context import Context
from lms.actions.people import sessions
from lms.actions.people.sessions import ticket_of
from lms.core.errors import Conflict, NotAllowed, NotFound
from lms.core.people.actors import NOBODY
from lms.storage.tables.people import person
from tests import builders_learning as make
from tests.builders_accounts import HERE, clock, joined, known_by
from tests.builders_learning import SAMPLE_CODE as CODE
from tests.builders_learning import refused


def people(context: Context) -> int:
    with context.database.reading() as tx:
        return tx.execute(select(func.count()).select_from(person)).scalar_one()


def test_a_visit_begins_with_a_course(context: Context) -> None:
    make.with_sample(context)
    begun = visits.begin(context, NOBODY, CODE, "en", browser=HERE)
    known = known_by(context, begun.token)
    assert known.actor.is_visitor
    assert begun.learning.release.version == "1.0.0"
    assert begun.learning.enrolled.person == known.actor.person
    with refused(Conflict, "visit.not-needed"):
        visits.begin(context, known.actor, CODE, "en", browser=HERE)


@pytest.mark.parametrize("code", ["nothing", CODE])
def test_nobody_is_added_for_a_course_that_is_not_there(context: Context, code: str) -> None:
    with refused(NotFound, "course.unknown"):
        visits.begin(context, NOBODY, code, "en", browser=HERE)
    assert people(context) == 0


def test_one_network_address_adds_nobody_without_end(context: Context) -> None:
    make.with_sample(context)
    for _ in range(visits.VISITS.most):
        visits.begin(context, NOBODY, CODE, "en", browser=HERE)
    with refused(NotAllowed, "visit.too-often"):
        visits.begin(context, NOBODY, CODE, "en", browser=HERE)
    assert people(context) == visits.VISITS.most
    assert visits.begin(context, NOBODY, CODE, "en", browser=replace(HERE, origin="198.51.100.7")).token
    clock(context).move(minutes=visits.VISITS.minutes + 1)
    assert visits.begin(context, NOBODY, CODE, "en", browser=HERE).token


def test_whoever_idled_out_of_an_account_signs_in(context: Context) -> None:
    make.with_sample(context)
    ticket = ticket_of(joined(context).token)
    before = people(context)
    with refused(NotAllowed, "deed.sign-in-first"):
        visits.begin(context, NOBODY, CODE, "en", browser=replace(HERE, before=ticket))
    assert people(context) == before


def test_an_earlier_visit_waits_behind_a_new_one(context: Context) -> None:
    make.with_sample(context)
    first = visits.begin(context, NOBODY, CODE, "en", browser=HERE)
    again = visits.begin(context, NOBODY, CODE, "en", browser=replace(HERE, before=ticket_of(first.token)))
    assert sessions.recognise(context, ticket_of(first.token)).actor == NOBODY
    assert known_by(context, again.token).waiting
