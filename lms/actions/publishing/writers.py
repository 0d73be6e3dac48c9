"""Who wrote what is new in a draft: nobody approves their own words.

Holds look-ups over who saved each file last; what was sealed already is nobody's any more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lms.actions.context import Context
from lms.actions.publishing.basis import candidates
from lms.storage.database import Tx
from lms.storage.publishing import reviews


def languages_of(file: str, languages: Sequence[str]) -> tuple[str, ...]:
    """Return in which languages a file says something: by its name, else in all of them.

    >>> languages_of("courses/a/b/draft/01-x.fr.md", ("en", "fr"))
    ('fr',)
    >>> languages_of("quizzes/a/b/draft.yaml", ("en", "fr"))
    ('en', 'fr')
    """
    tag = file.rpartition("/")[2].split(".")[-2:-1]
    return tuple(tag) if tag and tag[0] in languages else tuple(languages)


def writers(context: Context, tx: Tx, course: str, languages: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return by language who saved last what differs from the versions that the draft may follow."""
    versions = candidates(context, tx, course)
    sealed = frozenset(
        digest for one in versions for digest in context.library.sealed_files(course, one).values()
    )
    found: dict[str, set[str]] = {locale: set() for locale in languages}
    for one in reviews.saves(tx, course):
        for locale in languages_of(one.file, languages) if one.digest not in sealed else ():
            found[locale].add(one.by)
    return {locale: frozenset(some) for locale, some in found.items()}
