"""Where a learner stands: judged from what happened, never kept.

A module is done when its lessons are read and its check is passed; a course is complete when every module is
done and the final check is passed, and stays complete. Only a material change can ask for anything again
(see `Facts`). Holds no learner and no clock.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from lms.core.courses.course import Lesson, Module, Release
from lms.core.courses.durations import check_minutes, final_minutes, lesson_minutes, minutes_from

FINAL = "final"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Something to say, as a code with parameters: `progress.quiz-left` with {"module": 4, "modules": 8}."""

    code: str
    params: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LearnerRecord:
    """What happened.

    `read` gives, by module and lesson id, the digest of what was read; an empty one means that the lesson
    came after its module was done, and is not asked for. `passed` holds module ids and `final`; `place` is
    "module code/lesson code#anchor". `tried` says that a quiz was begun, whatever came of it.
    """

    read: Mapping[tuple[str, str], str] = field(default_factory=dict)
    passed: frozenset[str] = frozenset()
    completed: bool = False
    place: str = ""
    tried: bool = False


@dataclass(frozen=True, slots=True)
class LessonProgress:
    """One lesson: asked for or not; changed since it was read; or new, after its module was done.

    `read` says that it is not asked for (any more); a `new` lesson counts so, too, and was never opened.
    """

    lesson: Lesson
    read: bool
    updated: bool
    new: bool = False

    @property
    def state(self) -> str:
        """Name the state for a word and a shape beside it."""
        if self.new:
            return "new"
        return "updated" if self.updated else "read" if self.read else "left"


@dataclass(frozen=True, slots=True)
class ModuleProgress:
    """One module, counted from 1."""

    module: Module
    number: int
    lessons: tuple[LessonProgress, ...]
    check_passed: bool

    @property
    def lessons_left(self) -> int:
        """Count what is still to read."""
        return sum(not lesson.read for lesson in self.lessons)

    @property
    def done(self) -> bool:
        """Return whether lessons are read and the check is passed."""
        return self.check_passed and not self.lessons_left

    @property
    def state(self) -> str:
        """Name the state for a word and a shape beside it."""
        if self.done:
            return "done"
        return "left" if self.lessons_left else "quiz"

    @property
    def minutes_left(self) -> int:
        """Add up what is still to do."""
        reading = sum(lesson_minutes(entry.lesson) for entry in self.lessons if not entry.read)
        return reading + (0 if self.check_passed else check_minutes(self.module.quiz.draw))


@dataclass(frozen=True, slots=True)
class Next:
    """What to do next: `lesson`, `check`, `final` or `complete`; `minutes` is how long that takes."""

    kind: str
    module: str = ""  # code
    lesson: str = ""  # code
    anchor: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Progress:
    """The whole of it."""

    release: Release
    modules: tuple[ModuleProgress, ...]
    final_passed: bool
    complete: bool
    place: str
    tried: bool = False

    @property
    def begun(self) -> bool:
        """Return whether anything was done, be it a quiz that was not passed."""
        return bool(self.steps_done or self.place or self.tried)

    @property
    def steps(self) -> int:
        """Count all steps: each lesson, each check, the final check."""
        return sum(len(module.lessons) + 1 for module in self.modules) + 1

    @property
    def steps_done(self) -> int:
        """Count the steps done."""
        read = sum(len(module.lessons) - module.lessons_left + module.check_passed for module in self.modules)
        return self.steps if self.complete else read + self.final_passed

    @property
    def modules_done(self) -> bool:
        """Return whether only the final check can be left."""
        return all(module.done for module in self.modules)

    @property
    def minutes_left(self) -> int:
        """Add up what is still to do, in minutes."""
        if self.complete:
            return 0
        final = 0 if self.final_passed else final_minutes(self.release)
        return sum(module.minutes_left for module in self.modules) + final

    def module(self, code: str) -> ModuleProgress | None:
        """Find a module by its opaque code."""
        return next((entry for entry in self.modules if entry.module.code == code), None)

    def next(self) -> Next:
        """Return what to do next, beginning where the learner was, and how long that takes."""
        step = _step(self)
        if step.kind == "lesson":
            found = self.release.lesson(step.module, step.lesson)
            return replace(step, minutes=minutes_from(found[1], step.anchor) if found else 0)
        if step.kind == "complete":
            return step
        module = self.module(step.module)
        minutes = check_minutes(module.module.quiz.draw) if module else final_minutes(self.release)
        return replace(step, minutes=minutes)

    @property
    def phrase(self) -> Phrase:
        """Put the progress in words, as a code with numbers."""
        return _phrase(self, _step(self))


def progress_of(release: Release, facts: LearnerRecord) -> Progress:
    """Judge where somebody stands in a release."""
    modules = tuple(_module(module, number, facts) for number, module in enumerate(release.modules, start=1))
    final_passed = FINAL in facts.passed
    complete = facts.completed or (final_passed and all(module.done for module in modules))
    return Progress(release, modules, final_passed, complete, facts.place, facts.tried)


def _module(module: Module, number: int, facts: LearnerRecord) -> ModuleProgress:
    lessons = []
    for lesson in module.lessons:
        digest = facts.read.get((module.id, lesson.id))
        is_new = digest == ""
        has_changed = digest is not None and not is_new and digest != lesson.digest
        lessons.append(LessonProgress(lesson, digest is not None, has_changed, is_new))
    return ModuleProgress(module, number, tuple(lessons), module.id in facts.passed)


def _undone(module: ModuleProgress, first: str) -> Iterator[Next]:
    """Go through what is left of a module: from a lesson on, then the lessons before it, then the check."""
    code = module.module.code
    codes = [entry.lesson.code for entry in module.lessons]
    here = codes.index(first) if first in codes else 0
    for entry in (*module.lessons[here:], *module.lessons[:here]):
        if not entry.read:
            yield Next("lesson", code, entry.lesson.code)
    if not module.check_passed:
        yield Next("check", code)


def _step(at: Progress) -> Next:
    if at.complete:
        return Next("complete")
    module_code, _, rest = at.place.partition("/")
    lesson_code, _, anchor = rest.partition("#")
    here = next((n for n, entry in enumerate(at.modules) if entry.module.code == module_code), 0)
    for entry in (*at.modules[here:], *at.modules[:here]):
        for step in _undone(entry, lesson_code if entry is at.modules[here] else ""):
            is_there = (step.module, step.lesson) == (module_code, lesson_code)
            return replace(step, anchor=anchor) if is_there else step
    return Next(FINAL)


def _phrase(at: Progress, step: Next) -> Phrase:
    modules = len(at.modules)
    if step.kind == "complete":
        return Phrase("progress.complete")
    if not at.begun:
        return Phrase("progress.not-started", {"modules": modules})
    module = at.module(step.module)
    if module is None:
        return Phrase("progress.final-left", {"modules": modules})
    where = {"module": module.number, "modules": modules}
    if module.lessons_left:
        return Phrase("progress.lessons-left", {**where, "left": module.lessons_left})
    return Phrase("progress.quiz-left", where)
