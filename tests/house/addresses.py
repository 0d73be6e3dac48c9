"""Writes addresses.txt anew from the application, to be read over before it is committed.

Run as `python -m tests.house.addresses`; a house test compares. Holds no test.
"""

import sys
import tempfile
from pathlib import Path

from flask import Flask

LIST = Path(__file__).with_name("addresses.txt")


def addresses(app: Flask) -> list[str]:
    """List every address with its verb and its endpoint."""
    return sorted(
        f"{verb} {route.rule} {route.endpoint}"
        for route in app.url_map.iter_rules()
        for verb in (route.methods or set()) - {"HEAD", "OPTIONS"}
    )


def main() -> None:
    """Write the list and say how long it is."""
    from lms.web.wiring import build  # noqa: PLC0415  # the list is read by tests that build their own
    from tests.builders import a_context  # noqa: PLC0415  # the same

    with tempfile.TemporaryDirectory() as folder:
        found = addresses(build(a_context(Path(folder) / "data")))
    LIST.write_text("".join(f"{line}\n" for line in found), "utf-8")
    sys.stdout.write(f"{len(found)} addresses\n")


if __name__ == "__main__":
    main()
