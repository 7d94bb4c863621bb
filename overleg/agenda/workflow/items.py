"""Points of an agenda: put on, changed, taken off, settled in the meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from overleg.agenda.models import AgendaItem, Proposal
from overleg.agenda.queries.items import item_that_continues, items_of_meeting, items_of_proposal
from overleg.agenda.queries.versions import was_sent
from overleg.agenda.states import Asked, CoSubmitterState, ItemKind, ItemState, ProposalState
from overleg.agenda.workflow.marking import mark_scheduled, mark_unscheduled
from overleg.agenda.workflow.order import (
    add_last,
    guard_scheduled,
    hold_agenda,
    number_items,
    read_anew,
)
from overleg.agenda.workflow.questions import explanation_with_answers
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, new_id, refuse_stale, session
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible
from overleg.lib.text import join_words
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

FOLLOWED_MINUTES = 10


@dataclass(frozen=True)
class ItemText:
    """What support staff write about a point."""

    title: str
    explanation_html: str
    submitter_label: str
    asked: Asked
    minutes_needed: int
    circle: Circle
    section: str = ""
    is_closed: bool = False


def schedule_proposal(
    meeting: Meeting, proposal: Proposal, *, by: Actor, now: datetime
) -> AgendaItem:
    """Put a validated proposal on the agenda, before "Varia"; returns its item.

    A proposal that was postponed earlier continues that treatment; one that stands on a cancelled
    meeting is taken from there. Raises ``NotPossible`` when the proposal waits no longer.
    """
    hold_agenda(meeting)
    read_anew(proposal)
    if proposal.body_id != meeting.body_id:
        raise NotPossible(
            "Dit voorstel is voor een ander overleg. Verwijs het eerst naar dit overleg."
        )
    earlier = items_of_proposal(proposal.id)
    _free_from_cancelled(proposal, earlier, by=by, now=now)
    here = next((item for item in earlier if item.meeting_id == meeting.id), None)
    if here is not None and here.state is not ItemState.WITHDRAWN:
        raise NotPossible("Dit voorstel staat al op deze agenda.")
    explanation, submitter = explanation_with_answers(proposal), submitter_of(proposal)
    mark_scheduled(proposal, by=by, now=now)
    item = here or AgendaItem(
        id=new_id(),
        meeting_id=meeting.id,
        proposal=proposal,
        kind=ItemKind.PROPOSAL,
        section="",
        is_closed=False,
        revision=0,
    )
    item.revision += 1
    item.state = ItemState.SCHEDULED
    item.title = proposal.title
    item.explanation_html, item.submitter_label = explanation, submitter
    item.asked = proposal.asked
    item.minutes_needed = proposal.minutes_needed
    item.circle = proposal.circle
    item.added_at_utc = now
    item.continues = _last_postponed(earlier)
    add_last(meeting, item)
    return item


def _last_postponed(earlier: Sequence[AgendaItem]) -> AgendaItem | None:
    postponed = [item for item in earlier if item.state is ItemState.POSTPONED]
    return max(postponed, key=lambda item: item.meeting.starts_at_utc, default=None)


def submitter_of(proposal: Proposal) -> str:
    """How an agenda names the submitter: the person, with the organisation unless it says so.

    Who confirmed to submit along is named as well; who was only asked is not.
    """
    people = [(proposal.submitter.name, proposal.organisation.name)]
    people += [
        (each.person.name, each.organisation.name)
        for each in proposal.co_submitters
        if each.state is CoSubmitterState.CONFIRMED
    ]
    first, *others = (
        name if organisation in name else f"{name} ({organisation})"
        for name, organisation in people
    )
    return f"{first}, samen met {join_words(others)}" if others else first


def _free_from_cancelled(
    proposal: Proposal, earlier: Sequence[AgendaItem], *, by: Actor, now: datetime
) -> None:
    for item in earlier:
        if (
            proposal.state is ProposalState.SCHEDULED
            and item.state is ItemState.SCHEDULED
            and item.meeting.state is MeetingState.CANCELLED
        ):
            item.state = ItemState.WITHDRAWN
            item.position = 0
            mark_unscheduled(proposal, by=by, now=now)


def add_own_item(meeting: Meeting, text: ItemText, *, by: Actor, now: datetime) -> AgendaItem:
    """Put a point of support staff's own on the agenda, before "Varia"."""
    hold_agenda(meeting)
    item = AgendaItem(
        id=new_id(), meeting_id=meeting.id, kind=ItemKind.OWN, added_at_utc=now, **vars(text)
    )
    add_last(meeting, item)
    record(Verb.ITEM_ADDED, item, by=by, now=now, to_state=item.state)
    return item


def guard_taken_up_once(earlier: AgendaItem) -> None:
    """Hold an earlier point until the commit, so that one agenda takes it up again.

    Raises ``NotPossible``, naming the meeting, when one did already.
    """
    hold_until_commit(AgendaItem, AgendaItem.id == earlier.id)
    read_anew(earlier)
    later = item_that_continues(earlier.id)
    if later is not None:
        raise NotPossible(f"“{later.title}” staat al op de agenda van {later.meeting.the_title}.")


def continue_item(meeting: Meeting, earlier: AgendaItem, *, by: Actor, now: datetime) -> AgendaItem:
    """Take up an own point that was postponed at an earlier meeting, as a new point.

    Raises ``NotPossible`` for a point that waits no longer.
    """
    hold_agenda(meeting)
    guard_taken_up_once(earlier)
    if earlier.state is not ItemState.POSTPONED or earlier.proposal_id is not None:
        raise NotPossible(f"“{earlier.title}” wacht niet meer op een volgende vergadering.")
    item = AgendaItem(
        id=new_id(),
        meeting_id=meeting.id,
        continues_id=earlier.id,
        kind=ItemKind.OWN,
        title=earlier.title,
        explanation_html=earlier.explanation_html,
        submitter_label=earlier.submitter_label,
        asked=earlier.asked,
        minutes_needed=earlier.minutes_needed,
        circle=earlier.circle,
        section=earlier.section,
        is_closed=earlier.is_closed,
        added_at_utc=now,
    )
    add_last(meeting, item)
    record(Verb.ITEM_ADDED, item, by=by, now=now, to_state=item.state)
    return item


def follow_item(meeting: Meeting, earlier: AgendaItem, *, by: Actor, now: datetime) -> AgendaItem:
    """Put the follow-up of a point that was treated earlier on the agenda, as an own point.

    Raises ``NotPossible`` for a point that was not treated, or that is followed already.
    """
    hold_agenda(meeting)
    guard_taken_up_once(earlier)
    if earlier.state is not ItemState.TREATED:
        raise NotPossible(f"“{earlier.title}” is nog niet behandeld.")
    item = AgendaItem(
        id=new_id(),
        meeting_id=meeting.id,
        continues_id=earlier.id,
        kind=ItemKind.OWN,
        title=f"Opvolging: {earlier.title}",
        submitter_label=earlier.submitter_label,
        asked=Asked.NOTE,
        minutes_needed=FOLLOWED_MINUTES,
        circle=earlier.circle,
        section=earlier.section,
        is_closed=earlier.is_closed,
        added_at_utc=now,
    )
    add_last(meeting, item)
    record(Verb.ITEM_ADDED, item, by=by, now=now, to_state=item.state)
    return item


def change_item(
    item: AgendaItem, text: ItemText, *, revision: int, by: Actor, now: datetime
) -> None:
    """Change what the agenda says about a point; the proposal itself stays as it was submitted.

    ``revision`` is the one the writer started from. Raises ``EditConflict`` when somebody saved
    other words in between.
    """
    hold_agenda(item.meeting)
    read_anew(item)
    guard_scheduled(item)
    before = {name: getattr(item, name) for name in vars(text)}
    if before == vars(text):
        return
    refuse_stale(item, revision, "dit punt")
    for name, value in vars(text).items():
        setattr(item, name, value)
    item.revision += 1
    session().flush()
    number_items(item.meeting, items_of_meeting(item.meeting))
    record(Verb.ITEM_CHANGED, item, by=by, now=now)


def remove_item(item: AgendaItem, *, by: Actor, now: datetime) -> None:
    """Take a point off the agenda; its proposal waits again for a meeting.

    What was sent before is kept as withdrawn, so that earlier versions stay readable.
    """
    meeting = item.meeting
    hold_agenda(meeting)
    read_anew(item)
    guard_scheduled(item)
    if item.is_fixed:
        raise NotPossible(f"“{item.title}” is een vast punt en blijft op de agenda.")
    if item.proposal is not None:
        mark_unscheduled(item.proposal, by=by, now=now)
    else:
        record(
            Verb.ITEM_REMOVED,
            item,
            by=by,
            now=now,
            from_state=item.state,
            to_state=ItemState.WITHDRAWN,
        )
    if was_sent(item.id):
        item.state = ItemState.WITHDRAWN
        item.position = 0
    else:
        session().delete(item)
    session().flush()
    number_items(meeting, items_of_meeting(meeting))
