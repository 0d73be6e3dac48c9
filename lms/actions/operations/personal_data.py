"""Everything about me, and: delete me.

What is shown is what the database holds, field by field, nothing chosen out. Deleting erases what is
personal and keeps facts under an id that means nobody; certificates go on verifying, without a name unless
their holder wants it kept.
"""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from lms.actions.action import Who, command, query, record
from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.actions.people import granting
from lms.actions.people.accounts import prove
from lms.actions.people.credentials import fault, refuse
from lms.core.errors import Invalid, Unavailable
from lms.core.people.actors import Actor
from lms.storage.learning import holds
from lms.storage.operations import personal_rows
from lms.storage.operations.personal_rows import Waiting

AT_A_TIME = 50  # visitors in one transaction
MOST_PEOPLE = 500  # whose remaining answers are erased in one round
#: Columns that hold JSON as text.
_WRITTEN_AS_JSON = frozenset({"settings", "keep", "items", "reply", "content"})
_TIMES = frozenset({"at", "active_from", "stays_until"})


def is_time(name: str) -> bool:
    """Return whether a field holds a moment."""
    return name in _TIMES or name.endswith("_at")


def _readable(name: str, value: Any) -> Any:
    if value is None:
        return None
    if is_time(name):
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="seconds")
    if name == "own_device":
        return bool(value)
    return json.loads(value) if name in _WRITTEN_AS_JSON else value


@query("my_data.everything", by=Who.MEMBER)
def everything(context: Context, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Return everything that is kept about oneself, table by table, times in ISO 8601 (Law 25, s. 27)."""
    with context.database.reading() as tx:
        found = personal_rows.collect(tx, actor.person)
    return {
        table: [{name: _readable(name, value) for name, value in row.items()} for row in rows]
        for table, rows in found.items()
    }


@command("my_data.delete_me", by=Who.MEMBER, keeps=("throttle",))
def delete_me(
    context: Context,
    actor: Actor,
    *,
    is_sure: bool,
    keep_certificates: bool,
    current: str,
    even_last: bool = False,
) -> None:
    """Delete one's account: payloads are erased, facts stay; the names on certificates stay only if wanted.

    The last admin says that nobody is left (`even_last`).

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`.
    """
    refuse("account.wrong", [] if is_sure else [fault("is_sure", "account.not-confirmed")])
    prove(context, actor, current)
    found = _waiting_for(context, actor.person)
    with context.database.writing() as tx:
        holds.people_with_enrolments(tx, {actor.person})
        if not even_last and granting.is_last_admin(tx, actor.person, hold=True):
            raise Invalid("account.wrong", [fault("even_last", "account.last-admin")])
        if not keep_certificates:
            certifying.erase_all(tx, context, actor.person)
        left = personal_rows.erase(tx, actor.person, context.now(), found)
        record(tx, context, actor, "my_data.delete_me", actor.person)
    if left:  # the account is gone; should this fail, `forget_visitors` does it
        with suppress(Unavailable):
            _finish(context, [actor.person])


def _waiting_for(context: Context, person: str) -> Waiting:
    """Look for what waits for a person while others can still write."""
    with context.database.reading() as tx:
        return personal_rows.waiting_for(tx, person, context.now())


@command("my_data.erase_again", by=Who.SYSTEM)
def erase_again(
    context: Context, actor: Actor, people: list[str], *, keep: frozenset[str] = frozenset()
) -> int:
    """Erase people whom a restored backup has brought back; return how many (reliability goal 10).

    `keep` holds the certificates on which their holders wanted the name to stay.
    """
    with context.database.writing() as tx:
        back = personal_rows.still_there(tx, people)
        for one in back:
            holds.people_with_enrolments(tx, {one})
            certifying.erase_all(tx, context, one, keep=keep)
            left = personal_rows.erase(tx, one, context.now())
            while left:
                left = personal_rows.erase_answers(tx, [one], personal_rows.MOST_ATTEMPTS)
            record(tx, context, actor, "my_data.erase_again", one)
    return len(back)


@command("my_data.forget_visitors", by=Who.SYSTEM)
def forget_visitors(context: Context, actor: Actor, *, older_than: int) -> int:
    """Erase what visitors left who tried a module and never made an account; return how many.

    Some at a time, so that nobody waits for a lock. Answers of people who were erased before go in the same
    way.
    """
    before = context.now() - older_than
    with context.database.reading() as tx:
        left = personal_rows.left_visitors(tx, before)
    forgotten = 0
    for start in range(0, len(left), AT_A_TIME):
        forgotten += _forget_some(context, left[start : start + AT_A_TIME], before)
    with context.database.reading() as tx:
        begun = personal_rows.unfinished(tx, MOST_PEOPLE)
    _finish(context, begun)
    return forgotten


def _forget_some(context: Context, some: list[str], before: int) -> int:
    with context.database.writing() as tx:
        holds.people_with_enrolments(tx, some)
        ids = personal_rows.still_left(tx, some, before)
        personal_rows.erase_visitors(tx, ids, context.now())
    return len(ids)


def _finish(context: Context, people: list[str]) -> None:
    """Erase the answers that a bounded transaction has left of people who are erased."""
    left = bool(people)
    while left:
        with context.database.writing() as tx:
            left = personal_rows.erase_answers(tx, people, personal_rows.MOST_ATTEMPTS)
