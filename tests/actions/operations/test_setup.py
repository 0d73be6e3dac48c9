"""The first people: demo accounts on a trial alone, the first admin by a command, keys tied to a database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lms.actions.context import Context
from lms.actions.operations import setup
from lms.core.errors import Conflict, Invalid, NotAllowed
from lms.core.people.actors import NOBODY, SYSTEM, Role
from lms.storage.people import persons
from lms.trust.keys import open_keys
from tests.builders import a_context
from tests.builders_accounts import PASSWORD, joined, known_by, signed_in
from tests.builders_learning import refused


def public(context: Context) -> Context:
    return replace(context, settings=replace(context.settings, public_url="https://learn.example.org"))


def test_a_trial_has_four_accounts_with_passwords_of_its_own(context: Context, tmp_path: Path) -> None:
    accounts = setup.open_demo(context, SYSTEM)
    assert [one.sign_in_name for one in accounts] == ["learner", "author", "reviewer", "admin"]
    for one in accounts:
        known = signed_in(context, one.sign_in_name, one.password)
        assert known.actor.roles == set(setup.DEMO_ROLES[one.role])
        assert one.role in known.actor.roles
        assert known.actor.roles <= {Role.LEARNER, one.role}
    assert setup.open_demo(context, SYSTEM) == accounts
    elsewhere = setup.open_demo(a_context(tmp_path / "other"), SYSTEM)
    assert {one.password for one in accounts}.isdisjoint(one.password for one in elsewhere)


def test_a_demo_password_that_somebody_changed_is_set_back(context: Context) -> None:
    learner = setup.open_demo(context, SYSTEM)[0]
    known = signed_in(context, learner.sign_in_name, learner.password)
    with context.database.writing() as tx:
        persons.drop_secrets(tx, known.actor.person, "password")
    setup.open_demo(context, SYSTEM)
    assert signed_in(context, learner.sign_in_name, learner.password).name == "Learner"


def test_a_public_site_has_no_demo_accounts_and_closes_those_there_were(context: Context) -> None:
    learner = setup.open_demo(context, SYSTEM)[0]
    known = signed_in(context, learner.sign_in_name, learner.password)
    with refused(NotAllowed, "demo.not-allowed"):
        setup.open_demo(public(context), SYSTEM)
    assert setup.close_demo(public(context), SYSTEM) == 4
    assert setup.close_demo(public(context), SYSTEM) == 0
    assert not known_by(context, known.actor.session).actor.person
    with refused(Invalid, "sign-in.wrong"):
        signed_in(context, learner.sign_in_name, learner.password)


def test_a_name_that_a_person_chose_is_not_taken_for_a_demo_account(context: Context) -> None:
    joined(context, "learner")
    with refused(Invalid, "account.wrong"):
        setup.open_demo(context, SYSTEM)
    assert setup.close_demo(context, SYSTEM) == 0
    assert signed_in(context, "learner").actor.is_member


def test_the_first_admin_is_made_by_a_command(context: Context) -> None:
    codes = setup.add_admin(context, SYSTEM, "Ana", "chief.owl", PASSWORD)
    assert len(codes) == 10
    assert signed_in(context, "chief.owl").actor.roles == {Role.LEARNER, Role.ADMIN}
    with refused(Invalid, "account.wrong"):
        setup.add_admin(context, SYSTEM, "Ana", "chief.owl", PASSWORD)
    with refused(Invalid, "account.wrong"):
        setup.add_admin(context, SYSTEM, "", "x", "short")
    with refused(NotAllowed, "deed.sign-in-first"):
        setup.add_admin(context, NOBODY, "Ana", "other.owl", PASSWORD)


def test_other_keys_are_noticed(context: Context, tmp_path: Path) -> None:
    setup.tie_keys(context, SYSTEM)
    setup.tie_keys(context, SYSTEM)
    with refused(Conflict, "keys.other-database"):
        setup.tie_keys(replace(context, keys=open_keys(tmp_path / "others")), SYSTEM)
