"""The five ways in which an action can fail.

Holds the error types and nothing else: each carries a code and parameters, never a sentence
(words live in the catalogues). Raised by core, actions and the borders of adapters; turned into
pages by `web` and into exit codes by `cli`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from lms.core.courses.findings import Finding


class ParvisError(Exception):
    """A refusal that a person can understand: a code such as `certificate.course-not-complete`."""

    status: ClassVar[int]
    exit_code: ClassVar[int]

    def __init__(self, code: str, **params: object) -> None:
        """Keep the code and the parameters that the words need."""
        super().__init__(code)
        self.code = code
        self.params = params


class NotFound(ParvisError):
    """No such thing, or not for you."""

    status = 404
    exit_code = 3


class NotAllowed(ParvisError):
    """You may not, or not yet."""

    status = 403
    exit_code = 4


class Invalid(ParvisError):
    """What you gave is wrong, here and here."""

    status = 422
    exit_code = 2

    def __init__(self, code: str, findings: Sequence[Finding] = (), **params: object) -> None:
        """Keep every problem, so that all of them are shown at once."""
        super().__init__(code, **params)
        self.findings = tuple(findings)


class Conflict(ParvisError):
    """Somebody changed it since you read it, or it is already done."""

    status = 409
    exit_code = 5


class Unavailable(ParvisError):
    """A neighbour (disk, mail, database) failed; try again."""

    status = 503
    exit_code = 6
