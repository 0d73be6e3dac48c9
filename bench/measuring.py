"""How anything is measured here: interleaved rounds, the reference in each of them, CPU and clock.

CPU is `time.process_time` of this one process around the call alone; what a case needs beforehand is made
outside of it. The machine may be shared and of any speed: so the ratio to the reference of the same round is
what counts, and a goal in milliseconds is one of a machine on which the reference takes `NOMINAL`. Knows no
case.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median

#: Milliseconds of CPU that the reference took where the goals in milliseconds were set.
NOMINAL = 1.2

Act = Callable[[], object]


@dataclass(frozen=True)
class Case:
    """Something to measure: `prepare` makes one act ready, `per_round` says how often it is done in a round.

    `ratio` is the most it may cost in references, `most` in milliseconds of CPU; None where no goal is set.
    """

    name: str
    prepare: Callable[[], Act]
    per_round: int
    ratio: float | None = None
    most: float | None = None
    note: str = ""
    facts: Callable[[], dict[str, object]] = dict


@dataclass
class Times:
    """Milliseconds: CPU per act in each round, clock of each act."""

    cpu: list[float] = field(default_factory=list)
    clock: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Figure:
    """What came out for a case, in milliseconds; `nominal` is the CPU where the reference takes `NOMINAL`."""

    name: str
    cpu: float
    ratio: float
    nominal: float
    p50: float
    p99: float
    acts: int
    goal: str
    met: bool | None
    note: str
    facts: dict[str, object]


def _round(case: Case, times: Times) -> float:
    """Do the acts of one round and give the median of their CPU: an interrupted one counts for little."""
    acts = [case.prepare() for _ in range(case.per_round)]
    gc.collect()
    spent = []
    for act in acts:
        clock, cpu = time.perf_counter(), time.process_time()
        act()
        spent.append((time.process_time() - cpu) * 1000)
        times.clock.append((time.perf_counter() - clock) * 1000)
    middle = median(spent)
    times.cpu.append(middle)
    return middle


def _at(clock: Sequence[float], share: float) -> float:
    ordered = sorted(clock)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def measure(reference: Case, cases: Sequence[Case], rounds: int, say: Callable[[str], None]) -> list[Figure]:
    """Measure all cases in interleaved rounds; the first figure is the reference."""
    everything = [reference, *cases]
    times = {case.name: Times() for case in everything}
    ratios: dict[str, list[float]] = {case.name: [] for case in everything}
    for case in everything:
        case.prepare()()  # warm
    gc.collect()
    gc.freeze()  # as `lms serve` does once a site is loaded: what stays is not gone through again
    for number in range(rounds):
        say(f"round {number + 1} of {rounds}")
        for case in cases:
            before = _round(reference, times[reference.name])
            cost = _round(case, times[case.name])
            after = _round(reference, times[reference.name])
            ratios[case.name].append(cost / ((before + after) / 2))
    ratios[reference.name] = [1.0]
    return [_figure(case, times[case.name], median(ratios[case.name])) for case in everything]


def _figure(case: Case, times: Times, ratio: float) -> Figure:
    cpu = median(times.cpu)
    goals, met = [], None
    if case.ratio is not None:
        goals.append(f"≤ {case.ratio:.2f} ×")
        met = ratio <= case.ratio
    if case.most is not None:
        goals.append(f"≤ {case.most:g} ms")
        met = (met is not False) and ratio * NOMINAL <= case.most
    return Figure(
        name=case.name,
        cpu=cpu,
        ratio=ratio,
        nominal=ratio * NOMINAL,
        p50=_at(times.clock, 0.50),
        p99=_at(times.clock, 0.99),
        acts=len(times.clock),
        goal=", ".join(goals),
        met=met,
        note=case.note,
        facts=case.facts(),
    )
