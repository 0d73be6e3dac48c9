"""A piece of work done in a process of its own, which may be killed in the middle of it. Holds no test."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

from lms.core.errors import ParvisError

KILLED = "killed"


def in_child(work: Callable[[int], str]) -> tuple[str, str]:
    """Do work in a child; return how it ended and all that it said.

    `work` is handed a file to which it may write while it is under way; what it returns is written last.
    It ends as `KILLED`, or with the number that the process left, that of an error of ours included.
    """
    ours, theirs = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            said = work(theirs)
        except ParvisError as problem:
            os._exit(problem.exit_code)
        except BaseException:  # noqa: BLE001  # whatever it is, the child must not go on as its parent
            traceback.print_exc()
            os._exit(1)
        os.write(theirs, said.encode())
        os._exit(0)
    os.close(theirs)
    with os.fdopen(ours) as told:
        heard = told.read()
    _, status = os.waitpid(child, 0)
    return KILLED if os.WIFSIGNALED(status) else str(os.WEXITSTATUS(status)), heard
