"""Reader settings survive every way of being written down, and nonsense leaves them as they come."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from lms.core.people.reader_settings import AS_IT_COMES, CHOICES, ReaderSettings

ANY = st.fixed_dictionaries({name: st.sampled_from(wishes) for name, wishes in CHOICES.items()})


@given(ANY)
def test_packing_and_unpacking_are_each_others_mirror(wishes: dict[str, str]) -> None:
    settings = ReaderSettings.of(wishes)
    assert ReaderSettings.unpack(settings.pack()) == settings
    assert ReaderSettings.of(settings.chosen) == settings


@given(st.text(max_size=300))
def test_any_text_can_be_unpacked(text: str) -> None:
    assert set(ReaderSettings.unpack(text).chosen) <= set(CHOICES)


def test_what_nobody_chose_is_not_written() -> None:
    assert AS_IT_COMES.pack() == ""
    assert AS_IT_COMES.chosen == {}
