"""A site folder that is a Git checkout: each publish is one commit, made with the git program.

No shell takes part: arguments are handed over as a list, and what follows `--` can only be a path. The author
of a commit is the opaque id of a person, since a history cannot be erased. Hooks of the checkout do not run.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

from lms.core.errors import Unavailable

_SECONDS = 60
_PROGRAM = ("git", "-c", "core.hooksPath=/dev/null", "-c", "commit.gpgSign=false", "-c", "gc.auto=0")


def is_checkout(root: Path) -> bool:
    """Return whether this very folder is a checkout; one that merely lies in another is not."""
    return (root / ".git").exists()


def _run(root: Path, environ: Mapping[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(  # noqa: S603  # a list, never a shell string
        [*_PROGRAM, *arguments],
        cwd=root,
        env=dict(environ),
        capture_output=True,
        timeout=_SECONDS,
        check=False,
    )


def _environ(by: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    name, mail = by or "parvis", f"{by or 'parvis'}@parvis.invalid"
    who = {"GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": mail}
    return kept | who | {"GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": mail, "GIT_TERMINAL_PROMPT": "0"}


def commit(root: Path, paths: Sequence[str], message: str, by: str) -> bool:
    """Commit what has changed below these paths, and nothing else; return whether there was anything.

    Raises: Unavailable `site.not-committed`.
    """
    if not is_checkout(root):
        return False
    here = [path for path in paths if (root / path).exists()]
    environ = _environ(by)
    try:
        steps = _run(root, environ, "add", "--all", "--", *here)
        if steps.returncode == 0:
            changed = _run(root, environ, "diff", "--cached", "--quiet", "--", *here)
            if changed.returncode == 0:
                return False
            steps = _run(root, environ, "commit", "--quiet", "--no-verify", "-m", message, "--", *here)
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Unavailable("site.not-committed", reason=type(fault).__name__) from fault
    if steps.returncode:
        last = steps.stderr.decode(errors="replace").strip().splitlines()
        raise Unavailable("site.not-committed", reason="".join(last[-1:]) or str(steps.returncode))
    return True
