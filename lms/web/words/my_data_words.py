"""What the fields of "everything about me" are called for people.

Holds words alone; a field that has none is shown under its own name, and a test says so.
"""

from __future__ import annotations

from flask_babel import gettext, pgettext

from lms.rendering.words.marks import N_, NP_

HEADINGS = {
    "account": N_("Your account"),
    "person": N_("Your record"),
    "roles": N_("Your roles"),
    "ways_in": N_("How you sign in"),
    "secrets": N_("Passwords and recovery codes (stored only in a scrambled form)"),
    "sessions": N_("Where you are signed in"),
    "courses": N_("Your courses"),
    "lessons": N_("Lessons you have read"),
    "attempts": N_("Quizzes you started"),
    "answers": N_("Your answers"),
    "marks": N_("Your results"),
    "completions": N_("Courses you completed"),
    "reports": N_("Messages you sent us"),
    "recognitions": N_("Your requests to recognize prior learning"),
    "certificates": N_("Your certificates"),
    "certificate_names": N_("The names on your certificates"),
    "certificate_prints": N_("What is on your certificates"),
    "certificate_events": N_("History of your certificates"),
    "renewals": N_("Refreshers you passed"),
    "renewal_notices": N_("Messages about your certificates"),
    "draft_states": N_("Course files you changed"),
    "conformance_checks": N_("Your accessibility checks"),
    "deeds": N_("Your activity on this site"),
}

LABELS = {
    "about": NP_("field of my data", "About"),
    "answered_at": NP_("field of my data", "Answered on"),
    "at": NP_("field of my data", "Date and time"),
    "attempt_id": NP_("field of my data", "Quiz"),
    "blob": NP_("field of my data", "Digital fingerprint of the file"),
    "by": NP_("field of my data", "Done by"),
    "check": NP_("field of my data", "Quiz"),
    "closed_at": NP_("field of my data", "Closed on"),
    "commitment": NP_("field of my data", "Protected digital fingerprint of the name"),
    "completed_at": NP_("field of my data", "Completed on"),
    "completed_on": NP_("field of my data", "Completed on"),
    "contact": NP_("field of my data", "How to reach you"),
    "content": NP_("field of my data", "Content"),
    "course_id": NP_("field of my data", "Course"),
    "created_at": NP_("field of my data", "Created on"),
    "deed": NP_("field of my data", "Action"),
    "device": NP_("field of my data", "Device"),
    "digest": NP_("field of my data", "Digital fingerprint"),
    "email": NP_("field of my data", "Email address"),
    "ended_at": NP_("field of my data", "Ended on"),
    "enrolment_id": NP_("field of my data", "Course enrolment number"),
    "erased_at": NP_("field of my data", "Erased on"),
    "event": NP_("field of my data", "What happened"),
    "from_version": NP_("field of my data", "From version"),
    "file": NP_("field of my data", "File"),
    "facts": NP_("field of my data", "What you recorded"),
    "granted": NP_("field of my data", "Recognized"),
    "id": NP_("field of my data", "Number"),
    "issued_on": NP_("field of my data", "Issued on"),
    "issuer": NP_("field of my data", "Sign-in method"),
    "items": NP_("field of my data", "Questions"),
    "joined_at": NP_("field of my data", "Combined with your account on"),
    "keep": NP_("field of my data", "Temporary data of this session"),
    "kind": NP_("field of my data", "Type"),
    "lapsed_at": NP_("field of my data", "Required again since"),
    "law_as_of": NP_("field of my data", "Law as of"),
    "learned": NP_("field of my data", "Training you took"),
    "left_out": NP_("field of my data", "Questions on hold, not included in your result"),
    "lesson": NP_("field of my data", "Lesson"),
    "locale": NP_("field of my data", "Language"),
    "locales": NP_("field of my data", "Languages"),
    "mail_key": NP_("field of my data", "Link in optional messages"),
    "mail_off_at": NP_("field of my data", "Optional messages turned off on"),
    "module": NP_("field of my data", "Module"),
    "name": NP_("field of my data", "Name"),
    "named": NP_("field of my data", "Your name is shown"),
    "neutral": NP_("field of my data", "Neutral title"),
    "number": NP_("field of my data", "Number"),
    "object": NP_("field of my data", "About"),
    "organisation_id": NP_("field of my data", "Organization"),
    "other": NP_("field of my data", "Replaced by"),
    "out_of": NP_("field of my data", "Maximum points"),
    "own_device": NP_("field of my data", "Own device"),
    "passed": NP_("field of my data", "Passed"),
    "period": NP_("field of my data", "Approximate date"),
    "person_id": NP_("field of my data", "Your identification number"),
    "place": NP_("field of my data", "Page or section"),
    "place_at": NP_("field of my data", "Last visit"),
    "points": NP_("field of my data", "Points"),
    "provider": NP_("field of my data", "Organization or school"),
    "question": NP_("field of my data", "Question"),
    "reason": NP_("field of my data", "Reason"),
    "reply": NP_("field of my data", "Answer"),
    "request": NP_("field of my data", "Request number"),
    "role": NP_("field of my data", "Role"),
    "save": NP_("field of my data", "Save number"),
    "saved": NP_("field of my data", "Latest save number"),
    "print": NP_("field of my data", "Languages of the document"),
    "saved_at": NP_("field of my data", "Saved on"),
    "seq": NP_("field of my data", "Sequence number"),
    "settings": NP_("field of my data", "Reading settings"),
    "sign_in_name": NP_("field of my data", "Sign-in name"),
    "unreachable_at": NP_("field of my data", "Message not delivered to this address on"),
    "specimen": NP_("field of my data", "Specimen"),
    "started_at": NP_("field of my data", "Started on"),
    "stays_until": NP_("field of my data", "You keep this version until"),
    "submitted_at": NP_("field of my data", "Sent on"),
    "text": NP_("field of my data", "Text"),
    "used_at": NP_("field of my data", "Used on"),
    "version": NP_("field of my data", "Version"),
}


#: Fields that hold a day as YYYY-MM-DD.
DATES = frozenset({"law_as_of", "completed_on", "issued_on"})


def heading_of(table: str) -> str:
    """Return what a group of facts is."""
    return str(gettext(HEADINGS.get(table, table)))


def label_of(field: str) -> str:
    """Return what a field is."""
    return str(pgettext("field of my data", LABELS[field])) if field in LABELS else field
