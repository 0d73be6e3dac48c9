"""Settings: safe defaults, every problem at once, and no secret repeated in what is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import lms
from lms.cli.publishing.check import today
from lms.settings import SettingError, Settings, bundled_site, from_environment


def problems(**environ: str) -> list[str]:
    with pytest.raises(SettingError) as caught:
        from_environment(environ)
    return [problem.variable for problem in caught.value.problems]


def test_nothing_set_gives_a_private_demonstration_on_this_machine() -> None:
    settings = from_environment({})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.demo_allowed
    assert settings.specimen
    assert not settings.secure_cookies
    assert settings.frame_ancestors == "'none'"
    assert settings.idle_minutes == 30
    assert settings.mail_url is None
    assert settings.web_processes >= 1


def test_everything_lives_in_the_data_folder_unless_told_otherwise(tmp_path: Path) -> None:
    settings = from_environment({"LMS_DATA": str(tmp_path)})
    assert settings.site == tmp_path / "site"
    assert settings.keys == tmp_path / "keys"
    assert settings.blobs == tmp_path / "blobs"
    assert settings.outgoing_mail == tmp_path / "mail"
    assert settings.database_url == f"sqlite:///{tmp_path}/parvis.sqlite3"
    elsewhere = from_environment({"LMS_DATA": str(tmp_path), "LMS_SITE": "/srv/site"})
    assert elsewhere.site == Path("/srv/site")


def test_a_public_address_ends_the_demonstration() -> None:
    settings = from_environment({"PUBLIC_URL": "https://learn.example.org/"})
    assert settings.public_url == "https://learn.example.org"
    assert settings.secure_cookies
    assert not settings.demo_allowed
    assert not settings.specimen


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.9.9.9", True),
        ("::1", True),
        ("localhost", True),
        ("192.0.2.7", False),
        ("lms", False),
    ],
)
def test_demo_accounts_need_a_loopback_host(host: str, loopback: bool) -> None:
    assert from_environment({"HOST": host}).demo_allowed is loopback


def test_a_number_that_python_does_not_read_is_a_problem() -> None:
    assert problems(PORT="9" * 4_301) == ["PORT"]


def test_every_problem_is_said_at_once() -> None:
    assert problems(
        PORT="eighty",
        HOST="a b",
        PUBLIC_URL="learn.example.org",
        DATABASE_URL="mysql://x",
        MAIL_URL="mail.example.org",
        MAIL_FROM="nobody",
        WEB_PROCESSES="0",
        FRAME_ANCESTORS="http://plain.example",
        TRUSTED_PROXIES="-1",
        IDLE_MINUTES="0",
        DEFAULT_LOCALE="english!",
        TIME_ZONE="America/Torronto",
        CERTIFICATE_DAY="mine",
        LOG_LEVEL="loud",
        ISSUER_NAME="two\nlines",
    ) == [
        "DATABASE_URL",
        "PUBLIC_URL",
        "HOST",
        "PORT",
        "MAIL_URL",
        "MAIL_FROM",
        "ISSUER_NAME",
        "WEB_PROCESSES",
        "FRAME_ANCESTORS",
        "TRUSTED_PROXIES",
        "IDLE_MINUTES",
        "DEFAULT_LOCALE",
        "TIME_ZONE",
        "CERTIFICATE_DAY",
        "LOG_LEVEL",
    ]


@pytest.mark.parametrize(
    "address",
    [
        "http://learn.example.org",
        "https://learn.example.org/path",
        "https://user@learn.example.org",
        "https://learn.example.org:port",
        "https://[learn",
        "https://learn.example.org?a=b",
    ],
)
def test_a_public_address_is_https_and_a_host_alone(address: str) -> None:
    assert problems(PUBLIC_URL=address) == ["PUBLIC_URL"]


def test_secrets_are_not_repeated() -> None:
    with pytest.raises(SettingError) as caught:
        from_environment({"DATABASE_URL": "mysql://u:hunter2@h/d", "MAIL_URL": "smtp://u:hunter2@h:port"})
    assert "hunter2" not in str(caught.value)
    assert "DATABASE_URL" in str(caught.value)


@pytest.mark.parametrize(
    "url", ["smtp://", "smtp://mail.example.org?tls=maybe", "https://mail.example.org", "smtp://[m"]
)
def test_a_mail_server_is_named_whole(url: str) -> None:
    assert problems(MAIL_URL=url, MAIL_FROM="a@example.org") == ["MAIL_URL"]


def test_a_mail_server_needs_a_sender() -> None:
    assert problems(MAIL_URL="smtp://mail.example.org:587?tls=starttls") == ["MAIL_FROM"]
    settings = from_environment({"MAIL_URL": "smtps://u:p@mail.example.org", "MAIL_FROM": "a@example.org"})
    assert settings.mail_url == "smtps://u:p@mail.example.org"


@pytest.mark.parametrize("given", ["zz", "english", "fr_CA", ".."])
def test_a_language_without_a_catalogue_is_refused_and_the_others_are_named(given: str) -> None:
    with pytest.raises(SettingError) as wrong:
        from_environment({"DEFAULT_LOCALE": given})
    (problem,) = wrong.value.problems
    assert problem.variable == "DEFAULT_LOCALE"
    assert str(problem).endswith(" Give one of en, fr.")


@pytest.mark.parametrize(
    ("value", "sources"),
    [
        ("none", "'none'"),
        ("self https://a.example", "'self' https://a.example"),
        ("https://*.a.example:8443", "https://*.a.example:8443"),
        ("'self'", "'self'"),
    ],
)
def test_who_may_frame_a_page(value: str, sources: str) -> None:
    settings = from_environment({"FRAME_ANCESTORS": value, "PUBLIC_URL": "https://learn.example.org"})
    assert settings.frame_ancestors == sources
    assert settings.framed is ("https://" in sources)


@pytest.mark.parametrize(
    "value",
    [
        "https://*",
        "https://a.*.example",
        "https://a.example/page",
        "http://a.example",
        "none https://a.example",
        "*",
    ],
)
def test_a_site_that_may_frame_a_page_is_one_that_can_be_meant(value: str) -> None:
    assert problems(FRAME_ANCESTORS=value, PUBLIC_URL="https://learn.example.org") == ["FRAME_ANCESTORS"]


@pytest.mark.parametrize("address", ["", "http://localhost:8000"])
def test_other_sites_cannot_frame_what_has_no_https(address: str) -> None:
    """Their browsers would keep no cookie of ours, and no form would work."""
    with pytest.raises(SettingError) as wrong:
        from_environment({"FRAME_ANCESTORS": "self https://portal.example", "PUBLIC_URL": address})
    (problem,) = wrong.value.problems
    assert problem.variable == "FRAME_ANCESTORS"
    assert "PUBLIC_URL" in problem.what
    assert from_environment({"FRAME_ANCESTORS": "self", "PUBLIC_URL": address}).frame_ancestors == "'self'"


@given(
    st.dictionaries(st.sampled_from(["PORT", "HOST", "PUBLIC_URL", "MAIL_URL", "DEFAULT_LOCALE"]), st.text())
)
def test_any_value_gives_settings_or_problems(environ: dict[str, str]) -> None:
    try:
        assert isinstance(from_environment(environ), Settings)
    except SettingError as error:
        said = error.problems
        assert all(problem.mend for problem in said)


def test_the_bundled_site_is_beside_the_package_in_a_checkout() -> None:
    assert (bundled_site() / "lms" / "settings.py").is_file()


@pytest.mark.parametrize(
    "name",
    [
        "America",
        "america/toronto",
        "../zoneinfo/UTC",
        "/etc/localtime",
        "right/America/Toronto",
        "x\0",
        "Toronto",
    ],
)
def test_a_time_zone_is_one_that_the_machine_knows(name: str) -> None:
    with pytest.raises(SettingError) as caught:
        from_environment({"TIME_ZONE": name})
    assert str(caught.value) == (
        f"TIME_ZONE: {name!r} is not a time zone that this machine knows. Give an IANA name, like "
        "America/Toronto or America/St_Johns."
    )


def test_the_calendar_is_that_of_toronto_unless_told_otherwise() -> None:
    assert from_environment({}).calendar.key == "America/Toronto"
    for name in ("America/Vancouver", "America/Whitehorse", "America/Regina", "America/St_Johns", "UTC"):
        assert from_environment({"TIME_ZONE": name}).calendar.key == name


def test_checks_are_made_on_the_day_of_the_calendar() -> None:
    """Between these two there are 25 hours, so that it is never the same day in both."""
    first, last = (from_environment({"TIME_ZONE": f"Pacific/{name}"}) for name in ("Kiritimati", "Pago_Pago"))
    assert today(first) > today(last)


def test_no_time_zone_is_written_into_the_program_but_the_default() -> None:
    found = [
        path.name
        for path in Path(lms.__file__).parent.rglob("*.py")
        if "ZoneInfo" in path.read_text("utf-8") and "get_timezone_name" not in path.read_text("utf-8")
    ]
    # Whoever plans a day of publishing says in which zone it begins.
    assert sorted(found) == ["publish.py", "settings.py"]
