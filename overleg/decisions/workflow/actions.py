"""What somebody will do: noted in the meeting, done afterwards."""

from dataclasses import dataclass
from datetime import date, datetime

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.decisions.models import ActionItem
from overleg.decisions.states import ActionState
from overleg.decisions.workflow.outcomes import IN_MEETING
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Organisation
from overleg.organisations.queries.bodies import seats_of
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


@dataclass(frozen=True)
class ToDo:
    """What is to be done, by whom and by which day in Brussels.

    Without a person or an organisation ``who`` names somebody whom the application does not know.
    """

    text: str
    who: str
    person: Person | None = None
    organisation: Organisation | None = None
    due_on: date | None = None


def todo_for(meeting: Meeting, text: str, who: str, due_on: date | None, *, by: Person) -> ToDo:
    """Something to do, for the person or organisation at the table with this name.

    That is who notes it, a seat or a supporter of the body; any other name stays a name.
    """
    wanted = who.casefold()
    seats = seats_of(meeting.body_id, meeting.day)
    people = [by, *(seat.person for seat in seats if seat.person)]
    organisations = [*(seat.organisation for seat in seats), *meeting.body.supporters]
    person = next((each for each in people if each.name.casefold() == wanted), None)
    organisation = next((o for o in organisations if o.name.casefold() == wanted), None)
    return ToDo(text, who, person, None if person else organisation, due_on)


def note_action(item: AgendaItem, todo: ToDo, *, by: Actor, now: datetime) -> ActionItem:
    """Note who does what by when, of an item; the same thing noted twice is noted once.

    Raises ``NotPossible`` before the meeting has started and once its verslag was approved,
    ``Refused`` without a text or somebody to do it, or with a day before the meeting.
    """
    if item.meeting.state not in IN_MEETING:
        raise NotPossible(
            f"De vergadering is {item.meeting.state.label}. "
            "Een actiepunt noteren kan zodra de vergadering gestart is."
        )
    _refuse_when_final(item)
    _check(todo, item, now)
    action = ActionItem(
        id=new_id(),
        item=item,
        text=todo.text,
        who=todo.who,
        person=todo.person,
        organisation=todo.organisation,
        due_on=todo.due_on,
        state=ActionState.OPEN,
        noted_by_name=by.name,
        noted_at_utc=now,
    )
    session().add(action)
    session().flush()
    record(Verb.ACTION_NOTED, action, by=by, now=now)
    return action


def change_action(
    action: ActionItem, todo: ToDo, *, revision: int, by: Actor, now: datetime
) -> None:
    """Write an action item again. Raises ``NotPossible`` when it was done, ``Refused`` as above.

    Raises ``EditConflict`` when somebody saved since ``revision``.
    """
    if action.state is ActionState.DONE:
        raise NotPossible("Dit actiepunt is gedaan. Zet het eerst opnieuw open.")
    _refuse_when_final(action.item)
    refuse_stale(action, revision, "dit actiepunt")
    _check(todo, action.item, now)
    action.text, action.who, action.due_on = todo.text, todo.who, todo.due_on
    action.person, action.organisation = todo.person, todo.organisation
    record(Verb.ACTION_CHANGED, action, by=by, now=now)


def finish_action(action: ActionItem, *, by: Actor, now: datetime) -> None:
    """Say that it was done; twice changes nothing."""
    if action.state is ActionState.DONE:
        return
    action.state, action.done_at_utc, action.done_by_name = ActionState.DONE, now, by.name
    record(Verb.ACTION_DONE, action, by=by, now=now)


def reopen_action(action: ActionItem, *, by: Actor, now: datetime) -> None:
    """Say that it was not done after all; twice changes nothing."""
    if action.state is ActionState.OPEN:
        return
    action.state, action.done_at_utc, action.done_by_name = ActionState.OPEN, None, ""
    record(Verb.ACTION_REOPENED, action, by=by, now=now)


def drop_action(action: ActionItem, *, by: Actor, now: datetime) -> None:
    """Take away what was noted by mistake. Raises ``NotPossible`` when it was done already."""
    if action.state is ActionState.DONE:
        raise NotPossible("Dit actiepunt is gedaan en blijft staan.")
    _refuse_when_final(action.item)
    record(Verb.ACTION_DROPPED, action, by=by, now=now)
    session().delete(action)


def _refuse_when_final(item: AgendaItem) -> None:
    """What stands in an approved verslag does not change; whether it was done still may."""
    if item.meeting.state is MeetingState.APPROVED:
        raise NotPossible(
            "Het verslag is goedgekeurd en ligt vast, met zijn actiepunten. "
            "Wat wel kan: melden dat het gedaan is, of het op de volgende vergadering noteren."
        )


def _check(todo: ToDo, item: AgendaItem, now: datetime) -> None:
    if not todo.text.strip():
        raise Refused("Schrijf wat er moet gebeuren.")
    if not todo.who.strip():
        raise Refused("Zeg wie het actiepunt opneemt.")
    held_on = min(item.meeting.day, local_date(now))  # it may have begun before its day
    if todo.due_on is not None and todo.due_on < held_on:
        raise Refused(
            f"De datum van het actiepunt valt vóór het overleg van {format_date(held_on)}."
        )
