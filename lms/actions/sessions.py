"""Sessions: who a browser is, for how long, and what it comes back to.

The browser holds a random value, the database its hash. A session lives for twelve hours at most; that it
idles out after half an hour is sealed into the cookie (`web.cookies`), so that looking at a page changes
nothing. Called by `web` on each request that wants an actor, and by the actions that sign somebody in.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from lms.actions.deed import Who, deed, reading, record
from lms.actions.desk import Desk
from lms.core.errors import Conflict, NotFound
from lms.core.people import NOBODY, Actor, Role
from lms.core.reader import AS_IT_COMES, ReaderSettings
from lms.storage import people
from lms.storage import sessions as rows
from lms.storage.database import Tx

HOUR = 3_600_000
LONGEST = 12 * HOUR
FRESH = HOUR // 4  # after signing in, what needs a fresh proof asks for none during this time
LONGEST_DEVICE = 80
MOST_TYPED = 40_000  # characters that are kept for somebody who has to sign in again
#: How the names of fields begin that hold a secret: never kept, never shown again.
SECRET_FIELDS = ("csrf", "password", "current", "code")


@dataclass(frozen=True, slots=True)
class Known:
    """What a session says of somebody: the actor, and what pages need to greet them.

    `waiting` is the visitor whose progress waits for "Was this you?"; `keep` what the browser comes back to.
    """

    actor: Actor
    name: str = ""
    locale: str = ""
    reader: ReaderSettings = AS_IT_COMES
    waiting: str = ""
    keep: Mapping[str, Any] = field(default_factory=dict)
    began: int = 0


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A line of the list of one's own sessions; `handle` names it in a form and opens nothing."""

    handle: str
    device: str
    began: int
    is_this: bool


@dataclass(frozen=True, slots=True)
class Visit:
    """What `start_visit` gives: the value for the browser, and who tries a module now."""

    token: str
    actor: Actor


NOBODY_KNOWN = Known(NOBODY)


def ticket_of(token: str) -> str:
    """Hash a session's value: the database never holds what the browser holds."""
    return sha256(token.encode()).hexdigest()


def known_from(row: rows.Row | None) -> Known:
    """Make of a session's row what pages and deeds work with."""
    if row is None:
        return NOBODY_KNOWN
    roles = frozenset(Role(role) for role in row.roles.split()) if row.kind == "member" else frozenset[Role]()
    return Known(
        actor=Actor(row.person, roles, row.organisation, row.id),
        name=row.name,
        locale=row.locale,
        reader=ReaderSettings.of(json.loads(row.settings)),
        waiting=row.waiting,
        keep=json.loads(row.keep),
        began=row.created_at,
    )


def recognise(desk: Desk, ticket: str) -> Known:
    """Say who holds this ticket; nobody when it is empty, ended or older than twelve hours. One statement."""
    if not ticket:
        return NOBODY_KNOWN
    with desk.database.reading() as tx:
        return known_from(rows.find(tx, ticket, desk.now() - LONGEST))


def _inherit(tx: Tx, desk: Desk, person: str, ticket: str) -> tuple[dict[str, object], str]:
    """End the sessions that a new one takes over from; give what comes along, and the visitor in them."""
    kept: dict[str, object] = {}
    visitor = ""
    while (row := rows.find(tx, ticket, desk.now() - LONGEST)) is not None:
        keep = json.loads(row.keep)
        is_ours = row.person in {"", person} or row.kind == "visitor"
        if is_ours:
            kept = {**{name: keep[name] for name in ("next", "typed") if name in keep}, **kept}
            visitor = visitor or (row.person if row.kind == "visitor" else row.waiting)
        rows.end(tx, row.id, desk.now())
        ticket = keep.get("before", "")
    return kept, visitor


def begin_session(
    tx: Tx,
    desk: Desk,
    person: str,
    *,
    device: str = "",
    before: str = "",
    keep: Mapping[str, object] | None = None,
) -> str:
    """Write a new session in an open transaction and end the one it takes over from; give its value.

    A new value each time (ASVS 5.0 7.2.4). What the session before kept comes along if it was nobody's or the
    same person's; a visitor's progress in it waits for "Was this you?".
    """
    token = desk.new_secret()
    kept, visitor = _inherit(tx, desk, person, before)
    rows.begin(
        tx,
        ticket_of(token),
        person,
        desk.now(),
        device=device[:LONGEST_DEVICE],
        keep={**kept, **(keep or {})},
        visitor=visitor,
    )
    return token


def remember(tx: Tx, desk: Desk, actor: Actor, *, before: str = "", **facts: object) -> str:
    """Write facts into what this browser comes back to.

    Somebody without a session gets one that is nobody's; its value is given back ('' when there was one). The
    session that idled out, `before`, waits behind it until it is known who is coming.
    """
    row = rows.find(tx, actor.session, desk.now() - LONGEST)
    if row is not None:
        rows.set_keep(tx, row.id, {**json.loads(row.keep), **facts})
        return ""
    token = desk.new_secret()
    rows.begin(tx, ticket_of(token), "", desk.now(), keep={"before": before, **facts})
    return token


@deed("sessions.start_visit", by=Who.ANYONE)
def start_visit(desk: Desk, actor: Actor, *, device: str = "", before: str = "") -> Visit:
    """Let somebody without an account try a first module: a visitor, known by this browser alone.

    Raises: Conflict `visit.not-needed`.
    """
    if actor.person:
        raise Conflict("visit.not-needed")
    with desk.database.writing() as tx:
        person = desk.new_id()
        people.add_person(tx, person, "visitor", desk.now())
        token = begin_session(tx, desk, person, device=device, before=before)
        visitor = Actor(person, frozenset(), people.HOUSE, ticket_of(token))
        record(tx, desk, visitor, "sessions.start_visit", person)
    return Visit(token, visitor)


def _handle(desk: Desk, session: str) -> str:
    return desk.keys.mac("session-handle", session)[:26]


@reading("sessions.my_sessions", by=Who.MEMBER)
def my_sessions(desk: Desk, actor: Actor) -> list[OpenSession]:
    """List where one is signed in, newest first (ASVS 5.0 7.5.2)."""
    with desk.database.reading() as tx:
        found = rows.devices(tx, actor.person, desk.now() - LONGEST)
    return [
        OpenSession(_handle(desk, one.id), one.device, one.created_at, one.id == actor.session)
        for one in found
    ]


@deed("sessions.end_one", by=Who.MEMBER)
def end_one(desk: Desk, actor: Actor, handle: str) -> None:
    """End one of one's own sessions, wherever it is.

    Raises: NotFound `session.not-found`.
    """
    with desk.database.writing() as tx:
        for one in rows.devices(tx, actor.person, desk.now() - LONGEST):
            if _handle(desk, one.id) == handle:
                rows.end(tx, one.id, desk.now())
                record(tx, desk, actor, "sessions.end_one", actor.person)
                return
    raise NotFound("session.not-found")


@deed("sessions.sign_out", by=Who.ANYONE)
def sign_out(desk: Desk, actor: Actor) -> None:
    """End this session; nothing happens when there is none."""
    with desk.database.writing() as tx:
        rows.end(tx, actor.session, desk.now())
        record(tx, desk, actor, "sessions.sign_out", actor.person)


@deed("sessions.sign_out_everywhere", by=Who.MEMBER)
def sign_out_everywhere(desk: Desk, actor: Actor) -> int:
    """End all of one's own sessions, this one too; give how many."""
    with desk.database.writing() as tx:
        ended = rows.end_all(tx, actor.person, desk.now())
        record(tx, desk, actor, "sessions.sign_out_everywhere", actor.person)
    return ended


@deed("sessions.keep_typed", by=Who.ANYONE)
def keep_typed(desk: Desk, actor: Actor, ticket: str, path: str, fields: Sequence[tuple[str, str]]) -> bool:
    """Keep what somebody sent after having idled out, for when the same person has signed in again.

    `ticket` is that of the session that idled out. Secrets are never kept, and no more than a long page of
    text; say whether anything was kept.
    """
    typed = [(name, value) for name, value in fields if not name.startswith(SECRET_FIELDS)]
    if sum(len(name) + len(value) for name, value in typed) > MOST_TYPED:
        return False
    with desk.database.writing() as tx:
        row = rows.find(tx, ticket, desk.now() - LONGEST)
        if row is None:
            return False
        rows.set_keep(tx, ticket, {"next": path, "typed": {"path": path, "fields": typed}})
        record(tx, desk, actor, "sessions.keep_typed", row.person)
    return True


@deed("sessions.drop_typed", by=Who.ANYONE)
def drop_typed(desk: Desk, actor: Actor) -> None:
    """Forget what was kept, once it is back on the page and sent."""
    with desk.database.writing() as tx:
        rows.set_keep(tx, actor.session, {})


def typed_at(known: Known, path: str) -> list[tuple[str, str]]:
    """Give what was typed on this page before one had to sign in again."""
    typed = known.keep.get("typed", {})
    return [(name, value) for name, value in typed["fields"]] if typed.get("path") == path else []
