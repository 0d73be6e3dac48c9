"""Standing is judged from what happened, says what comes next, and never goes down by what a learner does."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.core.courses.course import Release
from lms.core.learning.progress import LearnerRecord, Next, progress_of
from tests import builders_learning as make

RELEASE = make.release()
LESSONS = {(m.id, one.id): one.digest for m in RELEASE.modules for one in m.lessons}
CHECKS = frozenset({"m1", "m2", "final"})

reads = st.sets(st.sampled_from(sorted(LESSONS))).map(lambda keys: {key: LESSONS[key] for key in keys})
passes = st.sets(st.sampled_from(sorted(CHECKS))).map(frozenset)
places = st.sampled_from(["", "m1/l1", "m1/l2#s1", "m2/l1#s2", "gone/l9", "m2"])


def test_at_the_beginning() -> None:
    at = progress_of(RELEASE, LearnerRecord())
    assert at.next() == Next("lesson", "m1", "l1", "", 8)
    assert at.phrase.code == "progress.not-started"
    assert (at.steps, at.steps_done, at.complete) == (7, 0, False)
    assert at.minutes_left == 4 * 8 + 3 + 3 + 4
    assert at.modules[0].state == "left"


def test_a_quiz_that_was_begun_is_a_beginning() -> None:
    at = progress_of(RELEASE, LearnerRecord(tried=True))
    assert at.begun
    assert at.phrase.code == "progress.lessons-left"
    assert at.phrase.params == {"module": 1, "modules": 2, "left": 2}
    assert (at.steps_done, at.next().kind) == (0, "lesson")


def test_lessons_left_then_quiz_left_then_the_next_module() -> None:
    one = progress_of(RELEASE, LearnerRecord({("m1", "l1"): "m1-l1"}, place="m1/l1#s2"))
    assert one.phrase.params == {"module": 1, "modules": 2, "left": 1}
    assert one.next() == Next("lesson", "m1", "l2", "", 8)
    both = progress_of(RELEASE, LearnerRecord({("m1", "l1"): "m1-l1", ("m1", "l2"): "m1-l2"}))
    assert both.phrase.code == "progress.quiz-left"
    assert both.next() == Next("check", "m1", minutes=3)
    assert both.modules[0].state == "quiz"
    done = progress_of(
        RELEASE, LearnerRecord({("m1", "l1"): "m1-l1", ("m1", "l2"): "m1-l2"}, frozenset({"m1"}))
    )
    assert done.next() == Next("lesson", "m2", "l1", "", 8)
    assert done.modules[0].state == "done"


def test_one_goes_on_where_one_was() -> None:
    at = progress_of(RELEASE, LearnerRecord(place="m2/l2#s2"))
    assert at.next() == Next("lesson", "m2", "l2", "s2", 4)
    assert at.phrase.params["module"] == 2
    later = progress_of(
        RELEASE, LearnerRecord({("m2", "l1"): "x", ("m2", "l2"): "x"}, frozenset({"m2"}), place="m2/l2")
    )
    assert later.next().module == "m1"
    skipped = progress_of(RELEASE, LearnerRecord({("m1", "l2"): "m1-l2"}, place="m1/l2#s9"))
    assert skipped.next() == Next("lesson", "m1", "l1", "", 8)


def test_the_final_check_comes_last_and_completes() -> None:
    at = progress_of(RELEASE, LearnerRecord(LESSONS, CHECKS - {"final"}))
    assert at.modules_done
    assert at.next() == Next("final", minutes=4)
    assert at.phrase.code == "progress.final-left"
    done = progress_of(RELEASE, LearnerRecord(LESSONS, CHECKS))
    assert (done.complete, done.next().kind, done.phrase.code) == (
        True,
        "complete",
        "progress.complete",
    )
    assert (done.steps_done, done.minutes_left) == (done.steps, 0)


def test_the_final_check_alone_completes_nothing() -> None:
    at = progress_of(RELEASE, LearnerRecord({}, frozenset({"final"})))
    assert not at.complete
    assert at.minutes_left == 4 * 8 + 6


def test_a_lesson_that_changed_stays_read_and_says_so() -> None:
    at = progress_of(RELEASE, LearnerRecord({("m1", "l1"): "older", ("m1", "l2"): "m1-l2"}))
    assert [entry.state for entry in at.modules[0].lessons] == ["updated", "read"]
    assert at.modules[0].lessons_left == 0
    assert at.modules[1].lessons[0].state == "left"


def test_a_lesson_that_came_after_its_module_was_done_is_new_and_not_asked_for() -> None:
    at = progress_of(RELEASE, LearnerRecord({("m1", "l1"): "", ("m1", "l2"): "m1-l2"}, frozenset({"m1"})))
    assert [entry.state for entry in at.modules[0].lessons] == ["new", "read"]
    assert (at.modules[0].lessons[0].updated, at.modules[0].done) == (False, True)


def test_whoever_is_complete_stays_complete() -> None:
    at = progress_of(RELEASE, LearnerRecord(completed=True))
    assert (at.complete, at.minutes_left, at.steps_done) == (True, 0, at.steps)


def test_modules_are_found_by_code() -> None:
    at = progress_of(RELEASE, LearnerRecord())
    assert at.module("m2") is at.modules[1]
    assert at.module("m9") is None


@given(reads, passes, reads, passes, places)
def test_doing_more_never_lowers_anything(
    read: dict[tuple[str, str], str],
    passed: frozenset[str],
    more_read: dict[tuple[str, str], str],
    more_passed: frozenset[str],
    place: str,
) -> None:
    before = progress_of(RELEASE, LearnerRecord(read, passed, place=place))
    after = progress_of(RELEASE, LearnerRecord(read | more_read, passed | more_passed, place=place))
    assert after.steps_done >= before.steps_done
    assert after.minutes_left <= before.minutes_left
    assert after.complete >= before.complete
    assert all(new.done >= old.done for new, old in zip(after.modules, before.modules, strict=True))
    assert (after.next().kind == "complete") == after.complete
    assert after.phrase.code


@given(reads, passes)
def test_new_words_in_old_lessons_lower_nothing(
    read: dict[tuple[str, str], str], passed: frozenset[str]
) -> None:
    modules = tuple(
        replace(m, lessons=tuple(replace(one, digest=one.digest + "+") for one in m.lessons))
        for m in RELEASE.modules
    )
    before = progress_of(RELEASE, LearnerRecord(read, passed))
    after = progress_of(replace(RELEASE, modules=modules), LearnerRecord(read, passed))
    assert (after.steps_done, after.complete) == (before.steps_done, before.complete)


def test_a_release_without_the_place_begins_at_the_beginning() -> None:
    empty: Release = make.release()
    assert progress_of(empty, LearnerRecord(place="nowhere")).next().module == "m1"
