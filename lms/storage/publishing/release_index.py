"""The release index: what lists and pages know of adopted releases, and which course an address means.

Holds rows in and out; nothing in it is ever changed, and all of it can be made again from the site's files.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import and_, or_, select

from lms.core.locales import Words
from lms.core.publishing.release_head import ReleaseHead
from lms.storage.database import Tx
from lms.storage.statements.upserts import insert_once
from lms.storage.tables.publishing import adopted_release, course_code, release_index


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def add(tx: Tx, head: ReleaseHead) -> bool:
    """Add an adopted release to the index; return False when it is there already."""
    return insert_once(
        tx,
        release_index,
        course_id=head.course,
        version=head.version,
        code=head.code,
        digest=head.digest,
        parent=head.parent,
        change=head.change,
        date=head.date,
        law_as_of=head.law_as_of,
        minutes=head.minutes,
        title=_json(dict(head.title.by_locale)),
        why=_json(dict(head.why.by_locale)),
        locales=_json(head.locales),
        sizes=_json({module: dict(sizes) for module, sizes in head.sizes.items()}),
        named=_json(dict(head.named)),
        files=_json(dict(head.files)),
        outline=head.outline,
    )


def _head(row: Any) -> ReleaseHead:
    return ReleaseHead(
        course=row.course_id,
        version=row.version,
        code=row.code,
        digest=row.digest,
        parent=row.parent,
        change=row.change,
        date=row.date,
        law_as_of=row.law_as_of,
        minutes=row.minutes,
        title=Words(json.loads(row.title)),
        why=Words(json.loads(row.why)),
        locales=tuple(json.loads(row.locales)),
        sizes=json.loads(row.sizes),
        named={name: tuple(places) for name, places in json.loads(row.named).items()},
        files=json.loads(row.files),
        outline=row.outline,
    )


def find(tx: Tx, names: Iterable[tuple[str, str]]) -> tuple[ReleaseHead, ...]:
    """Return what the index knows of these releases (course id, version), in one statement."""
    table = release_index.c
    wanted = [and_(table.course_id == course, table.version == version) for course, version in names]
    rows = tx.execute(select(release_index).where(or_(*wanted))) if wanted else ()
    return tuple(_head(row) for row in rows)


def unlisted(tx: Tx) -> tuple[tuple[str, str], ...]:
    """List (course id, version) of what was adopted and is not in the index yet."""
    same = and_(
        adopted_release.c.course_id == release_index.c.course_id,
        adopted_release.c.version == release_index.c.version,
    )
    query = (
        select(adopted_release.c.course_id, adopted_release.c.version)
        .outerjoin(release_index, same)
        .where(release_index.c.version.is_(None))
        .order_by(adopted_release.c.course_id, adopted_release.c.version)
    )
    return tuple((course, version) for course, version in tx.execute(query))


def course_of(tx: Tx, code: str) -> str:
    """Return the id of the course that a code leads to; '' when it leads nowhere."""
    query = select(course_code.c.course_id).where(course_code.c.code == code)
    return tx.execute(query).scalar() or ""


def claim_code(tx: Tx, code: str, course_id: str) -> bool:
    """Note that a code leads to a course; return False when it leads to another one."""
    insert_once(tx, course_code, code=code, course_id=course_id)
    return course_of(tx, code) == course_id


def hold(tx: Tx, course_id: str) -> None:
    """Hold a course until the transaction ends: whoever else publishes a release of it waits."""
    query = (
        select(course_code.c.code).where(course_code.c.course_id == course_id).order_by(course_code.c.code)
    )
    tx.execute(query.with_for_update()).all()
