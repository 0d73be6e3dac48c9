"""A notebook for findings while one file is read.

Holds the file's name and what was found so far; called by the readers of Markdown.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from lms.core.checks.rules import broken
from lms.core.courses.findings import Finding, Place


@dataclass(slots=True)
class Notebook:
    """Collect findings of one file in the order in which they are met."""

    file: str
    findings: list[Finding] = field(default_factory=list)

    def error(self, rule: str, line: int, /, **params: object) -> None:
        """Note a fault of the file."""
        self.findings.append(broken(rule, Place(self.file, line), **params))
