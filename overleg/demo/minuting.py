"""The verslag in the demo in each of its states: actions, remarks, a vote, a correction."""

from datetime import datetime, time, timedelta

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import ItemKind
from overleg.db import NO_ROW
from overleg.decisions.models import Outcome
from overleg.decisions.states import AgreedBy, OutcomeKind, OutcomeState
from overleg.decisions.workflow.actions import ToDo, finish_action, note_action
from overleg.decisions.workflow.dropping import drop_outcome
from overleg.decisions.workflow.outcomes import Agreed, change_outcome, note_outcome
from overleg.decisions.workflow.votes import Agreement, note_vote
from overleg.demo.story import Story
from overleg.lib.dates import local_date
from overleg.minutes.queries.attendance import table_of
from overleg.minutes.queries.minutes import latest_note, outcomes_by_item
from overleg.minutes.states import THERE, RemarkState
from overleg.minutes.workflow.absences import note_absences
from overleg.minutes.workflow.attendance import Guest, Seen, note_attendance
from overleg.minutes.workflow.circulating import (
    circulate,
    give_to_chair,
    make_remark,
    settle_remark,
)
from overleg.minutes.workflow.drafting import draft_item
from overleg.minutes.workflow.holding import hold_minutes
from overleg.minutes.workflow.versions import correct
from overleg.organisations.states import NotesVotes, SeatKind
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

TO_DO = (
    ("De planning met de data per gemeente rondsturen", 14),
    ("Een aanspreekpunt per gemeente doorgeven", 21),
    ("De raming van de kosten laten nakijken door de financiële dienst", 35),
)
MISTAKE = "Bij het verkeerde punt genoteerd."
REASON = "Het bedrag in de bespreking was verkeerd overgenomen."


def play_minutes(story: Story) -> None:
    """Bring the verslag of the last meetings of a body in the state that the body shows."""
    held = [
        meeting
        for meeting in story.past
        if meeting.state in {MeetingState.MINUTES, MeetingState.APPROVED}
    ]
    if len(held) < 2:
        return
    before, last = held[-2], held[-1]
    _note_actions(story, last)
    if story.body.slug == "midwestoverleg":
        _note_hours(story, last)
        _drop_mistake(story, last)
        _send_round(story, last)
        _put_right(story, before)
        _change_afterwards(story, before)
    elif story.body.slug == "mandaatgroep-rivierenland":
        _note_vote(story, last)
        give_to_chair(last, by=story.region.support, now=_after(last, 3, story.now))
    else:
        draft_item(_points(last)[0], by=story.region.support, now=_after(last, 1, story.now))


def _points(meeting: Meeting) -> list[AgendaItem]:
    return [item for item in items_of_meeting(meeting) if item.kind is ItemKind.PROPOSAL]


def _after(meeting: Meeting, days: int, now: datetime) -> datetime:
    """So many days after the meeting, but never in the future of the demo."""
    return min(meeting.ends_at_utc + timedelta(days=days), now - timedelta(minutes=1))


def _note_actions(story: Story, meeting: Meeting) -> None:
    seats = [line.seat for line in table_of(meeting).seats if line.seat.person is not None]
    support = story.region.support
    for place, (item, (text, days)) in enumerate(zip(_points(meeting), TO_DO, strict=False)):
        seat = seats[place % len(seats)]
        todo = ToDo(
            text,
            seat.person.name if place % 2 == 0 and seat.person else seat.organisation.name,
            seat.person if place % 2 == 0 else None,
            None if place % 2 == 0 else seat.organisation,
            meeting.day + timedelta(days=days),
        )
        action = note_action(item, todo, by=support, now=meeting.ends_at_utc)
        if place == 1:
            finish_action(action, by=support, now=_after(meeting, 12, story.now))


def _note_hours(story: Story, meeting: Meeting) -> None:
    """Somebody came late, somebody left early, and one stayed out of a point."""
    table = table_of(meeting)
    seen = {
        line.seat.id: Seen(line.presence, line.replaced_by) for line in table.seats if line.presence
    }
    there = [line for line in table.seats if line.presence in THERE]
    for line, arrived, left in zip(there, (time(9, 50), None), (None, time(11, 0)), strict=False):
        assert line.presence is not None  # noqa: S101 - who was there was noted
        seen[line.seat.id] = Seen(line.presence, line.replaced_by, arrived, left)
    support, at = story.region.support, _after(meeting, 1, story.now)
    note_attendance(
        meeting,
        seen,
        [Guest(guest.name, guest.organisation_name) for guest in table.guests],
        revision=hold_minutes(meeting, now=at).revision,
        by=support,
        now=at,
    )
    away = {there[-1].seat.id: "bestuurder van de betrokken vereniging"}
    note_absences(_points(meeting)[0], away, revision=NO_ROW, by=support, now=at)


def _send_round(story: Story, meeting: Meeting) -> None:
    """Sent round for remarks: one is adopted, one declined, one still waits."""
    support = story.region.support
    sent_at = _after(meeting, 4, story.now)
    until = max(local_date(story.now) + timedelta(days=4), meeting.day + timedelta(days=14))
    circulate(meeting, until, by=support, now=sent_at)
    points = _points(meeting)
    remarks = (
        (points[0], "De cijfers gaan over 2025, niet over 2024.", RemarkState.ADOPTED, ""),
        (
            points[1],
            "Graag vermelden wie het voorstel deed.",
            RemarkState.DECLINED,
            "De indiener staat al bij het punt zelf.",
        ),
        (points[-1], "Onze gemeente vroeg ook om een tussentijdse evaluatie.", None, ""),
    )
    for member, (item, text, state, answer) in zip(_members(story), remarks, strict=False):
        at = min(sent_at + timedelta(hours=5), story.now)
        remark = make_remark(item, text, by=member, now=at)
        if state is not None:
            settle_remark(remark, state, answer, by=support, now=at)


def _members(story: Story) -> list[Person]:
    people = story.region.people
    return [person for key, person in people.items() if key.startswith("burgemeester.")][:3]


def _note_vote(story: Story, meeting: Meeting) -> None:
    story.body.notes_votes = NotesVotes.VOTES
    outcome = _first_outcome(meeting)
    if outcome is None:
        return
    voters = [
        line.seat
        for line in table_of(meeting).seats
        if line.presence in THERE and line.seat.kind is SeatKind.VOTING
    ]
    voted = Agreement(
        AgreedBy.VOTE,
        in_favour=len(voters) - 3,
        against=2,
        abstained=1,
        reservations=[(voters[0].organisation.name, "wacht op de raming van de kosten")],
    )
    support, ended = story.region.support, meeting.ends_at_utc
    note_vote(outcome, voted, revision=NO_ROW, by=support, now=ended)


def _first_outcome(meeting: Meeting) -> Outcome | None:
    points = _points(meeting)
    noted = outcomes_by_item([item.id for item in points])
    return next((noted[item.id][0] for item in points if item.id in noted), None)


def _drop_mistake(story: Story, meeting: Meeting) -> None:
    """An outcome that was noted at the wrong point, and taken away again."""
    support = story.region.support
    noted = Agreed(
        OutcomeKind.AGREEMENT,
        "Werkbezoek in het voorjaar",
        "<p>De burgemeesters gaan in het voorjaar samen op werkbezoek.</p>",
    )
    outcome = note_outcome(_points(meeting)[1], noted, by=support, now=meeting.ends_at_utc)
    drop_outcome(outcome, reason=MISTAKE, by=support, now=_after(meeting, 1, story.now))


def _change_afterwards(story: Story, meeting: Meeting) -> None:
    """An outcome that changed after the approval: the verslag goes on saying what was approved."""
    for outcomes in outcomes_by_item([item.id for item in _points(meeting)[1:]]).values():
        outcome = outcomes[0]
        if outcome.state is OutcomeState.DRAFT and meeting.state is MeetingState.APPROVED:
            text = f"{outcome.text_html}<p>Het punt komt in het najaar terug.</p>"
            agreed = Agreed(outcome.kind, outcome.title, text)
            change_outcome(
                outcome,
                agreed,
                revision=outcome.revision,
                by=story.region.support,
                now=story.now - timedelta(hours=5),
            )
            return


def _put_right(story: Story, meeting: Meeting) -> None:
    """A correction of a verslag that was approved."""
    item = _points(meeting)[0]
    note = latest_note(item)
    if meeting.state is not MeetingState.APPROVED or note is None:
        return
    correct(
        item,
        f"{note.text_html}<p>De kosten worden geraamd op 18.500 euro.</p>",
        started_from=note.edition,
        reason=REASON,
        by=story.region.support,
        now=story.now - timedelta(days=1),
    )
