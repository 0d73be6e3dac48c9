"""Settings that are addresses: odd signs are read right, or refused with the right spelling."""

from pathlib import Path

import pytest
from sqlalchemy import make_url

from lms.mail.mailer import SmtpPost, open_mailer
from lms.settings import SettingError, from_environment, web_address
from lms.storage.database import open_database
from tests.test_settings import problems

READ_RIGHT = {
    "smtp://user:p@ss@mail.example.org": ("mail.example.org", "user", "p@ss"),
    "smtp://user:pa:ss@mail.example.org": ("mail.example.org", "user", "pa:ss"),
    "smtp://user:pa%ss@mail.example.org": ("mail.example.org", "user", "pa%ss"),
    "smtp://user:12%2334%2F5%3Fx%5B@mail.example.org": ("mail.example.org", "user", "12#34/5?x["),
    "smtp://zoe%40example.org:pw@mail.example.org": ("mail.example.org", "zoe@example.org", "pw"),
    "smtp://zoe@example.org:pw@mail.example.org": ("mail.example.org", "zoe@example.org", "pw"),
    "smtp://user:p w+$&=;,!*'()~^|<>\\\"`@mail.example.org": (
        "mail.example.org",
        "user",
        "p w+$&=;,!*'()~^|<>\\\"`",
    ),
    "smtp://user:pässwörd@mail.example.org": ("mail.example.org", "user", "pässwörd"),
    "smtp://user:pw@mail:587": ("mail", "user", "pw"),
    "smtp://@mailpit:1025?tls=none": ("mailpit", "", ""),
    "smtp://localhost:25?tls=none": ("localhost", "", ""),
    "smtp://[2001:db8::1]:25": ("2001:db8::1", "", ""),
    "smtp://192.0.2.7": ("192.0.2.7", "", ""),
}


@pytest.mark.parametrize("url", READ_RIGHT)
def test_odd_signs_of_a_mail_password_are_read_right(url: str) -> None:
    settings = from_environment({"MAIL_URL": url, "MAIL_FROM": "a@example.org"})
    post = open_mailer(settings)
    assert isinstance(post, SmtpPost)
    assert (post.host, post.user, post.password) == READ_RIGHT[url]


@pytest.mark.parametrize(
    "url",
    [
        "smtp://user:12#34@mail.example.org:587",
        "smtp://us.er:12#34@mail.example.org:587",
        "smtp://user:5?x@mail.example.org",
        "smtp://us.er:5?x@mail.example.org",
        "smtp://user:5?tls=none@mail.example.org",
        "smtp://user:5/x@mail.example.org",
        "smtp://user:pa#ss@mail.example.org",
        "smtp://user:pa/ss@mail.example.org",
        "smtp://user:pa?ss@mail.example.org",
        "smtp://user:p[ss@mail.example.org",
        "smtp://user:p]ss@mail.example.org",
        "smtp://user:pa\tss@mail.example.org",
        "smtp://user:pa%0Ass@mail.example.org",
        "smtp://user:p%E9ss@mail.example.org",
        "smtp://:secret@mail.example.org",
        "smtp://user:587",
        "smtp://user:pw@straße.example",
        "smtp://mail.example.org?tls=starttls&timeout=5",
        "smtp://mail.example.org/inbox",
        "smtps://mail.example.org?tls=none",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused_with_the_right_spelling(url: str) -> None:
    with pytest.raises(SettingError) as wrong:
        from_environment({"MAIL_URL": url, "MAIL_FROM": "a@example.org"})
    (problem,) = wrong.value.problems
    assert problem.variable == "MAIL_URL"
    assert all(
        spelling in str(problem) for spelling in ("# as %23", "/ as %2F", "? as %3F", "@ as %40", "@mail")
    )
    assert "12" not in str(problem)


@pytest.mark.parametrize(
    "address",
    [
        "Parvis <a@example.org>",
        "a@example.org,",
        "a@example.org.",
        "a b@example.org",
        "a@straße.example",
        ".a@example.org",
        "a@-x.example",
    ],
)
def test_a_sender_is_an_address_alone(address: str) -> None:
    assert problems(MAIL_FROM=address) == ["MAIL_FROM"]
    assert problems(SUPPORT_EMAIL=address) == ["SUPPORT_EMAIL"]


@pytest.mark.parametrize("address", ["o'brien+learn@example.org", "parvis@localhost", "a.b_c@sub.example.co"])
def test_a_sender_may_hold_the_signs_that_addresses_have(address: str) -> None:
    assert from_environment({"MAIL_FROM": address}).mail_from == address


@pytest.mark.parametrize(
    "name", ["da ta#?é", "a%41b", "x?mode=memory", "a&b=c;d", "q'uo\"te", "[x]", "back\\slash", "~", "日本"]
)
def test_a_data_folder_may_have_any_name(name: str, tmp_path: Path) -> None:
    """The database is where the rest is, whatever an address would make of the name."""
    folder = tmp_path / name
    folder.mkdir()
    database = open_database(from_environment({"LMS_DATA": str(folder)}).database_url)
    with database.writing() as tx:
        tx.exec_driver_sql("CREATE TABLE t (x)")
    database.engine.dispose()
    assert [path.name for path in tmp_path.iterdir()] == [name]
    assert "parvis.sqlite3" in {path.name for path in folder.iterdir()}


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///file:x?mode=ro&uri=true",
        "sqlite:////srv/p.sqlite3?timeout=5",
    ],
)
def test_a_file_of_sqlite_is_a_path_alone(url: str) -> None:
    assert problems(DATABASE_URL=url) == ["DATABASE_URL"]


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p#/?ss@db.example:5432/parvis",
        "postgresql://u:p%40ss@db/parvis?sslmode=require&connect_timeout=5",
        "postgresql://u@[::1]:5432/parvis",
        "postgresql+psycopg:///parvis?host=/var/run/postgresql",
    ],
)
def test_the_address_of_a_server_is_read_as_the_toolkit_does(url: str) -> None:
    given = from_environment({"DATABASE_URL": url}).database_url
    assert make_url(given).database == "parvis"
    assert make_url(given).host in {"db.example", "db", "::1", None}


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://u:p@ss@db/parvis",
        "postgresql://u:p@s/s@db/parvis",
        "postgresql://u:p@s?s@db/parvis",
        "postgresql://u:secret",
        "postgresql://u/x:p@db/parvis",
        "postgresql://u:p@db:port/parvis",
        "postgresql://u:p@db/parvis#x",
    ],
)
def test_a_password_that_would_be_cut_is_refused_with_the_right_spelling(url: str) -> None:
    with pytest.raises(SettingError) as wrong:
        from_environment({"DATABASE_URL": url})
    assert "@ as %40" in str(wrong.value)
    assert "secret" not in str(wrong.value)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("::1", "http://[::1]:8126"),
        ("2001:db8::7", "http://[2001:db8::7]:8126"),
        ("127.0.0.1", "http://127.0.0.1:8126"),
        ("localhost", "http://localhost:8126"),
    ],
)
def test_an_address_is_written_in_one_place(host: str, address: str) -> None:
    assert from_environment({"HOST": host, "PORT": "8126"}).address == address
    assert web_address(host, 8126) == address


@pytest.mark.parametrize("host", ["[::1]", "127.0.0.1:80", "http://x"])
def test_a_host_has_no_brackets_and_no_port(host: str) -> None:
    assert problems(HOST=host) == ["HOST"]


@pytest.mark.parametrize("more", ["/formation", "/formation/", "/a/b", "/?x=1"])
def test_a_folder_of_another_site_is_refused_with_the_reason_and_the_way_out(more: str) -> None:
    with pytest.raises(SettingError) as wrong:
        from_environment({"PUBLIC_URL": f"https://www.example.org{more}"})
    (problem,) = wrong.value.problems
    assert "folder" in problem.what
    assert "a name of its own" in problem.mend


@pytest.mark.parametrize("address", ["https://[2001:db8::1]:8443", "https://xn--strae-oqa.example"])
def test_a_public_address_may_be_any_host(address: str) -> None:
    assert from_environment({"PUBLIC_URL": address}).address == address
