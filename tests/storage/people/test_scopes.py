"""Every query that staff reach keeps to the scope it is given: rows of others never come back, nor change.

The queries are found by walking the repositories: one that takes a scope and is not asked here fails, and so
does a part (organisation, course, language) by which it does not filter.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest

import lms.storage
from lms.actions.context import Context
from lms.core.certificates.issued import CertificateFacts, Payload, Print
from lms.core.learning.prerequisites import RecognitionRequest
from lms.core.learning.reports import Report
from lms.core.legislation.held import HeldKind, Hold
from lms.core.locales import Words
from lms.core.people.actors import EVERYTHING, NOTHING, WHOLE_HOUSE, Extent, Grant, Role, Scope
from lms.storage.authoring import statement_holds
from lms.storage.certificates import certificates
from lms.storage.database import Tx
from lms.storage.learning import enrolments, recognitions, reports
from lms.storage.operations import tasks
from lms.storage.people import grants, persons, scoping
from lms.storage.tables.people import organisation, person

OURS = Extent("ours".ljust(26, "0"), "a-course", "fr")
ORGANISATION, COURSE, LOCALE = "organisation", "course", "locale"
ALL = frozenset({ORGANISATION, COURSE, LOCALE})
GRANT = Grant(Role.AUTHOR, OURS)
SUBJECT = "a keyed hash"


@dataclass(frozen=True)
class Asked:
    """How a query is asked, whether it found anything, and the parts that its rows have."""

    found: Callable[[Tx, Scope], bool]
    parts: frozenset[str] = ALL


ASKED: dict[str, Asked] = {
    "authoring.statement_holds.listed": Asked(
        lambda tx, scope: bool(statement_holds.listed(tx, scope, 9)), frozenset({COURSE})
    ),
    "authoring.statement_holds.of_id": Asked(
        lambda tx, scope: statement_holds.of_id(tx, scope, "hold") is not None, frozenset({COURSE})
    ),
    "certificates.certificates.find_within": Asked(
        lambda tx, scope: certificates.find_within(tx, scope, "number") is not None,
        frozenset({ORGANISATION, COURSE}),
    ),
    "learning.recognitions.waiting": Asked(
        lambda tx, scope: bool(recognitions.waiting(tx, scope)), frozenset({ORGANISATION, COURSE})
    ),
    "learning.recognitions.find": Asked(
        lambda tx, scope: recognitions.find(tx, scope, "request") is not None,
        frozenset({ORGANISATION, COURSE}),
    ),
    "learning.recognitions.answer": Asked(
        lambda tx, scope: recognitions.answer(tx, scope, "request", granted=True, reason="", by="x", now=2),
        frozenset({ORGANISATION, COURSE}),
    ),
    "learning.reports.waiting": Asked(lambda tx, scope: bool(reports.waiting(tx, scope))),
    "learning.reports.close": Asked(
        lambda tx, scope: reports.close(tx, scope, "report", "barrier-report", 2) is not None
    ),
    "operations.tasks.open_tasks": Asked(lambda tx, scope: bool(tasks.open_tasks(tx, scope))),
    "people.grants.owner": Asked(
        lambda tx, scope: grants.owner(tx, scope, persons.EMAIL, SUBJECT) == "sam", frozenset({ORGANISATION})
    ),
    "people.grants.of_person": Asked(lambda tx, scope: GRANT in grants.of_person(tx, scope, "sam")),
    "people.grants.staff": Asked(lambda tx, scope: "sam" in grants.staff(tx, scope)),
    "people.grants.take": Asked(lambda tx, scope: grants.take(tx, scope, "sam", [GRANT]) == 1),
    "people.grants.admins": Asked(
        lambda tx, scope: grants.admins(tx, scope, hold=False) == {"ada"}, frozenset()
    ),
    "people.grants.is_organisation": Asked(
        lambda tx, scope: grants.is_organisation(tx, scope, OURS.organisation), frozenset({ORGANISATION})
    ),
}


def scoped_queries() -> Iterator[str]:
    """Walk the repositories and name what takes a scope."""
    for module in walk_packages(lms.storage.__path__, "lms.storage."):
        if ".migrations" in module.name:
            continue
        loaded = import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            if function.__module__ != module.name or name.startswith("_") or loaded is scoping:
                continue
            if "Scope" in {str(one.annotation) for one in inspect.signature(function).parameters.values()}:
                yield f"{module.name.removeprefix('lms.storage.')}.{name}"


def settle(tx: Tx) -> None:
    """Put one row of ours into every table that staff look at."""
    tx.execute(organisation.insert().values(id=OURS.organisation, name="", created_at=0))
    for who in ("sam", "ada"):
        persons.add_person(tx, who, "member", 1)
        tx.execute(person.update().where(person.c.id == who).values(organisation_id=OURS.organisation))
    persons.claim(tx, "identity", "sam", persons.EMAIL, SUBJECT, now=1)
    persons.add_secret(tx, "credential", "ada", "password", "x", now=1)
    persons.give_role(tx, "ada", Role.ADMIN, 1)
    persons.give_role(tx, "sam", GRANT.role, 1, OURS)
    held = Hold("hold", OURS.course, HeldKind.LAW, "", "act", "2026-01-01", Words({"fr": "Non."}), "ada", 1)
    statement_holds.add(tx, held)
    tasks.open_task(tx, "task", "barrier-report", "report", now=1, extent=OURS)
    report = Report("report", "", OURS.course, "1.0.0", "", OURS.locale, "wrong", "x", "", 1, 0)
    reports.add(tx, OURS.organisation, report)
    told = RecognitionRequest("x", "y", "z")
    recognitions.add(
        tx, "request", person="sam", house=OURS.organisation, course=OURS.course, told=told, now=1
    )
    enrolments.add(
        tx,
        "enrolment",
        person="sam",
        organisation=OURS.organisation,
        course_id=OURS.course,
        version="1.0.0",
        locale=OURS.locale,
        now=1,
    )
    days: dict[str, Any] = {
        "law_as_of": "2026-01-01",
        "completed_on": "2026-01-01",
        "issued_on": "2026-01-01",
    }
    facts = CertificateFacts(
        number="number",
        organisation_id=OURS.organisation,
        person_id="sam",
        enrolment_id="enrolment",
        course_id=OURS.course,
        version="1.0.0",
        locales="fr",
        neutral=False,
        issuer="Parvis",
        specimen=False,
        request="press",
        at=1,
        **days,
    )
    certificates.add(tx, facts, Payload("Sam", "commitment", (Print("en", "{}"),)))


def ask(context: Context, asked: Asked, scope: Scope) -> bool:
    """Ask a query over rows of ours; what it changed is taken back, so each finds the same rows."""
    with context.database.writing() as tx, tx.begin_nested() as undone:
        settle(tx)
        found = asked.found(tx, scope)
        undone.rollback()
    return found


def a_scope(*extents: Extent) -> Scope:
    return Scope(frozenset(extents))


def test_every_query_that_takes_a_scope_is_asked_here() -> None:
    assert set(scoped_queries()) == set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_what_is_within_is_found(context: Context, name: str) -> None:
    asked = ASKED[name]
    assert ask(context, asked, WHOLE_HOUSE)
    if not asked.parts:
        return
    theirs = replace(OURS, organisation="theirs")
    within = Extent(**{part: getattr(OURS, part) for part in asked.parts})
    assert ask(context, asked, a_scope(within))
    assert ask(context, asked, a_scope(theirs, within)), "one of several grants is enough"
    for part in asked.parts:
        assert ask(context, asked, a_scope(Extent(**{part: getattr(OURS, part)})))


@pytest.mark.parametrize("name", ASKED)
def test_what_is_beyond_is_not_found(context: Context, name: str) -> None:
    asked = ASKED[name]
    assert not ask(context, asked, NOTHING)
    for part in ALL:
        theirs = Extent(**{part: "theirs"})
        mostly_ours = replace(OURS, **{part: "theirs"})
        assert not ask(context, asked, a_scope(theirs)), part
        assert not ask(context, asked, a_scope(mostly_ours)), part
        assert not ask(context, asked, a_scope(theirs, mostly_ours)), part
        if part not in asked.parts:  # no row of it can be said to lie within
            assert not ask(context, asked, a_scope(Extent(**{part: getattr(OURS, part)}))), part


def test_a_query_without_a_scope_is_no_query() -> None:
    for name in ASKED:
        module, _, function = name.rpartition(".")
        signature = inspect.signature(getattr(import_module(f"lms.storage.{module}"), function))
        assert signature.parameters["scope"].default is inspect.Parameter.empty, name
        assert list(signature.parameters)[:2] == ["tx", "scope"], name


def test_everything_is_everything() -> None:
    assert a_scope(EVERYTHING) == WHOLE_HOUSE
