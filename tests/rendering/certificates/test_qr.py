"""The code is the same in both drawings, with its quiet zone, whatever the address."""

from __future__ import annotations

import io
import re
from base64 import b64decode

import pytest
from PIL import Image

from lms.rendering.certificates.qr import QUIET, qr_path, qr_picture

ADDRESSES = ["https://learn.example.org/verify/04zs-7m9q", "x", "https://example.org/" + "é" * 60]


def modules_of_path(path: str) -> set[tuple[int, int]]:
    steps = re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", path)
    return {(x, int(top)) for left, top, long in steps for x in range(int(left), int(left) + int(long))}


@pytest.mark.parametrize("address", ADDRESSES)
def test_path_and_picture_show_the_same_code(address: str) -> None:
    path, side = qr_path(address)
    picture = Image.open(io.BytesIO(b64decode(qr_picture(address).split(",")[1]))).convert("L")
    assert picture.size == (side * 4, side * 4)
    dark = {(x, y) for x in range(side) for y in range(side) if picture.getpixel((x * 4 + 1, y * 4 + 2)) == 0}
    assert dark == modules_of_path(path)
    assert min(min(place) for place in dark) == QUIET
    assert max(max(place) for place in dark) == side - QUIET - 1
