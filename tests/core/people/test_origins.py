"""An address counts as its network: one IPv4 address, one /64 of IPv6."""

from __future__ import annotations

from ipaddress import IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.core.people.origins import network_of


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1), st.integers(0, 2**64 - 1))
def test_all_addresses_of_one_64_are_one(prefix: int, one: int, two: int) -> None:
    found = {network_of(str(IPv6Address(prefix << 64 | host))) for host in (one, two)}
    assert len(found) == 1 or prefix == 0  # ::/64 holds the IPv4-mapped addresses, each for itself


def test_neighbouring_networks_are_two() -> None:
    assert network_of("2001:db8:0:1::1") != network_of("2001:db8:0:2::1")


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("192.0.2.1:51234", "192.0.2.1"),
        ("[2001:db8::1]:443", "2001:db8::2"),
        ("[2001:db8::1]", "2001:db8::2"),
        ("2001:DB8:0:0:ABCD::", "2001:db8::2"),
        ("fe80::1%eth0", "fe80::2%wlan0"),
    ],
)
def test_one_address_in_several_spellings_is_one(written: str, same: str) -> None:
    assert network_of(written) == network_of(same)


@pytest.mark.parametrize("text", ["", "lac.bleu", "999.0.0.1", "1.2.3.4.5:6", "0" * 26, "a:b", "[x]:1"])
def test_what_is_no_address_stays_as_it_is(text: str) -> None:
    assert network_of(text) == text
