"""A calendar follows a secret address: what it gets, and when it gets nothing any more."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import event as sql_event
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.accounts.models import Person
from overleg.audit.models import JournalEntry
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.calendars.models import Feed
from overleg.calendars.workflow import create_feed, renew_feed, revoke_feed
from overleg.db import db
from overleg.lib.dates import local_date, to_utc
from overleg.organisations.models import Body, RoleAssignment, Seat
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.workflow import cancel_meeting, change_meeting
from tests.calendars.seen import Seen, events_in
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
LATER = date(2026, 4, 10)


def feed_for(person: Person, now: datetime, body: Body | None = None) -> str:
    """The path of a new feed."""
    _, token = create_feed(viewer_for(person, local_date(now)), body=body, now=now)
    db.session.commit()
    return f"/kalender/{token}.ics"


def events_of(response: TestResponse) -> list[Seen]:
    assert response.status_code == 200
    return events_in(response.data)


def test_a_feed_shows_the_meetings_of_its_body(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting_on(cast.rivierenland, FRIDAY, by=cast.committee_support)
    response = client.get(feed_for(cast.mayor, now, cast.midwest))
    (event,) = events_of(response)
    assert event.uid == meeting.calendar_uid
    assert event.starts_at == meeting.starts_at_utc
    assert event.url.endswith(f"/vergaderingen/{meeting.id}")
    headers = response.headers
    assert headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert headers["Content-Disposition"].startswith("inline")
    assert headers["Cache-Control"] == "private, must-revalidate"
    assert "Content-Encoding" not in headers
    assert "Set-Cookie" not in headers
    assert "Vary" not in headers
    assert headers["ETag"]
    assert headers["Last-Modified"]


def test_a_personal_feed_shows_all_bodies_of_the_person_and_no_others(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting_on(cast.zone_council, LATER, by=cast.support)
    meeting_on(cast.denderregio, FRIDAY, by=cast.support)
    found = events_of(client.get(feed_for(cast.mayor, now)))
    assert [event.summary for event in found] == ["Midwestoverleg", "Zoneraad Midwest"]


def test_an_unchanged_feed_is_not_sent_again(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    path = feed_for(cast.mayor, now)
    first = client.get(path)
    assert client.get(path).data == first.data
    by_etag = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    by_weak_etag = client.get(path, headers={"If-None-Match": f"W/{first.headers['ETag']}"})
    by_date = client.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]})
    for again in (by_etag, by_weak_etag, by_date):
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Cache-Control"] == "private, must-revalidate"


def test_an_etag_goes_before_a_date(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    path = feed_for(cast.mayor, now)
    modified = client.get(path).headers["Last-Modified"]
    asked = {"If-None-Match": '"another"', "If-Modified-Since": modified}
    assert client.get(path, headers=asked).status_code == 200


def test_a_moved_meeting_comes_with_a_higher_sequence(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    path = feed_for(cast.mayor, now)
    before = client.get(path)
    change_meeting(
        meeting,
        starts_at=to_utc(LATER, time(9)),
        ends_at=to_utc(LATER, time(11)),
        place="Gemeentehuis Izegem",
        online_url="",
        revision=meeting.revision,
        by=cast.support,
        now=now,
    )
    session.commit()
    after = client.get(path, headers={"If-None-Match": before.headers["ETag"]})
    (old,), (new,) = events_of(before), events_of(after)
    assert (old.sequence, new.sequence) == (0, 1)
    assert old.uid == new.uid
    assert new.starts_at.hour == 9
    assert new.starts_at.astimezone(UTC).hour == 7
    assert new.stamped_at == now


def test_a_cancelled_meeting_stays_at_least_thirty_days(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    path = feed_for(cast.mayor, clock())
    cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=clock())
    session.commit()
    clock.advance(days=30)
    first = client.get(path)
    (event,) = events_of(first)
    assert (event.status, event.sequence) == ("CANCELLED", 1)
    assert "Te weinig punten" not in first.get_data(as_text=True)
    clock.advance(days=30)
    later = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert events_of(later) == []


def test_what_is_more_than_a_year_ago_falls_away(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    path = feed_for(cast.mayor, clock())
    clock.advance(days=370)
    first = client.get(path)
    assert len(events_of(first)) == 1
    clock.advance(days=10)
    later = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert events_of(later) == []


def test_an_altered_an_unknown_and_a_revoked_address_answer_alike(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    working = feed_for(cast.mayor, now)
    altered = working.replace(".ics", "x.ics")
    unknown = "/kalender/nooit-gemaakt.ics"
    revoked = feed_for(cast.chair, now)
    feed = session.scalars(select(Feed).where(Feed.person_id == cast.chair.id)).one()
    revoke_feed(feed, by=cast.chair, now=now)
    session.commit()
    answers = [client.get(path) for path in (altered, unknown, revoked)]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.headers["Content-Type"] for answer in answers} == {"text/plain; charset=utf-8"}
    assert len({answer.data for answer in answers}) == 1
    assert client.get(working).status_code == 200


def test_the_address_of_a_closed_account_gives_nothing(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    path = feed_for(cast.mayor, now)
    cast.mayor.disabled_at_utc = now
    session.commit()
    assert client.get(path).status_code == 404


def test_a_body_that_the_person_lost_is_gone(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting_on(cast.midwest, LATER, by=cast.support)
    meeting_on(cast.zone_council, LATER, by=cast.support)
    personal = feed_for(cast.mayor, clock())
    of_body = feed_for(cast.mayor, clock(), cast.midwest)
    before = client.get(personal)
    assert len(events_of(before)) == 2
    last_day = local_date(clock())
    for seat in session.scalars(select(Seat).where(Seat.body_id == cast.midwest.id)):
        seat.valid_to = last_day
    for role in session.scalars(
        select(RoleAssignment).where(RoleAssignment.person_id == cast.mayor.id)
    ):
        role.valid_to = last_day
    session.commit()
    assert client.get(of_body).status_code == 200
    clock.advance(days=1)
    assert client.get(of_body).status_code == 404
    for asked in (
        {"If-None-Match": before.headers["ETag"]},
        {"If-Modified-Since": before.headers["Last-Modified"]},
    ):
        left = events_of(client.get(personal, headers=asked))
        assert [event.summary for event in left] == ["Zoneraad Midwest"]


def test_a_renewed_address_replaces_the_old_one(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    old = feed_for(cast.mayor, now, cast.midwest)
    feed = session.scalars(select(Feed)).one()
    _, token = renew_feed(viewer_for(cast.mayor, local_date(now)), feed, now=now)
    session.commit()
    assert client.get(old).status_code == 404
    assert client.get(f"/kalender/{token}.ics").status_code == 200
    verbs = set(session.scalars(select(JournalEntry.verb)))
    assert {Verb.FEED_CREATED, Verb.FEED_REVOKED} <= verbs


def test_only_the_hash_of_the_token_is_kept(session: Session, cast: Cast, now: datetime) -> None:
    path = feed_for(cast.mayor, now)
    token = path.removeprefix("/kalender/").removesuffix(".ics")
    assert re.fullmatch(r"[A-Za-z0-9_-]{43}", token)
    assert token not in str(session.scalars(select(Feed.token_hash)).all())


def test_last_use_is_noted_once_an_hour(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    path = feed_for(cast.mayor, clock())
    first_use = clock()
    client.get(path)
    clock.advance(minutes=59)
    client.get(path)
    feed = session.scalars(select(Feed).execution_options(populate_existing=True)).one()
    assert feed.last_used_at_utc == first_use
    clock.advance(minutes=1)
    etag = client.get(path).headers["ETag"]
    session.expire_all()
    assert feed.last_used_at_utc == clock()
    clock.advance(hours=1)
    assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
    session.expire_all()
    assert feed.last_used_at_utc == clock()


def test_head_tells_the_same_without_the_content(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    path = feed_for(cast.mayor, now)
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("ETag", "Last-Modified", "Content-Type", "Content-Length"):
        assert head.headers[name] == whole.headers[name]


def test_the_online_link_is_not_for_councillors(
    session: Session, client: FlaskClient, cast: Cast, now: datetime
) -> None:
    link = "https://meet.example/abc"
    meeting_on(cast.midwest, FRIDAY, by=cast.support, place="", online_url=link)
    for person, sees_it in ((cast.mayor, True), (cast.director, True), (cast.councillor, False)):
        text = client.get(feed_for(person, now)).get_data(as_text=True)
        assert (link in text) is sees_it


def statements_for(client: FlaskClient, path: str, headers: dict[str, str]) -> int:
    """How many statements a request takes."""
    seen: list[str] = []

    def count(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    sql_event.listen(db.engine, "after_cursor_execute", count)
    try:
        client.get(path, headers=headers)
    finally:
        sql_event.remove(db.engine, "after_cursor_execute", count)
    return len(seen)


@pytest.mark.parametrize("meetings", [1, 20])
def test_a_feed_takes_a_fixed_number_of_statements(
    session: Session, client: FlaskClient, cast: Cast, now: datetime, meetings: int
) -> None:
    for number in range(meetings):
        meeting_on(cast.midwest, FRIDAY + timedelta(days=number), by=cast.support)
    path = feed_for(cast.mayor, now)
    session.expunge_all()
    assert statements_for(client, path, {}) == 6, "the first use is noted"
    etag = client.get(path).headers["ETag"]
    assert statements_for(client, path, {"If-None-Match": etag}) == 1


def test_a_poll_that_changed_nothing_takes_one_statement(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting = meeting_on(cast.midwest, LATER, by=cast.support)
    path = feed_for(cast.mayor, clock())
    clock.advance(minutes=2)
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    assert statements_for(client, path, etag) == 1
    assert statements_for(client, path, {}) == 1, "what was written is kept"
    before = client.get(path)
    assert (before.status_code, before.headers["ETag"]) == (200, etag["If-None-Match"])
    cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=clock())
    session.commit()
    assert client.get(path, headers=etag).status_code == 200
    assert "STATUS:CANCELLED" not in before.text
    assert "STATUS:CANCELLED" in client.get(path).text


def test_a_poll_soon_after_a_change_is_not_yet_remembered(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting = meeting_on(cast.midwest, LATER, by=cast.support)
    path = feed_for(cast.mayor, clock())
    cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=clock())
    session.commit()
    clock.advance(seconds=30)
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    assert statements_for(client, path, etag) == 4
    clock.advance(minutes=1)
    client.get(path, headers=etag)
    assert statements_for(client, path, etag) == 1


def test_what_people_do_elsewhere_leaves_a_feed_remembered(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting_on(cast.midwest, LATER, by=cast.support)
    path = feed_for(cast.mayor, clock())
    clock.advance(minutes=2)
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    record(Verb.PERSON_SIGNED_IN, cast.chair, by=cast.chair, now=clock())
    session.commit()
    assert statements_for(client, path, etag) == 1


def test_a_change_outside_the_journal_is_seen_within_a_quarter_of_an_hour(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    meeting = meeting_on(cast.midwest, LATER, by=cast.support)
    path = feed_for(cast.mayor, clock())
    clock.advance(minutes=2)
    etag = {"If-None-Match": client.get(path).headers["ETag"]}
    meeting.place = "Gemeentehuis Izegem"
    session.commit()
    clock.advance(minutes=15)
    assert client.get(path, headers=etag).status_code == 200


def test_a_remembered_feed_is_gone_at_once_when_revoked_or_its_account_closed(
    session: Session, client: FlaskClient, cast: Cast, clock: Clock
) -> None:
    paths = [feed_for(cast.mayor, clock()), feed_for(cast.chair, clock())]
    clock.advance(minutes=2)
    etags = [{"If-None-Match": client.get(path).headers["ETag"]} for path in paths]
    feed = session.scalars(select(Feed).where(Feed.person_id == cast.mayor.id)).one()
    feed.revoked_at_utc = clock()
    cast.chair.disabled_at_utc = clock()
    session.commit()
    for path, etag in zip(paths, etags, strict=True):
        assert client.get(path, headers=etag).status_code == 404


def test_robots_may_read_calendars_and_nothing_else(client: FlaskClient) -> None:
    text = client.get("/robots.txt").get_data(as_text=True)
    assert "Allow: /kalender/" in text
    assert "Disallow: /\n" in text
