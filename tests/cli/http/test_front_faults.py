"""The server in front where something is wrong: an answer that is not as it says, a client that has gone."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator

import pytest

from lms.cli.http.connection import Connection, Limits
from lms.cli.http.front import Front
from tests.builders_front import LATE, TEN, Site, heard, request


@pytest.fixture
def site() -> Iterator[Site]:
    """Return a site that is served."""
    with Site().served() as made:
        yield made


# --- how long an answer is -----------------------------------------------------------------------------
def test_an_answer_is_never_longer_than_it_says_and_one_that_is_shorter_ends_the_connection(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    longer = site.say(request("/longer") + request("/next"))
    assert longer.endswith(b"\r\n\r\n0123")
    shorter = site.say(request("/shorter") + request("/next"))
    assert shorter.endswith(b"\r\n\r\n" + TEN)
    assert b"Connection: close" in longer
    assert b"Connection: close" in shorter
    assert "/next" not in site.asked
    assert [one.getMessage() for one in caplog.records] == [
        "an answer has 10 bytes and says that it has 4",
        "an answer has 10 bytes and says that it has 12",
    ]
    head = b"HEAD /longer HTTP/1.1\r\nHost: here\r\n\r\n"
    after = site.say(head + request("/as-it-says") + request("/next", None, "Connection: close"))
    assert after.count(b"200 OK") == 3


def test_an_answer_that_breaks_off_is_a_fault_of_ours_and_is_told_in_no_words_of_it(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    answer = site.ask("/broken")
    assert answer.startswith(b"HTTP/1.1 500 ")
    assert b"no-store" in answer
    assert b"words of somebody" not in answer
    assert caplog.messages == ["an answer broke off: OSError"]
    assert b"200 OK" in site.ask()


# --- somebody who goes ----------------------------------------------------------------------------------
def in_the_loop(site: Site, do: Callable[[Front], object]) -> None:
    """Do something between two looks of the loop at its sockets."""
    assert site.front is not None
    done, front = threading.Event(), site.front

    def both() -> None:
        do(front)
        done.set()

    front.loop.call_soon_threadsafe(both)
    assert done.wait(10)


def test_somebody_who_goes_just_before_an_answer_leaves_no_trace(caplog: pytest.LogCaptureFixture) -> None:
    with Site(takes=0.5).served() as site:
        one = site.connect()
        one.sendall(request("/slow", None, "Connection: close"))
        time.sleep(0.2)
        one.close()
        time.sleep(0.6)
        assert b"200 OK" in site.ask()
    assert caplog.messages == []


def test_somebody_who_goes_just_before_being_told_that_it_took_too_long_leaves_no_trace(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Site(Limits(head_seconds=0.0)).served() as site:
        one = site.connect()
        one.sendall(b"GET / HTTP/1.1\r\nHo")
        time.sleep(0.2)

        def go_and_look(front: Front) -> None:
            one.close()
            for connection in front._connections:  # noqa: SLF001  # in this very turn of the loop
                connection.look(front.loop.time())

        in_the_loop(site, go_and_look)
        assert b"200 OK" in site.ask()
    assert caplog.messages == []


class _Failing(Connection):
    """A connection that cannot be looked at."""

    def look(self, now: float) -> None:  # noqa: ARG002  # it fails before
        """Fail."""
        raise RuntimeError


def test_a_connection_that_fails_does_not_end_the_time_outs_of_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with Site(Limits(head_seconds=0.5)).served() as site, site.connect() as one:
        time.sleep(0.2)
        here, _there = socket.socketpair()

        async def join(front: Front) -> None:
            await front.loop.connect_accepted_socket(lambda: _Failing(front), here)

        in_the_loop(site, lambda front: front.loop.create_task(join(front)))
        time.sleep(1.5)
        one.sendall(b"GET / HTTP/1.1\r\nHo")
        assert heard(one).startswith(LATE)
        _there.close()
    assert "_Failing.look" in caplog.text
