"""What a refusal shows again: what a person typed, under its label; nothing that only machines read."""

from __future__ import annotations

import re
from importlib import import_module

import pytest
from flask import Flask
from flask.testing import FlaskClient
from wtforms import HiddenField, PasswordField, StringField, TextAreaField

from lms.actions.people.sessions import SECRET_FIELDS
from lms.web.shell.forms import Form
from lms.web.words.typed_words import LABELS, typed_words
from lms.web.words.ways_on import HEADINGS, WAYS
from tests.house.tree import module_name, python_files, templates

#: Typed into a field that is written in its template.
OTHERS = {"question", "address", "decision", "marked", "markdown", "sign_off", "task"}


def _fields(app: Flask) -> dict[str, set[type]]:
    """Return the names of all fields of all forms, and what they are."""
    found: dict[str, set[type]] = {}
    for path in python_files("lms/web/views"):
        for form in vars(import_module(module_name(path))).values():
            if isinstance(form, type) and issubclass(form, Form) and form is not Form:
                with app.test_request_context("/en/"):
                    fields = list(form())
                for field in fields:
                    found.setdefault(field.name, set()).add(type(field))
    return found


def test_each_field_in_which_people_type_has_a_label_and_no_other(app: Flask) -> None:
    typed = {
        name
        for name, kinds in _fields(app).items()
        if kinds & {StringField, TextAreaField} and name not in SECRET_FIELDS
    }
    assert typed | OTHERS == set(LABELS)
    written = "".join(path.read_text("utf-8") for path in templates())
    assert [name for name in OTHERS if f'"{name}"' not in written] == []


def test_nothing_hidden_and_nothing_secret_has_a_label(app: Flask) -> None:
    hidden = {name for name, kinds in _fields(app).items() if kinds & {HiddenField, PasswordField}}
    for path in templates():
        hidden |= set(re.findall(r'type="hidden" name="([a-z_]+)"', path.read_text("utf-8")))
    assert {"next", "request", "replaces", "attempt", "csrf_token", "password"} <= hidden
    assert (hidden & set(LABELS)) | {name for name in LABELS if name in SECRET_FIELDS} == set()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ([("csrf_token", "a b"), ("request", "01m8"), ("size", "large"), ("password", "a secret")], []),
        ([("name", "Zoé"), ("contact", " ")], [("Name", "Zoé")]),
        (
            [
                ("seen", "q7"),
                ("seen", "q2"),
                ("q2:text", "I would ask."),
                ("q7:text", "Captions"),
                ("q7:choice", "b"),
                ("q9:text", "a b"),
            ],
            [("Answer to question 2", "I would ask."), ("Answer to question 1", "Captions")],
        ),
    ],
)
def test_only_what_was_typed_is_shown(
    client: FlaskClient, sent: list[tuple[str, str]], shown: list[tuple[str, str]]
) -> None:
    with client.application.test_request_context("/en/"):
        assert typed_words(sent) == shown


def test_each_way_on_is_an_address_of_a_course(client: FlaskClient) -> None:
    app: Flask = client.application
    arguments = {rule.endpoint: rule.arguments for rule in app.url_map.iter_rules()}
    led = {endpoint for ways in WAYS.values() for endpoint, _ in ways}
    assert [endpoint for endpoint in led if arguments[endpoint] - {"locale"} != {"course_code"}] == []
    assert set(HEADINGS) <= set(WAYS)
