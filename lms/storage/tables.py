"""Every table of the database.

Facts (what happened) and payloads (what is personal) are kept apart: facts are append-only, payloads can be
erased. No lesson text is kept here. Times are whole milliseconds since 1970 UTC; ids are made by
`core.ids`. Only `storage` reads these.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", String(26), primary_key=True)


def _when(name: str = "at", *, optional: bool = False) -> Column[int]:
    return Column(name, BigInteger, nullable=optional)


def _to(table: str, name: str = "", *, optional: bool = False, index: bool = False) -> Column[str]:
    column = ForeignKey(f"{table}.id")
    return Column(name or f"{table}_id", String(26), column, nullable=optional, index=index)


# --- people: who there is; the personal part can be erased ----------------------------------------
organisation = Table(
    "organisation", metadata, _id(), Column("name", Text, nullable=False), _when("created_at")
)

person = Table(
    "person",
    metadata,
    _id(),
    _to("organisation", index=True),
    Column("kind", String(10), nullable=False),  # visitor | member
    _when("created_at"),
    _when("joined_at", optional=True),  # a visitor whose progress was joined to a member
    _when("erased_at", optional=True),
)
person_role = Table(
    "person_role",
    metadata,
    _to("person"),
    Column("role", String(10), nullable=False),
    _when(),
    UniqueConstraint("person_id", "role"),
)
profile = Table(  # payload
    "profile",
    metadata,
    Column("person_id", String(26), ForeignKey("person.id"), primary_key=True),
    Column("name", Text, nullable=False),  # the name to be called
    Column("email", Text),
    Column("sign_in_name", Text),
    Column("locale", String(35), nullable=False),  # interface language
    Column("settings", Text, nullable=False, server_default="{}"),  # reader settings, JSON
)
identity = Table(  # payload; `subject` is a keyed hash of the address or sign-in name, or an outside subject
    "identity",
    metadata,
    _id(),
    _to("person", index=True),
    Column("issuer", Text, nullable=False),  # local:email | local:name | https://…
    Column("subject", Text, nullable=False),
    _when("created_at"),
    UniqueConstraint("issuer", "subject"),
)
credential = Table(  # payload
    "credential",
    metadata,
    _id(),
    _to("person", index=True),
    Column("kind", String(20), nullable=False),  # password | recovery
    Column("secret", Text, nullable=False),  # argon2id hash
    _when("created_at"),
    _when("used_at", optional=True),
)
session = Table(
    "session",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of the cookie's value, hexadecimal
    _to("person", optional=True, index=True),
    Column("device", Text, nullable=False, server_default=""),  # "Firefox on Windows": for one's own list
    Column("keep", Text, nullable=False, server_default="{}"),  # JSON: where to come back to
    _to("person", "visitor_id", optional=True),  # progress that waits for "Was this you?"
    _when("created_at"),
    _when("ended_at", optional=True),
)
mailed_code = Table(
    "mailed_code",
    metadata,
    _id(),
    Column("subject", Text, nullable=False, index=True),  # keyed hash of the address
    Column("purpose", String(20), nullable=False),  # sign-in | sign-up | address | password
    Column("secret", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    _when("expires_at"),
    _when("used_at", optional=True),
)
throttle = Table(
    "throttle",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("count", Integer, nullable=False),
    _when("since"),
)

# --- what is published ------------------------------------------------------------------------------
adopted_release = Table(  # one row makes a seal published
    "adopted_release",
    metadata,
    Column("course_id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("digest", String(64), nullable=False),
    _when(),
    Column("by", String(26), nullable=False),
)
activation = Table(  # which release is current from when; may be cancelled
    "activation",
    metadata,
    _id(),
    Column("course_id", String(80), nullable=False, index=True),
    Column("version", String(20), nullable=False),
    _when("active_from"),
    _when("cancelled_at", optional=True),
    Column("by", String(26), nullable=False),
    _when(),
)

# --- learning ---------------------------------------------------------------------------------------
enrolment = Table(
    "enrolment",
    metadata,
    _id(),
    _to("organisation"),
    _to("person"),
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),  # the release this learner is pinned to
    Column("locale", String(35), nullable=False),  # content language last used
    Column("place", Text, nullable=False, server_default=""),  # "m2/l1#s3"
    _when("created_at"),
    _when("place_at", optional=True),
    _when("completed_at", optional=True),
    _when("stays_until", optional=True),  # has chosen to finish this release before a material change
    UniqueConstraint("person_id", "course_id"),
)
lesson_read = Table(
    "lesson_read",
    metadata,
    _to("enrolment"),
    Column("module", String(80), nullable=False),  # module id
    Column("lesson", String(80), nullable=False),  # lesson id
    Column("digest", String(64), nullable=False),  # of the lesson that was read
    Column("locale", String(35), nullable=False),
    _when(),
    _when("lapsed_at", optional=True),  # touched by a material change after it was read
    UniqueConstraint("enrolment_id", "module", "lesson"),
)
attempt = Table(
    "attempt",
    metadata,
    _id(),  # may be made by the browser
    _to("enrolment", index=True),
    Column("check", String(80), nullable=False),  # module id, or "final"
    Column("version", String(20), nullable=False),  # the release whose questions are asked
    Column("digest", String(64), nullable=False),  # of the quiz (or of the release, for the final check)
    Column("items", Text, nullable=False),  # JSON: [{"module", "question", "order": {...}}, ...]
    Column("saved", Integer, nullable=False, server_default="0"),  # number of the newest save
    _when("started_at"),
    _when("submitted_at", optional=True),
    _when("closed_at", optional=True),  # given up for a new one
    _when("lapsed_at", optional=True),  # a material change asks for this check again
    Index(  # one open attempt a check, whoever presses twice
        "uq_attempt_open",
        "enrolment_id",
        "check",
        unique=True,
        sqlite_where=text("submitted_at IS NULL AND closed_at IS NULL"),
        postgresql_where=text("submitted_at IS NULL AND closed_at IS NULL"),
    ),
)
answer = Table(  # payload
    "answer",
    metadata,
    _to("attempt"),
    Column("question", String(80), nullable=False),
    Column("reply", Text, nullable=False),  # JSON of core.quiz.Reply
    Column("save", Integer, nullable=False),  # higher numbers win
    _when("saved_at"),
    UniqueConstraint("attempt_id", "question"),
)
mark = Table(  # append-only
    "mark",
    metadata,
    Column("attempt_id", String(26), ForeignKey("attempt.id"), primary_key=True),
    Column("points", Text, nullable=False),  # exact: "9/2"
    Column("out_of", Integer, nullable=False),
    Column("passed", Boolean, nullable=False),
    Column("items", Text, nullable=False),  # JSON: {question id: "1" | "1/2" | "0"}
    _when(),
)
completion = Table(  # append-only
    "completion",
    metadata,
    Column("enrolment_id", String(26), ForeignKey("enrolment.id"), primary_key=True),
    Column("version", String(20), nullable=False),
    Column("attempt_id", String(26), ForeignKey("attempt.id"), nullable=False),
    _when(),
)
barrier_report = Table(  # "Wrong, unclear or not accessible? Tell us"
    "barrier_report",
    metadata,
    _id(),
    _to("organisation"),
    _to("person", optional=True),  # empty when anonymous
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),
    Column("place", Text, nullable=False),  # "m2/l1#s3" or a page name
    Column("locale", String(35), nullable=False),
    Column("kind", String(20), nullable=False),  # wrong | unclear | barrier | other
    Column("text", Text, nullable=False),
    Column("contact", Text, nullable=False, server_default=""),
    _when(),
    _when("closed_at", optional=True),
)
survey_response = Table(  # answers that lead to nobody: no person, no time but the quarter (ADR 0040)
    "survey_response",
    metadata,
    _id(),  # 128 random bits
    _to("organisation"),
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),
    Column("moment", String(10), nullable=False),  # before | after | later
    Column("cohort", String(7), nullable=False),  # 2026-Q4
    Column("answers", Text, nullable=False),  # JSON: {"confidence": {task id: 1..5}, …}
    sqlite_with_rowid=False,  # rows lie in the order of their ids, so nothing tells who came first
)
recognition = Table(  # earlier learning in the place of a course; what was told is payload
    "recognition",
    metadata,
    _id(),
    _to("organisation"),
    _to("person", index=True),
    Column("course_id", String(80), nullable=False),  # whose place it takes
    Column("learned", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("period", Text, nullable=False),
    _when(),
    _when("answered_at", optional=True),
    Column("granted", Boolean),
    Column("reason", Text, nullable=False, server_default=""),
    Column("by", String(26), nullable=False, server_default=""),
    Index(  # one waits, whoever presses twice
        "uq_recognition_waiting",
        "person_id",
        "course_id",
        unique=True,
        sqlite_where=text("answered_at IS NULL"),
        postgresql_where=text("answered_at IS NULL"),
    ),
)
task = Table(  # something a person should look at
    "task",
    metadata,
    _id(),
    Column("kind", String(40), nullable=False),  # help-line-unchecked | statement-review | barrier-report | …
    Column("about", Text, nullable=False),
    _when("opened_at"),
    _when("closed_at", optional=True),
    UniqueConstraint("kind", "about"),
)

# --- certificates: facts for ever, payload erasable ----------------------------------------------------
certificate = Table(
    "certificate",
    metadata,
    Column("number", String(26), primary_key=True),  # 128 random bits
    _to("organisation"),
    _to("person", index=True),
    _to("enrolment", index=True),
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),
    Column("law_as_of", String(10), nullable=False),
    Column("completed_on", String(10), nullable=False),
    Column("issued_on", String(10), nullable=False),
    Column("locales", String(80), nullable=False),  # "en", "fr" or "en fr"
    Column("neutral", Boolean, nullable=False),
    Column("specimen", Boolean, nullable=False),
    Column("request", String(26), nullable=False, unique=True),  # one press, one certificate
    _when(),
)
certificate_event = Table(  # append-only
    "certificate_event",
    metadata,
    _id(),
    Column("number", String(26), ForeignKey("certificate.number"), nullable=False, index=True),
    # made | superseded | revoked | restored | renewal-due | erased
    Column("event", String(20), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("digest", String(64), nullable=False, server_default=""),  # of the PDF, for `made`
    Column("other", String(26), nullable=False, server_default=""),  # the certificate that supersedes
    Column("by", String(26), nullable=False),
    _when(),
)
certificate_payload = Table(  # payload
    "certificate_payload",
    metadata,
    Column("number", String(26), ForeignKey("certificate.number"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("content", Text, nullable=False),  # JSON of core.certificate: everything that is printed
    Column("blob", String(64), nullable=False, server_default=""),  # SHA-256 of the PDF, once made
    Column("commitment", String(64), nullable=False),  # keyed hash of the folded name: to check a name
)

# --- machinery -------------------------------------------------------------------------------------------
job = Table(
    "job",
    metadata,
    _id(),
    Column("kind", String(40), nullable=False),
    Column("key", String(120), nullable=False, unique=True),  # doing it twice is impossible
    Column("payload", Text, nullable=False),  # JSON; emptied when done
    Column("tries", Integer, nullable=False, server_default="0"),
    _when("run_at"),
    _when("lease_until", optional=True),
    _when("done_at", optional=True),
    _when("failed_at", optional=True),
    Column("error", Text, nullable=False, server_default=""),
    Index("ix_job_waiting", "done_at", "failed_at", "run_at"),
)
audit = Table(  # append-only; opaque ids and keyed commitments, never a name
    "audit",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    _when(),
    Column("actor", String(26), nullable=False),
    Column("deed", String(60), nullable=False),
    Column("object", Text, nullable=False),
    Column("commitment", String(64), nullable=False, server_default=""),
)
audit_chain = Table(  # made by a job over committed rows
    "audit_chain",
    metadata,
    Column("seq", Integer, ForeignKey("audit.seq"), primary_key=True),
    Column("digest", String(64), nullable=False),
)
idempotency = Table(  # one press, one deed
    "idempotency",
    metadata,
    Column("key", String(80), primary_key=True),
    Column("result", Text, nullable=False),
    _when(),
)
search_entry = Table(  # what the full-text index points at; made again from files at every adoption
    "search_entry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("course_id", String(80), nullable=False, index=True),
    Column("version", String(20), nullable=False),
    Column("locale", String(35), nullable=False),
    Column("kind", String(20), nullable=False),  # lesson | term | law | page
    Column("address", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("stems", Text, nullable=False),
)
key_check = Table(  # proves that the keys folder belongs to this database
    "key_check",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("digest", LargeBinary, nullable=False),
)
