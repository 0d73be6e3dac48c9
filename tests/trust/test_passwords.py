"""Passwords: hashed with today's costs, the same however letters are composed, weak ones known offline."""

from __future__ import annotations

import time

import pytest

from lms.trust.encryption import seal_with_passphrase, unseal_with_passphrase
from lms.trust.passwords import hash_password, needs_rehash, spend, verify_password
from lms.trust.weak_passwords import _listed, is_weak


def test_a_password_is_verified_against_its_hash() -> None:
    kept = hash_password("brumeuse-tasse-13")
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert verify_password(kept, "brumeuse-tasse-13")
    assert not verify_password(kept, "brumeuse-tasse-14")
    assert not verify_password("not a hash", "brumeuse-tasse-13")
    assert not needs_rehash(kept)


def test_letters_composed_in_another_way_are_the_same_password() -> None:
    assert verify_password(hash_password("caf\u00e9-du-coin"), "cafe\u0301-du-coin")


def test_nobodys_password_is_always_wrong() -> None:
    assert not spend("nobody has this password")


@pytest.mark.parametrize(
    "password",
    [
        "password",
        "Passw0rd!",
        "motdepasse",
        "Motdepasse123",
        "m0td3p@sse",
        "qwertyuiop",
        "azertyuiop",
        "Azerty123!",
        "12345678",
        "87654321",
        "1q2w3e4r",
        "qwerasdf",
        "abcdefgh",
        "11111111",
        "abababab",
        "xyzxyzxyz",
        "iloveyou",
        "jetaime!!",
        "soleil99",
        "Tremblay2024!",
        "19850412",
        "12/04/1985",
        "parvis2026",
        "positivespaces",
        "Espaces-Positifs",
        "canadiens",
        "chatchien",
        "admin123",
        "bienvenue1",
        "marieclaude",
        "qwertyuiop12",
    ],
)
def test_what_everybody_tries_first_is_weak(password: str) -> None:
    assert is_weak(password)


@pytest.mark.parametrize(
    "password",
    [
        "brumeuse-tasse-13",
        "vK3#kdls92",
        "correct horse battery staple",
        "l'été-à-gaspé",
        "82649173550192837465",
        "lampe-girafe",
        "four green chairs",
        "dxkqpvmz",
        "ночной поезд",
        "夜の電車で帰る",
    ],
)
def test_what_nobody_tries_first_is_not(password: str) -> None:
    assert not is_weak(password)


@pytest.mark.parametrize("password", ["zéphyrine77", "Zephyrine!", "bleulac9", "lacbleu2026"])
def test_what_others_know_of_a_person_is_weak(password: str) -> None:
    assert not is_weak(
        password.replace("bleu", "xqvt").replace("éphyrine", "xqvtwk").replace("ephyrine", "xqvtwk")
    )
    assert is_weak(password, about=("Zéphyrine", "lac.bleu@example.org"))


def test_the_list_is_written_as_it_is_compared() -> None:
    assert 1000 < len(_listed()) < 4000
    assert all(word == word.casefold() and word.isascii() for word in _listed())


def test_a_sealed_part_opens_with_its_passphrase_alone() -> None:
    sealed = seal_with_passphrase("three quiet geese", b"keys", b"about")
    assert unseal_with_passphrase("three quiet geese", sealed, b"about") == b"keys"
    assert unseal_with_passphrase("three loud geese", sealed, b"about") is None
    assert unseal_with_passphrase("three quiet geese", sealed, b"else") is None
    assert unseal_with_passphrase("three quiet geese", b"", b"about") is None


def test_a_password_with_a_million_marks_is_soon_judged() -> None:
    """Putting marks in order takes time by their square; no password that counts is as long."""
    hostile = "a" + "\u0323\u0301" * 35_000
    kept = hash_password("a long enough phrase")
    began = time.process_time()
    assert not verify_password(kept, hostile)
    assert not is_weak("a long enough phrase", about=(hostile,))
    assert time.process_time() - began < 2
