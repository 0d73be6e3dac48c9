"""The form that all forms are: WTForms with our languages and our errors, filled in again where it can be.

CSRF is checked before a view runs (`security`), so these forms carry none of their own. Holds no rule of the
product: a form knows shapes, an action knows what is allowed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import g, request
from flask_babel import get_translations
from werkzeug.datastructures import MultiDict
from wtforms import Form as WTForm
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from lms.actions.people.sessions import drop_typed
from lms.core.errors import Invalid
from lms.web.shell.browser import is_expired, way_back
from lms.web.shell.current import actor, context, known
from lms.web.words.refusals import words_of

SEEN = "seen"  # a field that names a part of a page, so that what is empty differs from what was not there


def typed_here() -> Sequence[tuple[str, str]]:
    """Return what was sent from this page and could not be taken then; the page says that it is back."""
    if request.method != "GET":
        return ()
    typed = known().notes.typed_at(request.path)
    g.is_filled_again = bool(typed)
    return typed


def forget_shown() -> None:
    """Forget what was brought back to a page, once it is sent; a part of it may be sent without it."""
    typed = known().notes.typed_at(way_back())
    parts = {value for name, value in typed if name == SEEN}
    if typed and parts <= set(request.form.getlist(SEEN)):
        drop_typed(context(), actor())


class _Words:
    """WTForms' own sentences, from our catalogues."""

    def gettext(self, text: str) -> str:
        return str(get_translations().ugettext(text))

    def ngettext(self, one: str, many: str, n: int) -> str:
        return str(get_translations().ungettext(one, many, n))


class Form(WTForm):
    """A form in the reader's language that keeps what was typed."""

    class Meta(DefaultMeta):
        """How WTForms finds words: through us, never through its own catalogues."""

        def get_translations(self, _form: BaseForm) -> Any:
            """Return the reader's language."""
            return _Words()

    def __init__(self, sent: MultiDict[str, str] | None = None, **values: Any) -> None:
        """Fill the form with what was sent, now or before one had to sign in again; else with `values`."""
        typed = typed_here() if sent is None else ()
        super().__init__(MultiDict(typed) if typed else sent, **values)
        if sent is not None and is_expired():
            self.form_errors.append(words_of("form.again", {}))

    def take(self, refusal: Invalid) -> None:
        """Show what an action refused beside the fields that it names; the rest stands on the whole form."""
        for finding in refusal.findings:
            sentence = words_of(finding.rule, finding.params)
            field = self._fields.get(finding.place.file)
            if field is None:
                self.form_errors.append(sentence)
            else:
                field.errors = (*map(str, field.errors), sentence)
        if not refusal.findings:
            self.form_errors.append(words_of(refusal.code, refusal.params))
