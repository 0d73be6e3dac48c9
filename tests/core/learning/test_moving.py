"""Moving to a newer release takes nothing back that a material change does not touch."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.core.courses.course import Module, Outcome, Release
from lms.core.learning.moving import change_for, plan
from lms.core.learning.progress import LearnerRecord, progress_of
from lms.core.publishing.change import ChangeClass
from tests import builders_learning as make

OLD = make.release("1.0.0")
READ = {(m.id, one.id): one.digest for m in OLD.modules for one in m.lessons}
ALL = LearnerRecord(READ, frozenset({"m1", "m2", "final"}))


def _changed(module: Module, **changes: object) -> Module:
    return replace(module, **changes)  # type: ignore[arg-type]  # fields


def _newer(*modules: Module, **changes: object) -> Release:
    return make.release("1.1.0", *modules, parent="1.0.0", **changes)


def _reworded(module: Module) -> Module:
    documents = {lang: make.document(lang, 3) for lang in ("en", "fr")}
    lessons = tuple(replace(one, digest=one.digest + "+", documents=documents) for one in module.lessons)
    return _changed(module, lessons=lessons)


def _new_key(module: Module) -> Module:
    questions = tuple(make.choice(one.id, "c", outcome=one.outcome) for one in module.quiz.questions)
    return _changed(module, quiz=replace(module.quiz, questions=questions, digest="other"))


def _after(new: Release, facts: LearnerRecord) -> LearnerRecord:
    """Do what `actions.learning.moving` writes."""
    planned = plan(OLD, new, facts)
    read = {name: digest for name, digest in facts.read.items() if name not in planned.lessons}
    read |= dict.fromkeys(planned.credited, "")
    return replace(facts, read=read, passed=facts.passed - set(planned.checks))


def test_what_people_said_of_a_direct_successor_counts() -> None:
    assert change_for(OLD, _newer(*OLD.modules, change="informative")) is ChangeClass.INFORMATIVE
    assert change_for(OLD, _newer(*OLD.modules, change="first")) is ChangeClass.EDITORIAL
    far = replace(_newer(*map(_reworded, OLD.modules)), parent="1.0.9", change="editorial")
    assert change_for(OLD, far) is ChangeClass.INFORMATIVE


def test_new_words_take_nothing_back() -> None:
    new = _newer(*map(_reworded, OLD.modules))
    planned = plan(OLD, new, ALL)
    assert (planned.change, planned.credited, planned.lessons, planned.checks) == (
        ChangeClass.INFORMATIVE,
        (),
        (),
        (),
    )
    assert {one.state for module in progress_of(new, ALL).modules for one in module.lessons} == {"updated"}


def test_a_new_lesson_in_a_module_that_was_done_is_not_asked_for() -> None:
    more = make.module("m1", lessons=3)
    done = LearnerRecord({key: READ[key] for key in READ if key[0] == "m1"}, frozenset({"m1"}))
    new = _newer(more, OLD.modules[1])
    assert plan(OLD, new, done).credited == (("m1", "l3"),)
    assert progress_of(new, _after(new, done)).modules[0].done
    begun = LearnerRecord({("m1", "l1"): "m1-l1"})
    assert plan(OLD, new, begun).credited == ()


def test_a_module_with_a_new_key_is_asked_again_and_the_others_are_kept() -> None:
    new = replace(_newer(_new_key(_reworded(OLD.modules[0])), OLD.modules[1]), version="2.0.0")
    planned = plan(OLD, new, ALL)
    assert planned.change is ChangeClass.MATERIAL
    assert planned.lessons == (("m1", "l1"), ("m1", "l2"))
    assert planned.checks == ("final", "m1")
    after = progress_of(new, _after(new, ALL))
    assert [module.done for module in after.modules] == [False, True]
    assert progress_of(new, replace(_after(new, ALL), completed=True)).complete


def test_a_new_rule_asks_for_the_final_check_again() -> None:
    new = _newer(*OLD.modules, course=make.course(pass_mark=90))
    assert plan(OLD, new, ALL).checks == ("final",)


def test_a_new_module_or_outcome_is_material() -> None:
    new = _newer(*OLD.modules, make.module("m3"), course=make.course(modules=("m1", "m2", "m3")))
    planned = plan(OLD, new, ALL)
    assert (planned.change, planned.lessons, planned.checks) == (ChangeClass.MATERIAL, (), ())
    other = _changed(OLD.modules[0], outcomes=(Outcome("o1", make.words("More")), OLD.modules[0].outcomes[1]))
    assert plan(OLD, _newer(other, OLD.modules[1]), ALL).checks == ("final", "m1")


@given(
    st.sets(st.sampled_from(sorted(READ))),
    st.sets(st.sampled_from(["m1", "m2", "final"])),
    st.integers(2, 4),
    st.booleans(),
)
def test_progress_never_goes_down_by_a_change_that_is_not_material(
    read: set[tuple[str, str]], passed: set[str], lessons: int, reword: bool
) -> None:
    facts = LearnerRecord({key: READ[key] for key in read}, frozenset(passed))
    first = make.module("m1", lessons=lessons)
    new = _newer(_reworded(first) if reword else first, OLD.modules[1])
    before, after = progress_of(OLD, facts), progress_of(new, _after(new, facts))
    assert after.steps_done >= before.steps_done
    assert all(now.done >= then.done for now, then in zip(after.modules, before.modules, strict=True))
    assert after.complete >= before.complete
