"""The page `docs/checks.md`, made from the rules, their words and their broken samples.

Run as a module (`python -m tests.builders_checks_doc`) to write the page anew; a test holds the page to this.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from lms.core.checks.rules import RULES
from lms.rendering.words.findings import ENTRIES
from tests.builders_content import expected

PAGE = Path(__file__).parents[1] / "docs" / "checks.md"
_HOLE = re.compile(r"%\(\w+\)s")
_SHOWN = 90
_HEAD = """# What `lms check` finds

This page is made from the rules, their words and their broken samples
(`python -m tests.builders_checks_doc`); a test keeps it fresh.

- **error**: keeps a release from being sealed; `lms check` ends with code 2.
- **warning**: wants an answer; with `--strict` it counts as an error.
- **advice**: a hint; a formula or a word list cannot decide.

`lms check` looks at the whole site; `lms check PATH…` tells only what lies below these paths, or in these
courses.
`--format json` and `--format sarif` (SARIF 2.1.0) are for programs; `--no-advice` leaves advice out.

Each rule has a sample with exactly that fault in `tests/site/broken/<rule>/expected.json`: what is changed in
the sample site, and every finding that must come of it.
"""


def _short(text: str) -> str:
    line = " ⏎ ".join(part.strip() for part in text.strip("\n").split("\n") if part.strip())
    kept = line if len(line) <= _SHOWN else line[:_SHOWN].rstrip() + " …"
    return f"`` {kept.replace('|', chr(92) + '|')} ``" if kept else "nothing"


def _sample(spec: dict[str, Any]) -> str:
    """Say in one line what a broken sample changes."""
    if spec.get("edits"):
        edit = spec["edits"][0]
        times = f" ({edit['times']} times)" if "times" in edit else ""
        return f"{_short(edit['find'])} becomes {_short(edit['put'])}{times}"
    if spec.get("remove"):
        return f"without the file {_short(spec['remove'][0].rpartition('/')[2])}"
    if spec.get("add"):
        return f"with a file {_short(next(iter(spec['add'])).rpartition('/')[2])} that nothing names"
    if spec.get("copy"):
        return "the English text stands in the French file"
    return "the file is written in Latin-1"


def page() -> str:
    """Return the whole page."""
    parts = [_HEAD]
    for rule, facts in RULES.items():
        entry = ENTRIES[rule]
        parts.append(
            f"## {rule}\n\n{facts.severity.value} · {facts.reference}\n\n"
            f"{entry.why} {_HOLE.sub('…', entry.mend)}\n\nSample: {_sample(expected(rule))}.\n"
        )
    return "\n".join(parts)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
