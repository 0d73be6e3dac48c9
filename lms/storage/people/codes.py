"""Mailed codes as they are kept: a keyed hash, how often it was tried, until when it counts.

Holds no code and no address.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, insert, select, update

from lms.storage.database import Tx
from lms.storage.tables.people import mailed_code


@dataclass(frozen=True, slots=True)
class MailedCode:
    """One mailed code."""

    id: str
    subject: str
    purpose: str
    secret: str
    tries: int
    expires_at: int
    used_at: int | None


def add(tx: Tx, id_: str, subject: str, purpose: str, secret: str, *, expires_at: int) -> None:
    """Keep a code."""
    tx.execute(
        insert(mailed_code).values(
            id=id_, subject=subject, purpose=purpose, secret=secret, expires_at=expires_at
        )
    )


def find(tx: Tx, id_: str) -> MailedCode | None:
    """Return a code."""
    row = tx.execute(select(mailed_code).where(mailed_code.c.id == id_)).mappings().first()
    return MailedCode(**row) if row else None


def use(tx: Tx, id_: str, now: int) -> bool:
    """Use a code up; return False when somebody did before."""
    unused = (mailed_code.c.id == id_, mailed_code.c.used_at.is_(None))
    return tx.execute(update(mailed_code).where(*unused).values(used_at=now)).rowcount == 1


def take_try(tx: Tx, id_: str, purpose: str, most: int, now: int) -> MailedCode | None:
    """Count one try and give the code; None when it has ended, was used, or was tried `most` times before.

    In one statement, so that many tries at the same instant are no more than so many.
    """
    unused = (mailed_code.c.purpose == purpose, mailed_code.c.used_at.is_(None))
    return _take_try(tx, id_, most, now, *unused)


def take_try_again(tx: Tx, id_: str, most: int, now: int) -> MailedCode | None:
    """Count one more try of a code that was used and has not ended, as `take_try` does."""
    return _take_try(tx, id_, most, now, mailed_code.c.used_at.is_not(None))


def _take_try(tx: Tx, id_: str, most: int, now: int, *state: ColumnElement[bool]) -> MailedCode | None:
    counts = (mailed_code.c.id == id_, mailed_code.c.expires_at > now, mailed_code.c.tries < most, *state)
    one_more = update(mailed_code).where(*counts).values(tries=mailed_code.c.tries + 1)
    row = tx.execute(one_more.returning(mailed_code)).mappings().first()
    return MailedCode(**row) if row else None


def prune(tx: Tx, before: int) -> int:
    """Forget codes that ended before this time."""
    return tx.execute(delete(mailed_code).where(mailed_code.c.expires_at < before)).rowcount
