"""The dates of another body: taken in, followed, corrected by hand, traced to their source."""

import json
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.calendars.foreign import jobs
from overleg.calendars.foreign.cli import dates_command
from overleg.calendars.foreign.fetching import Fetched
from overleg.calendars.foreign.importing import read_source
from overleg.calendars.foreign.jobs import read_calendars
from overleg.calendars.foreign.workflow import (
    add_file,
    correct_date,
    follow_address,
    give_back,
    stop_source,
)
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.dates import BRUSSELS, format_short_date
from overleg.lib.pasted_dates import PastedDate, read_list
from overleg.scheduling.models import BodyDate, DateSource
from overleg.scheduling.states import DateState
from tests.at_once import ON_BOTH
from tests.calendars.servers import HERE, gives, serving, zone_council
from tests.house.world import World
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on
from tests.second_writers import save_second

WELL_KNOWN = datetime(2026, 3, 13, 8, 0, tzinfo=UTC)
MOVED = datetime(2026, 3, 20, 8, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def followed(session: Session, cast: Cast, now: datetime) -> DateSource:
    """The zoneraad's calendar, read once."""
    source = follow_address(cast.zone_council, "https://x.test/a.ics", by=cast.support, now=now)
    read_source(source, zone_council(), now=now)
    session.commit()
    return source


def the_date(session: Session) -> BodyDate:
    return session.scalars(select(BodyDate)).one()


def test_what_moves_in_the_source_moves_here(
    followed: DateSource, session: Session, now: datetime
) -> None:
    assert the_date(session).starts_at_utc == WELL_KNOWN
    done = read_source(followed, zone_council("20260320T090000"), now=now + HOUR)
    assert (done.added, done.changed, done.gone) == (0, 1, 0)
    assert the_date(session).starts_at_utc == MOVED
    assert not read_source(followed, zone_council("20260320T090000"), now=now + HOUR).sentence


def test_a_correction_is_not_overwritten_and_can_be_given_back(
    followed: DateSource, session: Session, cast: Cast, now: datetime
) -> None:
    date = the_date(session)
    better = PastedDate(WELL_KNOWN + HOUR, WELL_KNOWN + 3 * HOUR, False, "Tielt")
    correct_date(
        date, better, state=DateState.CONFIRMED, revision=date.revision, by=cast.support, now=now
    )
    read_source(followed, zone_council("20260320T090000"), now=now + HOUR)
    assert (date.starts_at_utc, date.place) == (WELL_KNOWN + HOUR, "Tielt")
    assert date.read_starts_at_utc == MOVED
    give_back(date, by=cast.support, now=now)
    assert (date.starts_at_utc, date.place) == (MOVED, "Roeselare")


def test_a_source_that_renames_its_dates_makes_no_doubles(
    followed: DateSource, session: Session, now: datetime
) -> None:
    date_id = the_date(session).id
    done = read_source(followed, zone_council(uid="other@example.test"), now=now + HOUR)
    assert not done.sentence
    assert the_date(session).id == date_id


def test_what_is_gone_from_the_source_is_told_and_comes_back(
    followed: DateSource, session: Session, now: datetime
) -> None:
    nothing = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"
    assert read_source(followed, nothing, now=now + HOUR).gone == 1
    assert not the_date(session).takes_place
    read_source(followed, zone_council(), now=now + 2 * HOUR)
    assert the_date(session).takes_place


def test_a_source_that_fails_keeps_its_last_good_dates(
    followed: DateSource, session: Session, now: datetime
) -> None:
    read_source(followed, b"<html>Aanmelden</html>", now=now + HOUR)
    read_source(followed, b"<html>Aanmelden</html>", now=now + 2 * HOUR)
    assert followed.failing_since_utc == now + HOUR
    assert "webpagina" in followed.failure
    assert the_date(session).takes_place
    read_source(followed, zone_council(), now=now + 3 * HOUR)
    assert not followed.failure


def test_the_worker_reads_every_hour_and_asks_only_what_changed(
    session: Session, cast: Cast, now: datetime
) -> None:
    asked = []

    def answer(request) -> None:  # type: ignore[no-untyped-def]
        asked.append(request.headers.get("If-None-Match"))
        gives(zone_council(), ETag='"een"')(request)

    with serving(answer) as url:
        source = follow_address(cast.zone_council, url, by=cast.support, now=now)
        session.commit()
        for later in (0, 10, 60, 65):
            read_calendars(now + timedelta(minutes=later), allowed=HERE)
        assert asked == [None, '"een"']
        assert source.read_at_utc == now + HOUR
        stop_source(source, by=cast.support, now=now)
        session.commit()
        read_calendars(now + 5 * HOUR, allowed=HERE)
    assert len(asked) == 2
    assert the_date(session).starts_at_utc == WELL_KNOWN


def test_one_bad_server_keeps_no_other_waiting(session: Session, cast: Cast, now: datetime) -> None:
    with serving(gives(zone_council())) as url:
        bad = follow_address(cast.zone_council, "http://10.0.0.1/", by=cast.support, now=now)
        good = follow_address(cast.zone_council, url, by=cast.support, now=now)
        session.commit()
        read_calendars(now, allowed=HERE)
    assert "eigen netwerk" in bad.failure
    assert good.read_at_utc == now


def test_one_file_that_is_gone_keeps_no_other_waiting(
    client: ReadingClient, session: Session, cast: Cast, now: datetime
) -> None:
    stored = []
    for content in (zone_council(uid="weg@example.test"), zone_council()):
        received = receive(file_store(), "zoneraad.ics", BytesIO(content))
        stored.append(add_stored_file(received, by=cast.support, now=now))
    gone, good = (add_file(cast.zone_council, file, by=cast.support, now=now) for file in stored)
    file_store().path_of(stored[0].sha256).unlink()
    with serving(gives(zone_council())) as url:
        followed = follow_address(cast.zone_council, url, by=cast.support, now=now)
        session.commit()
        read_calendars(now, allowed=HERE)
    assert good.read_at_utc == followed.read_at_utc == now
    assert (gone.read_at_utc, gone.tried_at_utc) == (None, now)
    client.sign_in(cast.support)
    assert (
        "Het bestand ligt hier niet meer"
        in client.get(f"/overleg/{cast.zone_council.slug}/data").text
    )


@ON_BOTH
def test_whatever_goes_wrong_with_one_source_keeps_no_other_waiting(
    session: Session,
    cast: Cast,
    now: datetime,
    monkeypatch: pytest.MonkeyPatch,
    database_kind: str,
) -> None:
    def fetch(url: str, **_how: object) -> Fetched:
        if url.endswith("/1"):
            raise RecursionError
        return Fetched(zone_council(uid=url), etag="\0" if url.endswith("/2") else "")

    monkeypatch.setattr(jobs, "fetch_calendar", fetch)
    first, second, third = (
        follow_address(cast.zone_council, f"https://x.test/{number}", by=cast.support, now=now)
        for number in (1, 2, 3)
    )
    session.commit()
    read_calendars(now)
    assert third.read_at_utc == now
    assert "ligt aan ons" in first.failure
    if database_kind == "postgresql":
        assert "ligt aan ons" in second.failure
        assert second.read_at_utc is None, "what was read of it is undone"


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("vr 13/03/2026 9.00-11.00 Roeselare", ("13/03 09:00", "13/03 11:00", "Roeselare")),
        ("vrijdag 13 maart 2026, 9u30 tot 11u, Tielt", ("13/03 09:30", "13/03 11:00", "Tielt")),
        ("2026-03-13\t14:00\tIzegem", ("13/03 14:00", "13/03 16:00", "Izegem")),
        ("13-3-26", ("13/03 00:00", "14/03 00:00", "")),
        ("13 mrt 2026 om 9 uur", ("13/03 09:00", "13/03 11:00", "om")),
    ],
)
def test_a_pasted_line_is_understood(line: str, expected: tuple[str, str, str]) -> None:
    (found,) = read_list(f"\n{line}\n").dates
    starts, ends = (
        f"{moment.astimezone(BRUSSELS):%d/%m %H:%M}" for moment in (found.starts_at, found.ends_at)
    )
    assert (starts, ends, found.place) == expected


def test_lines_that_are_no_date_are_named() -> None:
    pasted = read_list("13/03/2026\nnog te bepalen\n31/02/2026\n13/03/2026 11.00-9.00")
    assert len(pasted.dates) == 1
    assert [line.partition(":")[0] for line in pasted.not_understood] == [
        "Regel 2",
        "Regel 3",
        "Regel 4",
    ]


def test_support_staff_take_dates_in_from_the_page(
    client: ReadingClient, session: Session, cast: Cast, now: datetime
) -> None:
    client.sign_in(cast.support)
    page = f"/overleg/{cast.zone_council.slug}/data"
    assert "nog geen komende data" in client.get(page).text
    meeting_on(cast.zone_council, (now + timedelta(days=60)).date(), by=cast.support)
    session.commit()
    empty = client.get(page).text
    assert "Van buiten Overleg zijn nog geen data bekend." in empty
    assert "komende data" not in empty, "there is one, in Overleg itself"
    assert ">1 komende vergadering van " in empty
    day = format_short_date(now + timedelta(days=30))
    client.press(f"{page}/een", data={"een-day": day, "een-place": "Tielt"})
    client.press(f"{page}/lijst", data={"lijst-dates": f"{day} 9.00-11.00 Izegem"})
    refused = client.press(f"{page}/lijst", data={"lijst-dates": f"{day}\nmorgen eens"})
    assert refused.status_code == 422
    assert "Regel 2: “morgen eens”" in refused.text
    wrong = client.press(f"{page}/adres", data={"adres-url": "ftp://x"})
    assert wrong.status_code == 422
    file = (BytesIO(zone_council(f"{now:%Y}1211T090000")), "zoneraad.ics")
    client.press(f"{page}/bestand", data={"bestand-file": file})
    read_calendars(now)
    text = client.get(page).text
    for place in ("Tielt", "Izegem", "Roeselare", "bestand zoneraad.ics"):
        assert place in text
    date = session.scalars(select(BodyDate).where(BodyDate.place == "Izegem")).one()
    form = {
        "day": day,
        "starts": "10.00",
        "ends": "12.00",
        "place": "Ardooie",
        "state": "cancelled",
        "revision": str(date.revision),
    }
    client.press(f"{page}/{date.id}", data=form)
    assert "vervalt" in client.get(page).text
    client.press(f"{page}/{date.id}/verwijderen")
    assert "Ardooie" not in client.get(page).text


def test_a_source_that_gave_no_dates_is_removed_and_another_is_not(
    client: ReadingClient, session: Session, cast: Cast, now: datetime, followed: DateSource
) -> None:
    client.sign_in(cast.support)
    page = f"/overleg/{cast.zone_council.slug}/data"
    client.press(f"{page}/bestand", data={"bestand-file": (BytesIO(b"geen kalender"), "fout.ics")})
    file = session.scalars(select(DateSource).where(DateSource.label == "fout.ics")).one()
    sources = f"/overleg/{cast.zone_council.slug}/databronnen"
    remove = f"{sources}/{file.id}/verwijderen"
    assert remove not in client.get(page).text
    assert client.press(remove).status_code == 409
    read_calendars(now)
    shown = client.get(page).text
    assert "fout.ics kon niet gelezen worden" in shown
    assert remove in shown
    assert client.press(remove).status_code == 302
    assert "kon niet gelezen worden" not in client.get(page).text
    assert session.scalars(select(DateSource)).all() == [followed]

    stop_source(followed, by=cast.support, now=now)
    with_dates = f"{sources}/{followed.id}/verwijderen"
    assert with_dates not in client.get(page).text
    assert client.press(with_dates).status_code == 409


def test_a_calendar_without_events_says_that_nothing_was_found(
    client: ReadingClient, cast: Cast, now: datetime, followed: DateSource
) -> None:
    client.sign_in(cast.support)
    page = f"/overleg/{cast.zone_council.slug}/data"
    assert "Geen data gevonden" not in client.get(page).text
    empty = BytesIO(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n")
    client.press(f"{page}/bestand", data={"bestand-file": (empty, "leeg.ics")})
    read_calendars(now)
    assert client.get(page).text.count("Geen data gevonden van het voorbije jaar") == 1


def test_an_address_that_is_followed_no_more_is_not_told_to_fail(
    client: ReadingClient, cast: Cast, now: datetime
) -> None:
    source = follow_address(cast.zone_council, "https://x.test/a.ics", by=cast.support, now=now)
    read_source(source, b"<html>Aanmelden</html>", now=now)
    client.sign_in(cast.support)
    page = f"/overleg/{cast.zone_council.slug}/data"
    assert "wordt niet gelezen sinds" in client.get(page).text
    client.press(f"/overleg/{cast.zone_council.slug}/databronnen/{source.id}/stoppen")
    assert "wordt niet gelezen sinds" not in client.get(page).text
    client.press(f"/overleg/{cast.zone_council.slug}/databronnen/{source.id}/verwijderen")
    assert "x.test" not in client.get(page).text


def test_others_look_or_find_nothing(client: ReadingClient, cast: Cast) -> None:
    page = f"/overleg/{cast.zone_council.slug}/data"
    client.sign_in(cast.stranger)
    assert client.get(page).status_code == 404
    assert client.press(f"{page}/een").status_code == 404


def test_the_command_prints_what_it_read_and_keeps_it(
    app: Flask, session: Session, cast: Cast, tmp_path: Path
) -> None:
    file = tmp_path / "zone.ics"
    broken = b"BEGIN:VEVENT\r\nUID:2\r\nSUMMARY:Kapot\r\nEND:VEVENT\r\nEND:VCALENDAR"
    file.write_bytes(zone_council().replace(b"END:VCALENDAR", broken))
    slug = cast.zone_council.slug

    def run(*options: str) -> str:
        command = ["import", slug, str(file), *options]
        return CliRunner().invoke(dates_command(lambda: app), command).output

    told = json.loads(run("--json", "--dry-run"))
    (read,) = told["dates"]
    assert read["start"] == "2026-03-13T09:00:00+01:00"
    assert read["end"] == "2026-03-13T11:00:00+01:00"
    assert (read["uid"], read["place"], read["state"]) == (
        "zone-1@example.test",
        "Roeselare",
        "confirmed",
    )
    (refused,) = told["refused"]
    assert (refused["uid"], refused["title"], refused["line"]) == ("2", "Kapot", 12)
    assert "DTSTART" in refused["reason"]
    assert not session.scalars(select(BodyDate)).all()
    assert json.loads(run("--json"))["kept"] == {"added": 1, "changed": 0, "gone": 0}
    assert the_date(session).starts_at_utc == WELL_KNOWN
    assert "Niet gelezen" in run()


def test_the_command_refuses_what_is_no_calendar(app: Flask, cast: Cast, tmp_path: Path) -> None:
    file = tmp_path / "page.ics"
    file.write_text("<html></html>")
    command = dates_command(lambda: app)
    for slug in (cast.zone_council.slug, "bestaat-niet"):
        result = CliRunner().invoke(command, ["import", slug, str(file)])
        assert result.exit_code == 1
        assert result.output


@pytest.mark.parametrize("day", ["0001-01-01", "0026-12-11", "9999-12-31"])
def test_a_day_that_nobody_means_is_not_taken_in(
    session: Session, cast: Cast, client: ReadingClient, day: str
) -> None:
    client.sign_in(cast.support)
    page = f"/overleg/{cast.zone_council.slug}/data"
    alone = client.press(f"{page}/een", data={"een-day": day})
    in_a_list = client.press(f"{page}/lijst", data={"lijst-dates": f"{day} 9.00 Tielt"})
    assert (alone.status_code, in_a_list.status_code) == (422, 422)
    assert "Kies een dag van 1970 tot en met 2100" in alone.text
    assert "Dit lezen we niet als een datum" in in_a_list.text
    assert not session.scalars(select(BodyDate)).all()


@ON_BOTH
def test_who_corrects_a_date_second_reads_what_the_first_wrote(
    world: World, sign_in_as: SignInAs, session: Session, database_kind: str
) -> None:
    two = [sign_in_as(world.cast.support), sign_in_as(world.cast.support)]
    page = f"/overleg/midwestoverleg/data/{world.values['date_id']}"
    told = save_second(two, page, {"place": "Tielt"}, {"place": "Izegem"})
    assert "Iemand anders bewaarde deze datum terwijl u typte." in told.text, database_kind
    assert "Nu bewaard Plaats Tielt" in told.text
    session.expire_all()
    assert the_date(session).place == "Tielt"
    assert two[1].press(page, told.form).status_code == 302
    session.expire_all()
    assert the_date(session).place == "Izegem"
