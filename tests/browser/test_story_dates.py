"""A year that follows another body, in a real browser, read back by other calendars.

The zoneraad's calendar is followed; Midwest's year comes from it. The zoneraad moves; the planner
shows it, one step repairs it, feeds and invitations carry the new hour and Outlook's answer counts.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from http.server import BaseHTTPRequestHandler

import pytest
import vobject
from flask import Flask
from playwright.sync_api import expect
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.calendars.foreign.jobs import read_calendars
from overleg.calendars.invitations.reading import read_replies
from overleg.calendars.invitations.workflow import switch_on
from overleg.db import db
from overleg.lib.dates import to_utc
from overleg.mail.delivery import deliver_waiting
from overleg.scheduling.models import Meeting
from tests.browser.walking import Walk, enter
from tests.calendars.answering_mails import outlook
from tests.calendars.servers import HERE, gives, serving
from tests.calendars.test_ical import ical_js
from tests.calendars.test_invitations import calendar_of
from tests.plugins.application import Clock
from tests.plugins.browser import LiveServer, OpenPage, wait_for_scripts
from tests.plugins.cast import Cast
from tests.plugins.imap import ImapMailbox
from tests.plugins.smtp import Mailbox

pytestmark = [pytest.mark.browser, pytest.mark.npm, pytest.mark.each_database]

SECOND_THURSDAYS = [
    date(2027, month, day)
    for month, day in (
        (1, 14),
        (2, 11),
        (3, 11),
        (4, 8),
        (5, 13),
        (6, 10),
        (9, 9),
        (10, 14),
        (11, 11),
        (12, 9),
    )
]
WAS, MOVES_TO = date(2027, 3, 11), date(2027, 4, 1)
"""Before and after the clock changes, on 28 March 2027."""
EVENT = (
    "BEGIN:VEVENT\r\nUID:zone-{number}@zone.test\r\nDTSTAMP:20260302T090000Z\r\n"
    "DTSTART;TZID=Romance Standard Time:{day:%Y%m%d}T090000\r\n"
    "DTEND;TZID=Romance Standard Time:{day:%Y%m%d}T110000\r\n"
    "SUMMARY:Zoneraad\r\nLOCATION:Brandweerkazerne Tielt\r\nEND:VEVENT\r\n"
)

Enter = Callable[[Person], Walk]


@dataclass
class Zone:
    """The zoneraad's calendar, as its own system publishes it."""

    days: list[date]

    def __call__(self, request: BaseHTTPRequestHandler) -> None:
        events = "".join(EVENT.format(number=n, day=day) for n, day in enumerate(self.days))
        gives(f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n".encode())(request)


@pytest.fixture
def come_in(app: Flask, live_server: LiveServer, new_page: OpenPage) -> Enter:
    """Somebody who is signed in; their pages are looked at by other tests."""

    def open_for(person: Person) -> Walk:
        page = new_page()
        enter(app, page, live_server, person)
        return Walk(page, wait_for_scripts)

    return open_for


@pytest.fixture
def served(
    app: Flask,
    session: Session,
    cast: Cast,
    clock: Clock,
    smtp_server: Mailbox,
    imap_server: ImapMailbox,
) -> Mailbox:
    """Mail goes out and comes in over real servers; the mayor of Tielt chose invitations."""
    app.extensions["settings"] = replace(
        app.extensions["settings"],
        smtp_url=smtp_server.url,
        imap_url=imap_server.url,
        mail_from="overleg@midwest.test",
        calendar_address="vergaderingen@midwest.test",
    )
    switch_on(cast.tielt_mayor, now=clock.moment)
    session.commit()
    return smtp_server


@contextmanager
def invited(mailbox: Mailbox, person: Person, clock: Clock) -> Iterator[list[bytes]]:
    """The calendars in the mails that this person gets by what happens inside."""
    mailbox.delivered.clear()
    found: list[bytes] = []
    yield found
    db.session.expire_all()
    deliver_waiting(clock.moment)
    found += [
        calendar_of(each.message)
        for each in mailbox.delivered
        if f"<{person.email}>" in str(each.message["To"]) and each.message.is_multipart()
    ]


def test_a_year_follows_the_zoneraad_and_calendars_follow_the_year(
    come_in: Enter,
    session: Session,
    cast: Cast,
    clock: Clock,
    served: Mailbox,
    imap_server: ImapMailbox,
    live_server: LiveServer,
) -> None:
    zone = Zone(list(SECOND_THURSDAYS))
    support = come_in(cast.support)
    with serving(zone) as url:
        support.open("/overleg/zoneraad-midwest/data")
        support.page.get_by_label("Kalenderadres", exact=True).fill(url)
        support.press("Volg deze kalender")
        read_calendars(clock.moment, allowed=HERE)
        support.open("/overleg/zoneraad-midwest/data")
        assert support.reads("donderdag 11 maart 2027")
        follow_by_rule(support)
        with invited(served, cast.tielt_mayor, clock) as invitations:
            plan_the_year(support)
        meetings = meetings_of(session, cast)
        assert [each.starts_at_utc for each in meetings] == [
            to_utc(day, time(11, 15)) for day in SECOND_THURSDAYS
        ]
        assert {each.place for each in meetings} == {"Brandweerkazerne Tielt"}
        assert len(invitations) == len(meetings)
        member = come_in(cast.mayor)
        feed = make_feed(member)
        assert starts_in(member, feed) == {each.calendar_uid: start_of(each) for each in meetings}

        zone.days[2] = MOVES_TO
        clock.moment += timedelta(hours=1)
        read_calendars(clock.moment, allowed=HERE)
    support.open("/jaarplanner?jaar=2027")
    assert support.reads("1 vergadering past niet meer bij de regels.")
    support.page.get_by_role("link", name="herstel in één stap").click()
    wait_for_scripts(support.page)
    expect(support.page.locator("main")).to_contain_text("Burgemeester Tielt")
    with invited(served, cast.tielt_mayor, clock) as invitations:
        support.press("Verschuif wat aangevinkt is")
        expect(support.page.locator("main")).to_contain_text("1 vergadering is verschoven")
    support.open("/jaarplanner?jaar=2027")
    assert not support.reads("past niet meer")

    moved = next(each for each in meetings_of(session, cast) if each.day == MOVES_TO)
    assert (start_of(moved), moved.calendar_sequence) == (
        datetime(2027, 4, 1, 9, 15, tzinfo=UTC),
        1,
    )
    events = events_in(member, feed)
    assert events[moved.calendar_uid] == (start_of(moved), 1)
    (update,) = invitations
    (event,) = ical_js(update)["events"]
    assert (event["uid"], event["sequence"]) == (moved.calendar_uid, 1)
    assert datetime.fromtimestamp(event["start"], UTC) == start_of(moved)

    imap_server.receive(
        outlook(
            moved.calendar_uid,
            attendee=cast.tielt_mayor.email or "",
            sender=cast.tielt_mayor.email or "",
            sequence=1,
            said_at=clock.moment,
        )
    )
    read_replies(clock.moment)
    support.open(f"/vergaderingen/{moved.id}/deelnemers")
    expect(support.page.locator("main")).to_contain_text("vanuit de eigen kalender")
    assert support.reads("1 van 3 stemgerechtigden")


def follow_by_rule(support: Walk) -> None:
    """Midwest meets after the zoneraad, on the same day and in the same place."""
    support.open("/overleg/midwestoverleg/regels")
    page = support.page
    page.get_by_label("De vergadering valt").select_option("after")
    page.get_by_label("Het andere overleg").select_option("zoneraad-midwest")
    page.get_by_label("Minuten erna").fill("15")
    page.get_by_label("Op dezelfde plaats").check()
    support.press("Voeg de regel toe")
    assert support.reads("op dezelfde dag als de Zoneraad Midwest, 15 minuten erna")


def plan_the_year(support: Walk) -> None:
    """The year 2027, a date a month but in summer; planned and announced at once."""
    support.open("/overleg/midwestoverleg/jaar")
    page = support.page
    page.get_by_label("Liefst op").select_option(label="donderdag")
    support.press("Stel data voor")
    assert support.reads("aansluitend op de Zoneraad Midwest van 11 maart 2027")
    page.get_by_label("Meteen bekendmaken").check()
    support.press("Plan deze data")
    assert support.reads("10 vergaderingen gepland")


def make_feed(member: Walk) -> str:
    """A calendar address of one's own, read from the page that shows it once."""
    member.open("/kalender")
    member.press("Maak het adres")
    shown = member.page.locator("input[value*='/kalender/'][value$='.ics']").first
    return shown.input_value()


def meetings_of(session: Session, cast: Cast) -> list[Meeting]:
    """Midwest's meetings as they are now, in order."""
    session.expire_all()
    found = select(Meeting).where(Meeting.body_id == cast.midwest.id)
    return list(session.scalars(found.order_by(Meeting.starts_at_utc)))


def start_of(meeting: Meeting) -> datetime:
    """When it begins, in UTC."""
    return meeting.starts_at_utc.astimezone(UTC)


def fetched(member: Walk, feed: str) -> bytes:
    """The feed, as a calendar fetches it."""
    path = feed[feed.index("/kalender/") :]
    return member.page.request.get(path).body()


def events_in(member: Walk, feed: str) -> dict[str, tuple[datetime, int]]:
    """Start and sequence of each event, as ical.js reads them; vobject must read the same."""
    content = fetched(member, feed)
    with_ical_js = {
        event["uid"]: (datetime.fromtimestamp(event["start"], UTC), event["sequence"])
        for event in ical_js(content)["events"]
    }
    calendar = vobject.readOne(content.decode())
    with_vobject = {
        event.uid.value: (event.dtstart.value.astimezone(UTC), int(event.sequence.value))
        for event in calendar.vevent_list
    }
    assert with_vobject == with_ical_js
    return with_ical_js


def starts_in(member: Walk, feed: str) -> dict[str, datetime]:
    """Start of each event."""
    return {uid: start for uid, (start, _sequence) in events_in(member, feed).items()}
