"""What a lesson's structure and words must offer to everyone: headings, lists, tables, links, senses.

Holds judgements over one document; pictures and recordings are judged by `alternatives`, languages by
`languages`. Each follows the success criterion named in `rules`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lms.core.checks.rules import broken
from lms.core.checks.wording.empty_words import SAYS_NOTHING
from lms.core.checks.wording.readability import words
from lms.core.courses.document import (
    Block,
    Break,
    Document,
    Emphasis,
    Figure,
    Heading,
    InShort,
    JobAid,
    Link,
    ListItem,
    Paragraph,
    Recording,
    Table,
)
from lms.core.courses.findings import Finding, Place
from lms.core.courses.walk import TITLED, Run, all_links, inside, own_runs, text_of, walk

LONGEST_SECTION = 400
_TOP = 2
_TOKEN = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_ELIDED = re.compile(r"^(?:[dlcsnmjt]|qu)[’']", re.IGNORECASE)
_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|(?:[\w-]+\.)+(?:ca|com|org|net|gov|gc\.ca)(?:/\S*)?"
)
_SENSES: Mapping[str, re.Pattern[str]] = {
    "en": re.compile(
        r"\b(?:on|at|to) the (?:left|right)(?:(?:[- ]hand)? (?:side|corner|column|panel|menu)\b"
        r"| of the (?:page|screen|text)\b|(?=\s*(?:[.,;:!?)]|$)))"
        r"|\b(?:the|a) (?:red|green|blue|yellow|purple|orange|round|square|large|big)"
        r" (?:button|box|link|icon|text|circle|area)\b"
        r"|\b(?:shown|marked|written|printed|highlighted) in (?:red|green|blue|yellow|purple|orange)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:à|sur la|vers la) (?:gauche|droite)\b(?! de la rue)|\bci-contre\b"
        r"|\b(?:le|la|un|une) (?:gros |grand )?(?:bouton|case|lien|icône|texte|cercle|zone|boîte)"
        r" (?:rouge|verte?|bleue?|jaune|mauve|violette?|orange|ronde?|carrée?)\b"
        r"|\b(?:indiqué|marqué|écrit|imprimé|surligné)e?s? en (?:rouge|vert|bleu|jaune|mauve|orange)\b",
        re.IGNORECASE,
    ),
}
_LISTED = re.compile(r"\s*(?:[•▪‣◦·]|\d{1,2}\)|[a-z]\))\s*\S")
_BULLET = re.compile(r"(?:^|\s)(?:[•▪‣◦]|[-–*](?=\s)|\d{1,2}\))\s+\S")
_STRONG_BULLET = re.compile(r"(?:^|\s)[•▪‣◦]\s*\S")
_CAPITALS_TWO_WORDS = 3
_CAPITALS_ONE_WORD = 7
_FEW_BULLETS = 2


def _language(document: Document) -> str:
    return document.lang.split("-", maxsplit=1)[0]


# --- headings -------------------------------------------------------------------------------------
def _shouts(text: str) -> bool:
    """Return whether a text is in capitals: acronyms alone are not."""
    if text.upper() != text or text.lower() == text:
        return False
    spoken = (word.strip(".,:;!?()«»“”") for word in text.split())
    long = [word for word in spoken if word.isalpha() and len(word) >= _CAPITALS_TWO_WORDS]
    return len(long) > 1 or any(len(word) >= _CAPITALS_ONE_WORD for word in long)


def _order(blocks: Sequence[Block], first: int) -> Iterator[tuple[Heading, int]]:
    """Return each heading that skips a level, with the deepest level that it could have."""
    last = first - 1
    for block in blocks:
        if isinstance(block, Heading):
            if block.level > last + 1 or block.level < first:
                yield block, max(first, last + 1)
            last = max(first, block.level)


def _heading_faults(document: Document, file: str) -> Iterator[Finding]:
    for heading, wanted in _order(document.blocks, _TOP):
        yield broken("heading-order", Place(file, heading.line), level=heading.level, expected=wanted)
    seen: dict[str, int] = {}
    for node in walk(document.blocks):
        if isinstance(node, JobAid):
            for heading, wanted in (*_order(node.content, _TOP + 1), *_order(node.client, _TOP + 1)):
                yield broken("heading-order", Place(file, heading.line), level=heading.level, expected=wanted)
        if isinstance(node, Heading):
            yield from _heading_words(node, file, seen)


def _heading_words(heading: Heading, file: str, seen: dict[str, int]) -> Iterator[Finding]:
    text, place = text_of(heading.content).strip(), Place(file, heading.line)
    if not text:
        yield broken("heading-empty", place)
    elif _shouts(text):
        yield broken("heading-capitals", place, found=text)
    elif text.casefold() in seen:
        yield broken("heading-repeated", place, found=text, line=seen[text.casefold()])
    seen.setdefault(text.casefold(), heading.line)
    if heading.level == _TOP and not heading.id:
        yield broken("anchor-missing", place, found=text)


def _sections(document: Document, file: str) -> Iterator[Finding]:
    """Find long stretches without a heading; the title of a scenario, a checklist or a job aid is one."""
    start, count = 1, 0
    for node in walk(document.blocks):
        if isinstance(node, (Heading, *TITLED)):
            if count > LONGEST_SECTION:
                yield broken("section-long", Place(file, start), words=count, limit=LONGEST_SECTION)
            start, count = node.line, 0
        count += sum(len(words(run.text)) for run in own_runs(node))
    if count > LONGEST_SECTION:
        yield broken("section-long", Place(file, start), words=count, limit=LONGEST_SECTION)


# --- paragraphs, lists, tables --------------------------------------------------------------------
def _paragraph_faults(blocks: Iterable[Block], file: str) -> Iterator[Finding]:
    for block in blocks:
        if isinstance(block, Paragraph):
            text = text_of(block.content)
            if len(block.content) == 1 and isinstance(block.content[0], Emphasis):
                yield broken("heading-emphasis", Place(file, block.line), found=text)
            if len(_STRONG_BULLET.findall(text)) >= _FEW_BULLETS or _has_dashes(block):
                yield broken("list-by-hand", Place(file, block.line), found=text[:40])
        elif not isinstance(block, (Heading, Table, InShort)):
            yield from _paragraph_faults((part for part in inside(block) if not _is_item(part)), file)  # type: ignore[misc]


def _listed_faults(blocks: Sequence[Block], file: str) -> Iterator[Finding]:
    """Find paragraphs one behind the other that begin with a bullet, a number or a letter with a bracket."""
    begun = [_LISTED.match(text_of(one.content)) if isinstance(one, Paragraph) else None for one in blocks]
    for at, block in enumerate(blocks[:-1]):
        if begun[at] and begun[at + 1] and not (at and begun[at - 1]) and isinstance(block, Paragraph):
            yield broken("list-by-hand", Place(file, block.line), found=text_of(block.content)[:40])


def _is_item(node: object) -> bool:
    return isinstance(node, ListItem)


def _has_dashes(paragraph: Paragraph) -> bool:
    """Return whether lines parted by breaks begin with dashes or numbers."""
    lines = [""]
    for node in paragraph.content:
        if isinstance(node, Break):
            lines.append("")
        else:
            lines[-1] += text_of((node,))
    return sum(1 for line in lines if _BULLET.match(line.strip())) >= _FEW_BULLETS


def _table_faults(document: Document, file: str) -> Iterator[Finding]:
    for node in walk(document.blocks):
        if not isinstance(node, Table):
            continue
        place = Place(file, node.line)
        if not all(text_of(cell).strip() for cell in node.header):
            yield broken("table-headers", place, found="header")
        if node.row_headers and not all(row and text_of(row[0]).strip() for row in node.rows):
            yield broken("table-headers", place, found="row")
        if not text_of(node.caption).strip():
            yield broken("table-caption", place)


def _in_short(document: Document, file: str) -> Iterator[Finding]:
    if not document.blocks or not isinstance(document.blocks[0], InShort):
        yield broken("in-short-missing", Place(file, document.blocks[0].line if document.blocks else 1))


# --- links and senses -----------------------------------------------------------------------------
def _said(link: Link) -> str:
    return text_of(link.content).strip()


def _is_generic(said: str) -> bool:
    """Return whether nothing in the words of a link says where it leads.

    >>> _is_generic("Click here to read more"), _is_generic("Plus d’information ici")
    (True, True)
    >>> _is_generic("Read the act")
    False
    """
    words = [_ELIDED.sub("", word) for word in _TOKEN.findall(said.casefold())]
    return bool(words) and all(word in SAYS_NOTHING for word in words)


def _link_faults(document: Document, file: str) -> Iterator[Finding]:
    targets: dict[str, tuple[str, str]] = {}
    for link, line in all_links(document.blocks):
        said, place = _said(link), Place(file, line)
        plain = said.casefold().strip(" .!?…»«\u00a0")
        if not said:
            yield broken("link-empty", place, target=link.target)
        elif _is_generic(said):
            yield broken("link-generic", place, found=said)
        elif _ADDRESS.fullmatch(said):
            yield broken("link-bare-address", place, found=said)
        elif targets.setdefault(plain, (link.kind, link.target)) != (link.kind, link.target):
            yield broken("link-same-words", place, found=said)


def _sense_faults(document: Document, file: str) -> Iterator[Finding]:
    """Find words that only somebody who sees can follow; descriptions of pictures may name places."""
    pattern = _SENSES.get(_language(document))
    if pattern is None:
        return
    for run in _told(document.blocks):
        hit = pattern.search(run.text)
        if hit:
            yield broken("sensory-words", Place(file, run.line), found=hit[0])


def _told(blocks: Iterable[object]) -> Iterator[Run]:
    for block in blocks:
        if not isinstance(block, (Figure, Recording)):
            yield from own_runs(block)  # type: ignore[arg-type]
            yield from _told(inside(block))  # type: ignore[arg-type]


def faults(document: Document, file: str) -> list[Finding]:
    """Judge the structure and the links of a lesson."""
    return [
        *_in_short(document, file),
        *_heading_faults(document, file),
        *_sections(document, file),
        *_paragraph_faults(document.blocks, file),
        *_listed_faults(document.blocks, file),
        *_table_faults(document, file),
        *_link_faults(document, file),
        *_sense_faults(document, file),
    ]
