"""What is kept in memory has a bound, and goes in the order of use."""

from lms.core.operations.bounded import Bounded


def test_what_was_longest_unused_goes() -> None:
    kept = Bounded[str, int](2)
    assert kept.take("a", lambda: 1) == 1
    assert kept.take("a", lambda: 2) == 1
    kept["b"] = 2
    assert kept.get("a") == 1
    kept["c"] = 3
    assert list(kept) == ["a", "c"]
    assert (len(kept), kept.most, kept.get("b")) == (2, 2, None)


def test_an_entry_can_be_forgotten() -> None:
    kept = Bounded[str, int](2)
    kept["a"] = 1
    kept.drop("a")
    kept.drop("a")
    assert len(kept) == 0
