"""From the completed course to the file, in a browser without JavaScript, in both languages."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from lms import jobs
from lms.actions.certificates import certifying, printing, verifying
from lms.actions.context import Context
from lms.actions.operations import background
from lms.core.operations.jobs import CertificatePdf
from lms.core.people.actors import SYSTEM, Actor
from tests.builders_certificates import CODE, a_choice, a_graduate, a_learner, form_token, later, sign_in
from tests.builders_learning import statements
from tests.builders_pages import told

BASE = f"/en/c/{CODE}/certificate"


@pytest.fixture
def who(context: Context) -> Actor:
    return a_graduate(context, "Amina")


@pytest.fixture
def browser(client: FlaskClient, context: Context, who: Actor) -> FlaskClient:
    return sign_in(client, context, who)


def send(browser: FlaskClient, context: Context, address: str, **fields: str) -> TestResponse:
    return browser.post(address, data={"csrf_token": form_token(browser, context), **fields})


def preview(browser: FlaskClient, context: Context, base: str = BASE, **fields: str) -> TestResponse:
    typed = {"name": "Amina Diallo", "locales": "en", "title": "full"} | fields
    sent = send(browser, context, f"{base}/preview", **typed)
    return browser.get(sent.location) if sent.location == f"{base}/preview" else sent


def hidden(page: TestResponse) -> dict[str, str]:
    found = re.findall(r'<input type="hidden"[^>]* name="([a-z_]+)" value="([^"]*)"', page.text)
    return {name: value for name, value in found if name != "csrf_token"}


def issue(browser: FlaskClient, context: Context, base: str = BASE, **fields: str) -> TestResponse:
    return send(browser, context, base, **hidden(preview(browser, context, base, **fields)))


@pytest.mark.parametrize("locale", ["en", "fr"])
def test_from_choice_to_file(browser: FlaskClient, context: Context, locale: str) -> None:
    base = f"/{locale}/c/{CODE}/certificate"
    choose = browser.get(base)
    assert 'value="Amina"' in choose.text
    both = f"{locale} {'fr' if locale == 'en' else 'en'}"
    shown = preview(browser, context, base, locales=both)
    assert shown.status_code == 200
    assert "Amina Diallo" in shown.text
    assert "A warm welcome" in shown.text
    assert "Un accueil chaleureux" in shown.text
    issued = send(browser, context, base, **hidden(shown))
    assert (issued.status_code, issued.location.partition("?issued=")[0]) == (303, base)
    assert told(issued) == "certificate-issued"
    waiting = browser.get(issued.location)
    assert "already valid" not in waiting.text  # a specimen, as on every trial site
    assert f'href="{base}?look=1#pdf"' in waiting.text
    assert f'href="{base}?look=3#pdf"' in browser.get(f"{base}?look=2").text
    assert browser.get(f"{base}/pdf").status_code == 503
    assert browser.get(f"{base}/making").json == {"making": {both: "waiting"}}
    jobs.run_due(context)
    assert browser.get(f"{base}/making").json == {"making": {both: "ready"}}
    ready = browser.get(base)
    assert f'href="{base}/pdf"' in ready.text
    assert "Amina Diallo" in ready.text
    file = browser.get(f"{base}/pdf")
    assert file.mimetype == "application/pdf"
    assert re.fullmatch(
        r'attachment; filename="(certificate-attestation|attestation-certificate)-[0-9a-z]{6}\.pdf"',
        file.headers["Content-Disposition"],
    )
    assert file.headers["Cache-Control"] == "no-store, no-cache"
    assert file.data.startswith(b"%PDF-1.7")
    assert browser.get(f"{base}/pdf").data == file.data


def test_a_second_press_and_a_second_tab_change_nothing(
    browser: FlaskClient, context: Context, who: Actor
) -> None:
    shown = hidden(preview(browser, context))
    first = send(browser, context, BASE, **shown)
    second = send(browser, context, BASE, **shown)
    assert first.location == second.location
    jobs.run_due(context)
    assert len(list(context.blobs.all())) == 1


@pytest.mark.parametrize("request_", ["same", "other"])
def test_another_choice_after_it_was_issued_is_told_what_there_is_and_leads_to_it(
    browser: FlaskClient, context: Context, request_: str
) -> None:
    first, second = (hidden(preview(browser, context)) for _ in range(2))
    assert send(browser, context, BASE, **first).status_code == 303
    pressed = first if request_ == "same" else second
    page = send(browser, context, BASE, **(pressed | {"name": "Somebody Else"}))
    assert page.status_code == 409
    main = page.text.split("<main")[1]
    assert "Your certificate was already issued" in main
    assert [f'href="{BASE}"' in main, f'href="{BASE}/change"' in main] == [True, True]
    assert "try again" not in main
    assert re.findall(r"<textarea[^>]*>\s*(.*)</textarea>", main) == ["Somebody Else"]
    assert ">Name</label>" in main
    assert [value for name, value in pressed.items() if name == "request" and value in page.text] == []


def test_what_was_typed_is_kept_when_something_is_wrong(browser: FlaskClient, context: Context) -> None:
    wrong = preview(browser, context, name="x" * 120, locales="fr")
    assert wrong.status_code == 422
    assert "x" * 120 in wrong.text
    assert 'value="fr" checked' in wrong.text
    assert 'href="#name"' in wrong.text
    nothing = preview(browser, context, name="", locales="")
    assert nothing.status_code == 422
    assert nothing.text.count('<li><a href="#') >= 2
    typed = {"csrf_token": form_token(browser, context), "name": "Zo\0é", "locales": "en", "title": "full"}
    odd = browser.post(f"{BASE}/preview", data=typed, lint=False)
    for page in (wrong, nothing, odd):
        assert (page.status_code, "<title>Error:" in page.text) == (422, True)


def test_changing_something_goes_back_with_everything_typed(browser: FlaskClient, context: Context) -> None:
    """A text browser knows no `formaction`: its one button issues, and what leads back is a link."""
    shown = preview(browser, context, name="Zoë", locales="fr", title="neutral")
    main = shown.text[shown.text.index("<main") :]
    assert main.count("<button") == 1
    assert "formaction" not in shown.text
    assert f'<a href="{BASE}">Make changes</a>' in main
    back = browser.get(BASE)
    assert back.status_code == 200
    assert 'value="Zoë"' in back.text
    assert 'value="fr" checked' in back.text
    assert 'value="neutral" checked' in back.text


def test_switching_the_language_keeps_place_and_words(browser: FlaskClient, context: Context) -> None:
    typed = {"name": "Zoë", "locales": "en fr", "title": "neutral"}
    assert browser.get(f"{BASE}/preview").location == BASE
    away = send(browser, context, f"{BASE}/preview", switch_to="fr", **typed)
    assert (away.status_code, away.location) == (303, f"/fr/c/{CODE}/certificate")
    choose = browser.get(away.location)
    assert 'value="Zoë"' in choose.text
    assert 'value="fr en" checked' in choose.text
    assert browser.get(f"{BASE}/preview").location == BASE, "nothing was looked at yet"
    shown = preview(browser, context)
    assert f'<a href="/fr/c/{CODE}/certificate/preview"' in shown.text
    again = browser.get(f"/fr/c/{CODE}/certificate/preview")
    assert hidden(again)["request"] == hidden(shown)["request"]
    assert '<html lang="fr"' in again.text


def test_back_leads_to_pages_of_their_own(browser: FlaskClient, context: Context) -> None:
    sent = send(browser, context, f"{BASE}/preview", name="Zoë", locales="fr", title="neutral")
    assert (sent.status_code, sent.location) == (303, f"{BASE}/preview")
    first, again = (browser.get(f"{BASE}/preview") for _ in range(2))
    assert hidden(first) == hidden(again)
    assert 'value="Zoë"' in browser.get(BASE).text
    send(browser, context, BASE, **hidden(browser.get(f"{BASE}/preview")))
    assert browser.get(f"{BASE}/preview").location == BASE, "nothing is kept once it is issued"


def test_what_idled_out_on_the_way_to_a_preview_is_on_the_page_again(
    browser: FlaskClient, context: Context, who: Actor
) -> None:
    issue(browser, context)
    later(context, minutes=45)
    asked = send(browser, context, f"{BASE}/preview", name="Zoë", locales="fr", title="neutral")
    assert told(asked) == "kept"
    sign_in(browser, context, who)
    led = browser.get(f"{BASE}/preview")
    assert led.location == f"{BASE}/change"
    assert 'value="Zoë"' in browser.get(led.location).text


def test_a_neutral_title_is_the_only_one_on_the_certificate(browser: FlaskClient, context: Context) -> None:
    shown = preview(browser, context, title="neutral")
    sheet = shown.text[shown.text.index('<section class="certificate') : shown.text.index("</section>")]
    assert "Professional learning" in sheet
    assert "A warm welcome" not in sheet


def test_a_new_name_takes_the_place_of_the_old_one(
    browser: FlaskClient, context: Context, who: Actor
) -> None:
    issue(browser, context, name="Old Name")
    jobs.run_due(context)
    assert 'value="Old Name"' in browser.get(f"{BASE}/change").text
    changed = issue(browser, context, name="New Name")
    assert told(changed) == "certificate-replaced"
    jobs.run_due(context)
    assert "Old Name" not in browser.get(BASE).text
    assert len(list(context.blobs.all())) == 1


def test_a_name_corrected_after_going_back_is_the_one_that_is_printed(
    browser: FlaskClient, context: Context, who: Actor
) -> None:
    shown = hidden(preview(browser, context, name="Amina Dialo"))
    assert told(send(browser, context, BASE, **shown)) == "certificate-issued"
    corrected = preview(browser, context, **(shown | {"name": "Amina Diallo"}))
    assert "Get the new certificate" in corrected.text
    done = send(browser, context, BASE, **hidden(corrected))
    assert told(done) == "certificate-replaced"
    assert "Amina Diallo" in browser.get(BASE).text
    assert send(browser, context, BASE, **(shown | {"name": "Amina D."})).status_code == 409
    assert "Amina Diallo" in browser.get(BASE).text


def test_of_two_windows_with_a_preview_one_issues(browser: FlaskClient, context: Context, who: Actor) -> None:
    first, second = (hidden(preview(browser, context, name=name)) for name in ("One", "Two"))
    assert send(browser, context, BASE, **first).status_code == 303
    number = mine(context, who)
    assert send(browser, context, BASE, **second).status_code == 409
    assert mine(context, who) == number
    assert send(browser, context, BASE, **(first | {"replaces": "../x"})).status_code == 400


def test_erasing_asks_first_and_leaves_the_number(browser: FlaskClient, context: Context) -> None:
    assert browser.get(f"{BASE}/erase").status_code == 303
    issue(browser, context)
    assert browser.get(f"{BASE}/erase").status_code == 200
    erased = send(browser, context, f"{BASE}/erase")
    assert told(erased) == "certificate-erased"
    after = browser.get(erased.location)
    assert "Amina Diallo" not in after.text
    assert f'href="{BASE}/change"' in after.text
    assert browser.get(f"{BASE}/pdf").status_code == 404
    assert browser.get(f"{BASE}/erase").status_code == 303
    assert browser.get(f"{BASE}/change").status_code == 200


def test_states_are_said(browser: FlaskClient, context: Context, who: Actor) -> None:
    assert browser.get(f"{BASE}/change").status_code == 303
    issue(browser, context)
    number = mine(context, who)
    verifying.revoke(context, SYSTEM, number, "issued by mistake")
    revoked = browser.get(BASE)
    assert f'href="{BASE}/change"' not in revoked.text
    assert 'class="notice error"' in revoked.text
    assert "Reason: issued by mistake" in revoked.text
    assert "already valid" not in revoked.text
    assert f'class="go" href="{BASE}/pdf"' not in revoked.text
    verifying.restore(context, SYSTEM, number, "it was right after all")
    assert "Reason:" not in browser.get(BASE).text


def mine(context: Context, who: Actor) -> str:
    from lms.actions.certificates.certifying import my_certificate  # noqa: PLC0415  # only here

    holding = my_certificate(context, who, CODE).holding
    assert holding is not None
    return holding.number


def test_who_has_not_completed_the_course_is_told(client: FlaskClient, context: Context, who: Actor) -> None:
    assert client.get(BASE, lint=False).status_code in {302, 303, 401, 403}
    sign_in(client, context, a_learner(context, "Other"))
    for address in (BASE, f"{BASE}/change", f"{BASE}/making", f"{BASE}/erase"):
        assert client.get(address).status_code == 403
    page = client.get(BASE).text
    assert "Your certificate is not available yet</h1>" in page
    assert f'href="/en/c/{CODE}">Back to the course' in page
    assert client.get(f"{BASE}/pdf").status_code == 404
    assert preview(client, context).status_code == 403


def test_a_forged_press_is_refused(browser: FlaskClient, context: Context, who: Actor) -> None:
    shown = hidden(preview(browser, context))
    assert send(browser, context, BASE, **(shown | {"request": "../../x"})).status_code == 400
    assert browser.post(BASE, data=shown).status_code == 403
    assert send(browser, context, BASE, **(shown | {"name": ""})).status_code == 422
    with pytest.raises(Exception, match=r"certificate\.none"):
        printing.my_pdf(context, who, CODE)


def test_the_pages_cost_the_same_however_many_there_are(
    browser: FlaskClient, context: Context, who: Actor
) -> None:
    def cost(address: str) -> int:
        with statements(context) as sent:
            assert browser.get(address).status_code == 200
        return len(sent)

    issue(browser, context)
    verify = f"/en/verify/{mine(context, who)}"
    before = [cost(address) for address in (BASE, verify)]
    for name in ("First", "Second", "Third"):
        certifying.issue(context, a_graduate(context, name), CODE, a_choice(name), f"press-{name}")
    assert [cost(address) for address in (BASE, verify)] == before
    assert before[0] <= 8
    assert before[1] <= 4


@pytest.mark.parametrize(
    ("locale", "told"), [("en", "Once we fix the problem"), ("fr", "Une fois le problème réglé")]
)
def test_a_pdf_that_could_not_be_made_says_so_and_what_comes_next(
    browser: FlaskClient, context: Context, locale: str, told: str
) -> None:
    base = f"/{locale}/c/{CODE}/certificate"
    issue(browser, context, base)
    job = background.take_job(context, SYSTEM)
    while job and job.kind != CertificatePdf.kind:
        job = background.take_job(context, SYSTEM)
    assert job
    background.give_up_job(context, SYSTEM, job, "certificate.no-engine")
    page = browser.get(base).text
    assert told in page
    assert "Amina Diallo" in page, "it counts all the same"
    assert browser.get(f"{base}/making").json == {"making": {"en": "failed"}}
    background.retry_job(context, SYSTEM, job.id)
    assert browser.get(f"{base}/making").json == {"making": {"en": "waiting"}}


@pytest.mark.parametrize(("locale", "file"), [("en", "certificate"), ("fr", "attestation")])
def test_another_language_is_printed_under_the_same_number(
    browser: FlaskClient, context: Context, who: Actor, locale: str, file: str
) -> None:
    base = f"/en/c/{CODE}/certificate"
    other = "fr" if locale == "en" else "en"
    issue(browser, context, base, locales=other)
    jobs.run_due(context)
    number = mine(context, who)
    page = browser.get(base).text
    assert f'name="locales" value="{locale}"' in page
    assert 'name="locales" value="en fr"' in page
    asked = send(browser, context, f"{base}/print", locales=locale)
    assert (asked.status_code, told(asked)) == (303, "certificate-printed")
    assert f'href="{base}?look=1#languages"' in browser.get(asked.location).text
    jobs.run_due(context)
    ready = browser.get(base).text
    assert f'href="{base}/pdf?in={locale}"' in ready
    printed = browser.get(f"{base}/pdf?in={locale}")
    assert printed.headers["Content-Disposition"] == f'attachment; filename="{file}-{number[:6]}.pdf"'
    assert mine(context, who) == number
    assert context.settings.issuer_name in browser.get(f"/en/verify/{number}").text
    assert send(browser, context, f"{base}/print", locales="es").status_code == 400


def test_a_print_that_failed_is_told(browser: FlaskClient, context: Context) -> None:
    issue(browser, context)
    jobs.run_due(context)
    send(browser, context, f"{BASE}/print", locales="fr")
    job = background.take_job(context, SYSTEM)
    assert job
    background.give_up_job(context, SYSTEM, job, "certificate.no-engine")
    assert "We couldn’t create the PDF (French)" in browser.get(BASE).text


def test_changing_nothing_leaves_the_certificate_as_it_is(
    browser: FlaskClient, context: Context, who: Actor
) -> None:
    issue(browser, context)
    number = mine(context, who)
    again = issue(browser, context)
    assert (told(again), mine(context, who)) == ("certificate-unchanged", number)


def test_letters_that_cannot_be_printed_are_named_before_anything_is_issued(
    browser: FlaskClient, context: Context
) -> None:
    refused = preview(browser, context, name="Rose \U00030010")
    assert refused.status_code == 422
    assert "\U00030010 (U+30010)" in refused.text
