"""What a session keeps for its browser: where to come back to, what was typed, what a window waits for.

Each note is a class; the JSON beside it is the one place where its shape in the database is said. A note that
is not there is left out. Holds no rule about how long a note counts.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Typed:
    """What somebody sent that is to be shown again: the path of the page, and the fields in their order."""

    path: str
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pending:
    """What a window waits for: a code for `sign-in`, `sign-up` or `address`, sent to what was typed.

    `own` that it is said to be on somebody's own device.
    """

    purpose: str
    who: str
    name: str
    locale: str
    code: str
    own: bool = False


@dataclass(frozen=True, slots=True)
class Confirmed:
    """The code that was confirmed in this window, and the session that took over, for a second press."""

    code: str
    session: str


@dataclass(frozen=True, slots=True)
class ShownRecovery:
    """Recovery codes that were just made, sealed, and until when they are shown (milliseconds)."""

    codes: str
    until: int


@dataclass(frozen=True, slots=True)
class SessionNotes:
    """Everything that a session keeps; `before` is the ticket of an idled session that waits behind it."""

    next: str = ""
    typed: Typed | None = None
    pending: Pending | None = None
    recovery: ShownRecovery | None = None
    before: str = ""
    confirmed: Confirmed | None = None

    def typed_at(self, path: str) -> tuple[tuple[str, str], ...]:
        """Return what was typed on this page, in whichever language, and is to be shown on it again."""
        there = self.typed.path.split("/", 2)[2:] if self.typed else []
        return self.typed.fields if self.typed and there == path.split("/", 2)[2:] else ()

    def to_json(self) -> str:
        """Write the notes as they are kept.

        >>> SessionNotes("/en/my-learning").to_json()
        '{"next": "/en/my-learning"}'
        """
        return json.dumps({name: note for name, note in asdict(self).items() if note}, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> SessionNotes:
        """Read what `to_json` wrote.

        >>> SessionNotes.from_json('{"typed": {"path": "/en/x", "fields": [["q", "a"]]}}').typed_at("/en/x")
        (('q', 'a'),)
        """
        kept: Mapping[str, Any] = json.loads(text)
        typed, pending, recovery = kept.get("typed"), kept.get("pending"), kept.get("recovery")
        confirmed = kept.get("confirmed")
        return cls(
            next=kept.get("next", ""),
            typed=Typed(typed["path"], tuple((name, value) for name, value in typed["fields"]))
            if typed
            else None,
            pending=Pending(**pending) if pending else None,
            recovery=ShownRecovery(**recovery) if recovery else None,
            before=kept.get("before", ""),
            confirmed=Confirmed(**confirmed) if confirmed else None,
        )


NO_NOTES = SessionNotes()
