"""The letters that the house writes, in the language of the person who reads them.

Subjects are neutral: no course, no word about what is learnt, because a shared screen or an employer may
show them. Plain text, short, without a link that signs anybody in. Called by `actions.letters`.
"""

from __future__ import annotations

from lms.rendering.words import voice


def N_(sentence: str) -> str:  # noqa: N802  # the name that gettext tools look for
    """Mark a sentence for the catalogues without translating it yet."""
    return sentence


CODE_SUBJECT = N_("Your sign-in code")
UPDATE_SUBJECT = N_("Course update")
QUESTIONS_SUBJECT = N_("A few short questions")
GREETING = N_("Hello,")
CODE = N_(
    "Your code is %(code)s. It counts for %(minutes)s minutes, once, in the window where you asked for it."
)
IGNORE = N_("If you did not ask for it, you need not do anything.")
NO_ACCOUNT = N_(
    "Somebody, perhaps you, asked for a code to sign in with this address. It belongs to no account."
)
NO_ACCOUNT_SO = N_("You can make an account, or sign in with another address or with a sign-in name.")
HAS_ACCOUNT = N_("You have an account with this address already, so the code signs you in.")
ADDRESS = N_("The code confirms that this address is yours.")
QUESTIONS = N_(
    "About three months ago you completed a course with us. If you like, tell us in about one minute what "
    "has become of it."
)
QUESTIONS_LINK = N_("The questions: %(link)s")
QUESTIONS_NOBODY = N_(
    "You need not answer. Nobody can tell from the answers whose they are. This is the only message about it."
)
ANSWERED = N_("There is an answer to what you asked us. It stands in My learning, after you have signed in.")
ANSWERED_LINK = N_("My learning: %(link)s")
TEST = N_("This message shows that mail works.")

#: What each kind of letter says between the greeting and the end.
BODIES: dict[str, tuple[str, ...]] = {
    "sign-in": (CODE, IGNORE),
    "sign-up": (CODE, IGNORE),
    "sign-up-again": (HAS_ACCOUNT, CODE, IGNORE),
    "address": (ADDRESS, CODE, IGNORE),
    "no-account": (NO_ACCOUNT, NO_ACCOUNT_SO, IGNORE),
    "answered": (ANSWERED, ANSWERED_LINK),
    "questions": (QUESTIONS, QUESTIONS_LINK, QUESTIONS_NOBODY),
    "test": (TEST,),
}
#: What stands in the subject; a letter that is not named here brings a code.
SUBJECTS = {"answered": UPDATE_SUBJECT, "questions": QUESTIONS_SUBJECT, "test": UPDATE_SUBJECT}


def letter(
    kind: str, locale: str, *, sender: str, code: str = "", minutes: int = 0, link: str = ""
) -> tuple[str, str]:
    """Give (subject, text) of a letter; `sender` is the name under which the house signs."""
    speak = voice(locale).gettext
    subject = SUBJECTS.get(kind, CODE_SUBJECT)
    body = [speak(sentence, code=code, minutes=minutes, link=link) for sentence in BODIES[kind]]
    return speak(subject), "\n\n".join([speak(GREETING), *body, sender]) + "\n"
