"""Sealed bytes: unreadable and unchangeable without a key or a passphrase.

AES-256-GCM; from a passphrase the key comes by Argon2id (64 MiB, three passes), because somebody who stole
a backup may guess for years.
"""

from __future__ import annotations

import os

from argon2.low_level import Type, hash_secret_raw

NONCE_BYTES, SALT_BYTES, KEY_BYTES = 12, 16, 32
_COST = {"time_cost": 3, "memory_cost": 65_536, "parallelism": 1}


def seal(key: bytes, content: bytes, about: bytes) -> bytes:
    """Seal under a 32-byte key; `about` is said again when opening."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415  # see `unseal`

    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, about)


def unseal(key: bytes, sealed: bytes, about: bytes) -> bytes | None:
    """Open what was sealed; `None` when the key, the bytes or `about` are others.

    The library is loaded where it is used: most processes never seal, and it takes 6 MB.
    """
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], about)
    except (InvalidTag, ValueError):
        return None


def _key(passphrase: str, salt: bytes) -> bytes:
    return hash_secret_raw(passphrase.encode(), salt, **_COST, hash_len=KEY_BYTES, type=Type.ID)


def seal_with_passphrase(passphrase: str, content: bytes, about: bytes) -> bytes:
    """Seal under a passphrase that a person keeps."""
    salt = os.urandom(SALT_BYTES)
    return salt + seal(_key(passphrase, salt), content, about)


def unseal_with_passphrase(passphrase: str, sealed: bytes, about: bytes) -> bytes | None:
    """Open what was sealed under a passphrase; `None` when it is another one."""
    return unseal(_key(passphrase, sealed[:SALT_BYTES].ljust(SALT_BYTES)), sealed[SALT_BYTES:], about)
