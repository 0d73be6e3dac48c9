"""The form that all forms are: WTForms with our languages and our errors.

CSRF is checked before a view runs (`security`), so these forms carry none of their own. Holds no rule of the
product: a form knows shapes, an action knows what is allowed.
"""

from __future__ import annotations

from typing import Any

from flask_babel import get_translations
from wtforms import Form as WTForm
from wtforms.form import BaseForm
from wtforms.meta import DefaultMeta

from lms.core.errors import Invalid
from lms.web.messages import words_of


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
            """Give the reader's language."""
            return _Words()

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
