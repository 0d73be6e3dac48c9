"""The issuer's logo on the page of a certificate, before it is issued and for ever after."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lms.actions.context import Context
from lms.core.certificates.logo import read_logo
from lms.web.shell.security import FILE_POLICY
from lms.web.wiring import build
from tests.builders_certificates import DRAWN_LOGO, a_graduate, png_logo, sign_in
from tests.conftest import LintingClient
from tests.web.learning.test_certificate import BASE, issue, preview

OLD, NEW = read_logo(DRAWN_LOGO), read_logo(png_logo())


def site(context: Context) -> Flask:
    made = build(context)
    made.testing = False
    made.test_client_class = LintingClient
    return made


def test_the_picture_stays_that_of_the_day_of_issue(context: Context) -> None:
    who = a_graduate(context, "Amina")
    before, after = (replace(context, logo=logo) for logo in (OLD, NEW))
    browser = sign_in(site(before).test_client(), before, who)
    address = f'<img src="/certificate-logo/{OLD.digest}" alt="Parvis">'
    assert address in preview(browser, before).text
    assert issue(browser, before).status_code == 303
    later = sign_in(site(after).test_client(), after, who)
    assert address in later.get(BASE).text
    picture = later.get(f"/certificate-logo/{OLD.digest}")
    assert (picture.status_code, picture.mimetype, picture.data) == (200, "image/svg+xml", DRAWN_LOGO)
    assert picture.headers["Content-Security-Policy"] == FILE_POLICY
    assert "immutable" in picture.headers["Cache-Control"]


@pytest.mark.parametrize("digest", ["0" * 64, "x", "..%2fkeys"])
def test_what_is_no_picture_of_an_issuer_is_not_found(client: FlaskClient, digest: str) -> None:
    assert client.get(f"/certificate-logo/{digest}").status_code == 404
