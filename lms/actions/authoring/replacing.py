"""Find and replace across the draft of a course, each place chosen by whoever looks at it.

Places are known by the file, its digest and their number; a file that changed since the preview is refused
by itself, and the others are done. Every byte outside the chosen places stays.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256

from lms.actions.action import Who, command, query
from lms.actions.context import Context
from lms.actions.publishing.preparing import save_draft
from lms.content.editing.texts import pieces_of, with_pieces
from lms.core.authoring.draft_texts import Match, TextPiece, matches, pattern_of, with_matches
from lms.core.errors import Conflict, Invalid
from lms.core.people.actors import Actor

MOST_PLACES = 500


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for; `loosely` also with other apostrophes, spaces and capitals."""

    words: str
    loosely: bool = False


@dataclass(frozen=True, slots=True)
class FoundFile:
    """The places of one file, in their order, each with its piece; `digest` is of the file as it was read."""

    file: str
    digest: str
    places: tuple[tuple[TextPiece, Match], ...]


@dataclass(frozen=True, slots=True)
class Replaced:
    """How many places were replaced, and which files had changed since they were shown."""

    places: int
    refused: tuple[str, ...]


@query("authoring.find", by=Who.AUTHOR)
def find(context: Context, actor: Actor, course: str, search: Search) -> tuple[FoundFile, ...]:
    """Return every place of a draft in which these words stand.

    Raises: NotFound `course.unknown`; Invalid `draft.not-whole`, `replace.nothing-typed`,
    `replace.too-many`.
    """
    if not search.words:
        raise Invalid("replace.nothing-typed")
    pattern, found, count = pattern_of(search.words, loosely=search.loosely), [], 0
    for file in context.library.draft_texts(course):
        raw = context.library.draft_file(course, file)
        pieces = pieces_of(raw, file)
        places = tuple((pieces[one.piece], one) for one in matches(pieces, pattern))
        if places:
            found.append(FoundFile(file, sha256(raw).hexdigest(), places))
        count += len(places)
        if count > MOST_PLACES:
            raise Invalid("replace.too-many", most=MOST_PLACES)
    return tuple(found)


@command("authoring.replace", by=Who.AUTHOR)
def replace(
    context: Context,
    actor: Actor,
    course: str,
    search: Search,
    *,
    put: str,
    chosen: Mapping[tuple[str, str], Sequence[int]],
) -> Replaced:
    """Replace the chosen places, by file and its digest; a file that changed meanwhile stays as it is.

    Raises: NotFound `course.unknown`, `draft.unknown-file`; Invalid `replace.nothing-typed`,
    `replace.nothing-chosen`; Unavailable `disk.write-failed`.
    """
    if not search.words:
        raise Invalid("replace.nothing-typed")
    if not any(chosen.values()):
        raise Invalid("replace.nothing-chosen")
    done, refused = 0, []
    for (file, digest), numbers in chosen.items():
        raw = context.library.draft_file(course, file)
        if sha256(raw).hexdigest() != digest:
            refused.append(file)
            continue
        try:
            made, count = _replaced(raw, file, search, put, numbers)
            save_draft(context, actor, course, file, made, expected=digest)
            done += count
        except Conflict:
            refused.append(file)
    return Replaced(done, tuple(refused))


def _replaced(raw: bytes, file: str, search: Search, put: str, numbers: Sequence[int]) -> tuple[bytes, int]:
    pieces = pieces_of(raw, file)
    found = list(matches(pieces, pattern_of(search.words, loosely=search.loosely)))
    wanted = [found[number] for number in set(numbers) if 0 <= number < len(found)]
    words = {
        at: with_matches(pieces[at].text, [one for one in wanted if one.piece == at], put)
        for at in {one.piece for one in wanted}
    }
    return with_pieces(raw, file, words), len(wanted)
