"""What a translating browser must leave alone: names, addresses, codes and numbers are the same everywhere.

Such a browser rewrites each text that no ancestor keeps back by `translate="no"` (HTML 3.2.6.2); a name that
is a word ("Precious", "Rose") would become another one, on the printed certificate too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import pytest
from flask.testing import FlaskClient

from lms.actions.certificates import certifying
from lms.actions.context import Context
from lms.core.certificates.certificate import grouped
from tests.builders_accounts import Hand, joined_by_mail
from tests.builders_certificates import CODE, a_choice, a_graduate, sign_in
from tests.page_lint import parse

NAME, EMAIL = "Precious Rose", "rose@example.org"


def translated(html: str) -> Iterator[str]:
    """Return each text that a translating browser would rewrite."""
    tree, _ = parse(html)

    def go(element: Element, *, kept: bool) -> Iterator[str]:
        kept = {"no": True, "yes": False}.get(element.get("translate", ""), kept)
        if not kept and element.text and not str(element.tag).endswith(("script", "style", "textarea")):
            yield element.text
        for child in element:
            yield from go(child, kept=kept)
            if not kept and child.tail:
                yield child.tail

    return go(tree.find("{http://www.w3.org/1999/xhtml}body") or tree, kept=False)


def rewritten(html: str, *words: str) -> list[str]:
    """Return the texts with one of these words that would be rewritten; each word must be on the page."""
    for word in words:
        assert word in html
    return [text for text in translated(html) if any(word in text for word in words)]


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_ones_own_name_and_address_are_left_alone(locale: str, client: FlaskClient, context: Context) -> None:
    who = joined_by_mail(context, EMAIL, locale=locale).actor
    sign_in(client, context, who)
    for path in ("/", "/account", "/account/everything", "/account/sessions"):
        html = client.get(f"/{locale}{path}", follow_redirects=True).text
        assert rewritten(html, "Zoé") == [], path
        assert [text for text in translated(html) if EMAIL in text] == [], path
    assert EMAIL in client.get(f"/{locale}/account").text


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_the_name_on_a_certificate_is_left_alone(locale: str, client: FlaskClient, context: Context) -> None:
    holder = a_graduate(context, NAME)
    number = certifying.issue(context, holder, CODE, a_choice(NAME), "request-1")
    sign_in(client, context, holder)
    html = client.get(f"/{locale}/c/{CODE}/certificate").text
    assert rewritten(html, NAME, grouped(number)) == []


@pytest.mark.parametrize("purpose", ["sign-in", "sign-up"])
def test_the_address_that_a_code_went_to_is_left_alone(purpose: str, client: FlaskClient) -> None:
    hand = Hand(client)
    hand.look(purpose)
    if purpose == "sign-up":
        hand.send("sign-up", name="Rose", email=EMAIL, follow=True)
    else:
        hand.send("sign-in", who=EMAIL, do="code", follow=True)
    assert rewritten(hand.page, EMAIL) == []


def test_recovery_codes_are_left_alone(client: FlaskClient) -> None:
    hand = Hand(client)
    hand.join()
    hand.look("account/recovery-codes")
    codes = re.findall(r"<code[^>]*>([^<]+)</code>", hand.page)
    assert len(codes) == 10
    assert rewritten(hand.page, *codes) == []


def test_a_name_that_was_typed_to_verify_is_left_alone(client: FlaskClient, context: Context) -> None:
    number = certifying.issue(context, a_graduate(context, NAME), CODE, a_choice(NAME), "request-1")
    hand = Hand(client)
    hand.look(f"verify/{grouped(number)}")
    for name in (NAME, "Precious Thorn"):
        hand.send(f"verify/{grouped(number)}", name=name, follow=True)
        assert rewritten(hand.page, name, grouped(number)) == []


def test_what_was_searched_for_is_left_alone(client: FlaskClient) -> None:
    assert rewritten(client.get("/en/search?question=Precious").text, "Precious") == []
