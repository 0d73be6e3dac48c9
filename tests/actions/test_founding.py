"""The first people: demo accounts on a trial alone, the first admin by a command, keys tied to a database."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from lms.actions import founding
from lms.actions.desk import Desk
from lms.core.errors import Conflict, Invalid, NotAllowed, NotFound
from lms.core.people import NOBODY, SYSTEM, Role
from lms.storage import people
from lms.trust.keys import open_keys
from tests.builders import a_desk
from tests.builders_accounts import PASSWORD, joined, known_by, signed_in
from tests.builders_learning import refused


def public(desk: Desk) -> Desk:
    return replace(desk, settings=replace(desk.settings, public_url="https://learn.example.org"))


def test_a_trial_has_four_accounts_with_passwords_of_its_own(desk: Desk, tmp_path: Path) -> None:
    accounts = founding.open_demo(desk, SYSTEM)
    assert [one.sign_in_name for one in accounts] == ["learner", "author", "reviewer", "admin"]
    for one in accounts:
        known = signed_in(desk, one.sign_in_name, one.password)
        assert known.actor.roles == {Role.LEARNER, one.role}
    assert founding.open_demo(desk, SYSTEM) == accounts
    elsewhere = founding.open_demo(a_desk(tmp_path / "other"), SYSTEM)
    assert {one.password for one in accounts}.isdisjoint(one.password for one in elsewhere)


def test_a_demo_password_that_somebody_changed_is_set_back(desk: Desk) -> None:
    learner = founding.open_demo(desk, SYSTEM)[0]
    known = signed_in(desk, learner.sign_in_name, learner.password)
    with desk.database.writing() as tx:
        people.drop_secrets(tx, known.actor.person, "password")
    founding.open_demo(desk, SYSTEM)
    assert signed_in(desk, learner.sign_in_name, learner.password).name == "Learner"


def test_a_public_site_has_no_demo_accounts_and_closes_those_there_were(desk: Desk) -> None:
    learner = founding.open_demo(desk, SYSTEM)[0]
    known = signed_in(desk, learner.sign_in_name, learner.password)
    with refused(NotAllowed, "demo.not-allowed"):
        founding.open_demo(public(desk), SYSTEM)
    assert founding.close_demo(public(desk), SYSTEM) == 4
    assert founding.close_demo(public(desk), SYSTEM) == 0
    assert not known_by(desk, known.actor.session).actor.person
    with refused(Invalid, "sign-in.wrong"):
        signed_in(desk, learner.sign_in_name, learner.password)


def test_a_name_that_a_person_chose_is_not_taken_for_a_demo_account(desk: Desk) -> None:
    joined(desk, "learner")
    with refused(Invalid, "account.wrong"):
        founding.open_demo(desk, SYSTEM)
    assert founding.close_demo(desk, SYSTEM) == 0
    assert signed_in(desk, "learner").actor.is_member


def test_the_first_admin_is_made_by_a_command(desk: Desk) -> None:
    codes = founding.add_admin(desk, SYSTEM, "Ana", "chief.owl", PASSWORD)
    assert len(codes) == 10
    assert signed_in(desk, "chief.owl").actor.roles == {Role.LEARNER, Role.ADMIN}
    with refused(Invalid, "account.wrong"):
        founding.add_admin(desk, SYSTEM, "Ana", "chief.owl", PASSWORD)
    with refused(Invalid, "account.wrong"):
        founding.add_admin(desk, SYSTEM, "", "x", "short")
    with refused(NotAllowed, "deed.sign-in-first"):
        founding.add_admin(desk, NOBODY, "Ana", "other.owl", PASSWORD)


def test_roles_are_given_once(desk: Desk) -> None:
    joined(desk)
    assert founding.give_role(desk, SYSTEM, "lac.bleu", Role.AUTHOR)
    assert not founding.give_role(desk, SYSTEM, "lac.bleu", Role.AUTHOR)
    assert Role.AUTHOR in signed_in(desk).actor.roles
    with refused(NotFound, "account.not-found"):
        founding.give_role(desk, SYSTEM, "nobody.here", Role.AUTHOR)


def test_other_keys_are_noticed(desk: Desk, tmp_path: Path) -> None:
    founding.tie_keys(desk, SYSTEM)
    founding.tie_keys(desk, SYSTEM)
    with refused(Conflict, "keys.other-database"):
        founding.tie_keys(replace(desk, keys=open_keys(tmp_path / "others")), SYSTEM)
