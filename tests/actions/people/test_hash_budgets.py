"""Nobody makes the site hash without end: what a caller may cost is asked of a budget first."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from argon2 import PasswordHasher

from lms.actions.context import Context
from lms.actions.people import accounts, codes, limits, signing_in
from lms.core.errors import ParvisError
from lms.core.people.actors import NOBODY
from lms.trust.passwords import spend
from tests.builders_accounts import HERE, PASSWORD, clock, code_in, joined, known_by, letters

TIMES = 60


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give a list that grows with everything that the library is asked to hash or to verify."""
    spend("once, so that the hash of nobody is made")
    done: list[str] = []
    hash_, verify = PasswordHasher.hash, PasswordHasher.verify

    def hash_too(self: PasswordHasher, password: bytes) -> str:
        done.append("hash")
        return hash_(self, password)

    def verify_too(self: PasswordHasher, kept: str, password: bytes) -> bool:
        done.append("verify")
        return verify(self, kept, password)

    monkeypatch.setattr(PasswordHasher, "hash", hash_too)
    monkeypatch.setattr(PasswordHasher, "verify", verify_too)
    return done


def often(call: Callable[[], object]) -> set[str]:
    """Do something many times; return what became of it."""
    said = set[str]()
    for _ in range(TIMES):
        try:
            call()
            said.add("ok")
        except ParvisError as problem:
            said.add(problem.code)
    return said


def test_wrong_codes_with_a_new_password_hash_nothing(context: Context, hashes: list[str]) -> None:
    token = codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=HERE)
    waiting = known_by(context, token)
    said = often(lambda: codes.confirm(context, waiting.actor, "0000 0000", HERE, password=PASSWORD))
    assert said == {"code.wrong", "code.ended"}
    assert hashes == []


def test_a_right_code_with_a_new_password_hashes_once(context: Context, hashes: list[str]) -> None:
    token = codes.ask_to_sign_up(context, NOBODY, "Zoé", "zoe@example.org", locale="en", browser=HERE)
    waiting, typed = known_by(context, token), code_in(letters(context)[-1])
    often(lambda: codes.confirm(context, waiting.actor, typed, HERE, password=PASSWORD))
    assert hashes == ["hash"]


def test_new_passwords_are_limited_even_after_a_fresh_sign_in(context: Context, hashes: list[str]) -> None:
    known = known_by(context, joined(context).token)
    hashes.clear()
    said = often(lambda: accounts.change_password(context, known.actor, "girafe-et-lampe-9", ""))
    assert said == {"ok", "account.too-often"}
    assert len(hashes) == limits.NEW_PASSWORDS.most
    clock(context).move(minutes=limits.NEW_PASSWORDS.minutes)
    accounts.change_password(context, known.actor, "girafe-et-lampe-9", "girafe-et-lampe-9")


def test_wrong_proofs_are_limited_before_they_are_hashed(context: Context, hashes: list[str]) -> None:
    known = known_by(context, joined(context).token)
    clock(context).move(minutes=20)
    hashes.clear()
    often(lambda: accounts.prove(context, known.actor, "wrong words"))
    assert len(hashes) == limits.PASSWORD_DEVICE.most


@pytest.mark.parametrize("who", ["lac.bleu", "nobody.here"])
def test_wrong_passwords_are_limited_before_they_are_hashed(
    context: Context, hashes: list[str], who: str
) -> None:
    joined(context)
    hashes.clear()
    often(lambda: signing_in.sign_in(context, NOBODY, who, "not this password", HERE))
    assert len(hashes) == limits.PASSWORD_HERE.most


@pytest.mark.slow
def test_accounts_without_an_address_are_limited_before_they_are_hashed(
    context: Context, hashes: list[str]
) -> None:
    often(lambda: joined(context, "lac.bleu"))
    assert len(hashes) == limits.NAMES_TAKEN.most + 1  # the first was not taken yet
