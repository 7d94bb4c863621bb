"""Planning, changing and cancelling, and what the journal, the calendars and the mails learn."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.audit.workflow import System
from overleg.db import db
from overleg.lib.dates import BRUSSELS, to_utc
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body
from overleg.scheduling.models import Meeting
from overleg.scheduling.rhythm import Rhythm, RhythmKind
from overleg.scheduling.states import MOVES, MeetingState
from overleg.scheduling.workflow import (
    announce_meetings,
    cancel_meeting,
    change_meeting,
    move_to,
    plan_meeting,
    plan_series,
)
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
NEXT_FRIDAY = date(2026, 3, 20)


def verbs_about(meeting: Meeting) -> list[Verb]:
    entries = db.session.scalars(select(JournalEntry).where(JournalEntry.subject_id == meeting.id))
    return [entry.verb for entry in entries]


def test_meetings_are_numbered_per_body_and_per_year(session: Session, cast: Cast) -> None:
    first = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    second = meeting_on(cast.midwest, date(2026, 2, 13), by=cast.support)
    next_year = meeting_on(cast.midwest, date(2027, 1, 8), by=cast.support)
    elsewhere = meeting_on(cast.rivierenland, FRIDAY, by=cast.committee_support)
    assert [m.label for m in (first, second, next_year, elsewhere)] == [
        "2026/01",
        "2026/02",
        "2027/01",
        "2026/01",
    ]
    assert verbs_about(first) == [Verb.MEETING_PLANNED]


def test_the_year_is_that_of_brussels(session: Session, cast: Cast) -> None:
    just_after_midnight = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
    meeting = plan_meeting(
        cast.midwest,
        starts_at=just_after_midnight,
        ends_at=just_after_midnight + timedelta(hours=1),
        place="",
        online_url="",
        by=cast.support,
        now=just_after_midnight - timedelta(days=9),
    )
    assert meeting.label == "2027/01"


def test_the_calendar_uid_is_random_and_stays(session: Session, cast: Cast) -> None:
    one = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    other = meeting_on(cast.midwest, date(2026, 4, 10), by=cast.support)
    assert one.calendar_uid != other.calendar_uid
    kept = one.calendar_uid
    move(one, cast, day=date(2026, 3, 20))
    assert one.calendar_uid == kept


def move(
    meeting: Meeting,
    cast: Cast,
    *,
    day: date | None = None,
    place: str | None = None,
    now: datetime | None = None,
) -> None:
    """Change the day or the place, and nothing else."""
    to = day or meeting.day
    change_meeting(
        meeting,
        starts_at=to_utc(to, time(9, 30)),
        ends_at=to_utc(to, time(11, 30)),
        place=meeting.place if place is None else place,
        online_url="",
        revision=meeting.revision,
        by=cast.support,
        now=now or datetime(2026, 3, 2, 9, tzinfo=UTC),
    )


def test_a_meeting_in_the_past_is_not_planned(session: Session, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="al voorbij"):
        meeting_on(cast.midwest, date(2026, 3, 1), by=cast.support, now=now)


def test_a_meeting_ends_after_it_begins(session: Session, cast: Cast) -> None:
    with pytest.raises(Refused, match="later eindigen"):
        meeting_on(cast.midwest, FRIDAY, by=cast.support, to_hour=time(9, 30))


def test_a_body_does_not_meet_twice_at_once(session: Session, cast: Cast) -> None:
    first = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    with pytest.raises(Refused, match="vergadert het Midwestoverleg al"):
        meeting_on(cast.midwest, FRIDAY, by=cast.support, from_hour=time(11), to_hour=time(12))
    meeting_on(cast.midwest, FRIDAY, by=cast.support, from_hour=time(11, 30), to_hour=time(12))
    meeting_on(cast.rivierenland, FRIDAY, by=cast.committee_support)
    with pytest.raises(Refused):
        move(first, cast, day=meeting_on(cast.midwest, date(2026, 5, 8), by=cast.support).day)


def test_a_cancelled_meeting_leaves_its_hours_free_and_keeps_its_number(
    session: Session, cast: Cast, now: datetime
) -> None:
    first = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    cancel_meeting(first, reason="Te weinig punten.", by=cast.support, now=now)
    assert meeting_on(cast.midwest, FRIDAY, by=cast.support).label == "2026/02"


def test_a_series_keeps_its_hour_across_the_clock_change(
    session: Session, cast: Cast, now: datetime
) -> None:
    rhythm = Rhythm(RhythmKind.WEEKLY, 4, date(2026, 3, 20), date(2026, 4, 10))
    meetings = plan_series(
        cast.midwest,
        rhythm=rhythm,
        days=[date(2026, 4, 3), date(2026, 3, 27)],
        from_hour=time(9),
        to_hour=time(11),
        place="",
        online_url="",
        by=cast.support,
        now=now,
    )
    assert [m.starts_at_utc.hour for m in meetings] == [8, 7]
    assert {m.starts_at_utc.astimezone(BRUSSELS).hour for m in meetings} == {9}
    assert [m.label for m in meetings] == ["2026/01", "2026/02"]
    assert {m.series.rule for m in meetings if m.series} == {"elke vrijdag"}


def test_a_series_has_a_day_and_at_most_sixty(session: Session, cast: Cast, now: datetime) -> None:
    rhythm = Rhythm(RhythmKind.WEEKLY, 4, date(2026, 3, 20), date(2028, 4, 10))
    for days, reason in (
        ([], "minstens één"),
        ([date(2026, 4, 1) + timedelta(days=n) for n in range(61)], "hoogstens 60"),
    ):
        with pytest.raises(Refused, match=reason):
            plan_series(
                cast.midwest,
                rhythm=rhythm,
                days=days,
                from_hour=time(9),
                to_hour=time(11),
                place="",
                online_url="",
                by=cast.support,
                now=now,
            )


def test_moving_raises_the_sequence_and_tells_the_seat_holders(
    session: Session, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    move(meeting, cast, day=date(2026, 3, 20), now=now)
    assert (meeting.calendar_sequence, meeting.changed_at_utc) == (1, now)
    mails = session.scalars(select(OutboxMessage)).all()
    assert {mail.to_email for mail in mails} == {
        cast.mayor.email,
        cast.chair.email,
        cast.tielt_mayor.email,
    }
    assert "vrijdag 20 maart 2026, 9.30 tot 11.30 uur" in mails[0].text
    assert "Voordien: vrijdag 13 maart 2026" in mails[0].text
    assert verbs_about(meeting) == [Verb.MEETING_PLANNED, Verb.MEETING_CHANGED]


def test_a_change_of_nothing_changes_nothing(session: Session, cast: Cast) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    move(meeting, cast)
    assert meeting.calendar_sequence == 0
    assert session.scalars(select(OutboxMessage)).all() == []


def test_another_place_raises_the_sequence_too(session: Session, cast: Cast) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    move(meeting, cast, place="Gemeentehuis Izegem")
    assert meeting.calendar_sequence == 1


def test_a_meeting_that_goes_to_another_year_is_numbered_there(
    session: Session, cast: Cast
) -> None:
    meeting_on(cast.midwest, date(2027, 1, 8), by=cast.support)
    meeting = meeting_on(cast.midwest, date(2026, 12, 11), by=cast.support)
    move(meeting, cast, day=date(2027, 1, 15))
    assert meeting.label == "2027/02"


def test_cancelling_needs_a_reason_and_tells_it(
    session: Session, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    with pytest.raises(Refused, match="waarom"):
        cancel_meeting(meeting, reason="  ", by=cast.support, now=now)
    told = cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=now)
    assert (meeting.state, meeting.calendar_sequence) == (MeetingState.CANCELLED, 1)
    assert {person.id for person in told} == {cast.mayor.id, cast.chair.id, cast.tielt_mayor.id}
    assert "Te weinig punten." in session.scalars(select(OutboxMessage)).all()[0].text
    entry = session.scalars(
        select(JournalEntry).where(JournalEntry.verb == Verb.MEETING_CANCELLED)
    ).one()
    assert (entry.reason, entry.from_state) == ("Te weinig punten.", "preparing")


@pytest.mark.parametrize("before", MeetingState)
@pytest.mark.parametrize("after", MeetingState)
def test_only_the_moves_of_the_table_are_possible(
    session: Session, cast: Cast, now: datetime, before: MeetingState, after: MeetingState
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting.state = before
    if after in MOVES[before]:
        move_to(meeting, after, by=cast.support, now=now)
        assert (meeting.state, meeting.calendar_sequence) == (after, 1)
    else:
        with pytest.raises(NotPossible, match=before.label):
            move_to(meeting, after, by=cast.support, now=now)
        assert meeting.state is before


def test_what_is_possible_instead_is_said(session: Session, cast: Cast, now: datetime) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    with pytest.raises(NotPossible, match="de agenda kan verstuurd worden of de vergadering kan"):
        move_to(meeting, MeetingState.MINUTES, by=cast.support, now=now)


def test_once_it_began_a_meeting_does_not_move(session: Session, cast: Cast) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting.state = MeetingState.IN_SESSION
    with pytest.raises(NotPossible, match="liggen nu vast"):
        move(meeting, cast, day=date(2026, 3, 20))


def plan_at_once(app: Flask, count: int) -> list[str]:
    """Plan as many meetings in as many threads; returns their labels and the errors."""
    with app.app_context():
        body_id = db.session.scalars(select(Body.id).where(Body.slug == "midwestoverleg")).one()
        db.session.remove()
    labels: list[str] = []
    start = threading.Barrier(count)

    def plan(number: int) -> None:
        with app.app_context():
            body = db.session.get_one(Body, body_id)
            day = date(2026, 6, 1) + timedelta(days=number)
            start.wait()
            try:
                meeting = plan_meeting(
                    body,
                    starts_at=to_utc(day, time(9)),
                    ends_at=to_utc(day, time(10)),
                    place="",
                    online_url="",
                    by=System(),
                    now=datetime(2026, 3, 2, tzinfo=UTC),
                )
                label = meeting.label
                db.session.commit()
                labels.append(label)
            except Exception as error:
                labels.append(repr(error))

    threads = [threading.Thread(target=plan, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(labels)


def test_two_who_plan_at_once_get_two_numbers(app: Flask) -> None:
    assert plan_at_once(app, 3) == ["2026/01", "2026/02", "2026/03"]


@pytest.mark.postgresql
def test_two_who_plan_at_once_get_two_numbers_on_postgresql(app: Flask) -> None:
    assert plan_at_once(app, 3) == ["2026/01", "2026/02", "2026/03"]


def test_while_the_agenda_is_being_made_a_move_can_be_kept_quiet(
    session: Session, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)

    def to(place: str) -> list[Person]:
        starts, ends = meeting.starts_at_utc, meeting.ends_at_utc
        return change_meeting(
            meeting,
            starts_at=starts,
            ends_at=ends,
            place=place,
            online_url="",
            revision=meeting.revision,
            by=cast.support,
            now=now,
            quiet=True,
        )

    assert to("Stadhuis Tielt") == []
    assert meeting.place == "Stadhuis Tielt"
    meeting.state = MeetingState.AGENDA_SENT
    assert to("Stadhuis Izegem") != []


def test_of_a_quiet_meeting_nobody_is_mailed_before_it_is_announced_and_then_once(
    session: Session, cast: Cast, now: datetime, sign_in_as: SignInAs
) -> None:
    support = sign_in_as(cast.support)
    address = f"/overleg/{cast.midwest.slug}/vergaderingen/nieuw"
    support.send(address, {"day": "2026-04-10", "starts": "09:30", "ends": "11:30"})
    meeting = session.scalars(select(Meeting)).one()
    page = f"/vergaderingen/{meeting.id}"
    support.send(f"{page}/gegevens", {"place": "Stadhuis Tielt"})
    assert session.scalars(select(OutboxMessage)).all() == []
    assert "Nog niet bekendgemaakt" in support.get(page).text
    listed = support.get("/vergaderingen").text
    assert "nog niet bekendgemaakt</span>" in listed
    assert "1 vergadering van het Midwestoverleg is nog niet bekendgemaakt." in listed
    asked = support.get(f"{page}/bekendmaken").text
    assert all(name in asked for name in (cast.mayor.name, cast.chair.name, cast.tielt_mayor.name))
    assert support.press(f"{page}/bekendmaken").status_code == 302
    mails = session.scalars(select(OutboxMessage)).all()
    assert {mail.to_email for mail in mails} == {
        cast.mayor.email,
        cast.chair.email,
        cast.tielt_mayor.email,
    }
    assert "vrijdag 10 april 2026, 9.30 tot 11.30 uur, Stadhuis Tielt" in mails[0].text
    with pytest.raises(NotPossible, match="al bekendgemaakt"):
        announce_meetings([meeting], by=cast.support, now=now)
    cancel_meeting(meeting, reason="Ziekte", by=cast.support, now=now)
    assert len(session.scalars(select(OutboxMessage)).all()) == 6


def test_two_quiet_meetings_are_announced_in_one_mail(
    session: Session, cast: Cast, now: datetime
) -> None:
    two = [meeting_on(cast.midwest, day, by=cast.support) for day in (FRIDAY, NEXT_FRIDAY)]
    for each in two:
        each.is_quiet = True
    told = announce_meetings(two, by=cast.support, now=now)
    mails = session.scalars(select(OutboxMessage)).all()
    assert len(mails) == len(told) == 3
    assert all(each.label in mails[0].text for each in two)
