"""The line of activations: what is current from when, and what a new one does to those that wait."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from lms.core.publishing.activations import EVER, Activation, after, blocked, in_force, judge, versions_under


def act(version: str, day: int, parent: str | None, *, cancelled: int = 0, change: str = "") -> Activation:
    return Activation(f"{day:04}{version}", "sample", version, day, cancelled, parent, change)


FIRST = act("1.0.0", 0, "")
CHAIN = (FIRST, act("1.1.0", 5, "1.0.0"), act("1.1.1", 8, "1.1.0"))


def names(some: tuple[Activation, ...]) -> list[str]:
    return [one.version for one in some]


def test_what_is_due_and_follows_is_current() -> None:
    assert names(in_force(CHAIN, 0)) == ["1.0.0"]
    assert names(in_force(CHAIN, 6)) == ["1.0.0", "1.1.0"]
    assert names(in_force(reversed(CHAIN))) == ["1.0.0", "1.1.0", "1.1.1"]


def test_what_is_cancelled_takes_what_follows_it_out_of_the_line() -> None:
    some = (FIRST, replace(CHAIN[1], cancelled_at=1), CHAIN[2])
    assert names(in_force(some, EVER)) == ["1.0.0"]
    assert names(blocked(some, 7)) == []
    assert names(blocked(some, 8)) == ["1.1.1"]


def test_a_parent_that_is_not_known_is_taken_at_its_word() -> None:
    assert names(in_force((FIRST, act("3.0.0", 1, None)), 2)) == ["1.0.0", "3.0.0"]


def test_what_came_after_a_version() -> None:
    assert names(after(CHAIN, "1.0.0")) == ["1.1.0", "1.1.1"]
    assert names(after(CHAIN, "1.1.1")) == []
    assert names(after(CHAIN, "0.9.0")) == ["1.1.1"], "where somebody is on what is not in the line"
    assert after((), "1.0.0") == ()


def test_a_rival_takes_what_was_to_follow_and_its_descendants_out() -> None:
    judged = judge(CHAIN, act("1.0.1", 1, "1.0.0"))
    assert (judged.follows, names(judged.falls), judged.follower) == (True, ["1.1.0", "1.1.1"], None)


def test_what_does_not_follow_is_judged_before_anything_else() -> None:
    assert not judge(CHAIN, act("2.0.0", 2, "1.1.1")).follows
    assert judge(CHAIN, act("2.0.0", 9, "1.1.1")) == judge((), act("1.0.0", 0, ""))


def test_moving_a_release_behind_its_own_follower_names_that_one() -> None:
    judged = judge(CHAIN, act("1.1.0", 9, "1.0.0"))
    assert judged.follows
    assert judged.follower
    assert judged.follower.version == "1.1.1"
    assert judge(CHAIN, act("1.1.0", 7, "1.0.0")).follower is None


def test_descent_goes_all_the_way_down() -> None:
    assert versions_under(CHAIN, "1.0.0") == {"1.1.0", "1.1.1"}
    assert versions_under(CHAIN, "1.1.1") == frozenset()


def some_activations() -> st.SearchStrategy[list[Activation]]:
    version = st.integers(0, 5).map(lambda n: f"1.{n}.0")
    one = st.builds(
        lambda v, day, parent, cancelled: act(v, day, parent, cancelled=cancelled),
        version,
        st.integers(0, 20),
        st.one_of(st.just(""), version),
        st.sampled_from([0, 0, 0, 1]),
    )
    return st.lists(one, max_size=8, unique_by=lambda found: found.version)


@given(some_activations(), st.integers(0, 20))
def test_each_in_the_line_follows_the_one_before(some: list[Activation], now: int) -> None:
    line = in_force(some, now)
    assert [one.parent for one in line] == ["", *names(line)][: len(line)]
    assert not set(line) & set(blocked(some, now))
    assert line == in_force(some)[: len(line)], "a day that goes by takes nothing back"


@given(some_activations(), some_activations())
def test_what_is_judged_to_fall_is_all_that_is_lost(some: list[Activation], others: list[Activation]) -> None:
    for wanted in others:
        judged = judge(some, wanted)
        before = in_force([one for one in some if not one.cancelled_at])
        if not judged.follows:
            continue
        rest = [one for one in some if one.version != wanted.version]
        line = in_force((*rest, wanted))
        assert wanted in line
        assert {one.version for one in before} <= {one.version for one in (*line, *judged.falls)}
