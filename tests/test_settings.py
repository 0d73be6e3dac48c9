"""Settings: safe defaults, every problem at once, and no secret repeated in what is said."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

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


@pytest.mark.parametrize(
    ("value", "sources"),
    [("none", "'none'"), ("self https://a.example", "'self' https://a.example"), ("'self'", "'self'")],
)
def test_who_may_frame_a_page(value: str, sources: str) -> None:
    assert from_environment({"FRAME_ANCESTORS": value}).frame_ancestors == sources


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
