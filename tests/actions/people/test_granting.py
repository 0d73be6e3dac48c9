"""Roles are given and taken, no further than whoever does it reaches; the last admin only if it is meant."""

from __future__ import annotations

import threading
from functools import partial

import pytest

from lms.actions.context import Context
from lms.actions.operations import personal_data, setup
from lms.actions.operations.tasks import waiting_tasks
from lms.actions.people import granting, sessions
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people.actors import NOBODY, SYSTEM, Actor, Extent, Grant, Role, grants
from lms.storage.people import persons
from lms.storage.tables.operations import audit
from lms.storage.tables.people import organisation, person
from tests.builders_accounts import PASSWORD, joined, known_by, signed_in
from tests.builders_learning import SAMPLE, refused, with_sample

OURS, THEIRS = "ours".ljust(26, "0"), "theirs".ljust(26, "0")


def with_organisations(context: Context) -> None:
    with context.database.writing() as tx:
        for id_ in (OURS, THEIRS):
            tx.execute(organisation.insert().values(id=id_, name="", created_at=0))


def move(context: Context, who: Actor, to: str) -> None:
    with context.database.writing() as tx:
        tx.execute(person.update().where(person.c.id == who.person).values(organisation_id=to))


def somebody(
    context: Context, name: str, *roles: Role, extent: Extent | None = None, house: str = ""
) -> Actor:
    """Give somebody with an account, as they are known after signing in."""
    who = known_by(context, joined(context, name).token).actor
    if house:
        move(context, who, house)
    for role in roles:
        with context.database.writing() as tx:
            persons.give_role(tx, who.person, role, context.now(), extent or Extent())
    return signed_in(context, name).actor


def trail(context: Context, action: str) -> list[tuple[str, str]]:
    with context.database.reading() as tx:
        found = tx.execute(audit.select().where(audit.c.deed == action)).all()
    return [(row.object, row.organisation_id) for row in found]


def test_a_role_is_given_once_and_taken_once(context: Context) -> None:
    sam = somebody(context, "sam.owl")
    assert granting.give_role(context, SYSTEM, "sam.owl", Role.AUTHOR)
    assert not granting.give_role(context, SYSTEM, "sam.owl", Role.AUTHOR)
    assert granting.roles_of(context, SYSTEM, "sam.owl") == (Grant(Role.AUTHOR),)
    assert granting.take_role(context, SYSTEM, "sam.owl", Role.AUTHOR) == 1
    assert granting.take_role(context, SYSTEM, "sam.owl", Role.AUTHOR) == 0
    assert granting.roles_of(context, SYSTEM, "sam.owl") == ()
    assert trail(context, "granting.give_role") == [(f"{sam.person} author * * *", "")]
    assert trail(context, "granting.take_role") == [(f"{sam.person} author * * *", "")]


def test_a_role_that_was_taken_opens_nothing_in_the_sessions_that_are_open(context: Context) -> None:
    boss, sam = somebody(context, "boss.owl", Role.ADMIN), somebody(context, "sam.owl", Role.ADMIN)
    assert waiting_tasks(context, sessions.recognise(context, sam.session).actor).rows == ()
    granting.take_role(context, boss, "sam.owl", Role.ADMIN)
    now = sessions.recognise(context, sam.session).actor
    assert now.is_member, "the session goes on"
    with refused(NotAllowed, "deed.not-allowed"):
        waiting_tasks(context, now)


def test_being_a_learner_is_neither_given_nor_taken(context: Context) -> None:
    somebody(context, "sam.owl")
    for change in (granting.give_role, granting.take_role):
        with refused(Conflict, "role.learner-stays"):
            change(context, SYSTEM, "sam.owl", Role.LEARNER)


def test_nobody_else_gives_or_takes(context: Context) -> None:
    sam, author = somebody(context, "sam.owl"), somebody(context, "ann.owl", Role.AUTHOR)
    for who, code in (
        (NOBODY, "deed.sign-in-first"),
        (sam, "deed.not-allowed"),
        (author, "deed.not-allowed"),
    ):
        with refused(NotAllowed, code):
            granting.give_role(context, who, "sam.owl", Role.ADMIN)
        with refused(NotAllowed, code):
            granting.take_role(context, who, "ann.owl", Role.AUTHOR)


@pytest.mark.parametrize("who", ["nobody.here", "nobody@example.org", ""])
def test_an_account_that_is_not_there(context: Context, who: str) -> None:
    for change in (granting.give_role, granting.take_role):
        with refused(NotFound, "account.not-found"):
            change(context, SYSTEM, who, Role.AUTHOR)


def test_a_role_reaches_what_there_is(context: Context) -> None:
    with_organisations(context)
    with_sample(context)
    somebody(context, "sam.owl")
    with refused(NotFound, "organisation.unknown"):
        granting.give_role(context, SYSTEM, "sam.owl", Role.AUTHOR, Extent("nowhere"))
    with refused(NotFound, "course.unknown"):
        granting.give_role(context, SYSTEM, "sam.owl", Role.AUTHOR, Extent(course="nothing"))
    with refused(Invalid, "role.locale-shape"):
        granting.give_role(context, SYSTEM, "sam.owl", Role.AUTHOR, Extent(locale="f r"))
    every = (Extent(OURS), Extent(course=SAMPLE), Extent(locale="fr-CA"), Extent(OURS, SAMPLE, "fr"))
    for extent in every:
        assert granting.give_role(context, SYSTEM, "sam.owl", Role.REVIEWER, extent)
    assert signed_in(context, "sam.owl").actor.scope(Role.REVIEWER).extents == set(every)
    assert granting.take_role(context, SYSTEM, "sam.owl", Role.REVIEWER, Extent(OURS)) == 1
    assert granting.take_role(context, SYSTEM, "sam.owl", Role.REVIEWER, Extent(THEIRS)) == 0
    assert granting.take_role(context, SYSTEM, "sam.owl", Role.REVIEWER) == 3


def test_an_admin_of_one_organisation_reaches_no_further(context: Context) -> None:
    with_organisations(context)
    chief = somebody(context, "chief.owl", Role.ADMIN, extent=Extent(OURS), house=OURS)
    mine = somebody(context, "mine.owl", house=OURS)
    somebody(context, "other.owl", Role.AUTHOR, house=THEIRS)
    assert granting.give_role(context, chief, "mine.owl", Role.AUTHOR, Extent(OURS))
    assert trail(context, "granting.give_role") == [(f"{mine.person} author {OURS} * *", OURS)]
    with refused(NotAllowed, "role.reaches-further"):
        granting.give_role(context, chief, "mine.owl", Role.ADMIN)
    with refused(NotFound, "organisation.unknown"):
        granting.give_role(context, chief, "mine.owl", Role.AUTHOR, Extent(THEIRS))
    with refused(NotFound, "account.not-found"):
        granting.give_role(context, chief, "other.owl", Role.AUTHOR, Extent(OURS))
    with refused(NotFound, "account.not-found"):
        granting.take_role(context, chief, "other.owl", Role.AUTHOR)
    with context.database.writing() as tx:
        persons.give_role(tx, mine.person, Role.AUTHOR, 1)
    assert granting.roles_of(context, chief, "mine.owl") == (Grant(Role.AUTHOR, Extent(OURS)),)
    assert granting.take_role(context, chief, "mine.owl", Role.AUTHOR) == 1
    assert signed_in(context, "mine.owl").actor.scope(Role.AUTHOR).extents == {Extent()}, "given from above"


def test_a_limited_admin_does_nothing_that_concerns_the_whole_house(context: Context) -> None:
    from lms.actions.publishing.adopting import adopt_all  # noqa: PLC0415  # a command of the whole house

    limited = Actor("x", grants(Role.LEARNER) | grants(Role.ADMIN, extent=Extent(OURS)), OURS)
    with refused(NotAllowed, "deed.not-allowed"):
        adopt_all(context, limited)


def test_the_last_admin_is_taken_only_when_that_is_meant(context: Context) -> None:
    boss = somebody(context, "boss.owl", Role.ADMIN)
    with refused(Conflict, "role.last-admin"):
        granting.take_role(context, boss, "boss.owl", Role.ADMIN)
    assert Role.ADMIN in sessions.recognise(context, boss.session).actor.roles
    somebody(context, "other.owl", Role.ADMIN, extent=Extent(locale="fr"))
    with refused(Conflict, "role.last-admin"):
        granting.take_role(context, boss, "boss.owl", Role.ADMIN)
    assert granting.take_role(context, boss, "other.owl", Role.ADMIN) == 1, "not one of everything"
    assert granting.take_role(context, boss, "boss.owl", Role.ADMIN, even_last=True) == 1
    assert Role.ADMIN not in sessions.recognise(context, boss.session).actor.roles


def test_an_admin_who_cannot_sign_in_does_not_count(context: Context) -> None:
    setup.open_demo(context, SYSTEM)
    boss = somebody(context, "boss.owl", Role.ADMIN)
    assert not granting.am_last_admin(context, boss)
    setup.close_demo(context, SYSTEM)
    assert granting.am_last_admin(context, boss)
    with refused(Conflict, "role.last-admin"):
        granting.take_role(context, boss, "boss.owl", Role.ADMIN)


def test_the_last_admin_says_so_when_deleting_the_account(context: Context) -> None:
    boss = somebody(context, "boss.owl", Role.ADMIN)
    delete = partial(
        personal_data.delete_me, context, boss, is_sure=True, keep_certificates=False, current=PASSWORD
    )
    with pytest.raises(Invalid) as caught:
        delete()
    assert [(one.rule, one.place.file) for one in caught.value.findings] == [
        ("account.last-admin", "even_last")
    ]
    assert sessions.recognise(context, boss.session).actor.person
    delete(even_last=True)
    assert not sessions.recognise(context, boss.session).actor.person


def test_two_admins_who_take_from_each_other_at_once_leave_one(context: Context) -> None:
    pairs = {"ada.owl": "bea.owl", "bea.owl": "ada.owl"}
    admins = {name: somebody(context, name, Role.ADMIN) for name in pairs}
    for _ in range(5):
        gate = threading.Barrier(2)
        outcomes: list[str] = []

        def take(name: str, *, gate: threading.Barrier = gate, outcomes: list[str] = outcomes) -> None:
            gate.wait()
            try:
                granting.take_role(context, admins[name], pairs[name], Role.ADMIN)
                outcomes.append("taken")
            except (Conflict, NotAllowed) as problem:
                outcomes.append(problem.code)

        threads = [threading.Thread(target=take, args=(name,)) for name in pairs]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert sorted(outcomes) == ["role.last-admin", "taken"]
        for name in pairs:
            granting.give_role(context, SYSTEM, name, Role.ADMIN)
