"""Feeds of a region, a municipality, a person with all that is due, and of everybody."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import pytest
import vobject
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.accounts.models import Person
from overleg.calendars.foreign.workflow import add_dates, correct_date
from overleg.calendars.models import Feed
from overleg.calendars.workflow import Extras, create_feed
from overleg.db import NO_ROW, db
from overleg.decisions.models import ActionItem, FollowUp, Outcome
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind, OutcomeState
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.organ_days import Rule, set_sessions
from overleg.lib.dates import local_date, to_utc
from overleg.lib.errors import NotFound
from overleg.lib.pasted_dates import PastedDate
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.models import BodyDate
from overleg.scheduling.rhythm import RhythmKind
from overleg.scheduling.states import DateState, MeetingState
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.preparing import CLOSED_TITLE, NOW, PUBLIC_TITLE, SHARED_TITLE, Table, lay_table
from tests.calendars.test_feed import statements_for
from tests.calendars.test_ical import ical_js
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on

ALL = Extras(deadlines=True, follow_up=True, other_dates=True)
ZONE_DAY = date(2026, 3, 27)
DUE = date(2026, 3, 30)


def path_for(
    person: Person,
    now: datetime,
    *,
    body: Body | None = None,
    organisation: Organisation | None = None,
    extras: Extras = ALL,
) -> str:
    """The path of a new feed."""
    who = viewer_for(person, local_date(now))
    _, token = create_feed(who, body=body, organisation=organisation, extras=extras, now=now)
    return f"/kalender/{token}.ics"


def summaries(response: TestResponse) -> list[str]:
    """What the events are called, in order of the alphabet."""
    assert response.status_code == 200
    calendar = icalendar.Calendar.from_ical(response.data)
    return sorted(str(event["SUMMARY"]) for event in calendar.walk("VEVENT"))


@scenario
def table(cast: Cast) -> Table:
    """A meeting of Midwest with what it asks of Tielt, a date of the zoneraad, and others'."""
    table = lay_table(db.session(), cast.midwest, cast.support, cast.mayor, cast.roeselare)
    meeting_on(cast.rivierenland, ZONE_DAY, by=cast.committee_support)
    zone = PastedDate(to_utc(ZONE_DAY, time(9)), to_utc(ZONE_DAY, time(11)), False, "Kazerne")
    add_dates(cast.zone_council, [zone], by=cast.support, now=NOW)
    for item in (table.public, table.shared, table.closed):
        outcome = Outcome(
            item=item,
            kind=OutcomeKind.AGREEMENT,
            title=item.title,
            text_html="<p>Samen.</p>",
            state=OutcomeState.RELEASED,
            noted_by_name="Ondersteuner",
            noted_at_utc=NOW,
            released_at_utc=NOW,
        )
        row = FollowUp(
            outcome=outcome,
            organisation=cast.tielt,
            organ=Organ.COLLEGE,
            due_on=DUE,
            opened_at_utc=NOW,
        )
        db.session.add_all([outcome, row])
    return table


TWO_MEETINGS = ["Midwestoverleg", "Midwestoverleg"]
PROPOSALS = "Midwestoverleg: laatste dag voor voorstellen"
OF_COLLEGE = [
    "College Tielt, tegen vandaag: Sportinfrastructuurplan",
    "College Tielt, tegen vandaag: Zwembaden van de regio",
    "College Tielt, tegen vandaag: besloten punt van het Midwestoverleg",
]
ZONE = "Zoneraad Midwest"


@pytest.mark.parametrize(
    ("who", "of", "expected"),
    [
        ("mayor", None, [*TWO_MEETINGS, PROPOSALS, PROPOSALS, ZONE]),
        ("mayor", "midwest", [*TWO_MEETINGS, PROPOSALS, PROPOSALS]),
        ("mayor", "region", [*TWO_MEETINGS, PROPOSALS, PROPOSALS, ZONE]),
        ("secretariat", "region", [*OF_COLLEGE, *TWO_MEETINGS, PROPOSALS, PROPOSALS, ZONE]),
        ("secretariat", "tielt", [*OF_COLLEGE, *TWO_MEETINGS, PROPOSALS, PROPOSALS, ZONE]),
        ("councillor", "tielt", [OF_COLLEGE[1], *TWO_MEETINGS, ZONE]),
    ],
)
def test_a_feed_shows_what_it_was_asked_and_its_person_may_see(
    table: Table,
    session: Session,
    client: FlaskClient,
    cast: Cast,
    now: datetime,
    who: str,
    of: str | None,
    expected: list[str],
) -> None:
    assert table.meeting.body is cast.midwest
    subjects: dict[str | None, dict[str, Any]] = {
        None: {},
        "midwest": {"body": cast.midwest},
        "region": {"organisation": cast.midwest.region},
        "tielt": {"organisation": cast.tielt},
    }
    path = path_for(getattr(cast, who), now, **subjects[of])
    bare = path_for(getattr(cast, who), now, extras=Extras(), **subjects[of])
    session.commit()
    assert summaries(client.get(path)) == expected
    assert summaries(client.get(bare)) == TWO_MEETINGS, "without options only meetings stand in it"


def test_support_staff_see_when_agenda_and_outcomes_go_out(
    table: Table, session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    path = path_for(cast.support, now, body=cast.midwest, extras=Extras(deadlines=True))
    cancel_meeting(table.meeting, reason="Te weinig punten.", by=cast.support, now=now)
    session.commit()
    assert summaries(client.get(path)) == [
        "Geannuleerd: Midwestoverleg",
        "Midwestoverleg",
        "Midwestoverleg: agenda versturen",
        PROPOSALS,
        "Midwestoverleg: lijst van uitkomsten rondsturen",
    ]


def test_an_address_is_refused_for_what_one_does_not_see(
    table: Table, cast: Cast, now: datetime
) -> None:
    for organisation in (cast.midwest.region, cast.tielt):
        with pytest.raises(NotFound):
            path_for(cast.stranger, now, organisation=organisation)


def test_a_region_is_gone_with_the_last_seat_and_a_municipality_shrinks(
    table: Table, session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    of_region = path_for(cast.secretariat, clock(), organisation=cast.midwest.region)
    of_town = path_for(cast.secretariat, clock(), organisation=cast.tielt)
    etag = {"If-None-Match": client.get(of_town).headers["ETag"]}
    for seat in session.scalars(select(Seat).where(Seat.organisation_id == cast.tielt.id)):
        seat.valid_to = seat.valid_to or local_date(clock())
    session.commit()
    assert client.get(of_region).status_code == 200
    clock.advance(days=1)
    assert client.get(of_region).status_code == 404
    assert summaries(client.get(of_town, headers=etag)) == OF_COLLEGE


def test_an_answer_takes_it_out_and_a_session_moves_it(
    table: Table, session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    path = path_for(cast.secretariat, clock(), organisation=cast.tielt)
    clock.advance(minutes=2)
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    assert statements_for(client, path, etag) == 1
    rows = {row.outcome.title: row for row in session.scalars(select(FollowUp))}
    told = {
        PUBLIC_TITLE: Report(FollowUpState.SCHEDULED, date(2026, 4, 13)),
        SHARED_TITLE: Report(FollowUpState.NOT_APPLICABLE, remark="Hier al geregeld."),
    }
    for title, what in told.items():
        row = rows[title]
        report(row, what, revision=row.revision, by=cast.secretariat, now=clock())
    session.commit()
    answer = client.get(path, headers=etag)
    assert [each for each in summaries(answer) if each.startswith("College")] == [
        "College Tielt, tegen vandaag: besloten punt van het Midwestoverleg",
        "College Tielt: Zwembaden van de regio",
    ]
    assert "DTSTART;VALUE=DATE:20260413\r\nDTEND;VALUE=DATE:20260414" in answer.text


def test_what_is_due_says_the_first_session_it_can_still_come_on(
    table: Table, session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    path = path_for(cast.secretariat, clock(), organisation=cast.tielt)
    clock.advance(minutes=2)
    before = client.get(path)
    assert "Eerste mogelijke" not in before.text, "nobody said when Tielt meets"
    mondays = Rule(RhythmKind.WEEKLY, 0, nth=1, every_weeks=1, first_day=local_date(clock()))
    anew: Any = {"extra": (), "skipped": (), "revision": NO_ROW, "by": cast.secretariat}
    set_sessions(cast.tielt, Organ.COLLEGE, mondays, now=clock(), **anew)
    session.commit()
    answer = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    unfolded = answer.text.replace("\r\n ", "")
    assert unfolded.count("Eerste mogelijke college: maandag 9 maart 2026.") == len(OF_COLLEGE)
    clock.moment = datetime(2026, 3, 30, 12, tzinfo=UTC)
    unfolded = client.get(path).text.replace("\r\n ", "")
    assert "Eerste mogelijke college: maandag 6 april 2026\\, later dan gevraagd." in unfolded


def test_what_was_due_long_ago_falls_away_and_the_etag_says_so(
    table: Table, session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    path = path_for(cast.secretariat, clock(), organisation=cast.tielt)
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    clock.advance(days=1)
    assert client.get(path, headers=etag).status_code == 304
    clock.advance(days=60)
    left = summaries(client.get(path, headers=etag))
    assert not [each for each in left if each.startswith("College")]


def test_one_s_own_action_items_stand_on_their_day(
    table: Table, session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    table.meeting.state = MeetingState.MINUTES
    for item, text in ((table.shared, "Contact opnemen"), (table.closed, "Gesprek voeren")):
        session.add(
            ActionItem(
                item=item,
                text=text,
                who=cast.mayor.name,
                person_id=cast.mayor.id,
                due_on=DUE,
                noted_by_name="Ondersteuner",
                noted_at_utc=now,
            )
        )
    session.commit()
    path = path_for(cast.mayor, now, extras=Extras(follow_up=True))
    assert summaries(client.get(path))[:2] == [
        "Actiepunt, tegen vandaag: Contact opnemen",
        "Actiepunt, tegen vandaag: besloten punt",
    ]


def test_a_date_of_another_body_moves_with_a_higher_sequence(
    table: Table, session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    path = path_for(cast.mayor, now, body=cast.zone_council)
    before, each = client.get(path), session.scalars(select(BodyDate)).one()
    later = PastedDate(to_utc(DUE, time(9)), to_utc(DUE, time(11)), False, "Kazerne")
    by, given, said = cast.support, each.revision, DateState.CONFIRMED
    correct_date(each, later, state=said, revision=given, by=by, now=now)
    session.commit()
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    assert "SEQUENCE:0" in before.text
    assert "DTSTART;TZID=Europe/Brussels:20260330T090000" in after.text
    assert "SEQUENCE:1" in after.text
    uids = [re.findall(r"UID:(\S+)", answer.text) for answer in (before, after)]
    assert uids[0] == uids[1]


@pytest.mark.parametrize("size", [1, 12])
def test_a_wide_feed_takes_a_fixed_number_of_statements(
    table: Table, session: Session, client: FlaskClient, cast: Cast, clock: Clock, size: int
) -> None:
    for number in range(size):
        meeting_on(cast.midwest, DUE + timedelta(days=number), by=cast.support)
    path = path_for(cast.secretariat, clock(), organisation=cast.tielt)
    clock.advance(minutes=2)
    assert statements_for(client, path, {}) == 13, "the first use is noted"
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    assert statements_for(client, path, etag) == 1


def with_icalendar(content: bytes) -> set[tuple[str, str]]:
    events = icalendar.Calendar.from_ical(content).walk("VEVENT")
    return {(str(e["SUMMARY"]), e.decoded("DTSTART").isoformat()) for e in events}


def with_vobject(content: bytes) -> set[tuple[str, str]]:
    events = vobject.readOne(content.decode()).vevent_list
    return {(event.summary.value, event.dtstart.value.isoformat()) for event in events}


def with_ical_js(content: bytes) -> set[tuple[str, str]]:
    return {
        (event["summary"], datetime.fromtimestamp(event["start"], UTC).date().isoformat())
        for event in ical_js(content)["events"]
    }


@pytest.mark.parametrize(
    "read", [with_icalendar, with_vobject, pytest.param(with_ical_js, marks=pytest.mark.npm)]
)
def test_others_read_whole_days_and_hours_of_every_kind_of_feed(
    table: Table,
    session: Session,
    client: FlaskClient,
    cast: Cast,
    now: datetime,
    read: Callable[[bytes], set[tuple[str, str]]],
) -> None:
    for row in session.scalars(select(FollowUp)):
        row.due_on = date(2026, 3, 29)  # the day the clock changes
    cast.midwest.has_public_calendar = True
    session.commit()
    secretariat = cast.secretariat
    paths = {
        "own": path_for(secretariat, now),
        "body": path_for(secretariat, now, body=cast.midwest),
        "region": path_for(secretariat, now, organisation=cast.midwest.region),
        "municipality": path_for(secretariat, now, organisation=cast.tielt),
        "public": "/kalender/openbaar/midwestoverleg.ics",
        "public region": "/kalender/openbaar/regio/midwest.ics",
    }
    session.commit()
    for kind, path in paths.items():
        days = {(name, start[:10]) for name, start in read(client.get(path).data)}
        assert ("Midwestoverleg", "2026-04-01") in days, kind
        if "public" not in kind:
            assert {(each, "2026-03-29") for each in OF_COLLEGE} <= days, kind


def test_everybody_reads_the_dates_of_a_body_that_made_them_public(
    table: Table, session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    paths = ["/kalender/openbaar/midwestoverleg.ics", "/kalender/openbaar/regio/midwest.ics"]
    gone = client.get("/kalender/nooit-gemaakt.ics").data
    for path in paths:
        assert (client.get(path).status_code, client.get(path).data) == (404, gone)
    cast.midwest.has_public_calendar = cast.zone_council.has_public_calendar = True
    table.meeting.online_url = "https://meet.example/abc"
    quiet = meeting_on(cast.midwest, ZONE_DAY, by=cast.support)
    quiet.is_quiet = True
    session.commit()
    clock.advance(minutes=2)
    for path in paths:
        answer = client.get(path)
        assert summaries(answer) == TWO_MEETINGS
        for word in (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE, "meet.example", "Voorstellen"):
            assert word not in answer.text
        assert answer.headers["Cache-Control"] == "public, no-cache"
        etag = {"If-None-Match": answer.headers["ETag"]}
        assert statements_for(client, path, etag) == 1
        assert client.get(path, headers=etag).status_code == 304
    assert client.get("/kalender/openbaar/zoneraad-midwest.ics").status_code == 404
    cast.midwest.has_public_calendar = False
    session.commit()
    assert client.get(paths[0], headers=etag).status_code == 404


def test_a_year_of_a_body_is_a_file(
    table: Table, session: Session, cast: Cast, client: ReadingClient
) -> None:
    for day in (date(2025, 12, 31), date(2026, 1, 1), date(2027, 1, 1)):
        meeting_on(cast.midwest, day, by=cast.support, from_hour=time(0, 30))
    session.commit()
    client.sign_in(cast.mayor)
    answer = client.get("/overleg/midwestoverleg/jaar/2026.ics")
    assert sorted(start[:10] for _, start in with_icalendar(answer.data)) == [
        "2026-01-01",
        "2026-02-10",
        "2026-04-01",
    ]
    zone = client.get("/overleg/zoneraad-midwest/jaar/2026.ics")
    assert with_icalendar(zone.data) == {(ZONE, "2026-03-27T09:00:00+01:00")}
    assert client.get("/overleg/dbo/jaar/2026.ics").status_code == 404


def test_the_page_makes_and_renews_an_address_with_its_options(
    table: Table, session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.secretariat)
    made = client.send("/kalender", {"shows": "gemeente:tielt", "also": "opvolging"})
    assert "Gemeente Tielt" in made.text
    feed = session.scalars(select(Feed)).one()
    assert (feed.organisation, feed.with_follow_up) == (cast.tielt, True)
    assert (feed.with_deadlines, feed.with_other_dates) == (False, False)
    assert "met opvolging" in client.get("/kalender").text
    assert client.send("/kalender", {"shows": "gemeente:aalst"}).status_code == 422
    feed.organisation = cast.aalst
    session.commit()
    text = client.get("/kalender").text
    assert "dit adres geeft niets meer" in text
    assert f"/kalender/{feed.id}/vernieuwen" not in text
