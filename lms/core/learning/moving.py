"""Moving a learner to a newer release: what stays, what is asked again.

Editorial and informative changes take nothing back: a lesson with new words stays read and says that it was
updated, a lesson that is new in a module that was done is not asked for. A material change asks again only
for what it touched. No answer is ever lost.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from lms.core.courses.course import Module, Release
from lms.core.learning.progress import FINAL, LearnerRecord, progress_of
from lms.core.publishing.change import ChangeClass, change_between, change_called

DAYS_TO_FINISH = 90  # on the old release, for whoever chooses so


@dataclass(frozen=True, slots=True)
class Plan:
    """What a move writes: lessons that are not asked for, and lessons and checks that are asked again."""

    change: ChangeClass
    credited: tuple[tuple[str, str], ...] = ()
    lessons: tuple[tuple[str, str], ...] = ()
    checks: tuple[str, ...] = ()


def is_newer(version: str, *, than: str) -> bool:
    """Return whether a version comes after another one.

    >>> is_newer("1.10.0", than="1.9.0"), is_newer("1.0.0", than="1.0.0")
    (True, False)
    """
    return _numbers(version) > _numbers(than)


def _numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def change_for(old: Release, new: Release) -> ChangeClass:
    """Return how much a move changes; the class that people gave to a direct successor counts."""
    said = change_called(new.change) if new.parent == old.version else None
    return change_between(old, new) if said is None else said


def plan(old: Release, new: Release, facts: LearnerRecord) -> Plan:
    """Plan the move of one learner."""
    change = change_for(old, new)
    before = {entry.module.id: entry for entry in progress_of(old, facts).modules}
    touched = _touched(old, new) if change is ChangeClass.MATERIAL else frozenset()
    credited = tuple(
        (module.id, lesson.id)
        for module in new.modules
        if module.id not in touched and module.id in before and before[module.id].done
        for lesson in module.lessons
        if (module.id, lesson.id) not in facts.read
    )
    lessons = tuple(
        (module.id, lesson.id)
        for module in new.modules
        if module.id in touched
        for lesson in module.lessons
        if facts.read.get((module.id, lesson.id), lesson.digest) != lesson.digest
    )
    checks = tuple(sorted(touched | {FINAL})) if touched else ()  # those under way, too
    return Plan(change, credited, lessons, checks)


def _touched(old: Release, new: Release) -> frozenset[str]:
    """Return the modules that a material change touches; every module when it is a rule of the course."""
    before = {module.id: module for module in old.modules}
    same = [module for module in new.modules if module.id in before]
    touched = frozenset(module.id for module in same if _is_touched(old, new, before[module.id], module))
    rules = old.course.pass_mark, old.course.final_items
    return (
        touched if touched or rules == (new.course.pass_mark, new.course.final_items) else frozenset({FINAL})
    )


def _is_touched(old: Release, new: Release, before: Module, after: Module) -> bool:
    one = replace(old, modules=(before,))
    other = replace(new, modules=(after,), course=old.course)
    return change_between(one, other) is ChangeClass.MATERIAL
