"""Work of the worker that is done in a forked process, which gives back what it has loaded when it ends.

Holds the forking and no work.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Callable
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Concatenate, ParamSpec, TypeVar

from lms.actions.context import Context
from lms.cli.serving.children import die_with
from lms.core.errors import ParvisError
from lms.core.operations.faults import whereabouts

log = logging.getLogger("lms.serving")
Given = ParamSpec("Given")
Result = TypeVar("Result")


def elsewhere(
    do: Callable[Concatenate[Context, Given], Result],
) -> Callable[Concatenate[Context, Given], Result]:
    """Return the same work, done in a process of its own; what it returns and what it refuses come back.

    Raises: what `do` raises of our own errors; ChildProcessError for anything else.
    """

    def done(context: Context, /, *given: Given.args, **named: Given.kwargs) -> Result:
        parent = os.getpid()
        receiving, sending = Pipe(duplex=False)
        pid = os.fork()
        if pid == 0:
            _be_child(sending, parent, context, lambda: do(context, *given, **named))
        sending.close()
        with receiving:
            try:
                result: Result | ParvisError = receiving.recv()
            except EOFError as problem:
                raise ChildProcessError from problem
            finally:
                os.waitpid(pid, 0)
        if isinstance(result, ParvisError):
            raise result
        return result

    return done


def _be_child(sending: Connection, parent: int, context: Context, work: Callable[[], object]) -> None:
    """Do the work and end; nothing of the parent's is wound up."""
    code = 1
    try:
        die_with(parent)
        context.database.abandon()  # SQLite must not see the parent's connections closed from here
        try:
            result: object = work()
        except ParvisError as refusal:
            result = refusal
        sending.send(result)
        code = 0
    finally:
        if (problem := sys.exc_info()[1]) is not None:
            log.error("work in a process of its own failed: %s", whereabouts(problem))
        os._exit(code)
