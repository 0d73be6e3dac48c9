"""Sending letters: the worker's side of the outbox.

A code is never kept: it is made again from its id when the letter is written. Whether a letter is still
wanted is judged then, too. Called by `jobs`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from lms.actions.desk import Desk
from lms.mail.post import Message
from lms.rendering.letters import letter
from lms.storage import codes

MINUTE = 60_000
CODE_MINUTES = 10
CODE_DIGITS = 8


def code_of(desk: Desk, id_: str) -> str:
    """Make the code that belongs to an id: eight digits."""
    return f"{int(desk.keys.mac('mailed-code', id_), 16) % 10**CODE_DIGITS:0{CODE_DIGITS}d}"


def send_letter(desk: Desk, payload: Mapping[str, Any]) -> None:
    """Write and send the letter that a job asks for; one whose code has ended meanwhile is not sent.

    `payload` holds `letter` (its kind), `to`, `locale`, `id` (names the letter), and `code` (an id) or '';
    and `link` where it leads somewhere.

    Raises: Unavailable `mail.unavailable`.
    """
    code = ""
    if payload["code"]:
        with desk.database.reading() as tx:
            found = codes.find(tx, payload["code"])
        if found is None or found.used_at or found.expires_at <= desk.now():
            return
        code = code_of(desk, found.id)
        code = f"{code[:4]} {code[4:]}"
    subject, text = letter(
        payload["letter"],
        payload["locale"],
        sender=desk.settings.issuer_name,
        code=code,
        minutes=CODE_MINUTES,
        link=payload.get("link", ""),
    )
    desk.post.send(Message(payload["id"], payload["to"], subject, text, desk.now(), payload["locale"]))
