"""What a name to be called, an e-mail address and a sign-in name may look like.

Pure shapes, forgiving where a person may be: names are anything that can be read, in any script. Whether a
name is taken is not known here.
"""

from __future__ import annotations

import re
import unicodedata

from lms.core.people.letters import APOSTROPHES, DASHES, composed, visible

LONGEST_NAME = 80
LONGEST_EMAIL = 254
SHORTEST_SIGN_IN_NAME, LONGEST_SIGN_IN_NAME = 3, 40
_JOINERS = "\u200c\u200d"  # Persian, Indic scripts: part of the spelling
_LOCAL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}")
_LABEL = r"[^\s\x00-,./:-@\[-^`{-\x7f]"  # one sign of it: of ASCII, letters, digits, hyphen and underscore
_DOMAIN = re.compile(rf"(?:{_LABEL}+\.)+{_LABEL}{{2,63}}")
_LOOSE_JOINER = re.compile(rf"(?<![^\x00-\x7f])[{_JOINERS}]|[{_JOINERS}](?![^\x00-\x7f])")
_WIDE = str.maketrans({"＠": "@", "﹫": "@", "。": ".", "．": ".", "｡": "."})
_STRAIGHT = str.maketrans(dict.fromkeys(APOSTROPHES, "'") | dict.fromkeys(DASHES, "-"))
#: As mail programs copy it: Zoe <zoe@example.org>.
_IN_BRACKETS = re.compile(r"([^<>\n]*)<([^<>\n]*)>\W*")
_LINKED = re.compile(r"(?:mailto|e-?mail|courriel)\s*:\s*([^?]*)(?:\?.*)?", re.IGNORECASE)
_ENCODED = re.compile(r"%([2-7][0-9a-f])", re.IGNORECASE)
_PAIRS = frozenset("''’’``**__{}"[at : at + 2] for at in range(0, 12, 2))  # each could begin an address, too
_BEFORE, _BEHIND = f' "“”„«»‹›‘([<:,;{_JOINERS}', f' "“”„«»‹›)]>.,:;!?…{_JOINERS}'
_SIGN_IN_NAME = re.compile(r"\w(?:[\w.-]*\w)?")


def _is_yet_unknown(letter: str) -> bool:
    """Return whether it may be a letter of a newer Unicode than Python’s: no code that never is one."""
    code = ord(letter)
    is_never = code & 0xFFFE == 0xFFFE or 0xFDD0 <= code <= 0xFDEF  # noqa: PLR2004  # Unicode 23.7
    return unicodedata.category(letter) == "Cn" and not is_never


def _readable(letter: str) -> bool:
    is_seen = unicodedata.category(letter)[0] not in "CZ" or _is_yet_unknown(letter)
    return letter in _JOINERS or is_seen or letter == " "


def tidy_name(typed: str) -> str:
    r"""Return the name with single spaces and without what cannot be seen; '' when nothing is left.

    >>> tidy_name("  Zoé   O’Brien ")
    'Zoé O’Brien'
    >>> ascii(tidy_name("\U00011db0\ufdd0\uffff"))
    "'\\U00011db0'"
    """
    spaced = " ".join(composed("NFC", typed).split())
    return "".join(letter for letter in spaced if _readable(letter)).strip()


def plain_email(typed: str) -> str:
    """Return the address that was typed or pasted, the domain in small letters; '' when it is none.

    What is around it and what nobody sees is taken away: `mailto:`, a name and angle brackets, quotation
    marks, the comma of a list. The domain may hold letters of any script.

    >>> plain_email(" Zoe@Example.ORG "), plain_email("Zoe <zoe@été.example>,"), plain_email("zoe@here")
    ('Zoe@example.org', 'zoe@été.example', '')
    """
    local, domain = _parts(typed)
    fits = _LOCAL.fullmatch(local) and len(local) + len(domain) < LONGEST_EMAIL
    return f"{local}@{domain}" if domain and fits else ""


def is_email_like(typed: str) -> bool:
    """Return whether somebody meant an address, by whatever keyboard, and not a sign-in name."""
    return "@" in typed.translate(_WIDE)


def has_accents_before_at(typed: str) -> bool:
    """Return whether it would be an address, if mail servers took any letter in front of the @."""
    local, domain = _parts(typed)
    return bool(domain) and not local.isascii() and local.isprintable() and " " not in local


def _parts(typed: str) -> tuple[str, str]:
    """Return what stands before the @ and the domain, '' when it can be none."""
    seen = visible(composed("NFC", typed), but=_JOINERS).translate(_WIDE).strip()
    local, _, domain = _unwrapped(seen).rpartition("@")
    domain = _LOOSE_JOINER.sub("", domain.strip(" ").lower().translate(_STRAIGHT))
    return visible(local).rstrip(" ").translate(_STRAIGHT), domain if _DOMAIN.fullmatch(domain) else ""


def _unwrapped(text: str) -> str:
    """Take away what stands around an address; '' when two addresses stand there."""
    found = _IN_BRACKETS.fullmatch(text)
    if found:
        inner = _bare(found[2])
        return inner if "@" not in found[1] or inner in found[1] else ""
    return _bare(text)


def _bare(text: str) -> str:
    if linked := _LINKED.fullmatch(text.lstrip(_BEFORE)):
        text = _ENCODED.sub(lambda code: chr(int(code[1], 16)), linked[1])
    before = ""
    while text != before:
        before = text
        text = text.lstrip(_BEFORE).rstrip(_BEHIND)
        text = text[1:-1] if text[:1] + text[-1:] in _PAIRS else text
    return text.rstrip("'’`*")


def same_email(tidy: str) -> str:
    """Return the form in which two spellings of one address are equal."""
    return tidy.casefold()


def tidy_sign_in_name(typed: str) -> str:
    """Return the sign-in name in the form in which it is compared; '' when it cannot be one.

    >>> tidy_sign_in_name("Lac.Bleu"), tidy_sign_in_name("a@b"), tidy_sign_in_name("ab")
    ('lac.bleu', '', '')
    """
    text = composed("NFKC", visible(typed).strip().translate(_STRAIGHT)).casefold()
    fits = SHORTEST_SIGN_IN_NAME <= len(text) <= LONGEST_SIGN_IN_NAME
    return text if fits and _SIGN_IN_NAME.fullmatch(text) else ""
