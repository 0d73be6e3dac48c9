"""The server in front: requests are read whole, within limits, answered in order, and never far behind."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from statistics import quantiles

import pytest

from lms.cli.http.connection import Limits
from tests.builders_front import LATE, MOST, TOLD, Site, heard, request, until


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a site that is served."""
    with Site().served() as made:
        yield made


# --- HTTP --------------------------------------------------------------------------------------------------
def test_one_connection_carries_many_requests_in_their_order(site: Site) -> None:
    with site.connect() as one:
        one.sendall(request("/a?x=1") + request("/b", b"field=1") + request("/c"))
        found = until(one, b"/c|GET")
        assert [found.index(mark) for mark in (b"/a|GET|x=1", b"/b|POST", b"field=1", b"/c|GET")] == sorted(
            found.index(mark) for mark in (b"/a|GET|x=1", b"/b|POST", b"field=1", b"/c|GET")
        )
        one.sendall(request("/d"))
        assert b"200 OK" in until(one, b"/d|GET")


def test_a_head_and_a_status_without_a_body_send_none(site: Site) -> None:
    head = site.say(b"HEAD /x HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n")
    assert b"Content-Length: " in head
    assert head.endswith(b"\r\n\r\n")
    nothing = site.say(request("/nothing", None, "Connection: close"))
    assert nothing.startswith(b"HTTP/1.1 204")
    assert b"Content-Length" not in nothing


def test_an_old_client_is_answered_and_the_connection_closed(site: Site) -> None:
    assert b"/old|GET" in site.say(b"GET /old HTTP/1.0\r\n\r\n")
    with site.connect() as one:
        one.sendall(b"GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
        assert b"Connection: keep-alive" in until(one, b"/old|GET")
        one.sendall(request("/again"))
        until(one, b"/again|GET")


def test_a_body_in_pieces_is_read_whole_and_asked_for_when_its_sender_waits(site: Site) -> None:
    with site.connect() as one:
        one.sendall(
            b"POST /p HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\nExpect: 100-continue\r\n\r\n"
        )
        assert until(one, b"\r\n\r\n").startswith(b"HTTP/1.1 100")
        one.sendall(b"3\r\nabc\r\n")
        time.sleep(0.05)
        one.sendall(b"2\r\nde\r\n0\r\n\r\n")
        assert b"|abcde" in until(one, b"abcde")


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabc", 400),
        (
            b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400,
        ),
        (b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length : 3\r\n\r\nabc", 400),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\n b\r\n\r\n", 400),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"GET /" + b"a" * 9_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n", 414),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + b"X: 1\r\n" * 150 + b"\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40_000, 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 40_000 + b"\r\n\r\n", 431),
        (b"GET / HTTP/1.1\r\nHost: a\r\n" + (b"X: " + b"a" * 500 + b"\r\n") * 80 + b"\r\n", 431),
        (b"GET /" + b"a" * 8_000 + b" HTTP/1.1\r\nHost: a\r\nX: " + b"a" * 26_000 + b"\r\n\r\n", 431),
    ],
)
def test_what_two_servers_could_read_in_two_ways_is_refused(site: Site, sent: bytes, status: int) -> None:
    answer = site.say(sent)
    assert answer.startswith(f"HTTP/1.1 {status} ".encode())
    assert b"Connection: close" in answer
    assert all(f"{name}: {said}".encode() in answer for name, said in TOLD)
    assert site.asked == []
    assert b"200 OK" in site.ask()


def test_a_field_that_hides_as_another_does_not_get_in(site: Site) -> None:
    answer = site.say(
        request("/x", None, "X_Forwarded_For: 1.2.3.4", "Cookie: a=1", "Cookie: b=2", "Connection: close")
    )
    assert b"|a=1; b=2|-|127.0.0.1|" in answer


def test_another_protocol_is_not_spoken_but_the_request_is_answered(site: Site) -> None:
    sent = request("/ws", None, "Connection: Upgrade", "Upgrade: websocket")
    assert b"/ws|GET" in site.say(sent)


# --- limits ------------------------------------------------------------------------------------------------
def test_a_size_may_begin_with_thousands_of_zeros(site: Site) -> None:
    length = b"0" * 4_400 + b"3"
    sent = b"POST /z HTTP/1.1\r\nHost: here\r\nConnection: close\r\nContent-Length: %s\r\n\r\nabc" % length
    assert b"/z|POST" in site.say(sent)


def test_too_much_is_refused_before_it_is_sent_in_the_words_of_the_site(site: Site) -> None:
    with site.connect() as one:
        one.sendall(b"POST /f HTTP/1.1\r\nHost: here\r\nContent-Length: 50000000\r\n\r\n")
        began = time.monotonic()
        answer = heard(one)
    assert time.monotonic() - began < 2
    assert answer.startswith(b"HTTP/1.1 413")
    assert b"in words of the site" in answer
    pieces = b"POST /f HTTP/1.1\r\nHost: here\r\nTransfer-Encoding: chunked\r\n\r\n" + b"3000\r\n%s\r\n" % (
        b"x" * 0x3000
    )
    assert b" 413 " in site.say(pieces)
    assert b"200 OK" in site.ask("/f", b"x" * MOST)


def test_a_body_and_a_head_that_do_not_come_are_waited_for_no_longer_than_stated() -> None:
    limits = Limits(head_seconds=0.5, grace_seconds=0.5, idle_seconds=0.5)
    with Site(limits).served() as site:
        for begun in (b"GET / HT", b"POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 900\r\n\r\nabcde"):
            began = time.monotonic()
            assert site.say(begun).startswith(LATE)
            assert time.monotonic() - began < 4
        began = time.monotonic()
        assert site.say(b"") == b""
        assert time.monotonic() - began < 4
        assert site.asked == []


def test_a_slow_honest_line_gets_its_form_through() -> None:
    with Site(Limits(grace_seconds=0.5)).served() as site, site.connect() as one:
        one.sendall(b"POST /f HTTP/1.1\r\nHost: here\r\nContent-Length: 3000\r\n\r\n")
        for _ in range(12):
            time.sleep(0.25)
            one.sendall(b"y" * 250)
        assert b"200 OK" in until(one, b"|yyy")


def test_half_sent_requests_hold_nobody_up(site: Site) -> None:
    def p99() -> float:
        took = []
        for _ in range(150):
            began = time.perf_counter()
            assert b"200 OK" in site.ask("/lesson")
            took.append(time.perf_counter() - began)
        return quantiles(took, n=100)[-1]

    quiet = min(p99() for _ in range(3))
    held = []
    for _ in range(200):
        for begun in (
            b"GET /lesson HTTP/1.1\r\nHo",
            b"POST /f HTTP/1.1\r\nHost: here\r\nContent-Length: 900\r\n\r\nabcde",
        ):
            one = site.connect()
            one.sendall(begun)
            held.append(one)
    assert min(p99() for _ in range(3)) < 3 * quiet + 0.005
    for one in held:
        one.close()


def test_somebody_who_does_not_read_is_not_written_to_without_end(site: Site) -> None:
    with site.connect() as one:
        one.setblocking(False)
        sent = 0
        asked = request("/x?" + "q" * 4000)
        until_ = time.monotonic() + 3
        while time.monotonic() < until_:
            try:
                sent += one.send(asked * 4)
            except BlockingIOError:
                time.sleep(0.01)
            except ConnectionError:
                break
    assert sent < 30_000_000
    assert b"200 OK" in site.ask()


# --- the order of work -------------------------------------------------------------------------------------
def test_what_is_done_aside_holds_no_page_up(site: Site) -> None:
    site.takes = 0.5
    hands = [threading.Thread(target=site.ask, args=("/aside", b"x")) for _ in range(3)]
    for one in hands:
        one.start()
    time.sleep(0.1)
    began = time.monotonic()
    assert b"200 OK" in site.ask("/lesson")
    assert time.monotonic() - began < 0.3
    for one in hands:
        one.join()


def test_overload_is_told_at_once_and_is_over_when_it_is_over(site: Site) -> None:
    site.takes = 0.05
    answers, over = list[bytes](), threading.Event()

    def press() -> None:
        while not over.is_set():
            answers.append(site.ask("/slow")[:400])

    crowd = [threading.Thread(target=press) for _ in range(60)]
    for one in crowd:
        one.start()
    time.sleep(4)
    over.set()
    for one in crowd:
        one.join()
    refused = [one for one in answers if one.startswith(b"HTTP/1.1 503")]
    assert refused
    assert all(b"Retry-After: " in one for one in refused)
    assert any(one.startswith(b"HTTP/1.1 200") for one in answers)
    began = time.monotonic()
    assert b"200 OK" in site.ask("/lesson")
    assert time.monotonic() - began < 1


def test_what_was_asked_by_somebody_who_has_gone_is_not_computed(site: Site) -> None:
    site.takes = 0.1
    gone = [site.connect() for _ in range(40)]
    for one in gone:
        one.sendall(request("/slow"))
    time.sleep(0.15)
    for one in gone:
        one.close()
    began = time.monotonic()
    assert b"200 OK" in site.ask("/lesson")
    assert time.monotonic() - began < 1
    assert site.asked.count("/slow") < 10


def test_a_stop_finishes_what_is_in_hand_and_waits_for_nothing_else(site: Site) -> None:
    site.takes = 0.5
    idle, half = site.connect(), site.connect()
    half.sendall(b"GET / HT")
    with site.connect() as one:
        one.sendall(request("/slow"))
        time.sleep(0.1)
        began = time.monotonic()
        site.stop()
        answer = heard(one)
    assert answer.endswith(b"/slow|GET||-|-|127.0.0.1|")
    assert (heard(idle), heard(half)) == (b"", b"")
    assert time.monotonic() - began < 3
    idle.close()
    half.close()
