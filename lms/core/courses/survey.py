"""What is asked before a course, after it and three months later: the named tasks of its survey.

Holds shapes only. The questions around the tasks and their scales are interface words; answers are never
linked to a person and are not held here.
"""

from __future__ import annotations

from dataclasses import dataclass

from lms.core.locales import Words


@dataclass(frozen=True, slots=True)
class ConfidenceTask:
    """Something that one does at work, or that gets in the way of it."""

    id: str
    text: Words


@dataclass(frozen=True, slots=True)
class Survey:
    """What `survey.yaml` says."""

    confidence: tuple[ConfidenceTask, ...]  # asked before, after and three months later
    intention: tuple[ConfidenceTask, ...]  # asked after and three months later
    obstacles: tuple[ConfidenceTask, ...]  # asked three months later
