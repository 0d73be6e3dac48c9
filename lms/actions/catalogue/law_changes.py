"""What changed in the law in one quarter, and which lessons that touches.

Loads the register and the published courses; the judgement is `core.legislation.quarters`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lms.actions.action import Who, query
from lms.actions.catalogue.citations import Resting, resting
from lms.actions.catalogue.reading import current_courses
from lms.actions.context import Context
from lms.core.legislation.quarters import QuarterOfLaw, law_of_quarter, quarter_of, read_quarter
from lms.core.legislation.register import Register, Watch
from lms.core.people.actors import Actor


@dataclass(frozen=True, slots=True)
class QuarterPage:
    """One quarter; `touched` gives lessons by the id of the law, `watch` what may happen on no known day."""

    register: Register
    found: QuarterOfLaw
    touched: Mapping[str, tuple[Resting, ...]]
    is_now: bool
    watch: tuple[Watch, ...]


@query("law_changes.quarter", by=Who.ANYONE)
def quarter(context: Context, actor: Actor, asked: str = "") -> QuarterPage:
    """Open a quarter such as 2026-Q4; this one when none (or nonsense) is asked for."""
    register, today = context.library.register(), context.today()
    now = quarter_of(today)
    chosen = read_quarter(asked) or now
    found = law_of_quarter(register.laws.values(), chosen, today)
    current = current_courses(context)
    laws = {one.law.id for one in (*found.material, *found.coming, *found.other)}
    undated = tuple(one for one in register.watch if not one.date and one.law in register.laws)
    return QuarterPage(
        register=register,
        found=found,
        touched={law: resting(current, ("law", law)) for law in laws},
        is_now=chosen == now,
        watch=undated if chosen == now else (),
    )
