"""Tables of what is published: which seals, current from when."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from lms.storage.tables.columns import id_column, metadata, when

adopted_release = Table(  # one row makes a seal published
    "adopted_release",
    metadata,
    Column("course_id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("digest", String(64), nullable=False),
    when(),
    Column("by", String(26), nullable=False),
)
activation = Table(  # which release is current from when; may be cancelled
    "activation",
    metadata,
    id_column(),
    Column("course_id", String(80), nullable=False, index=True),
    Column("version", String(20), nullable=False),
    when("active_from"),
    when("cancelled_at", optional=True),
    Column("by", String(26), nullable=False),
    when(),
    Index(  # two releases never become current at the same moment
        "uq_activation_moment",
        "course_id",
        "active_from",
        unique=True,
        sqlite_where=text("cancelled_at IS NULL"),
        postgresql_where=text("cancelled_at IS NULL"),
    ),
    Index(  # a version becomes current once
        "uq_activation_version",
        "course_id",
        "version",
        unique=True,
        sqlite_where=text("cancelled_at IS NULL"),
        postgresql_where=text("cancelled_at IS NULL"),
    ),
)
release_index = Table(  # what lists and pages know of an adopted release; can be made again from its files
    "release_index",
    metadata,
    Column("course_id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("code", String(40), nullable=False),  # of the course, in addresses
    Column("digest", String(64), nullable=False),
    Column("parent", String(20), nullable=False),  # '' for the first release
    Column("change", String(20), nullable=False),  # first | editorial | informative | material
    Column("date", String(10), nullable=False),  # on which it was sealed
    Column("law_as_of", String(10), nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("title", Text, nullable=False),  # JSON: {language: title}
    Column("why", Text, nullable=False),  # JSON: {language: reason}
    Column("locales", Text, nullable=False),  # JSON: [language, …]
    Column("sizes", Text, nullable=False),  # JSON: {module code: {language: bytes}}
    Column("named", Text, nullable=False),  # JSON: {"term:id" | "law:id": ["module/lesson", …]}
    Column("files", Text, nullable=False),  # JSON: {path below the site: SHA-256}, the lock included
    Column("outline", LargeBinary, nullable=False),  # the release without its texts (content.seals.outlines)
)
course_code = Table(  # an address leads to one course for ever; its row is the lock of the course
    "course_code",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("course_id", String(80), nullable=False, index=True),
)
approval = Table(  # append-only; for one draft in one language, so that it lapses when the draft changes
    "approval",
    metadata,
    id_column(),
    Column("course_id", String(80), nullable=False),
    Column("locale", String(35), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("by", String(26), nullable=False),
    when(),
    Column("text", String(64), nullable=False, server_default=""),  # blob: the draft that was read
    UniqueConstraint("course_id", "locale", "digest", "by"),
)
typo_mark = Table(  # "nothing but the writing changed in this block", said by a named person
    "typo_mark",
    metadata,
    Column("course_id", String(80), primary_key=True),
    Column("digest", String(64), primary_key=True),  # loose, of the block as it is now
    Column("by", String(26), nullable=False),
    when(),
)
unread_release = Table(  # published by an author who is alone, until somebody else has read it
    "unread_release",
    metadata,
    Column("course_id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("reason", Text, nullable=False),
    Column("locale", String(35), nullable=False),  # language of the reason
    Column("by", String(26), nullable=False),
    when(),
    Column("read_by", String(26), nullable=True),
    when("read_at", optional=True),
)
conformance = Table(  # append-only: what was checked of a release when it was sealed or adopted
    "conformance",
    metadata,
    Column("course_id", String(80), primary_key=True),
    Column("version", String(20), primary_key=True),
    Column("digest", String(64), primary_key=True),  # of the seal
    when(),
    Column("facts", Text, nullable=False),  # JSON (core.checks.conformance.facts)
)
conformance_check = Table(  # append-only but for `named`: what people and browsers have added since
    "conformance_check",
    metadata,
    id_column(),
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("kind", String(20), nullable=False),  # manual | browser
    Column("by", String(26), nullable=False, index=True),
    Column("named", Boolean, nullable=False),  # whether the name of who did it may be shown
    when(),
    Column("facts", Text, nullable=False),  # JSON (core.checks.conformance.additions)
    Index("ix_conformance_check_release", "course_id", "version"),
)
