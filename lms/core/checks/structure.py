"""Whether a lesson hangs together: unique ids, links inside it, stations of a branching scenario.

Holds judgements over one document; links to other lessons, terms and laws are judged where these are known.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lms.core.checks.rules import broken
from lms.core.courses.document import Branching, ContentNote, Document, Finder, Heading, Step
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import all_links, id_of, walk

#: Ids of the page around a lesson, and how those begin that the page gives to terms.
_OF_THE_PAGE = frozenset({"main"})
_OF_TERMS = "w-"
_FEW_LETTERS = 2  # such as s1, ex2


def anchors(document: Document) -> dict[str, int]:
    """Return the ids that a link can lead to, each with its line, without stations of a scenario."""
    return {
        id_of(node): _line(node)
        for node in walk(document.blocks)
        if id_of(node) and not isinstance(node, Step)
    }


def _line(node: object) -> int:
    return int(getattr(node, "line", 0))


def _doubled(document: Document, file: str) -> Iterator[Finding]:
    seen: dict[str, int] = {}
    for node in walk(document.blocks):
        name = id_of(node)
        if name and name in seen:
            yield broken("duplicate-id", Place(file, _line(node)), id=name, line=seen[name])
        seen.setdefault(name, _line(node))


def _reserved(document: Document, file: str) -> Iterator[Finding]:
    """Find ids that the page itself gives: its own, those of terms, those of the places of a finder."""
    nodes = tuple(walk(document.blocks))
    starts = (_OF_TERMS, *(f"{node.id}-" for node in nodes if isinstance(node, Finder)))
    for node in nodes:
        name = id_of(node)
        if name in _OF_THE_PAGE or name.startswith(starts):
            yield broken("id-reserved", Place(file, _line(node)), id=name)


def _inner_links(document: Document, file: str) -> Iterator[Finding]:
    known = anchors(document)
    for link, line in all_links(document.blocks):
        if link.kind == "anchor" and link.target not in known:
            yield broken("link-anchor", Place(file, line), target=link.target)
    for node in walk(document.blocks):
        if isinstance(node, ContentNote) and node.skip_to not in known:
            yield broken("link-anchor", Place(file, node.line), target=node.skip_to)


def _reached(scenario: Branching) -> set[str]:
    """Return the stations that one can come to from the start."""
    steps = {step.id: step for step in scenario.steps}
    met: set[str] = set()
    ahead = [scenario.steps[0]] if scenario.steps else []
    while ahead:
        step = ahead.pop()
        if step.id not in met:
            met.add(step.id)
            ahead += [steps[choice.target] for choice in step.choices if choice.target in steps]
    return met


def _circling(scenario: Branching) -> list[Step]:
    """Return the stations from which one comes back to them: what is left when all ends are cut off."""
    left = {step.id: {choice.target for choice in step.choices} for step in scenario.steps}
    while True:
        ends = {name for name, targets in left.items() if not targets & left.keys()}
        if not ends:
            break
        left = {name: targets for name, targets in left.items() if name not in ends}
    return [step for step in scenario.steps if step.id in left and _comes_back(step.id, left)]


def _comes_back(name: str, left: Mapping[str, set[str]]) -> bool:
    met: set[str] = set()
    ahead = list(left[name])
    while ahead:
        at = ahead.pop()
        if at not in met:
            met.add(at)
            ahead += left.get(at, ())
    return name in met


def _scenario_faults(scenario: Branching, file: str) -> Iterator[Finding]:
    known = {step.id for step in scenario.steps}
    for step in scenario.steps:
        for choice in step.choices:
            if choice.target not in known:
                yield broken("branching-target", Place(file, step.line), target=choice.target)
    for step in _circling(scenario):
        yield broken("branching-circle", Place(file, step.line), step=step.id)
    met = _reached(scenario)
    for step in scenario.steps:
        if step.id not in met:
            yield broken("branching-unreachable", Place(file, step.line), step=step.id)


def _telling(document: Document, file: str) -> Iterator[Finding]:
    for node in walk(document.blocks):
        if isinstance(node, Heading) and node.id and not is_neutral(node.id):
            yield broken("anchor-telling", Place(file, node.line), id=node.id)


def is_neutral(anchor: str) -> bool:
    """Return whether an anchor tells nothing when it stands in a browser's history.

    >>> is_neutral("s1"), is_neutral("coming-out")
    (True, False)
    """
    letters = anchor.rstrip("0123456789")
    return len(letters) <= _FEW_LETTERS and letters != anchor


def faults(document: Document, file: str, *, sensitive: bool = False) -> list[Finding]:
    """Judge ids, inner links and scenarios; in a sensitive course anchors must be neutral as well."""
    findings = [*_doubled(document, file), *_reserved(document, file), *_inner_links(document, file)]
    for node in walk(document.blocks):
        if isinstance(node, Branching):
            findings.extend(_scenario_faults(node, file))
    return [*findings, *(_telling(document, file) if sensitive else ())]
