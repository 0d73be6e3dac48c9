"""Error codes in the reader's language, for pages, and the status that an answer bears.

Holds no sentence: they live in `lms.rendering.words.messages`, where terminals and mails read them too.
"""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from flask_babel import get_locale, gettext

from lms.core.errors import ParvisError
from lms.rendering.words.messages import ANYTHING, WORDS
from lms.rendering.words.values import said


def words_of(code: str, params: Mapping[str, object]) -> str:
    """Return a code in the reader's language, with its parameters filled in."""
    return str(gettext(WORDS.get(code, ANYTHING), **said(params, gettext, str(get_locale()))))


def status_of(problem: ParvisError) -> int:
    """Return the status of the answer: a limit that is reached has one of its own."""
    return HTTPStatus.TOO_MANY_REQUESTS if problem.code.endswith(".too-often") else problem.status
