"""In which order requests are answered, and when they are not: one after the other, and never far behind.

A lane does one thing at a time. Whoever would have to wait long behind others is told so at once (503), and
what was asked by somebody who has gone meanwhile is not computed. Holds no HTTP.
"""

from __future__ import annotations

from asyncio import AbstractEventLoop, Future
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Generic, Protocol, TypeVar

T = TypeVar("T")
LATE = 3.0  # times what a lane may be behind: then an answer comes too late to be wanted


class Queued(Protocol[T]):
    """A request that waits for its turn."""

    since: float

    @property
    def is_gone(self) -> bool:
        """Whether nobody waits for the answer any more."""
        ...

    def do(self) -> T:
        """Compute the answer; may be called in another thread."""
        ...

    def answered(self, answer: T) -> None:
        """Take the answer."""
        ...

    def refused(self) -> None:
        """Take note that there will be none."""
        ...


class Lane(Generic[T]):
    """A queue for the loop's own thread; newcomers are refused while the first waits for `behind` seconds."""

    def __init__(self, loop: AbstractEventLoop, behind: float) -> None:
        self._loop = loop
        self._behind = behind
        self._waiting: deque[Queued[T]] = deque()
        self._busy = False

    @property
    def is_busy(self) -> bool:
        """Whether something is done or waits."""
        return self._busy

    def offer(self, request: Queued[T]) -> None:
        """Put a request in the queue, or refuse it at once."""
        now = self._loop.time()
        if self._waiting and now - self._waiting[0].since > self._behind:
            request.refused()
            return
        request.since = now
        self._waiting.append(request)
        if not self._busy:
            self._busy = True
            self._loop.call_soon(self._turn)

    def _next(self) -> Queued[T] | None:
        while self._waiting:
            request = self._waiting.popleft()
            if request.is_gone:
                continue
            if self._loop.time() - request.since <= LATE * self._behind:
                return request
            request.refused()
        self._busy = False
        return None

    def _turn(self) -> None:
        """Answer one; the loop looks at its sockets between two."""
        request = self._next()
        if request is not None:
            self._loop.call_soon(self._turn)
            request.answered(request.do())

    def close(self) -> None:
        """Release what the lane holds."""


class LaneAside(Lane[T]):
    """A queue for a thread of its own, for what lets the interpreter go: the pages go on meanwhile."""

    def __init__(self, loop: AbstractEventLoop, behind: float) -> None:
        super().__init__(loop, behind)
        self._thread = ThreadPoolExecutor(1, "aside")

    def _turn(self) -> None:
        request = self._next()
        if request is not None:
            doing = self._loop.run_in_executor(self._thread, request.do)
            doing.add_done_callback(partial(self._done, request))

    def _done(self, request: Queued[T], done: Future[T]) -> None:
        self._turn()
        request.answered(done.result())

    def close(self) -> None:
        """End the thread after what it is doing."""
        self._thread.shutdown(wait=False)
