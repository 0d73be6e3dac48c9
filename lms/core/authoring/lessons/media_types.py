"""Which kind of file an upload is, by its first bytes: a name or a declared type proves nothing.

Holds what the workspace takes and how large; whether a drawing is safe is judged by `content.checks`.
"""

from __future__ import annotations

from collections.abc import Mapping

PICTURE, VIDEO, AUDIO, CAPTIONS = "picture", "video", "audio", "captions"
#: Sign languages in which a part may be recorded: American, and of Quebec.
SIGNED = ("ase", "fcs")
#: The most bytes of an upload, by what it is.
LIMITS: Mapping[str, int] = {PICTURE: 200_000, VIDEO: 40_000_000, AUDIO: 20_000_000, CAPTIONS: 500_000}
LONGEST_SIDE = 6_000  # pixels: a small file can ask for more memory than a telephone has

_BEGINNINGS: tuple[tuple[bytes, str, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", PICTURE, "png"),
    (b"\xff\xd8\xff", PICTURE, "jpg"),
    (b"GIF8", PICTURE, "gif"),
    (b"\x1aE\xdf\xa3", VIDEO, "webm"),
    (b"OggS", AUDIO, "ogg"),
    (b"ID3", AUDIO, "mp3"),
    (b"\xff\xfb", AUDIO, "mp3"),
    (b"WEBVTT", CAPTIONS, "vtt"),
    (b"\xef\xbb\xbfWEBVTT", CAPTIONS, "vtt"),
)
_BRANDS: Mapping[bytes, tuple[str, str]] = {b"avif": (PICTURE, "avif"), b"M4A ": (AUDIO, "m4a")}
_RIFF: Mapping[bytes, tuple[str, str]] = {b"WEBP": (PICTURE, "webp"), b"WAVE": (AUDIO, "wav")}
_HEAD = 1000


def type_of(content: bytes) -> tuple[str, str]:
    """Return what a file is and the ending of its name; empty words for what the workspace does not take.

    >>> type_of(b"GIF89a"), type_of(b"<svg viewBox='0 0 1 1'/>"), type_of(b"MZ")
    (('picture', 'gif'), ('picture', 'svg'), ('', ''))
    """
    for beginning, kind, suffix in _BEGINNINGS:
        if content.startswith(beginning):
            return kind, suffix
    if content.startswith(b"RIFF"):
        return _RIFF.get(content[8:12], ("", ""))
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], (VIDEO, "mp4"))
    head = content[:_HEAD].lstrip(b"\xef\xbb\xbf \t\r\n")
    return (
        (PICTURE, "svg") if head.startswith((b"<svg", b"<?xml", b"<!--")) and b"<svg" in content else ("", "")
    )
