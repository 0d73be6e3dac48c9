"""What the values of "everything about me" are called for people; what says nothing to a person is left out.

Holds words alone. The file that can be downloaded holds everything, as it is kept.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext

from lms.rendering.words.marks import N_
from lms.web.words.typed_words import REPORT_KINDS, typed_words

#: Fields that hold only what programs need: ids, digests, numbers of saves, and JSON.
LEFT_OUT = frozenset(
    {"id", "person_id", "enrolment_id", "attempt_id", "organisation_id", "object", "by", "other", "request"}
    | {
        "seq",
        "save",
        "saved",
        "digest",
        "commitment",
        "blob",
        "items",
        "left_out",
        "reply",
        "content",
        "facts",
        "settings",
        "place",
    }
)
_CODES: Mapping[str, Mapping[str, str]] = {
    "kind": {
        "member": N_("Account"),
        "visitor": N_("Visitor without an account"),
        "password": N_("Password"),
        "recovery": N_("Recovery code"),
        "manual": N_("Check by a person"),
        "browser": N_("Check in a browser"),
        **REPORT_KINDS,
    },
    "issuer": {"local:email": N_("Email address"), "local:name": N_("Sign-in name")},
    "role": {
        "learner": N_("Learner"),
        "author": N_("Author"),
        "reviewer": N_("Reviewer"),
        "admin": N_("Administrator"),
    },
    "event": {
        "made": N_("The PDF was made"),
        "making-failed": N_("The PDF could not be made"),
        "making-again": N_("The PDF is being made again"),
        "superseded": N_("Replaced by a new certificate"),
        "revoked": N_("Revoked"),
        "restored": N_("Valid again"),
        "erased": N_("Name and PDF erased"),
    },
}
#: What somebody did, by the part of the site: the first half of the name of an action.
_PARTS = {
    **dict.fromkeys(("codes", "sessions", "signing_in"), N_("Sign in")),
    **dict.fromkeys(("accounts", "my_data", "visitors"), N_("Account")),
    **dict.fromkeys(("learning", "quizzing", "moving", "visits", "recognition"), N_("My learning")),
    **dict.fromkeys(("certifying", "printing"), N_("Your certificate")),
    "feedback": N_("Contact us"),
    "conformance": N_("Accessibility record"),
}


def said(row: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a row tells a person: typed text under its labels, words for codes, no inner name."""
    found = dict[str, Any]()
    for name, value in row.items():
        if name == "keep":
            typed = (value or {}).get("typed") or {}
            parts = typed_words(typed.get("fields", ()))
            found[name] = "\n".join(f"{label} – {words}" for label, words in parts)
        elif name == "deed":
            part = _PARTS.get(value.partition(".")[0])
            found[name] = gettext(part) if part else ""
        elif name in _CODES and value in _CODES[name]:
            found[name] = gettext(_CODES[name][value])
        elif name not in LEFT_OUT and (name != "issuer" or ":" not in str(value)):
            found[name] = value
    return {name: value for name, value in found.items() if value not in (None, "", {})}
