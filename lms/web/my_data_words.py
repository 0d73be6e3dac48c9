"""What the fields of "everything about me" are called for people.

Holds words alone; a field that has none is shown under its own name, and a test says so. Called by
`views.my_data`.
"""

from __future__ import annotations

from flask_babel import gettext

from lms.web.messages import N_

HEADINGS = {
    "account": N_("Your account"),
    "person": N_("Your entry"),
    "roles": N_("Your parts"),
    "ways_in": N_("How you sign in"),
    "secrets": N_("Passwords and recovery codes (kept as fingerprints only)"),
    "sessions": N_("Where you are signed in"),
    "courses": N_("Your courses"),
    "lessons": N_("Lessons that you read"),
    "attempts": N_("Checks that you began"),
    "answers": N_("Your answers"),
    "marks": N_("Your marks"),
    "completions": N_("Courses that you completed"),
    "reports": N_("What you told us"),
    "recognitions": N_("Earlier learning that you asked us to recognize"),
    "certificates": N_("Your certificates"),
    "certificate_names": N_("What is printed on them"),
    "certificate_events": N_("What happened to them"),
    "deeds": N_("What you did here"),
}

LABELS = {
    "about": N_("About"),
    "answered_at": N_("Answered"),
    "at": N_("When"),
    "attempt_id": N_("Check"),
    "blob": N_("Fingerprint of the file"),
    "by": N_("By"),
    "check": N_("Check"),
    "closed_at": N_("Closed"),
    "commitment": N_("Sealed fingerprint of the name"),
    "completed_at": N_("Completed"),
    "completed_on": N_("Completed"),
    "contact": N_("How to reach you"),
    "content": N_("Content"),
    "course_id": N_("Course"),
    "created_at": N_("Made"),
    "deed": N_("What"),
    "device": N_("Device"),
    "digest": N_("Fingerprint"),
    "email": N_("E-mail address"),
    "ended_at": N_("Ended"),
    "enrolment_id": N_("Entry of the course"),
    "erased_at": N_("Erased"),
    "event": N_("What happened"),
    "granted": N_("Recognized"),
    "id": N_("Number"),
    "issued_on": N_("Issued"),
    "issuer": N_("Way"),
    "items": N_("Questions"),
    "joined_at": N_("Joined"),
    "keep": N_("Where you come back to"),
    "kind": N_("Kind"),
    "lapsed_at": N_("Asked for again since"),
    "law_as_of": N_("Law as of"),
    "learned": N_("What you took"),
    "lesson": N_("Lesson"),
    "locale": N_("Language"),
    "locales": N_("Languages"),
    "module": N_("Module"),
    "name": N_("Name"),
    "neutral": N_("Neutral title"),
    "number": N_("Number"),
    "object": N_("About"),
    "organisation_id": N_("Organization"),
    "other": N_("The one that took its place"),
    "out_of": N_("Out of"),
    "passed": N_("Passed"),
    "period": N_("About when"),
    "person_id": N_("Your number"),
    "place": N_("Place"),
    "place_at": N_("Last there"),
    "points": N_("Points"),
    "provider": N_("Where"),
    "question": N_("Question"),
    "reason": N_("Reason"),
    "reply": N_("Answer"),
    "request": N_("Number of the request"),
    "role": N_("Part"),
    "save": N_("Save"),
    "saved": N_("Newest save"),
    "saved_at": N_("Saved"),
    "settings": N_("Reading settings"),
    "sign_in_name": N_("Sign-in name"),
    "specimen": N_("Specimen"),
    "started_at": N_("Begun"),
    "stays_until": N_("Stays on this version until"),
    "submitted_at": N_("Sent"),
    "text": N_("Text"),
    "used_at": N_("Used"),
    "version": N_("Version"),
}


def heading_of(table: str) -> str:
    """Say what a group of facts is."""
    return str(gettext(HEADINGS.get(table, table)))


def label_of(field: str) -> str:
    """Say what a field is."""
    return str(gettext(LABELS.get(field, field)))
