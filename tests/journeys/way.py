"""The main way, from the first page to a certificate that somebody verifies; walked by several people."""

from __future__ import annotations

from tests.journeys.learner import COURSE, Learner


def here(learner: Learner) -> str:
    """Return where somebody is, after the language."""
    assert learner.path.startswith(f"/{learner.locale}/"), learner.path
    return learner.path.removeprefix(f"/{learner.locale}")


def heading(learner: Learner) -> str:
    """Return the main heading."""
    return learner.browser.find("h1").text


def try_first_module(learner: Learner) -> None:
    """Find the course, start without an account, read the first module and pass its check."""
    learner.find_course()
    learner.start()
    assert here(learner) == f"{COURSE}/m1/l1"
    learner.read_on()
    assert here(learner) == f"{COURSE}/m1/l2"
    learner.read_on()
    assert here(learner) == f"{COURSE}/m1/check"
    learner.pass_check()
    assert "/m1/check/result/" in here(learner)
    assert learner.browser.find_all("main .outcome.passed")


def join(learner: Learner) -> None:
    """Meet the door of the second module, make an account, take the progress along."""
    learner.go(f'.acts a[href*="{COURSE}/m2/l1"]')
    learner.go(f'a[href$="/{learner.locale}/sign-up"]')
    learner.sign_up()
    assert here(learner) == "/account/was-this-you"
    learner.go("form.act:first-of-type button")


def finish(learner: Learner) -> None:
    """Read the second module, pass its check and the final one."""
    learner.open(f"{COURSE}")
    learner.go(".acts a.go")
    assert here(learner) == f"{COURSE}/m2/l1"
    learner.read_on()
    learner.read_on()
    assert here(learner) == f"{COURSE}/m2/check"
    learner.pass_check()
    learner.go(f'.acts a[href$="{COURSE}/check"]')
    learner.pass_final()
    assert "/check/result/" in here(learner)
    assert learner.browser.find_all("main .outcome.passed")


def certify(learner: Learner, name: str) -> str:
    """Get the certificate and give its number."""
    learner.go(f'.acts a[href$="{COURSE}/certificate"]')
    number = learner.get_certificate(name)
    assert name in learner.browser.find("main").text
    return number


def verify(learner: Learner, number: str, name: str) -> None:
    """Be a stranger with a number: find out that it counts, and that the name is right."""
    learner.sit_down(None)
    learner.open("/verify")
    learner.type("number", number.replace("-", "").upper())
    learner.go("form button:not([name])")
    assert here(learner).startswith("/verify/")
    assert name not in learner.browser.find("main").text
    learner.type("name", name.lower())
    learner.go("#name-check button")
    assert learner.browser.find_all("#name-result.done")
