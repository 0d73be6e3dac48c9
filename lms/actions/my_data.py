"""Everything about me, and: delete me.

What is shown is what the database holds, field by field, nothing chosen out. Deleting erases what is
personal and keeps facts under an id that means nobody; certificates go on verifying, without a name unless
their holder wants it kept. Called by `web`, and by the restore of a backup, which must not bring anybody
back.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from lms.actions import certifying
from lms.actions.accounts import prove
from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.actions.sessions import Known
from lms.actions.ways_in import fault, refuse
from lms.core.people import Actor
from lms.storage import belongings

#: Columns that hold JSON as text.
_WRITTEN_AS_JSON = frozenset({"settings", "keep", "items", "reply", "content"})
_TIMES = frozenset({"at", "active_from", "stays_until"})


def _readable(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in _TIMES or name.endswith("_at"):
        return datetime.fromtimestamp(value / 1000, UTC).isoformat(timespec="seconds")
    return json.loads(value) if name in _WRITTEN_AS_JSON else value


@reading("my_data.everything", by=Who.MEMBER)
def everything(desk: Desk, actor: Actor) -> dict[str, list[dict[str, Any]]]:
    """Give everything that is kept about oneself, table by table, times in ISO 8601 (Law 25, s. 27)."""
    with desk.database.reading() as tx:
        found = belongings.collect(tx, actor.person)
    return {
        table: [{name: _readable(name, value) for name, value in row.items()} for row in rows]
        for table, rows in found.items()
    }


@deed("my_data.delete_me", by=Who.MEMBER)
def delete_me(
    desk: Desk, actor: Actor, known: Known, *, is_sure: bool, keep_certificates: bool, current: str
) -> None:
    """Delete one's account: payloads are erased, facts stay; the names on certificates stay only if wanted.

    Raises: Invalid `account.wrong`; NotAllowed `account.sign-in-again`, `sign-in.too-often`.
    """
    refuse("account.wrong", [] if is_sure else [fault("is_sure", "account.not-confirmed")])
    prove(desk, actor, known, current)
    with desk.database.writing() as tx:
        if not keep_certificates:
            certifying.erase_all(tx, desk, actor.person)
        belongings.erase(tx, actor.person, desk.now())
        record(tx, desk, actor, "my_data.delete_me", actor.person)


@deed("my_data.erase_again", by=Who.SYSTEM)
def erase_again(desk: Desk, actor: Actor, people: list[str]) -> int:
    """Erase people whom a restored backup has brought back; give how many (reliability goal 10)."""
    with desk.database.writing() as tx:
        back = [one for one in people if one not in set(belongings.erased(tx))]
        for one in back:
            certifying.erase_all(tx, desk, one)
            belongings.erase(tx, one, desk.now())
            record(tx, desk, actor, "my_data.erase_again", one)
    return len(back)


@deed("my_data.forget_visitors", by=Who.SYSTEM)
def forget_visitors(desk: Desk, actor: Actor, *, older_than: int) -> int:
    """Erase what visitors left who tried a module and never made an account; give how many."""
    with desk.database.writing() as tx:
        left = belongings.left_visitors(tx, desk.now() - older_than)
        for one in left:
            belongings.erase(tx, one, desk.now())
    return len(left)
