"""Which mail somebody wants: all of it, or only what an account needs (codes, security, answers to requests).

One switch for everything that can be done without. Each such letter carries a link that leads to the switch
without signing in; the link names nobody and no course. Holds no letter.
"""

from __future__ import annotations

from lms.actions.action import Who, command, query, record
from lms.actions.context import Context
from lms.core.errors import NotFound
from lms.core.people.actors import Actor
from lms.storage.database import Tx
from lms.storage.people import persons

_LENGTH = 22  # characters


def mail_key(context: Context, person: str) -> str:
    """Return what the link in a person's optional letters carries; it leads nobody to the person."""
    return context.keys.mac("mail-choice", person)[:_LENGTH]


def offer(tx: Tx, context: Context, person: str) -> None:
    """Let that link lead to the person's switch, in the transaction that puts an optional letter out."""
    persons.set_mail_key(tx, person, mail_key(context, person))


def optional_setting(tx: Tx, context: Context, person: str) -> str:
    """Return where somebody turns optional letters off; '' for whoever has, or is nobody: do not send."""
    profile = persons.profile_of(tx, person) if person else None
    if profile is None or profile.mail_off_at:
        return ""
    return f"{context.settings.address}/{profile.locale}/mail/{mail_key(context, person)}"


def _person(tx: Tx, key: str) -> str:
    found = persons.with_mail_key(tx, key) if key else ""
    if not found:
        raise NotFound("mail.unknown-link")
    return found


def _is_on(tx: Tx, person: str) -> bool:
    profile = persons.profile_of(tx, person)
    return profile is not None and not profile.mail_off_at


@query("mail_choice.mine", by=Who.MEMBER)
def mine(context: Context, actor: Actor) -> bool:
    """Return whether one gets the letters that can be done without."""
    with context.database.reading() as tx:
        return _is_on(tx, actor.person)


@query("mail_choice.by_link", by=Who.ANYONE)
def by_link(context: Context, actor: Actor, key: str) -> bool:
    """Return what the person wants whose letter this link was in.

    Raises: NotFound `mail.unknown-link`.
    """
    with context.database.reading() as tx:
        return _is_on(tx, _person(tx, key))


@command("mail_choice.choose", by=Who.MEMBER)
def choose(context: Context, actor: Actor, *, wanted: bool) -> None:
    """Turn the letters that can be done without on or off for oneself."""
    with context.database.writing() as tx:
        _write(tx, context, actor, actor.person, wanted=wanted)


@command("mail_choice.choose_by_link", by=Who.ANYONE)
def choose_by_link(context: Context, actor: Actor, key: str, *, wanted: bool) -> None:
    """Turn them on or off for whoever's letter this link was in, signed in or not.

    Raises: NotFound `mail.unknown-link`.
    """
    with context.database.writing() as tx:
        _write(tx, context, actor, _person(tx, key), wanted=wanted)


def _write(tx: Tx, context: Context, actor: Actor, person: str, *, wanted: bool) -> None:
    persons.set_mail_off(tx, person, None if wanted else context.now())
    record(tx, context, actor, "mail_choice.choose", person)
