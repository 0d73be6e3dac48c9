"""Standing is judged from what happened, says what comes next, and never goes down by what a learner does."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.course import Lesson, Release
from lms.core.document import Document, Figure, InShort, Paragraph, Text
from lms.core.progress import Stop, minutes_from, stops, word_count
from lms.core.standing import Facts, Next, standing
from tests import builders_learning as make

RELEASE = make.release()
LESSONS = {(m.id, one.id): one.digest for m in RELEASE.modules for one in m.lessons}
CHECKS = frozenset({"m1", "m2", "final"})

reads = st.sets(st.sampled_from(sorted(LESSONS))).map(lambda keys: {key: LESSONS[key] for key in keys})
passes = st.sets(st.sampled_from(sorted(CHECKS))).map(frozenset)
places = st.sampled_from(["", "m1/l1", "m1/l2#s1", "m2/l1#s2", "gone/l9", "m2"])


def test_at_the_beginning() -> None:
    at = standing(RELEASE, Facts())
    assert at.next("en") == Next("lesson", "m1", "l1", "", 4)
    assert at.phrase.code == "progress.not-started"
    assert (at.steps, at.steps_done, at.complete) == (7, 0, False)
    assert at.minutes_left == 4 * 8 + 3 + 3 + 4
    assert at.modules[0].state == "left"


def test_lessons_left_then_quiz_left_then_the_next_module() -> None:
    one = standing(RELEASE, Facts({("m1", "l1"): "m1-l1"}, place="m1/l1#s2"))
    assert one.phrase.params == {"module": 1, "modules": 2, "left": 1}
    assert one.next("en") == Next("lesson", "m1", "l2", "", 4)
    both = standing(RELEASE, Facts({("m1", "l1"): "m1-l1", ("m1", "l2"): "m1-l2"}))
    assert both.phrase.code == "progress.quiz-left"
    assert both.next("en") == Next("check", "m1", minutes=3)
    assert both.modules[0].state == "quiz"
    done = standing(RELEASE, Facts({("m1", "l1"): "m1-l1", ("m1", "l2"): "m1-l2"}, frozenset({"m1"})))
    assert done.next("en") == Next("lesson", "m2", "l1", "", 4)
    assert done.modules[0].state == "done"


def test_one_goes_on_where_one_was() -> None:
    at = standing(RELEASE, Facts(place="m2/l2#s2"))
    assert at.next("fr") == Next("lesson", "m2", "l2", "s2", 4)
    assert at.phrase.params["module"] == 2
    later = standing(RELEASE, Facts({("m2", "l1"): "x", ("m2", "l2"): "x"}, frozenset({"m2"}), place="m2/l2"))
    assert later.next("en").module == "m1"
    skipped = standing(RELEASE, Facts({("m1", "l2"): "m1-l2"}, place="m1/l2#s9"))
    assert skipped.next("en") == Next("lesson", "m1", "l1", "", 4)


def test_the_final_check_comes_last_and_completes() -> None:
    at = standing(RELEASE, Facts(LESSONS, CHECKS - {"final"}))
    assert at.modules_done
    assert at.next("en") == Next("final", minutes=4)
    assert at.phrase.code == "progress.final-left"
    done = standing(RELEASE, Facts(LESSONS, CHECKS))
    assert (done.complete, done.next("en").kind, done.phrase.code) == (
        True,
        "complete",
        "progress.complete",
    )
    assert (done.steps_done, done.minutes_left) == (done.steps, 0)


def test_the_final_check_alone_completes_nothing() -> None:
    at = standing(RELEASE, Facts({}, frozenset({"final"})))
    assert not at.complete
    assert at.minutes_left == 4 * 8 + 6


def test_a_lesson_that_changed_stays_read_and_says_so() -> None:
    at = standing(RELEASE, Facts({("m1", "l1"): "older", ("m1", "l2"): "m1-l2"}))
    assert [entry.state for entry in at.modules[0].lessons] == ["updated", "read"]
    assert at.modules[0].lessons_left == 0
    assert at.modules[1].lessons[0].state == "left"


def test_whoever_is_complete_stays_complete() -> None:
    at = standing(RELEASE, Facts(completed=True))
    assert (at.complete, at.minutes_left, at.steps_done) == (True, 0, at.steps)


def test_modules_are_found_by_code() -> None:
    at = standing(RELEASE, Facts())
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
    before = standing(RELEASE, Facts(read, passed, place=place))
    after = standing(RELEASE, Facts(read | more_read, passed | more_passed, place=place))
    assert after.steps_done >= before.steps_done
    assert after.minutes_left <= before.minutes_left
    assert after.complete >= before.complete
    assert all(new.done >= old.done for new, old in zip(after.modules, before.modules, strict=True))
    assert (after.next("en").kind == "complete") == after.complete
    assert after.phrase.code


@given(reads, passes)
def test_new_words_in_old_lessons_lower_nothing(
    read: dict[tuple[str, str], str], passed: frozenset[str]
) -> None:
    modules = tuple(
        replace(m, lessons=tuple(replace(one, digest=one.digest + "+") for one in m.lessons))
        for m in RELEASE.modules
    )
    before = standing(RELEASE, Facts(read, passed))
    after = standing(replace(RELEASE, modules=modules), Facts(read, passed))
    assert (after.steps_done, after.complete) == (before.steps_done, before.complete)


# --- stops ------------------------------------------------------------------------------------------
def _with(documents: dict[str, Document], minutes: int) -> Lesson:
    return replace(make.lesson(), documents=documents, minutes=minutes)


@given(st.integers(1, 25), st.integers(1, 9), st.integers(3, 400))
def test_stops_cover_the_lesson_and_are_short(minutes: int, sections: int, size: int) -> None:
    made = _with({"en": make.document("en", sections, size)}, minutes)
    found = stops(made, "en")
    assert sum(stop.minutes for stop in found) >= minutes
    assert found[0].anchor == ""
    assert len({stop.anchor for stop in found}) == len(found)
    if minutes / sections <= 5:
        assert all(stop.minutes <= 5 for stop in found)


def test_a_short_lesson_is_one_stop() -> None:
    assert stops(make.lesson(minutes=5), "en") == (Stop("", 5),)
    assert stops(_with({}, 8), "en") == (Stop("", 8),)


def test_another_language_serves_where_the_asked_one_is_missing() -> None:
    made = _with({"en": make.document("en")}, 8)
    assert stops(made, "fr") == stops(made, "en")


def test_a_stop_begins_at_a_heading_where_one_is_near() -> None:
    blocks = list(make.document("en", 3, 100).blocks)
    blocks[3:3] = [Figure("f1", "x.svg", "A picture", (Paragraph((Text("word " * 60),)),))]
    made = _with({"en": Document("en", tuple(blocks))}, 9)
    assert [stop.anchor for stop in stops(made, "en")] == ["", "s2", "s3"]
    long = _with({"en": Document("en", (*blocks[:2], *blocks[3:4], blocks[1]))}, 9)
    assert [stop.anchor for stop in stops(long, "en")][-1] == "f1"


@pytest.mark.parametrize(("anchor", "minutes"), [("", 4), ("s1", 4), ("s2", 4), ("s4", 4), ("gone", 4)])
def test_continue_promises_the_stop_one_is_at(anchor: str, minutes: int) -> None:
    made = _with({"en": make.document("en", 4, 100)}, 15)
    assert minutes_from(made, "en", anchor) == minutes


def test_words_are_counted_wherever_they_stand() -> None:
    block = InShort(((Text("three short words"),), (Text("and two"),)))
    assert word_count(block) == 5
    assert (
        stops(_with({"en": Document("en", (block, *make.document("en", 2).blocks))}, 8), "en")[0].anchor == ""
    )


def test_a_release_without_the_place_begins_at_the_beginning() -> None:
    empty: Release = make.release()
    assert standing(empty, Facts(place="nowhere")).next("en").module == "m1"
