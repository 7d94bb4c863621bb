"""Polls for a date: asking, answering, what is known beforehand, quorum, and how they end."""

from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.calendars.foreign.workflow import add_dates
from overleg.db import NO_ROW
from overleg.lib.dates import local_date, to_utc
from overleg.lib.errors import EditConflict, NotFound, NotPossible, Refused
from overleg.lib.pasted_dates import PastedDate
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Seat
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.answers.queries import answers_to
from overleg.scheduling.answers.workflow import give_answer
from overleg.scheduling.models import InvitationChoice
from overleg.scheduling.polls.answering import answer_poll
from overleg.scheduling.polls.board import make_board
from overleg.scheduling.polls.conflicts import known_conflicts
from overleg.scheduling.polls.ending import close_poll, people_told_of, pick_slot
from overleg.scheduling.polls.queries import (
    poll_by_id,
    polls_to_answer,
    polls_to_settle,
    replies_of,
    voters_of,
)
from overleg.scheduling.polls.workflow import (
    MOST_SLOTS,
    change_poll,
    discard_poll,
    draft_poll,
    open_poll,
    remind_poll,
)
from overleg.scheduling.states import AnswerWay, Coming, MeetingState, PollState
from tests.plugins.cast import Cast
from tests.scheduling.planned import meeting_on
from tests.scheduling.polling import (
    FRIDAY,
    NO,
    RATHER_NOT,
    YES,
    answer,
    board_of,
    opened_poll,
    question,
    slot_on,
)

WEEK = timedelta(days=7)


def subjects(session: Session, word: str) -> dict[str, str]:
    """The subjects of the mails with a word in it, by address."""
    found = session.scalars(select(OutboxMessage).where(OutboxMessage.subject.contains(word)))
    return {str(mail.to_email): mail.subject for mail in found}


def test_nobody_knows_of_a_poll_until_it_is_sent_to_who_has_a_seat(
    session: Session, cast: Cast, now: datetime
) -> None:
    poll = draft_poll(cast.midwest, question(), [slot_on(FRIDAY)], by=cast.support, now=now)
    member, support = (viewer_for(p, local_date(now)) for p in (cast.mayor, cast.support))
    assert poll_by_id(support, poll.id) is poll
    with pytest.raises(NotFound):
        poll_by_id(member, poll.id)
    told = open_poll(poll, by=cast.support, now=now)
    assert {p.name for p in told} == {p.name for p in (cast.mayor, cast.chair, cast.tielt_mayor)}
    assert subjects(session, "Wanneer kunt u").keys() == {p.email for p in told}
    assert poll_by_id(member, poll.id) is poll
    with pytest.raises(NotPossible):
        discard_poll(poll, by=cast.support, now=now)
    for name in ("stranger", "former_mayor", "secretariat", "administrator", "director"):
        with pytest.raises(NotFound):
            poll_by_id(viewer_for(getattr(cast, name), local_date(now)), poll.id)


def test_another_table_is_known_beforehand(cast: Cast, now: datetime) -> None:
    meeting_on(cast.zone_council, FRIDAY, by=cast.support)  # 9.30 to 11.30
    touching = slot_on(FRIDAY, time(11, 30))
    later = FRIDAY + WEEK
    whole_day = PastedDate(
        to_utc(later, time()), to_utc(later + timedelta(days=1), time()), True, ""
    )
    add_dates(cast.zone_council, [whole_day], by=cast.support, now=now)
    poll = opened_poll(cast, now, [slot_on(FRIDAY, time(10)), touching, slot_on(later)])
    people = [cast.mayor.id, cast.stranger.id]
    known = known_conflicts(people, poll.slots)
    first, _touching, third = poll.slots
    assert known.keys() == {(cast.mayor.id, first.id), (cast.mayor.id, third.id)}
    assert known[cast.mayor.id, first.id].reason == (
        "de Zoneraad Midwest vergadert dan, 9.30 tot 11.30 uur"
    )
    assert "uur is niet bekend" in known[cast.mayor.id, third.id].reason
    voters = voters_of(cast.midwest.id, local_date(now))
    hidden = make_board(poll, voters, {}, known)
    named = make_board(poll, voters, {}, known, {cast.zone_council.id})
    expected = [
        next(r for r in b.rows if r.voter.person is cast.mayor).cells[first.id].expected
        for b in (hidden, named)
    ]
    assert expected == [
        "zit dan in een ander overleg",
        "de Zoneraad Midwest vergadert dan, 9.30 tot 11.30 uur",
    ]
    assert named.tally_of(first).expected == [(expected[1], 1)]


def test_answers_on_moments_that_stay_are_kept_and_who_answered_hears_what_is_new(
    session: Session, cast: Cast, now: datetime
) -> None:
    poll = opened_poll(cast, now)
    answer(poll, cast.mayor, YES, NO, now=now, remark="Liefst vroeg")
    kept, gone = poll.slots
    extra = slot_on(FRIDAY + 2 * WEEK)
    told = change_poll(
        poll,
        question(),
        added=[extra],
        dropped=[gone.id],
        revision=poll.revision,
        by=cast.support,
        now=now,
    )
    assert told == [cast.mayor]
    (mail,) = session.scalars(
        select(OutboxMessage).where(OutboxMessage.subject.contains("Nieuwe momenten"))
    )
    assert "3 april 2026" in mail.text
    assert "20 maart 2026" not in mail.text
    (row,) = [row for row in board_of(poll, now).rows if row.reply]
    assert (row.cells[kept.id].answer, row.number_open) == (YES, 1)
    back = slot_on(FRIDAY + WEEK, place="Online")
    change_poll(
        poll,
        question(),
        added=[back],
        dropped=[],
        revision=poll.revision,
        by=cast.support,
        now=now,
    )
    (row,) = [row for row in board_of(poll, now).rows if row.reply]
    assert (row.cells[gone.id].answer, gone.place) == (NO, "Online")


def test_what_was_answered_in_confidence_stays_so(cast: Cast, now: datetime) -> None:
    poll = opened_poll(cast, now, shows_answers=False)
    answer(poll, cast.mayor, YES, NO, now=now)
    with pytest.raises(Refused, match="voor de ondersteuner alleen"):
        change_poll(
            poll,
            question(shows_answers=True),
            added=[],
            dropped=[],
            revision=poll.revision,
            by=cast.support,
            now=now,
        )


def test_two_who_change_or_answer_at_once_overwrite_nothing(cast: Cast, now: datetime) -> None:
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    seen = poll.revision
    change_poll(
        poll,
        question(),
        added=[slot_on(FRIDAY + WEEK)],
        dropped=[],
        revision=seen,
        by=cast.support,
        now=now,
    )
    with pytest.raises(EditConflict):
        change_poll(poll, question(), added=[], dropped=[], revision=seen, by=cast.support, now=now)
    answer(poll, cast.mayor, YES, NO, now=now)
    with pytest.raises(EditConflict):
        answer_poll(
            poll,
            cast.mayor,
            {slot.id: NO for slot in poll.slots},
            remark="",
            revision=NO_ROW,
            by=cast.mayor,
            now=now,
        )
    assert list(replies_of(poll)[cast.mayor.id].by_slot.values()).count(YES) == 1


def test_after_the_last_day_answers_are_refused_and_the_support_staff_is_asked_to_choose(
    cast: Cast, now: datetime
) -> None:
    last = local_date(now) + timedelta(days=3)
    poll = opened_poll(cast, now, answer_by=last)
    late_that_evening = datetime.combine(last, time(22, 59), tzinfo=UTC)
    answer(poll, cast.mayor, YES, YES, now=late_that_evening)
    next_day = late_that_evening + timedelta(minutes=1)
    with pytest.raises(NotPossible, match="tot en met 5 maart 2026"):
        answer(poll, cast.chair, YES, YES, now=next_day)
    with pytest.raises(NotPossible):
        remind_poll(poll, by=cast.support, now=next_day)
    chair, support = (viewer_for(p, local_date(next_day)) for p in (cast.chair, cast.support))
    assert list(polls_to_answer(chair, last)) == [poll]
    assert not polls_to_answer(chair, local_date(next_day))
    assert list(polls_to_settle(support, local_date(next_day))) == [poll]


def test_what_is_past_is_asked_no_more_and_waits_for_its_support_staff(
    cast: Cast, now: datetime
) -> None:
    poll = opened_poll(cast, now, [slot_on(FRIDAY)])
    chair, support = (viewer_for(person, FRIDAY) for person in (cast.chair, cast.support))
    assert list(polls_to_answer(chair, FRIDAY)) == [poll]
    assert not polls_to_settle(support, FRIDAY)
    saturday = FRIDAY + timedelta(days=1)
    assert not polls_to_answer(chair, saturday)
    assert list(polls_to_settle(support, saturday)) == [poll]


def test_a_reminder_goes_to_who_did_not_answer_everything(
    session: Session, cast: Cast, now: datetime
) -> None:
    poll = opened_poll(cast, now)
    answer(poll, cast.mayor, YES, NO, now=now)
    answer(poll, cast.chair, YES, NO, now=now)
    viewer = viewer_for(cast.mayor, local_date(now))
    assert not polls_to_answer(viewer, local_date(now))
    assert remind_poll(poll, by=cast.support, now=now) == [cast.tielt_mayor]
    assert subjects(session, "Herinnering").keys() == {cast.tielt_mayor.email}
    change_poll(
        poll,
        question(),
        added=[slot_on(FRIDAY + 2 * WEEK)],
        dropped=[],
        revision=poll.revision,
        by=cast.support,
        now=now,
    )
    assert list(polls_to_answer(viewer, local_date(now))) == [poll]
    assert len(remind_poll(poll, by=cast.support, now=now)) == 3


def test_picking_plans_and_announces_the_meeting_and_tells_how_it_came_about(
    session: Session, cast: Cast, now: datetime
) -> None:
    poll = opened_poll(cast, now)
    slot = poll.slots[0]
    answer(poll, cast.mayor, YES, NO, now=now)
    answer(poll, cast.chair, RATHER_NOT, NO, now=now)
    answer(poll, cast.tielt_mayor, YES, NO, now=now)
    leaving = session.scalars(
        select(Seat).where(Seat.person_id == cast.tielt_mayor.id, Seat.body_id == cast.midwest.id)
    ).one()
    leaving.valid_to = FRIDAY - timedelta(days=1)
    session.add(InvitationChoice(person=cast.chair, since_utc=now))
    session.flush()
    foreseen = people_told_of(poll, slot, now)
    meeting, told = pick_slot(poll, slot, by=cast.support, now=now)
    assert {person.id for person in told} == {person.id for person in foreseen}
    assert len(told) == len(foreseen) == 3
    assert (meeting.starts_at_utc, meeting.place) == (slot.starts_at_utc, "Stadhuis Izegem")
    assert (meeting.state, meeting.is_quiet) == (MeetingState.PREPARING, False)
    assert (poll.state, poll.picked) == (PollState.PICKED, slot)
    planned = session.scalars(
        select(OutboxMessage).where(OutboxMessage.subject.contains("Gepland"))
    ).all()
    assert {mail.to_email for mail in planned} == {cast.mayor.email}
    assert "3 van 3 stemgerechtigden kunnen, 2 nodig" in planned[0].text
    assert "U staat al genoteerd: u komt." in planned[0].text
    picked = subjects(session, "Gekozen:")
    assert picked.keys() == {cast.tielt_mayor.email, cast.chair.email}
    said = answers_to(meeting)
    assert {person_id: (each.coming, each.way) for person_id, each in said.items()} == {
        cast.mayor.id: (Coming.COMING, AnswerWay.POLL)
    }, "neither who rather not, nor who leaves before that day"
    changed = give_answer(meeting, cast.mayor, Coming.NOT_COMING, way=AnswerWay.PAGE, now=now)
    assert (changed.coming, changed.way) == (Coming.NOT_COMING, AnswerWay.PAGE)
    with pytest.raises(NotPossible, match="al een datum gekozen"):
        pick_slot(poll, poll.slots[1], by=cast.support, now=now)
    with pytest.raises(NotPossible, match="al een datum gekozen"):
        answer(poll, cast.chair, YES, YES, now=now)


def test_what_cannot_be_planned_cannot_be_picked_and_the_poll_stays_open(
    cast: Cast, now: datetime
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    poll = opened_poll(cast, now)
    with pytest.raises(Refused, match="vergadert het Midwestoverleg al"):
        pick_slot(poll, poll.slots[0], by=cast.support, now=now)
    assert poll.state is PollState.OPEN


def test_closing_without_a_date_tells_why(session: Session, cast: Cast, now: datetime) -> None:
    poll = opened_poll(cast, now)
    with pytest.raises(Refused):
        close_poll(poll, reason="  ", by=cast.support, now=now)
    told = close_poll(poll, reason="Het dossier schuift op.", by=cast.support, now=now)
    assert subjects(session, "Geen datum").keys() == {person.email for person in told}
    with pytest.raises(NotPossible):
        change_poll(
            poll, question(), added=[], dropped=[], revision=poll.revision, by=cast.support, now=now
        )


@pytest.mark.parametrize(
    ("slots", "why"),
    [
        ([], "minstens één"),
        ([slot_on(FRIDAY - 4 * WEEK)], "al voorbij"),
        ([slot_on(FRIDAY + n * WEEK) for n in range(MOST_SLOTS + 1)], "hoogstens 20"),
    ],
)
def test_moments_that_cannot_be(cast: Cast, now: datetime, slots: list[object], why: str) -> None:
    with pytest.raises(Refused, match=why):
        draft_poll(cast.midwest, question(), slots, by=cast.support, now=now)  # type: ignore[arg-type]
