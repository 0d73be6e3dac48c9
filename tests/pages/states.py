"""Every state of every page, as data. `test_matrix` looks at each, `test_completeness` that none is left out."""

from __future__ import annotations

from tests.pages import states_account, states_certificate, states_errors, states_learning, states_public
from tests.pages.looks import State

STATES: list[State] = [
    *states_public.STATES,
    *states_account.STATES,
    *states_learning.STATES,
    *states_certificate.STATES,
    *states_errors.STATES,
]
assert len({state.name for state in STATES}) == len(STATES), "two states have one name"
