"""Tables of learning: what was read, answered and completed."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from lms.storage.tables.columns import id_column, metadata, to, when, whose

enrolment = Table(
    "enrolment",
    metadata,
    id_column(),
    to("organisation"),
    to("person"),
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),  # the release this learner is pinned to
    Column("locale", String(35), nullable=False),  # content language last used
    Column("place", Text, nullable=False, server_default=""),  # "m2/l1#s3"
    when("created_at"),
    when("place_at", optional=True),
    when("completed_at", optional=True),
    when("stays_until", optional=True),  # has chosen to finish this release before a material change
    UniqueConstraint("person_id", "course_id"),
)
lesson_read = Table(
    "lesson_read",
    metadata,
    to("enrolment"),
    Column("module", String(80), nullable=False),  # module id
    Column("lesson", String(80), nullable=False),  # lesson id
    Column("digest", String(64), nullable=False),  # of the lesson that was read
    Column("locale", String(35), nullable=False),
    when(),
    when("lapsed_at", optional=True),  # touched by a material change after it was read
    UniqueConstraint("enrolment_id", "module", "lesson"),
)
attempt = Table(
    "attempt",
    metadata,
    id_column(),  # may be made by the browser
    to("enrolment", index=True),
    Column("check", String(80), nullable=False),  # module id, or "final"
    Column("version", String(20), nullable=False),  # the release whose questions are asked
    Column("digest", String(64), nullable=False),  # of the quiz (or of the release, for the final check)
    Column("items", Text, nullable=False),  # JSON: [{"module", "question", "order": {...}}, ...]
    Column("saved", Integer, nullable=False, server_default="0"),  # number of the newest save
    when("started_at"),
    when("submitted_at", optional=True),
    when("lapsed_at", optional=True),  # a material change asks for this check again
    Index(  # one open attempt a check, whoever presses twice
        "uq_attempt_open",
        "enrolment_id",
        "check",
        unique=True,
        sqlite_where=text("submitted_at IS NULL"),
        postgresql_where=text("submitted_at IS NULL"),
    ),
)
answer = Table(  # payload
    "answer",
    metadata,
    to("attempt"),
    Column("question", String(80), nullable=False),
    Column("reply", Text, nullable=False),  # JSON of core.courses.quiz.Reply
    Column("save", Integer, nullable=False),  # higher numbers win
    when("saved_at"),
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
    Column(
        "left_out", Text, nullable=False, server_default="[]"
    ),  # JSON: questions on hold that do not count
    when(),
)
completion = Table(  # append-only
    "completion",
    metadata,
    Column("enrolment_id", String(26), ForeignKey("enrolment.id"), primary_key=True),
    Column("version", String(20), nullable=False),
    Column("attempt_id", String(26), ForeignKey("attempt.id"), nullable=False),
    when(),
)
barrier_report = Table(  # "Wrong, unclear or not accessible? Tell us"
    "barrier_report",
    metadata,
    id_column(),
    to("organisation"),
    to("person", optional=True, index=True),  # empty when anonymous
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),
    Column("place", Text, nullable=False),  # "m2/l1#s3" or a page name
    Column("locale", String(35), nullable=False),
    Column("kind", String(20), nullable=False),  # wrong | unclear | barrier | other
    Column("text", Text, nullable=False),
    Column("contact", Text, nullable=False, server_default=""),
    when(),
    when("closed_at", optional=True),
)
survey_response = Table(  # answers that lead to nobody: no person, no time but the quarter (ADR 0040)
    "survey_response",
    metadata,
    id_column(),  # 128 random bits
    to("organisation"),
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
    id_column(),
    to("organisation"),
    to("person", index=True),
    Column("course_id", String(80), nullable=False),  # whose place it takes
    Column("learned", Text, nullable=False),
    Column("provider", Text, nullable=False),
    Column("period", Text, nullable=False),
    when(),
    when("answered_at", optional=True),
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
    id_column(),
    Column("kind", String(40), nullable=False),  # help-line-unchecked | statement-review | barrier-report | …
    Column("about", Text, nullable=False),
    whose(),
    Column("course_id", String(80), nullable=False, server_default=""),
    Column("locale", String(35), nullable=False, server_default=""),
    when("opened_at"),
    when("closed_at", optional=True),
    UniqueConstraint("kind", "about"),
)
