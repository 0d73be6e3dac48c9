"""Sending letters: the worker's side of the outbox.

A code is never kept: it is made again from its id when the letter is written. Whether a letter is still
wanted is judged then, too.
"""

from __future__ import annotations

from lms.actions.action import Who, command
from lms.actions.context import Context
from lms.actions.people.credentials import subject_of
from lms.actions.people.mail_choice import optional_setting
from lms.core.operations.jobs import Letter
from lms.core.people.actors import SYSTEM, Actor
from lms.mail.mailer import Email
from lms.rendering.emails import letter
from lms.storage.database import Tx
from lms.storage.people import codes, persons

MINUTE = 60_000
CODE_MINUTES = 10
CODE_DIGITS = 8


def code_of(context: Context, id_: str) -> str:
    """Make the code that belongs to an id: eight digits."""
    return f"{int(context.keys.mac('mailed-code', id_), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def send_letter(context: Context, work: Letter) -> None:
    """Write and send the letter that a job asks for; one whose code has ended meanwhile is not sent.

    It keeps its Message-ID however often it is tried. Once it has gone, its reader can be reached again. One
    that its reader can do without says where to turn such letters off, and is not sent to whoever has.

    Raises: Unavailable `mail.unavailable`.
    """
    code = ""
    if work.mailed_code:
        with context.database.reading() as tx:
            found = codes.find(tx, work.mailed_code)
        if found is None or found.used_at or found.expires_at <= context.now():
            return
        code = code_of(context, found.id)
        code = f"{code[:4]} {code[4:]}"
    setting = ""
    if work.is_optional:
        with context.database.reading() as tx:
            setting = optional_setting(tx, context, work.person or _reader(tx, context, work.to))
        if not setting:
            return
    send_now(context, work, code, setting)
    note_reached(context, SYSTEM, work.to)


def send_now(context: Context, work: Letter, code: str = "", setting: str = "") -> None:
    """Write and send a letter without asking the database anything.

    Raises: Unavailable `mail.unavailable`.
    """
    subject, text = letter(
        work.letter,
        work.locale,
        sender=context.settings.issuer_name,
        code=code,
        minutes=CODE_MINUTES,
        link=work.link,
        note=work.note,
        setting=setting,
    )
    context.post.send(Email(work.id, work.to, subject, text, context.now(), work.locale))


@command("letters.note_reached", by=Who.SYSTEM)
def note_reached(context: Context, actor: Actor, address: str) -> bool:
    """Forget that letters to this address have failed; False when none had."""
    with context.database.reading() as tx:
        person = _reader(tx, context, address)
        profile = persons.profile_of(tx, person) if person else None
    if profile is None or not profile.unreachable_at:
        return False
    with context.database.writing() as tx:
        persons.set_unreachable(tx, person, None)
    return True


def note_failure(tx: Tx, context: Context, work: Letter) -> None:
    """Write on the account, in an open transaction, that a letter to its address has failed for good."""
    if person := _reader(tx, context, work.to):
        persons.set_unreachable(tx, person, context.now())


def _reader(tx: Tx, context: Context, address: str) -> str:
    """Return whose address this is; '' when it is nobody's."""
    return persons.owner(tx, persons.EMAIL, subject_of(context, persons.EMAIL, address))
