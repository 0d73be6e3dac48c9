"""What lies beyond somebody's reach is as unknown as what never was: the same refusal, and nothing written.

Every command and query that keeps to a scope is found in the register; one that is not asked here fails.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages
from typing import Any

import pytest

import lms.actions
from lms.actions.action import ACTIONS, STAFF, Who, may
from lms.actions.certificates import certifying, verifying
from lms.actions.context import Context
from lms.actions.learning import feedback, recognition
from lms.actions.legislation import holds
from lms.actions.operations.tasks import waiting_tasks
from lms.actions.people import granting
from lms.core.errors import NotFound, ParvisError
from lms.core.people.actors import EVERYTHING, NOTHING, SYSTEM, Actor, Extent, Grant, Role, grants
from lms.storage.tables.columns import metadata
from lms.storage.tables.people import organisation, person
from tests.builders import a_context
from tests.builders_accounts import joined, known_by
from tests.builders_certificates import CODE, a_choice, a_graduate
from tests.builders_content import sample_site
from tests.builders_holds import hold
from tests.builders_learning import SAMPLE, refused, with_sample
from tests.builders_needs import TOLD
from tests.builders_reach import COURSE_LISTS, COURSES, role_for

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


def refusal(
    call: Callable[[Context, Actor, str], Any], context: Context, actor: Actor, id_: str
) -> tuple[type[ParvisError], str, Mapping[str, object]]:
    with pytest.raises(ParvisError) as caught:
        call(context, actor, id_)
    return type(caught.value), caught.value.code, caught.value.params


def test_every_action_with_a_scope_is_asked_here() -> None:
    for module in walk_packages(lms.actions.__path__, "lms.actions."):
        import_module(module.name)
    assert {one.name for one in ACTIONS.values() if one.scoped} == {
        *CASES,
        *LISTS,
        *COURSES,
        *COURSE_LISTS,
        "authoring.kinds",  # the same for everybody who writes, whichever course
        "holds.release_hold",
    }
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


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Context:
    """Give a site that may be written, with a course and a hold; what is refused writes nothing into it."""
    folder = tmp_path_factory.mktemp("reach")
    made = with_sample(a_context(folder / "data", site=sample_site(folder / "site")))
    hold(made, ("law", "sample-access-act"), course=SAMPLE)
    return made


def files(context: Context) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in context.settings.site.rglob("*") if path.is_file()}


def unreached(context: Context, name: str, actor: Actor, course: str) -> object:
    """Return how an action about a course is refused, without the name of that course."""
    kind, code, params = refusal(COURSES[name], context, actor, course)
    return kind, code, {key: "it" if value == course else value for key, value in params.items()}


@pytest.mark.parametrize("name", COURSES)
def test_a_course_out_of_reach_is_as_unknown_as_one_that_never_was(site: Context, name: str) -> None:
    before = rows(site), files(site)
    for extent in (Extent(course="elsewhere"), Extent(OURS)):
        us = replace(ours_only(Role.LEARNER), grants=grants(Role.LEARNER) | {Grant(role_for(name), extent)})
        assert unreached(site, name, us, SAMPLE) == (NotFound, "course.unknown", {"course": "it"})
        assert unreached(site, name, us, "nowhere") == (NotFound, "course.unknown", {"course": "it"})
    assert (rows(site), files(site)) == before


def code_of(call: Callable[[Context, Actor, str], Any], context: Context, actor: Actor) -> str:
    try:
        call(context, actor, SAMPLE)
    except ParvisError as problem:
        return problem.code
    return ""


def test_within_reach_no_course_is_unknown(tmp_path: Path) -> None:
    """Without this, a call that names a course wrongly would look as well kept."""
    context = with_sample(a_context(tmp_path / "data", site=sample_site(tmp_path / "site")))
    us = replace(
        ours_only(Role.LEARNER), grants=grants(Role.AUTHOR, Role.REVIEWER, extent=Extent(course=SAMPLE))
    )
    assert [name for name, call in COURSES.items() if code_of(call, context, us) == "course.unknown"] == []


@pytest.mark.parametrize("name", COURSE_LISTS)
def test_a_course_out_of_reach_is_in_no_list(site: Context, name: str) -> None:
    ask = COURSE_LISTS[name]
    for extent in (Extent(course="elsewhere"), Extent(OURS)):
        us = replace(ours_only(Role.LEARNER), grants=frozenset({Grant(Role.AUTHOR, extent)}))
        assert ask(site, us) == ()
    us = replace(us, grants=frozenset({Grant(Role.AUTHOR, Extent(course=SAMPLE))}))
    assert len(ask(site, us)) == len(ask(site, SYSTEM)) > 0


def test_a_hold_out_of_reach_is_as_unknown_as_one_that_never_was(site: Context) -> None:
    (line,) = holds.listed(site, SYSTEM)
    for extent in (Extent(course="elsewhere"), Extent(OURS)):
        us = replace(ours_only(Role.LEARNER), grants=frozenset({Grant(Role.AUTHOR, extent)}))
        for id_ in (line.hold.id, UNKNOWN):
            with refused(NotFound, "hold.unknown"):
                holds.release_hold(site, us, id_, "Why.")
    assert holds.listed(site, SYSTEM) == (line,)


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
