"""What an upload is, by its first bytes."""

from __future__ import annotations

import pytest

from lms.core.authoring.lessons.media_types import type_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n", ("picture", "png")),
        (b"RIFF0000WEBP", ("picture", "webp")),
        (b"RIFF0000WAVE", ("audio", "wav")),
        (b"RIFF0000AVI ", ("", "")),
        (b"0000ftypavif", ("picture", "avif")),
        (b"0000ftypisom", ("video", "mp4")),
        (b"WEBVTT\n", ("captions", "vtt")),
        (b"<?xml version='1.0'?><svg/>", ("picture", "svg")),
        (b"<html>", ("", "")),
        (b"<?xml?>", ("", "")),
        (b"", ("", "")),
    ],
)
def test_the_first_bytes_say_what_it_is(content: bytes, kind: tuple[str, str]) -> None:
    assert type_of(content) == kind
