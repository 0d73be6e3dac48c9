"""Reports: what learners tell about barriers and faults.

Holds what one is; what may be told, and who reads it, is judged by `actions.learning.feedback`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Report:
    """One report; `person` and `contact` are empty when it is anonymous."""

    id: str
    person: str
    course: str
    version: str
    place: str
    locale: str
    kind: str
    text: str
    contact: str
    at: int
    closed_at: int
