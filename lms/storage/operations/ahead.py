"""Rows that a clock wrote which was ahead and has been put right since.

Left alone they would count for as long as it was ahead: a session and a code would never end, and whoever
had tried too often would wait for a year. Holds no judgement about the clock.
"""

from __future__ import annotations

from sqlalchemy import delete

from lms.storage.database import Tx
from lms.storage.tables.people import mailed_code, session, throttle


def forget(tx: Tx, *, sessions: int, codes: int, throttles: int) -> int:
    """Delete sessions, codes and throttles that lie after these times; return how many."""
    later = (
        delete(session).where(session.c.created_at > sessions),
        delete(mailed_code).where(mailed_code.c.expires_at > codes),
        delete(throttle).where(throttle.c.since > throttles),
    )
    return sum(tx.execute(one).rowcount for one in later)
