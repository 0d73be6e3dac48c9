"""What lies beyond somebody's reach is as unknown as what never was: the same refusal, and nothing written.

Every command and query that keeps to a scope is found in the register; one that is not asked here fails.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import lms.actions
from lms.actions.action import ACTIONS, STAFF, Who, may
from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.actions.learning import feedback, recognition
from lms.actions.operations.tasks import waiting_tasks
from lms.actions.people import granting
from lms.core.errors import ParvisError
from lms.core.people.actors import EVERYTHING, NOTHING, SYSTEM, Actor, Extent, Grant, Role, grants
from lms.storage.tables.columns import metadata
from lms.storage.tables.people import organisation, person
from tests.builders_accounts import joined, known_by
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_learning import SAMPLE
from tests.builders_needs import TOLD

OURS, THEIRS = "ours".ljust(26, "0"), "theirs".ljust(26, "0")
UNKNOWN = "7" * 26


@dataclass(frozen=True)
class Town:
    """Things of one organisation, by what names them, and a site around them."""

    context: Context
    who: str
    report: str
    request: str
    number: str


def ours_only(role: Role) -> Actor:
    return Actor("us".ljust(26, "0"), grants(Role.LEARNER) | {Grant(role, Extent(OURS))}, OURS)


def theirs_only(role: Role) -> Actor:
    return Actor("them".ljust(26, "0"), grants(Role.LEARNER) | {Grant(role, Extent(THEIRS))}, THEIRS)


@pytest.fixture
def town(context: Context) -> Town:
    """Give a site on which everything there is belongs to another organisation."""
    amina = a_graduate(context)
    zoe = known_by(context, joined(context, "zoe.owl").token).actor
    with context.database.writing() as tx:
        for id_ in (OURS, THEIRS):
            tx.execute(organisation.insert().values(id=id_, name="", created_at=0))
        for who in (amina, zoe):
            tx.execute(person.update().where(person.c.id == who.person).values(organisation_id=THEIRS))
    report = feedback.FeedbackReceipt(context.new_id(), "", "", "wrong", "Hm.", "", anonymous=False)
    them = replace(amina, organisation=THEIRS)
    feedback.report_barrier(context, them, report, locale="en", origin="192.0.2.1")
    number = certifying.issue(context, them, CODE, a_choice(), context.new_secret())
    request = context.new_id()
    with context.database.writing() as tx:
        from lms.storage.learning import recognitions  # noqa: PLC0415
        from lms.storage.tables.certificates import certificate  # noqa: PLC0415

        recognitions.add(
            tx, request, person=zoe.person, house=THEIRS, course=SAMPLE, told=TOLD, now=context.now()
        )
        tx.execute(certificate.update().values(organisation_id=THEIRS))
    return Town(context, "zoe.owl", report.id, request, number)


@dataclass(frozen=True)
class Case:
    """How a command is called about one thing; which thing; by whom."""

    call: Callable[[Context, Actor, str], Any]
    what: str
    role: Role = Role.ADMIN


CASES = {
    "granting.give_role": Case(
        lambda context, actor, who: granting.give_role(context, actor, who, Role.AUTHOR, Extent(OURS)), "who"
    ),
    "granting.take_role": Case(
        lambda context, actor, who: granting.take_role(context, actor, who, Role.AUTHOR), "who"
    ),
    "granting.roles_of": Case(granting.roles_of, "who"),
    "reporting.close_report": Case(feedback.close_report, "report", Role.AUTHOR),
    "recognising.answer": Case(
        lambda context, actor, id_: recognition.answer(context, actor, id_, granted=True), "request"
    ),
    "verifying.revoke": Case(
        lambda context, actor, number: verifying.revoke(context, actor, number, "Why."), "number"
    ),
    "verifying.restore": Case(
        lambda context, actor, number: verifying.restore(context, actor, number, "Why."), "number"
    ),
}
LISTS: dict[str, tuple[Callable[[Context, Actor], Any], Role]] = {
    "overseeing.waiting_tasks": (lambda context, actor: waiting_tasks(context, actor).rows, Role.ADMIN),
    "reporting.waiting_reports": (
        lambda context, actor: feedback.waiting_reports(context, actor).rows,
        Role.AUTHOR,
    ),
    "recognising.waiting": (recognition.waiting, Role.ADMIN),
}


def rows(context: Context) -> str:
    with context.database.reading() as tx:
        return str([tx.execute(table.select()).all() for table in metadata.sorted_tables])


def refusal(call: Callable[[Context, Actor, str], Any], context: Context, actor: Actor, id_: str) -> object:
    with pytest.raises(ParvisError) as caught:
        call(context, actor, id_)
    return type(caught.value), caught.value.code, caught.value.params


def test_every_action_with_a_scope_is_asked_here() -> None:
    for module in walk_packages(lms.actions.__path__, "lms.actions."):
        import_module(module.name)
    assert {one.name for one in ACTIONS.values() if one.scoped} == CASES.keys() | LISTS.keys()
    assert {one.by for one in ACTIONS.values() if one.scoped} <= STAFF


@pytest.mark.parametrize("name", CASES)
def test_what_is_theirs_is_as_unknown_as_what_never_was(town: Town, name: str) -> None:
    case = CASES[name]
    us, before = ours_only(case.role), rows(town.context)
    theirs = refusal(case.call, town.context, us, getattr(town, case.what))
    unknown = refusal(case.call, town.context, us, "nobody.here" if case.what == "who" else UNKNOWN)
    assert theirs == unknown
    assert rows(town.context) == before
    for other in ("course", "locale"):
        nobody = replace(us, grants=grants(Role.LEARNER) | {Grant(case.role, Extent(**{other: "elsewhere"}))})
        assert refusal(case.call, town.context, nobody, getattr(town, case.what)) == unknown
    assert rows(town.context) == before


@pytest.mark.parametrize("name", LISTS)
def test_what_is_theirs_is_in_their_lists_alone(town: Town, name: str) -> None:
    ask, role = LISTS[name]
    assert ask(town.context, ours_only(role)) == ()
    assert len(ask(town.context, theirs_only(role))) == len(ask(town.context, SYSTEM)) > 0


def test_what_is_theirs_can_be_done_by_them(town: Town) -> None:
    admin, author = theirs_only(Role.ADMIN), theirs_only(Role.AUTHOR)
    feedback.close_report(town.context, author, town.report)
    recognition.answer(town.context, admin, town.request, granted=True)
    verifying.revoke(town.context, admin, town.number, "Why.")
    verifying.restore(town.context, admin, town.number, "Why.")
    assert waiting_tasks(town.context, SYSTEM).rows == ()


def test_staff_with_a_limited_grant_may_only_what_keeps_to_a_scope() -> None:
    limited = ours_only(Role.ADMIN)
    assert may(limited, Who.ADMIN)
    assert not may(limited, Who.ADMIN, EVERYTHING)
    assert may(limited, Who.ADMIN, Extent(OURS, "any", "fr"))
    assert not may(limited, Who.ADMIN, Extent(THEIRS))
    assert not may(limited, Who.AUTHOR)
    assert not may(limited, Who.SYSTEM)
    assert limited.scope(Role.AUTHOR) == NOTHING
