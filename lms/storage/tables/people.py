"""Tables of people: who there is; the personal part can be erased."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from lms.storage.tables.columns import id_column, metadata, to, when, whose

organisation = Table(
    "organisation", metadata, id_column(), Column("name", Text, nullable=False), when("created_at")
)

person = Table(
    "person",
    metadata,
    id_column(),
    to("organisation", index=True),
    Column("kind", String(10), nullable=False),  # visitor | member
    when("created_at"),
    when("joined_at", optional=True),  # a visitor whose progress was joined to a member
    when("erased_at", optional=True),
)
role_grant = Table(  # an empty organisation, course or language: all of them
    "role_grant",
    metadata,
    to("person"),
    Column("role", String(10), nullable=False),
    whose(),
    Column("course_id", String(80), nullable=False, server_default=""),
    Column("locale", String(35), nullable=False, server_default=""),
    when(),
    UniqueConstraint("person_id", "role", "organisation_id", "course_id", "locale"),
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
    when("unreachable_at", optional=True),  # a letter to this address failed for good
    when("mail_off_at", optional=True),  # since when no mail is wanted but what an account needs
    Column(
        "mail_key", String(22), index=True
    ),  # what the link in an optional letter carries, once one was sent
)
identity = Table(  # payload; `subject` is a keyed hash of the address or sign-in name, or an outside subject
    "identity",
    metadata,
    id_column(),
    to("person", index=True),
    Column("issuer", Text, nullable=False),  # local:email | local:name | https://…
    Column("subject", Text, nullable=False),
    when("created_at"),
    UniqueConstraint("issuer", "subject"),
)
credential = Table(  # payload
    "credential",
    metadata,
    id_column(),
    to("person", index=True),
    Column("kind", String(20), nullable=False),  # password | recovery
    Column("secret", Text, nullable=False),  # argon2id hash
    when("created_at"),
    when("used_at", optional=True),
)
session = Table(
    "session",
    metadata,
    Column("id", String(64), primary_key=True),  # SHA-256 of the cookie's value, hexadecimal
    to("person", optional=True, index=True),
    Column("device", Text, nullable=False, server_default=""),  # "Firefox on Windows": for one's own list
    Column("keep", Text, nullable=False, server_default="{}"),  # JSON: where to come back to
    to("person", "visitor_id", optional=True, index=True),  # progress that waits for "Was this you?"
    when("created_at"),
    when("ended_at", optional=True),
    Column("longer", BigInteger, nullable=False, server_default="0"),  # than other sessions last, in ms
    Column("was", String(64), index=True),  # the id before the value was changed
    when("renewed_at", optional=True),  # when the changed value came back; empty until then
)
mailed_code = Table(
    "mailed_code",
    metadata,
    id_column(),
    Column("subject", Text, nullable=False, index=True),  # keyed hash of the address
    Column("purpose", String(20), nullable=False),  # sign-in | sign-up | address | password
    Column("secret", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    when("expires_at"),
    when("used_at", optional=True),
)
throttle = Table(
    "throttle",
    metadata,
    Column("key", String(100), primary_key=True),
    Column("count", Integer, nullable=False),
    when("since"),
)
