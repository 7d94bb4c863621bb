"""Fetching a calendar from an address that anybody could have typed in."""

from pathlib import Path

import pytest

from overleg.calendars.foreign.fetching import MOST_BYTES, FetchFailed, fetch_calendar
from tests.calendars.servers import HERE, drips, gives, packed, sends_to, serving, zone_council
from tests.plugins.certificates import make_certificate


def test_a_calendar_comes_with_what_tells_whether_it_changed() -> None:
    with serving(gives(zone_council(), ETag='"een"')) as url:
        fetched = fetch_calendar(url, allowed=HERE)
        assert fetched.data == zone_council()
        assert fetched.etag == '"een"'
        assert fetch_calendar(url, etag=fetched.etag, allowed=HERE).data is None


def test_what_no_database_takes_is_left_out_of_what_a_server_says() -> None:
    with serving(gives(zone_council(), ETag='"e\0en"', Last_Modified="g\0isteren")) as url:
        fetched = fetch_calendar(url, allowed=HERE)
    assert (fetched.etag, fetched.last_modified) == ('"een"', "gisteren")
    refuses = serving(lambda request: request.send_error(403, "Ver\0boden"))
    with refuses as url, pytest.raises(FetchFailed, match="403 Verboden"):
        fetch_calendar(url, allowed=HERE)


def test_a_redirect_is_followed_but_not_for_ever() -> None:
    with serving(gives(zone_council())) as url, serving(sends_to(url)) as first:
        assert fetch_calendar(first, allowed=HERE).data == zone_council()
    with serving(sends_to("/rond.ics")) as url, pytest.raises(FetchFailed, match="verwijst meer"):
        fetch_calendar(url, allowed=HERE)


@pytest.mark.openssl
def test_over_https_only_a_server_that_is_trusted_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = make_certificate(tmp_path, "IP:127.0.0.1")
    with serving(gives(zone_council()), shows=own) as url:
        with pytest.raises(FetchFailed, match="deze machine kent niet wie het uitgaf"):
            fetch_calendar(url, allowed=HERE)
        monkeypatch.setenv("SSL_CERT_FILE", str(own.file))
        assert fetch_calendar(url, allowed=HERE).data == zone_council()
    with pytest.raises(FetchFailed, match="weigert de verbinding"):
        fetch_calendar(url, allowed=HERE)


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/a.ics",
        "http://localhost/a.ics",
        "http://[::1]/a.ics",
        "http://[::ffff:127.0.0.1]/a.ics",
        "http://[64:ff9b::7f00:1]/a.ics",
        "http://[2002:7f00:1::]/a.ics",
        "http://[::169.254.169.254]/a.ics",
        "http://[::ffff:0:10.0.0.1]/a.ics",
        "http://[64:ff9b:1::a9fe:a9fe]/a.ics",
        "http://[fec0::1]/a.ics",
        "http://192.0.0.192/a.ics",
        "http://2130706433/a.ics",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.1.2.3/a.ics",
        "http://192.168.1.1/a.ics",
        "http://100.64.0.1/a.ics",
        "http://0.0.0.0/a.ics",
        "webcal://172.16.0.1/a.ics",
    ],
)
def test_the_own_network_is_not_reached(url: str) -> None:
    with pytest.raises(FetchFailed, match="eigen netwerk"):
        fetch_calendar(url)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.test/a.ics", "http://", "zoneraad", "http://a:b@c.test/"],
)
def test_only_addresses_of_the_web_are_followed(url: str) -> None:
    with pytest.raises(FetchFailed):
        fetch_calendar(url)


@pytest.mark.parametrize(
    "target", ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "http://10.0.0.1/"]
)
def test_a_redirect_leads_nowhere_else(target: str) -> None:
    with serving(sends_to(target)) as url, pytest.raises(FetchFailed, match=r"netwerk|Alleen"):
        fetch_calendar(url, allowed=HERE)


def test_a_packed_calendar_is_unpacked_and_a_bomb_is_not() -> None:
    with serving(gives(packed(1000), Content_Encoding="gzip")) as url:
        assert fetch_calendar(url, allowed=HERE).data == b"0" * 1000
    bomb = packed(50 * MOST_BYTES)
    with (
        serving(gives(bomb, Content_Encoding="gzip")) as url,
        pytest.raises(FetchFailed, match="groter dan 10 MB"),
    ):
        fetch_calendar(url, allowed=HERE)


def test_too_much_is_refused() -> None:
    with (
        serving(gives(b"x" * (MOST_BYTES + 1))) as url,
        pytest.raises(FetchFailed, match="groter dan 10 MB"),
    ):
        fetch_calendar(url, allowed=HERE)


def test_a_server_that_hangs_is_left() -> None:
    with serving(drips) as url, pytest.raises(FetchFailed, match="niet binnen"):
        fetch_calendar(url, allowed=HERE, within_seconds=0.4)


def test_a_refusal_is_told() -> None:
    refuses = serving(lambda request: request.send_error(403))
    with refuses as url, pytest.raises(FetchFailed, match="403"):
        fetch_calendar(url, allowed=HERE)
    with pytest.raises(FetchFailed, match="geen bruikbaar antwoord"):
        fetch_calendar(url, allowed=HERE)
