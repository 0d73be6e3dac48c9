"""Tables of certificates: facts that stay, a payload that can be erased."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    PrimaryKeyConstraint,
    String,
    Table,
    Text,
)

from lms.storage.tables.columns import id_column, metadata, to, when

certificate = Table(
    "certificate",
    metadata,
    Column("number", String(26), primary_key=True),  # 128 random bits
    to("organisation"),
    to("person", index=True),
    to("enrolment", index=True),
    Column("course_id", String(80), nullable=False),
    Column("version", String(20), nullable=False),
    Column("law_as_of", String(10), nullable=False),
    Column("completed_on", String(10), nullable=False),
    Column("issued_on", String(10), nullable=False),
    Column("locales", String(80), nullable=False),  # "en", "fr" or "en fr"
    Column("neutral", Boolean, nullable=False),
    Column("issuer", Text, nullable=False, server_default=""),  # '' only of what was erased before it was one
    Column("specimen", Boolean, nullable=False),
    Column("request", String(26), nullable=False, unique=True),  # one press, one certificate
    # Which one it is of its enrolment, from 1: what came last is never asked of a clock.
    Column("seq", Integer, nullable=False, server_default="0"),
    when(),
    Index("uq_certificate_enrolment_id_seq", "enrolment_id", "seq", unique=True),
)
certificate_event = Table(  # append-only
    "certificate_event",
    metadata,
    id_column(),
    Column("number", String(26), ForeignKey("certificate.number"), nullable=False, index=True),
    # made | making-failed | making-again | superseded | revoked | restored | erased
    Column("event", String(20), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("digest", String(64), nullable=False, server_default=""),  # of the PDF, for `made`
    Column("other", String(26), nullable=False, server_default=""),  # the certificate that supersedes
    Column("print", String(80), nullable=False, server_default=""),  # languages of a print, '' as issued
    Column("by", String(26), nullable=False),
    Column("seq", Integer, nullable=False, server_default="0"),  # which one it is of its certificate, from 1
    when(),
    Index("uq_certificate_event_number_seq", "number", "seq", unique=True),
)
certificate_payload = Table(  # payload
    "certificate_payload",
    metadata,
    Column("number", String(26), ForeignKey("certificate.number"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("commitment", String(64), nullable=False),  # keyed hash of the folded name: to check a name
)
certificate_print = Table(  # payload: one for each choice of languages, all of them under one number
    "certificate_print",
    metadata,
    Column("number", String(26), ForeignKey("certificate.number"), primary_key=True),
    Column("locales", String(80), primary_key=True),  # "en", "fr" or "en fr"
    Column("content", Text, nullable=False),  # JSON of core.certificates.certificate: all that is printed
    Column(
        "blob", String(64), nullable=False, server_default="", index=True
    ),  # SHA-256 of the PDF, once made
)
renewal = Table(  # append-only: a refresher that was passed
    "renewal",
    metadata,
    id_column(),  # of the attempt, or of the press where nothing was asked
    to("enrolment"),
    Column("from_version", String(20), nullable=False),
    Column("version", String(20), nullable=False),
    Column("seq", Integer, nullable=False),  # which one it is of its enrolment, from 1
    when(),
    Index("uq_renewal_enrolment_id_seq", "enrolment_id", "seq", unique=True),
)
renewal_notice = Table(  # append-only: this holder has been told of the change that this release brought
    "renewal_notice",
    metadata,
    Column("number", String(26), ForeignKey("certificate.number"), nullable=False),
    Column("version", String(20), nullable=False),
    when(),
    PrimaryKeyConstraint("number", "version"),
)
