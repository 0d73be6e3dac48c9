"""The quiz of a draft for its editor: the value of its file, and every finding at its path.

Holds the finding of paths by places; rules live in `checks`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lms.content.shapes.reading import Path, Source
from lms.core.authoring.quizzes.quiz_draft import PlacedFinding
from lms.core.courses.findings import Finding


def quiz_file(course_id: str, module_id: str) -> str:
    """Return where the quiz of a draft is kept.

    >>> quiz_file("sample", "welcome")
    'quizzes/sample/welcome/draft.yaml'
    """
    return f"quizzes/{course_id}/{module_id}/draft.yaml"


def placed_in(source: Source, findings: Iterable[Finding]) -> tuple[PlacedFinding, ...]:
    """Return the findings of one file, each with the path of what stands at its place."""
    paths: dict[tuple[int, int], Path] = {}
    for path, place in sorted(source.places.items(), key=lambda one: len(one[0])):
        paths.setdefault(place, path)
    lines: dict[int, Path] = {}
    for (line, _), path in sorted(paths.items()):
        lines.setdefault(line, path)
    return tuple(
        PlacedFinding(_path(found, paths, lines), found)
        for found in findings
        if found.place.file == source.file
    )


def _path(found: Finding, paths: Mapping[tuple[int, int], Path], lines: Mapping[int, Path]) -> Path:
    """Return the path at a place; what a rule knows only by its line is of what begins there or before."""
    exact = paths.get((found.place.line, found.place.column))
    if exact is not None:
        return exact
    before = [line for line in lines if line <= found.place.line]
    return lines[max(before)][:2] if before else ()
