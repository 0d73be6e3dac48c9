"""Addresses as they are written to, whatever they were pasted with."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.mail.addresses import tidy_email

HIDDEN = st.text("\u200b\ufeff\u00ad\u2060\u202a\u202c\u200e", max_size=3)
WRAPS = st.sampled_from(
    [
        *("{}", " {}\n", "{},", "{}.", "<{}>", "({})", "“{}”", "'{}'", "« {} »", "mailto:{}", "Zoe <{}>;"),
        *(
            '"Doe, Zoe" <{}>',
            "mailto:{}?subject=A%20b",
            "{0} <{0}>",
            "{0}<mailto:{0}>",
            "Courriel : {}",
            "*{}*",
        ),
    ]
)
LOCALS = st.from_regex(r"[A-Za-z0-9][A-Za-z0-9.+'-]{0,20}[A-Za-z0-9]", fullmatch=True)
DOMAINS = st.from_regex(r"[a-z0-9]{1,20}(\.[a-z0-9]{1,20}){0,2}\.[a-z]{2,10}", fullmatch=True)


@given(local=LOCALS, domain=DOMAINS, wrap=WRAPS, hidden=st.tuples(HIDDEN, HIDDEN, HIDDEN))
def test_an_address_is_understood_in_any_wrapping(
    local: str, domain: str, wrap: str, hidden: tuple[str, str, str]
) -> None:
    before, within, behind = hidden
    pasted = f"{local}{within}@{within}{domain.upper()}".replace("'", "’").replace("-", "\u2011")
    assert tidy_email(before + wrap.format(pasted) + behind) == f"{local}@{domain}"


@pytest.mark.parametrize(
    ("typed", "tidy"),
    [
        (" zoe@Example.org ", "zoe@example.org"),
        ("zoe+courses@mail.example.org", "zoe+courses@mail.example.org"),
        ("zoe@été.example", "zoe@xn--t-9fab.example"),
        ("zoe@e\u0301te\u0301.example", "zoe@xn--t-9fab.example"),
        ("zoe@straße.de", "zoe@xn--strae-oqa.de"),
        ("zoe@βόλος.com", "zoe@xn--nxasmm1c.com"),
        ("zoe@نامه\u200cای.com", "zoe@xn--mgba3gch31f060k.com"),
        ("zoe@ශ්\u200dරී.com", "zoe@xn--10cl1a0b660p.com"),
        ("zoe＠example。org", "zoe@example.org"),
        ("zoe@my_host.example", "zoe@my_host.example"),
        ("mailto:o%27brien@example.org", "o'brien@example.org"),
        ("<zoe@example.org>", "zoe@example.org"),
        ("'zoe@example.org", "'zoe@example.org"),
    ],
)
def test_an_address_is_kept_as_it_is_written_to(typed: str, tidy: str) -> None:
    assert tidy_email(typed) == tidy


@pytest.mark.parametrize(
    "typed",
    [
        *("", "zoe", "zoe@", "@example.org", "zoe@here", "zoe@a..org", "a b@example.org", "zoe@"),
        *("zoe@example.org\nBcc: x@y.org", "zoe@example.org\nBcc: <x@y.org>", "zoe@[192.0.2.1]"),
        *("zoé@example.org", "a@x.org, b@y.org", "a@x.org <b@y.org>", "zoe@ex!ample.org", "zoe@a/b.org"),
        *("zoe@i❤.ws", "zoe@℀b.com", "zoe@é\u200cé.com", "zoe@-é.com"),
        *(f"zoe@{'x' * 64}.org", f"zoe@{'é' * 60}.org", f"zoe@{'x.' * 130}org", f"{'z' * 65}@example.org"),
        f"{'z' * 60}@{'é.' * 60}org",
    ],
)
def test_what_is_no_address_is_none(typed: str) -> None:
    assert tidy_email(typed) == ""


def test_two_domains_that_an_older_standard_made_one_stay_two() -> None:
    assert tidy_email("zoe@straße.de") != tidy_email("zoe@strasse.de")
    assert tidy_email("zoe@βόλος.com") != tidy_email("zoe@βόλοσ.com")


@given(st.lists(st.tuples(LOCALS, DOMAINS), min_size=2, max_size=2, unique=True), WRAPS)
def test_two_addresses_never_become_one(two: list[tuple[str, str]], wrap: str) -> None:
    one, other = (tidy_email(wrap.format("@".join(parts))) for parts in two)
    assert one != other
