"""Where a request comes from, as far as limits count it: a network, not a single address of very many.

Holds the judgement alone; whoever counts calls it, so that every limit counts in the same way.
"""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address

PREFIX = 64  # what one household or server is given (RFC 6177); whoever has one has 2^64 addresses
_WITH_PORT = re.compile(r"\[([0-9a-fA-F:.]+)\](?::\d+)?|(\d+\.\d+\.\d+\.\d+):\d+")


def network_of(address: str) -> str:
    """Return the network that stands for an address: itself for IPv4, its /64 for IPv6; other text unchanged.

    A port that a proxy has left on it is cut off, and IPv4 written as IPv6 is IPv4.

    >>> network_of("2001:db8:1:2:3:4:5:6"), network_of("::ffff:192.0.2.1"), network_of("192.0.2.1:4711")
    ('2001:db8:1:2::/64', '192.0.2.1', '192.0.2.1')
    """
    ported = _WITH_PORT.fullmatch(address)
    try:
        parsed = ip_address(ported[1] or ported[2] if ported else address)
    except ValueError:
        return address
    if isinstance(parsed, IPv4Address):
        return str(parsed)
    return str(parsed.ipv4_mapped or _network(parsed))


def _network(address: IPv6Address) -> IPv6Network:
    # Without the zone (`fe80::1%eth0`): it says by which cable, not who.
    return IPv6Network((int(address), PREFIX), strict=False)
