"""The file that holds a whole module, opened from a disk: seen on every device, as every page is."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from lms.actions.context import Context
from tests.builders_learning import SAMPLE_CODE, with_sample
from tests.pages.browser import Browser
from tests.pages.test_matrix import DESKTOP, LOOKS, PHONE, look_over, told

pytestmark = [pytest.mark.browser]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_file_is_as_accessible_as_a_page(
    locale: str, browser: Browser, client: FlaskClient, context: Context, tmp_path: Path
) -> None:
    with_sample(context)
    got = client.get(f"/{locale}/c/{SAMPLE_CODE}/m1/offline", lint=False)
    path = tmp_path / "module.html"
    path.write_bytes(got.get_data())
    browser.command("Network.enable")
    browser.open(path.as_uri())
    keys = [PHONE if locale == "en" else DESKTOP]
    found = look_over(browser, keys=keys, judged=LOOKS, again=browser.driver.refresh)
    assert not found, told(found)
    assert browser.run("return performance.getEntriesByType('resource').length") == 0
