"""Every state of every page, as data.

`test_matrix` looks at each, `test_completeness` sees that none is left out.
"""

from __future__ import annotations

from tests.pages import (
    states_account,
    states_certificate,
    states_desk,
    states_errors,
    states_learning,
    states_public,
    states_questions,
)
from tests.pages.looks import State

STATES: list[State] = [
    *states_public.STATES,
    *states_account.STATES,
    *states_learning.STATES,
    *states_certificate.STATES,
    *states_questions.STATES,
    *states_desk.STATES,
    *states_errors.STATES,
]
assert len({state.name for state in STATES}) == len(STATES), "two states have one name"

#: A state that shows each template. What is not here is not seen by anybody: `test_completeness`.
SHOWN: dict[str, str] = {
    "errors/400.html": "error 400",
    "errors/403.html": "error 403",
    "errors/404.html": "error 404",
    "errors/405.html": "error 405",
    "errors/409.html": "error 409",
    "errors/413.html": "error 413",
    "errors/422.html": "error 422",
    "errors/429.html": "error 429",
    "errors/500.html": "error 500",
    "errors/503.html": "error 503",
    "pages/account/account.html": "account",
    "pages/account/delete_me.html": "delete me",
    "pages/account/email.html": "address",
    "pages/account/email_code.html": "address, code awaited",
    "pages/account/everything.html": "everything",
    "pages/account/language.html": "language",
    "pages/account/name.html": "name",
    "pages/account/password.html": "password",
    "pages/account/sign_in_name.html": "sign-in name",
    "pages/account/was_this_you.html": "was this you",
    "pages/catalogue/course.html": "course",
    "pages/catalogue/courses.html": "courses",
    "pages/certificate/certificate.html": "certificate, PDF ready",
    "pages/certificate/choose.html": "certificate, choice",
    "pages/certificate/erase.html": "certificate, erase",
    "pages/certificate/preview.html": "certificate, preview",
    "pages/desk/admin.html": "administration",
    "pages/desk/desk.html": "desk",
    "pages/facilitator/facilitator.html": "team talk",
    "pages/glossary/glossary.html": "glossary",
    "pages/help/help.html": "help",
    "pages/help/support.html": "support",
    "pages/home/home.html": "home",
    "pages/lessons/aid.html": "job aid",
    "pages/lessons/client.html": "job aid for a client",
    "pages/lessons/lesson.html": "lesson",
    "pages/lessons/sign_up.html": "lesson, account needed",
    "pages/my_learning/my_learning.html": "my learning",
    "pages/questions/questions.html": "questions, before",
    "pages/quiz/begin.html": "check, before it begins",
    "pages/quiz/check.html": "check, questions",
    "pages/quiz/result.html": "result, passed",
    "pages/quiz/review.html": "final check, look over",
    "pages/reader/reading.html": "reading settings",
    "pages/recovery/recovery_codes.html": "recovery codes",
    "pages/register/changes.html": "changes",
    "pages/register/law.html": "law",
    "pages/register/laws.html": "register",
    "pages/results/results.html": "results",
    "pages/search/search.html": "search",
    "pages/sessions/sessions.html": "sessions",
    "pages/sign_in/code.html": "sign up, code awaited",
    "pages/sign_in/recovery.html": "sign in with a recovery code",
    "pages/sign_in/sign_in.html": "sign in",
    "pages/sign_up/sign_up.html": "sign up",
    "pages/sign_up/without_email.html": "sign up without an address",
    "pages/statements/accessibility.html": "accessibility",
    "pages/statements/privacy.html": "privacy",
    "pages/tell_us/tell_us.html": "tell us",
    "pages/tell_us/thanks.html": "tell us, done",
    "pages/verify/ask.html": "verify",
    "pages/verify/verify.html": "verify, valid",
}
