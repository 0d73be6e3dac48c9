"""The PDF engine in a process of its own: forked when a PDF is wanted, gone when none has been for a while.

The engine takes some tens of megabytes and leans on libraries that can end a process; a worker that keeps it
apart gives the memory back and survives. Holds no drawing.
"""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from multiprocessing import Pipe
from multiprocessing.connection import Connection

from lms.core.certificates.certificate import Certificate
from lms.core.certificates.logo import Logo
from lms.core.errors import ParvisError, Unavailable
from lms.core.operations.faults import whereabouts
from lms.rendering.certificates.certificate_pdf import pdf

log = logging.getLogger("lms.rendering")
IDLE = 20.0  # seconds
_LOST = (EOFError, OSError)


def _serve(asked: Connection, idle: float) -> None:
    """Make PDFs in the forked process until none is asked for any more."""
    while asked.poll(idle):
        try:
            made: bytes | ParvisError = pdf(*asked.recv())
        except ParvisError as refusal:
            made = refusal
        asked.send(made)


class Apart:
    """One such process; there is at most one at a time."""

    def __init__(self, idle: float = IDLE) -> None:
        self._idle = idle
        self._pid = 0
        self._asking: Connection | None = None

    def pdf(self, certificate: Certificate, logo: Logo | None = None) -> bytes:
        """Make the PDF over there; once more in a fresh process, if the one at hand has just ended.

        Raises: Unavailable `certificate.no-engine`, also when the engine ends the process; Invalid
        `certificate.missing-letters`.
        """
        try:
            made = self._ask(certificate, logo)
        except _LOST:
            self.end()
            try:
                made = self._ask(certificate, logo)
            except _LOST as problem:
                self.end()
                raise Unavailable("certificate.no-engine") from problem
        if isinstance(made, ParvisError):
            raise made
        return made

    def _ask(self, certificate: Certificate, logo: Logo | None) -> bytes | ParvisError:
        asking = self._asking or self._begin()
        asking.send((certificate, logo))
        made: bytes | ParvisError = asking.recv()
        return made

    def _begin(self) -> Connection:
        asking, asked = Pipe()
        pid = os.fork()
        if pid == 0:
            code = 1
            try:
                asking.close()
                _serve(asked, self._idle)
                code = 0
            except _LOST:
                pass  # nobody asks any more
            finally:
                if (problem := sys.exc_info()[1]) is not None:
                    log.error("the PDF engine ended: %s", whereabouts(problem))
                # Nothing of this process is wound up: it shares the connections of the one that forked it.
                sys.stderr.flush()
                os._exit(code)
        asked.close()
        self._pid, self._asking = pid, asking
        return asking

    def tidy(self) -> None:
        """Take note of a process that has ended by itself."""
        if self._pid:
            with suppress(ChildProcessError):
                if os.waitpid(self._pid, os.WNOHANG) == (0, 0):
                    return
            self._forget()

    def end(self) -> None:
        """End the process."""
        if self._asking is not None:
            self._asking.close()
        if self._pid:
            with suppress(ChildProcessError):
                os.waitpid(self._pid, 0)
        self._forget()

    def _forget(self) -> None:
        if self._asking is not None:
            self._asking.close()
        self._pid, self._asking = 0, None
