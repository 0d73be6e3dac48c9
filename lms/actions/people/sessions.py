"""Sessions: who a browser is, for how long, and what it comes back to.

The browser holds a random value, the database its hash. A session lives for twelve hours at most; that it
idles out after half an hour is sealed into the cookie (`web.shell.cookies`), so that looking at a page
changes nothing. On one's own device, if one says so, it lasts for thirty days, idle or not, and its value
changes once a day; whoever has a role in running the site stays for twelve hours there (decision 0078).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.core.errors import NotFound
from lms.core.people.actors import NOBODY, STAFF, Actor
from lms.core.people.reader_settings import AS_IT_COMES, ReaderSettings
from lms.core.people.session_notes import NO_NOTES, SessionNotes, Typed
from lms.storage.database import Tx
from lms.storage.people import persons
from lms.storage.people import sessions as rows

MINUTE = 60_000
HOUR = 60 * MINUTE
LONGEST = 12 * HOUR
OWN_DAYS = 30  # on one's own device
OWN_LONGEST = OWN_DAYS * 24 * HOUR
RENEWED = 24 * HOUR  # after which such a session gets another value
PRESSED_AGAIN = 10 * MINUTE  # for a second press of the form by which somebody came in
STILL_GOOD = 2 * MINUTE  # the old value once the new one has come back, for pages asked for in that moment
FRESH = HOUR // 4  # after signing in, what needs a fresh proof asks for none during this time
LONGEST_DEVICE = 80
MOST_TYPED = 40_000  # characters that are kept for somebody who has to sign in again
#: The names of fields that hold a secret: never kept, never shown again. Whole names: authors name fields.
SECRET_FIELDS = frozenset({"csrf_token", "password", "current", "code"})


Change = Callable[[SessionNotes], SessionNotes]


@dataclass(frozen=True, slots=True)
class Known:
    """What a session says of somebody: the actor, and what pages need to greet them.

    `waiting` is the visitor whose progress waits for "Was this you?"; `notes` what the browser comes back to;
    `unseen` says that nobody has come with the session's newest value before.
    """

    actor: Actor
    name: str = ""
    locale: str = ""
    reader: ReaderSettings = AS_IT_COMES
    waiting: str = ""
    notes: SessionNotes = NO_NOTES
    began: int = 0
    unseen: bool = False


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A line of the list of one's own sessions; `handle` names it in a form and opens nothing.

    `until` is when it ends for certain where this is somebody's own device, otherwise 0.
    """

    handle: str
    device: str
    began: int
    is_this: bool
    until: int = 0


@dataclass(frozen=True, slots=True)
class Visit:
    """A visitor who was added: the value for the browser, and who tries a module now."""

    token: str
    actor: Actor


NOBODY_KNOWN = Known(NOBODY)


def ticket_of(token: str) -> str:
    """Hash a session's value: the database never holds what the browser holds."""
    return sha256(token.encode()).hexdigest()


@lru_cache(maxsize=500)
def _reader(settings: str) -> ReaderSettings:
    return ReaderSettings.of(json.loads(settings))


def known_from(row: rows.SessionRow | None) -> Known:
    """Make of a session's row what pages and actions work with."""
    if row is None:
        return NOBODY_KNOWN
    held = rows.grants_from(row.grants if row.kind == "member" else "")
    return Known(
        actor=Actor(row.person, held, row.organisation, row.id),
        name=row.name,
        locale=row.locale,
        reader=_reader(row.settings),
        waiting=row.waiting,
        notes=SessionNotes.from_json(row.keep),
        began=row.created_at,
        unseen=bool(row.unseen),
    )


def recognise(context: Context, ticket: str) -> Known:
    """Return who holds this ticket; nobody when empty, ended or too old. One statement.

    A value that was changed is good until the new one has come back, and for a moment after that; what is
    nobody's costs two statements.
    """
    if not ticket:
        return NOBODY_KNOWN
    with context.database.reading() as tx:
        return known_from(_row(tx, context, ticket))


def _row(tx: Tx, context: Context, ticket: str) -> rows.SessionRow | None:
    since = context.now() - LONGEST
    row = rows.find(tx, ticket, since)
    if row is None and (now := ticket_now(tx, context, ticket)):
        row = rows.find(tx, now, since)
    return row


def ticket_now(tx: Tx, context: Context, ticket: str) -> str:
    """Return the ticket of the session whose value was changed, while the old one is good; '' otherwise."""
    return rows.renewed_from(tx, ticket, context.now() - STILL_GOOD) if ticket else ""


def visitor_before(context: Context, ticket: str) -> str:
    """Return the visitor who held this ticket until somebody came in with it a moment ago, or ''.

    A page of theirs that is sent a second time was drawn for them. One statement.
    """
    with context.database.reading() as tx:
        return rows.visitor_taken_over(tx, ticket, context.now() - PRESSED_AGAIN) if ticket else ""


def stay_on(tx: Tx, actor: Actor) -> bool:
    """Let a session that has just begun last for thirty days; return False for who runs the site.

    Their session ends after twelve hours, as others do: what it opens is not theirs alone.
    """
    if actor.roles & frozenset(STAFF):
        return False
    rows.keep_longer(tx, actor.session, OWN_LONGEST - LONGEST)
    return True


@command("sessions.renew", by=Who.MEMBER)
def renew(context: Context, actor: Actor, held: str) -> str:
    """Change the value `held` of a session on one's own device, once a day; return the new one, or ''.

    A value that somebody copied is good for no longer than that (ASVS 5.0 7.2.4). The new one is made of the
    old one and a key, so that whoever never got the answer that brought it is given the same one again;
    once it has come back, the old one brings nothing more.
    """
    fresh, now = context.keys.mac("own-device-value", held), context.now()
    with context.database.writing() as tx:
        if actor.session == ticket_of(fresh):
            row = rows.find(tx, actor.session, now - LONGEST)
            return fresh if row and row.unseen else ""
        if not rows.renew(tx, actor.session, ticket_of(fresh), due=now - RENEWED):
            return ""
        record(tx, context, actor, "sessions.renew", actor.person)
    return fresh


@command("sessions.came_back", by=Who.MEMBER)
def came_back(context: Context, actor: Actor) -> None:
    """Note that the new value has come back: the old one is good for a moment more (`STILL_GOOD`)."""
    with context.database.writing() as tx:
        rows.came_back(tx, actor.session, context.now())
        record(tx, context, actor, "sessions.came_back", actor.person)


def _inherit(tx: Tx, context: Context, person: str, ticket: str) -> tuple[SessionNotes, str]:
    """End the sessions that a new one takes over from; return what comes along, and the visitor in them."""
    kept, visitor = NO_NOTES, ""
    while (row := _row(tx, context, ticket)) is not None:
        notes = SessionNotes.from_json(row.keep)
        is_ours = row.person in {"", person} or row.kind == "visitor"
        if is_ours:
            kept = SessionNotes(kept.next or notes.next, kept.typed or notes.typed)
            visitor = visitor or (row.person if row.kind == "visitor" else row.waiting)
        rows.end(tx, row.id, context.now())
        ticket = notes.before
    return kept, visitor


def begin_session(
    tx: Tx,
    context: Context,
    person: str,
    *,
    device: str = "",
    before: str = "",
    notes: SessionNotes = NO_NOTES,
) -> str:
    """Write a new session in an open transaction and end the one it takes over from; give its value.

    A new value each time (ASVS 5.0 7.2.4). What the session before kept comes along if it was nobody's or the
    same person's; a visitor's progress in it waits for "Was this you?".
    """
    token = context.new_secret()
    kept, visitor = _inherit(tx, context, person, before)
    rows.begin(
        tx,
        ticket_of(token),
        person,
        context.now(),
        device=device[:LONGEST_DEVICE],
        notes=replace(notes, next=notes.next or kept.next, typed=notes.typed or kept.typed),
        visitor=visitor,
    )
    return token


def remember(
    tx: Tx,
    context: Context,
    actor: Actor,
    change: Callable[[SessionNotes], SessionNotes],
    *,
    before: str = "",
) -> str:
    """Change what this browser comes back to; what `change` does not name stays.

    Somebody without a session gets one that is nobody's; its value is given back ('' when there was one). The
    session that idled out, `before`, waits behind it until it is known who is coming.
    """
    row = rows.find(tx, actor.session, context.now() - LONGEST)
    if row is not None:
        rows.set_notes(tx, row.id, change(SessionNotes.from_json(row.keep)))
        return ""
    token = context.new_secret()
    rows.begin(tx, ticket_of(token), "", context.now(), notes=change(SessionNotes(before=before)))
    return token


def add_visitor(tx: Tx, context: Context, *, device: str = "", before: str = "") -> Visit:
    """Add a visitor, known by this browser alone, with a session, in an open transaction."""
    person = context.new_id()
    persons.add_person(tx, person, "visitor", context.now())
    token = begin_session(tx, context, person, device=device, before=before)
    return Visit(token, Actor(person, frozenset(), persons.DEFAULT_ORGANISATION, ticket_of(token)))


def _handle(context: Context, session: str) -> str:
    return context.keys.mac("session-handle", session)[:26]


@query("sessions.my_sessions", by=Who.MEMBER)
def my_sessions(context: Context, actor: Actor) -> list[OpenSession]:
    """List where one is signed in, newest first (ASVS 5.0 7.5.2)."""
    with context.database.reading() as tx:
        found = rows.devices(tx, actor.person, context.now() - LONGEST)
    return [
        OpenSession(
            _handle(context, one.id),
            one.device,
            one.created_at,
            one.id == actor.session,
            one.created_at + LONGEST + one.longer if one.longer else 0,
        )
        for one in found
    ]


@command("sessions.end_one", by=Who.MEMBER)
def end_one(context: Context, actor: Actor, handle: str) -> None:
    """End one of one's own sessions, wherever it is.

    Raises: NotFound `session.not-found`.
    """
    with context.database.writing() as tx:
        for one in rows.devices(tx, actor.person, context.now() - LONGEST):
            if _handle(context, one.id) == handle:
                rows.end(tx, one.id, context.now())
                record(tx, context, actor, "sessions.end_one", actor.person)
                return
    raise NotFound("session.not-found")


@command("sessions.sign_out", by=Who.ANYONE)
def sign_out(context: Context, actor: Actor) -> None:
    """End this session; nothing happens when there is none."""
    with context.database.writing() as tx:
        rows.end(tx, actor.session, context.now())
        record(tx, context, actor, "sessions.sign_out", actor.person)


@command("sessions.sign_out_everywhere", by=Who.MEMBER)
def sign_out_everywhere(context: Context, actor: Actor) -> int:
    """End all of one's own sessions, this one too; return how many."""
    with context.database.writing() as tx:
        ended = rows.end_all(tx, actor.person, context.now())
        record(tx, context, actor, "sessions.sign_out_everywhere", actor.person)
    return ended


@command("sessions.keep_typed", by=Who.ANYONE)
def keep_typed(
    context: Context, actor: Actor, ticket: str, path: str, fields: Sequence[tuple[str, str]]
) -> bool:
    """Keep what somebody sent, for when the page at `path` is shown to the same person again.

    `ticket` is that of their session; one that idled out leads back to the page after signing in again.
    Secrets are never kept, and no more than a long page of text; return whether anything was kept.
    """
    typed = tuple((name, value) for name, value in fields if name not in SECRET_FIELDS)
    if sum(len(name) + len(value) for name, value in typed) > MOST_TYPED:
        return False
    with context.database.writing() as tx:
        row = rows.find(tx, ticket, context.now() - LONGEST)
        if row is None:
            return False
        notes = SessionNotes.from_json(row.keep)
        back = notes.next if ticket == actor.session else path
        rows.set_notes(tx, ticket, replace(notes, next=back, typed=Typed(path, typed)))
        record(tx, context, actor, "sessions.keep_typed", row.person)
    return True


@command("sessions.drop_typed", by=Who.ANYONE)
def drop_typed(context: Context, actor: Actor) -> None:
    """Forget what was typed, once it is back on the page and sent; a code that is waited for stays."""
    with context.database.writing() as tx:
        row = rows.find(tx, actor.session, context.now() - LONGEST)
        if row is not None:
            notes = SessionNotes.from_json(row.keep)
            back = "" if notes.typed and notes.next == notes.typed.path else notes.next
            rows.set_notes(tx, row.id, replace(notes, next=back, typed=None))
