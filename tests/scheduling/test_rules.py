"""Rules between bodies: what they ask, which meetings break them, and mending that in one step."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.calendars.foreign.workflow import add_dates
from overleg.lib.dates import to_utc
from overleg.lib.errors import NotPossible, Refused
from overleg.lib.pasted_dates import PastedDate
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body, RoleAssignment
from overleg.organisations.states import BodyKind, Role
from overleg.scheduling.models import BodyDate, Meeting
from overleg.scheduling.rules.free_days import holiday_on, school_holiday_on
from overleg.scheduling.rules.queries import loose_meetings
from overleg.scheduling.rules.workflow import add_rule, repair
from overleg.scheduling.states import RuleKind
from overleg.scheduling.workflow import cancel_meeting, change_meeting
from tests.plugins.cast import Cast
from tests.reading import ReadingClient
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
WEEK = timedelta(days=7)


def zone_council_on(cast: Cast, day: date, now: datetime) -> BodyDate:
    """The zoneraad meets that day, 8.00 to 9.15, in Izegem."""
    given = PastedDate(to_utc(day, time(8)), to_utc(day, time(9, 15)), False, "Stadhuis Izegem")
    (added,) = add_dates(cast.zone_council, [given], by=cast.support, now=now)
    return added


def after_zone_council(cast: Cast, now: datetime) -> None:
    add_rule(
        cast.midwest,
        RuleKind.AFTER,
        other=cast.zone_council,
        minutes=15,
        is_same_place=True,
        by=cast.support,
        now=now,
    )


def hours(meeting: Meeting) -> tuple[datetime, datetime, str]:
    return meeting.starts_at_utc, meeting.ends_at_utc, meeting.place


def test_a_meeting_follows_the_zone_council_in_one_step(
    session: Session, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    lasted = meeting.ends_at_utc - meeting.starts_at_utc
    other = zone_council_on(cast, FRIDAY + WEEK, now)
    after_zone_council(cast, now)
    (loose,) = loose_meetings(cast.midwest, now)
    assert "vrijdag 20 maart 2026, 8.00 tot 9.15 uur in Stadhuis Izegem" in loose.broken[0].why
    sequence = meeting.calendar_sequence
    repair([loose], by=cast.support, now=now)
    starts_at = other.ends_at_utc + timedelta(minutes=15)
    assert hours(meeting) == (starts_at, starts_at + lasted, "Stadhuis Izegem")
    assert meeting.calendar_sequence == sequence + 1
    session.flush()
    assert not loose_meetings(cast.midwest, now)


@pytest.mark.parametrize(
    ("kind", "days", "other_day", "expected"),
    [
        (RuleKind.DAYS_BEFORE, 7, FRIDAY + WEEK, None),
        (RuleKind.DAYS_BEFORE, 7, FRIDAY + 2 * WEEK, FRIDAY + WEEK),
        (RuleKind.AT_LEAST_BEFORE, 7, FRIDAY + WEEK, None),
        (RuleKind.AT_LEAST_BEFORE, 7, FRIDAY + 2 * WEEK, None),
        (RuleKind.AT_LEAST_BEFORE, 7, FRIDAY + timedelta(days=3), FRIDAY - timedelta(days=4)),
        (RuleKind.AFTER, 0, FRIDAY, FRIDAY),
    ],
)
def test_days_between_bodies(
    cast: Cast, now: datetime, kind: RuleKind, days: int, other_day: date, expected: date | None
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    zone_council_on(cast, other_day, now)
    add_rule(cast.midwest, kind, other=cast.zone_council, days=days, by=cast.support, now=now)
    better = [loose.better.day for loose in loose_meetings(cast.midwest, now) if loose.better]
    assert better == ([expected] if expected else [])


@pytest.mark.parametrize(
    ("kind", "day", "why", "better"),
    [
        (RuleKind.NO_HOLIDAY, date(2026, 7, 11), "Vlaamse Gemeenschap", date(2026, 7, 10)),
        (RuleKind.NO_HOLIDAY, date(2026, 5, 25), "Pinkstermaandag", date(2026, 6, 1)),
        (RuleKind.NO_SCHOOL_HOLIDAY, date(2026, 4, 10), "Paasvakantie", date(2026, 4, 3)),
        (RuleKind.NO_SCHOOL_HOLIDAY, date(2026, 4, 24), "", None),
    ],
)
def test_days_on_which_nobody_meets_are_left_for_the_nearest_that_keeps_all(
    cast: Cast, now: datetime, kind: RuleKind, day: date, why: str, better: date | None
) -> None:
    meeting = meeting_on(cast.midwest, day, by=cast.support)
    add_rule(cast.midwest, kind, by=cast.support, now=now)
    loose = loose_meetings(cast.midwest, now)
    assert [why in each.broken[0].why for each in loose] == [True] * bool(why)
    assert bool(holiday_on(day) or school_holiday_on(day)) == bool(why)
    if loose:
        repair(loose, by=cast.support, now=now)
        assert meeting.day == better
        assert not loose_meetings(cast.midwest, now)


def test_what_a_move_would_break_is_said_and_what_nobody_can_say_is_not_moved(
    cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    after_zone_council(cast, now)
    (loose,) = loose_meetings(cast.midwest, now)
    assert "geen datum bekend" in loose.broken[0].why
    with pytest.raises(NotPossible):
        repair([loose], by=cast.support, now=now)
    zone_council_on(cast, date(2026, 4, 10), now)
    add_rule(cast.midwest, RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False, by=cast.support, now=now)
    (loose,) = loose_meetings(cast.midwest, now)
    assert loose.better is not None
    assert (loose.better.day, [each.why for each in loose.still]) == (
        date(2026, 4, 10),
        ["Paasvakantie"],
    )
    assert meeting.day == FRIDAY


@pytest.mark.parametrize(
    ("zone_days", "hard_one", "better", "stays"),
    [
        ([date(2026, 4, 10)], RuleKind.AFTER, None, "op dezelfde dag als de Zoneraad Midwest"),
        ([date(2026, 4, 10), date(2026, 4, 21)], RuleKind.AFTER, date(2026, 4, 21), ""),
        ([date(2026, 4, 13)], RuleKind.NO_SCHOOL_HOLIDAY, date(2026, 4, 3), ""),
        ([date(2026, 4, 24)], RuleKind.NO_SCHOOL_HOLIDAY, date(2026, 4, 24), ""),
    ],
)
def test_what_is_only_liked_better_gives_way_to_what_must_be(
    cast: Cast,
    now: datetime,
    zone_days: list[date],
    hard_one: RuleKind,
    better: date | None,
    stays: str,
) -> None:
    """A meeting in the Easter holidays, bound to the zoneraad: one of both rules must be kept."""
    meeting_on(
        cast.midwest,
        date(2026, 4, 10),
        by=cast.support,
        from_hour=time(9, 15),
        place="Stadhuis Izegem",
    )
    for day in zone_days:
        zone_council_on(cast, day, now)
    for kind in (RuleKind.AFTER, RuleKind.NO_SCHOOL_HOLIDAY):
        other = cast.zone_council if kind.names_a_body else None
        is_hard = kind is hard_one
        add_rule(cast.midwest, kind, other=other, is_hard=is_hard, by=cast.support, now=now)
    (loose,) = loose_meetings(cast.midwest, now)
    assert (loose.better.day if loose.better else None) == better
    assert stays in loose.why_stays
    assert bool(loose.why_stays) == bool(stays)
    assert not [each for each in loose.still if each.rule.is_hard]


def test_two_tables_at_once(cast: Cast, now: datetime) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    beside = PastedDate(meeting.starts_at_utc, meeting.ends_at_utc, False, "")
    add_rule(cast.midwest, RuleKind.NOT_TOGETHER, is_hard=False, by=cast.support, now=now)
    assert not loose_meetings(cast.midwest, now)
    add_dates(cast.zone_council, [beside], by=cast.support, now=now)
    (loose,) = loose_meetings(cast.midwest, now)
    assert "de Zoneraad Midwest vergadert" in loose.broken[0].why


ROUND = r"Midwest.* kan niet samen met .*Zoneraad|Zoneraad.* kan niet samen met .*Midwest"


@pytest.mark.parametrize(
    ("first", "second", "refused"),
    [
        (("midwest", "after", 0), ("midwest", "days_before", 7), "7 dagen voor.*op dezelfde dag"),
        (("midwest", "after", 0), ("midwest", "after", 0), "staat er al"),
        (("midwest", "days_before", 7), ("midwest", "days_before", 8), "8 dagen.*7 dagen"),
        (("midwest", "days_before", 3), ("midwest", "at_least_before", 7), "minstens 7.*3 dagen"),
        (("midwest", "days_before", 7), ("midwest", "at_least_before", 3), ""),
        (("midwest", "after", 0), ("midwest", "at_least_before", 7), ""),
        (("midwest", "after", 0), ("zone_council", "after", 0), ROUND),
        (("midwest", "days_before", 7), ("zone_council", "after", 0), ROUND),
        (("zone_council", "at_least_before", 7), ("midwest", "after", 0), ROUND),
        (("midwest", "after", 0), ("zone_council", "at_least_before", 7), ROUND),
        (("midwest", "at_least_before", 7), ("zone_council", "at_least_before", 7), ""),
    ],
)
def test_rules_that_contradict_name_each_other(
    cast: Cast,
    now: datetime,
    first: tuple[str, str, int],
    second: tuple[str, str, int],
    refused: str,
) -> None:
    def add(name: str, kind: str, days: int, *, is_hard: bool = True) -> None:
        body = getattr(cast, name)
        other = cast.zone_council if body is cast.midwest else cast.midwest
        asked = RuleKind(kind)
        add_rule(body, asked, other=other, days=days, is_hard=is_hard, by=cast.support, now=now)

    add(*first)
    if not refused:
        add(*second)
        return
    with pytest.raises(Refused, match=refused):
        add(*second)
    if first != second:
        add(*second, is_hard=False)


def test_bodies_that_follow_each_other_round_are_refused(cast: Cast, now: datetime) -> None:
    bodies = [cast.midwest, cast.zone_council, cast.rivierenland]
    for body, other in pairwise(bodies):
        add_rule(body, RuleKind.AFTER, other=other, minutes=15, by=cast.support, now=now)
    with pytest.raises(Refused, match="wachten ze op elkaar"):
        add_rule(bodies[-1], RuleKind.AFTER, other=bodies[0], by=cast.support, now=now)


def test_support_staff_hear_when_another_body_makes_meetings_loose(
    session: Session, cast: Cast, now: datetime
) -> None:
    zone = meeting_on(cast.zone_council, FRIDAY, by=cast.support)
    after_zone_council(cast, now)
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    start = zone.ends_at_utc + timedelta(minutes=15)
    change_meeting(
        meeting,
        starts_at=start,
        ends_at=start + timedelta(hours=2),
        place=zone.place,
        online_url="",
        revision=meeting.revision,
        by=cast.support,
        now=now,
    )
    assert not loose_meetings(cast.midwest, now)
    meeting_on(cast.midwest, date(2026, 7, 10), by=cast.support)
    add_rule(cast.midwest, RuleKind.NO_SCHOOL_HOLIDAY, is_hard=False, by=cast.support, now=now)
    assert len(loose_meetings(cast.midwest, now)) == 1
    change_meeting(
        zone,
        starts_at=zone.starts_at_utc + WEEK,
        ends_at=zone.ends_at_utc + WEEK,
        place=zone.place,
        online_url="",
        revision=zone.revision,
        by=cast.support,
        now=now,
    )
    assert told(session) == ["1 vergadering past niet meer: Midwestoverleg"]
    mail = session.scalars(
        select(OutboxMessage).where(OutboxMessage.template == "meetings_loose")
    ).one()
    assert "Nu: de Zoneraad Midwest vergadert op vrijdag 20 maart 2026" in mail.text
    assert "zomervakantie" not in mail.text.lower(), "that was so before"
    cancel_meeting(zone, reason="Griep", by=cast.support, now=now)
    assert len(told(session)) == 2


def test_a_date_that_is_moved_by_hand_tells_once_what_it_makes_loose(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    zone = zone_council_on(cast, FRIDAY, now)
    after_zone_council(cast, now)
    start = zone.ends_at_utc + timedelta(minutes=15)
    meeting_on(cast.midwest, FRIDAY, by=cast.support, from_hour=time(9, 30), place=zone.place)
    (fits,) = [each.starts_at_utc for each in session.scalars(select(Meeting))]
    assert (fits, told(session)) == (start, [])
    zone_council_on(cast, FRIDAY + 4 * WEEK, now)
    assert told(session) == [], "nothing came loose by it"
    client.sign_in(cast.support)
    page = f"/overleg/{cast.zone_council.slug}/data"
    path = f"{page}/{zone.id}"
    answer = client.send(path, {"day": "2026-03-20"})
    assert told(session) == ["1 vergadering past niet meer: Midwestoverleg"]
    text = client.get(answer.location or "").text
    assert "1 vergadering past niet meer bij de regels van het Midwestoverleg." in text
    assert 'href="/overleg/midwestoverleg/regels">Herstel Midwestoverleg</a>' in text
    client.send(path, {"place": "Kazerne Tielt"})
    assert len(told(session)) == 2, "another reason is told"


def told(session: Session) -> list[str]:
    """The subjects of the mails about loose meetings."""
    return list(
        session.scalars(
            select(OutboxMessage.subject).where(OutboxMessage.subject.contains("niet meer"))
        )
    )


def test_the_page_adds_a_rule_and_moves_what_is_ticked(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    zone_council_on(cast, FRIDAY + WEEK, now)
    client.sign_in(cast.support)
    page = f"/overleg/{cast.midwest.slug}/regels"
    for wrong, sentence in (
        ({"kind": "after"}, "Kies over welk overleg"),
        ({"kind": "x"}, "Kies een van de mogelijkheden"),
        ({"kind": "days_before", "other": cast.zone_council.slug, "days": ""}, "1 tot 60 dagen"),
    ):
        refused = client.send(page, wrong)
        assert (refused.status_code, sentence in refused.text) == (422, True), wrong
    fields = {"kind": "after", "other": cast.zone_council.slug, "is_same_place": "y"}
    assert client.send(page, fields).status_code == 302
    text = client.get(page).text
    assert "op dezelfde dag als de Zoneraad Midwest, 15 minuten erna, op dezelfde plaats" in text
    assert "krijgen een mail" in text or "krijgt een mail" in text
    assert "Verschuif naar vrijdag 20 maart 2026, 9.30 tot" in text
    client.press(f"{page}/herstellen", {"vergadering": meeting.id})
    assert meeting.starts_at_utc == datetime(2026, 3, 20, 8, 30, tzinfo=UTC)
    assert "houden zich aan de regels" in client.get(page).text
    moved = client.send(f"/vergaderingen/{meeting.id}/gegevens", {"starts": "8:30"})
    text = client.get(moved.location or "").text
    assert "Let op bij deze dag: op dezelfde dag als de Zoneraad Midwest" in text
    assert "zit dan ook in de Zoneraad Midwest" in text or "zitten dan ook in de Zoneraad" in text


def test_what_follows_the_moved_meeting_is_named_and_follows_too(
    session: Session, client: ReadingClient, cast: Cast, now: datetime
) -> None:
    directors = Body(slug="ad-overleg", name="AD-overleg", kind=BodyKind.DIRECTORS_CONSULTATION)
    role = RoleAssignment(
        person=cast.support, role=Role.SUPPORT, body=directors, valid_from=date(2025, 1, 1)
    )
    session.add_all([directors, role])
    session.flush()
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    before = meeting_on(directors, FRIDAY - WEEK, by=cast.support)
    add_rule(directors, RuleKind.DAYS_BEFORE, other=cast.midwest, days=7, by=cast.support, now=now)
    zone_council_on(cast, FRIDAY + WEEK, now)
    after_zone_council(cast, now)
    client.sign_in(cast.support)
    moved = client.press("/overleg/midwestoverleg/regels/herstellen", {"vergadering": meeting.id})
    text = client.get(moved.location or "").text
    assert "1 vergadering past niet meer bij de regels van het AD-overleg." in text
    client.press("/overleg/ad-overleg/regels/herstellen", {"vergadering": before.id})
    assert (meeting.day, before.day) == (FRIDAY + WEEK, FRIDAY)


def test_only_support_staff_see_rules(client: ReadingClient, cast: Cast) -> None:
    page = f"/overleg/{cast.midwest.slug}/regels"
    client.sign_in(cast.mayor)
    assert client.get(page).status_code == 403
    client.sign_in(cast.stranger)
    assert client.get(page).status_code == 404
