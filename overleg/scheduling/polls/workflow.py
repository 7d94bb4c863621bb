"""What support staff do with a poll: make, send, change, remind, pick a moment, close."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.errors import EditConflict, NotPossible, Refused
from overleg.organisations.models import Body
from overleg.scheduling.models import DatePoll, DatePollSlot
from overleg.scheduling.polls import notices
from overleg.scheduling.polls.answering import hold, links_for
from overleg.scheduling.polls.board import Board, make_board
from overleg.scheduling.polls.queries import replies_of, voters_of
from overleg.scheduling.states import PollState

MOST_SLOTS = 20


@dataclass(frozen=True)
class Question:
    """What is asked; ``answer_by`` is a day in Brussels, included."""

    title: str
    explanation: str
    answer_by: date | None
    shows_answers: bool


@dataclass(frozen=True)
class GivenSlot:
    """A moment to propose, in UTC."""

    starts_at: datetime
    ends_at: datetime
    place: str


def draft_poll(
    body: Body, question: Question, slots: Sequence[GivenSlot], *, by: Actor, now: datetime
) -> DatePoll:
    """Make a poll; nobody is told before it is sent. Raises ``Refused`` as ``change_poll``."""
    poll = DatePoll(
        id=new_id(),
        body=body,
        title=question.title,
        explanation=question.explanation,
        answer_by=question.answer_by,
        shows_answers=question.shows_answers,
        created_by_name=by.name,
        created_at_utc=now,
        changed_at_utc=now,
    )
    _add_slots(poll, slots, now)
    _refuse_number(poll)
    session().add(poll)
    session().flush()
    record(Verb.POLL_STARTED, poll, by=by, now=now, to_state=poll.state)
    return poll


def change_poll(
    poll: DatePoll,
    question: Question,
    *,
    added: Sequence[GivenSlot],
    dropped: Collection[str],
    revision: int,
    by: Actor,
    now: datetime,
) -> list[Person]:
    """Change the question and the moments; returns who is told: those who answered, of what is new.

    Answers on moments that stay are kept. The same day and hours with another place is the same
    moment; one that was dropped comes back with its answers.
    Raises ``EditConflict`` when somebody changed it since ``revision``, ``NotPossible`` when it is
    over, ``Refused`` for no or too many moments, one that is past, or for showing everybody what
    was answered for the support staff alone.
    """
    hold(poll)
    refuse_when_ended(poll)
    if poll.revision != revision:
        raise EditConflict("Iemand anders wijzigde deze datumprikker intussen.")
    if question.shows_answers and not poll.shows_answers and replies_of(poll):
        raise Refused(
            "Wie al antwoordde, deed dat voor de ondersteuner alleen. "
            "Maak een nieuwe datumprikker als iedereen de antwoorden mag zien."
        )
    for slot in poll.slots:
        if slot.id in dropped:
            slot.dropped_at_utc = now
    new = _add_slots(poll, added, now)
    _refuse_number(poll)
    poll.title, poll.explanation = question.title, question.explanation
    poll.answer_by, poll.shows_answers = question.answer_by, question.shows_answers
    poll.changed_at_utc = now
    flag_modified(poll, "changed_at_utc")  # so that the revision counts up for its moments too
    session().flush()
    record(Verb.POLL_CHANGED, poll, by=by, now=now, reason=_what_changed(poll, new, dropped))
    if poll.state is PollState.DRAFT or not new:
        return []
    told = people_who_answered(poll, now)
    links = links_for(poll, told, now=now)
    for person in told:
        notices.ask_to_answer(
            links[person.id], "Nieuwe momenten:", now=now, new=sorted(new, key=_start)
        )
    return told


def open_poll(poll: DatePoll, *, by: Actor, now: datetime) -> list[Person]:
    """Send a poll to everybody with a seat; returns who gets a mail.

    Raises ``NotPossible`` when it was sent before, when the last day to answer has passed, or when
    nobody sits at the table to answer.
    """
    hold(poll)
    if poll.state is not PollState.DRAFT:
        raise NotPossible("Deze datumprikker is al verstuurd.")
    if poll.is_too_late(local_date(now)):
        raise NotPossible("De laatste dag om te antwoorden is voorbij. Wijzig ze eerst.")
    if not voters_of(poll.body_id, local_date(now)):
        raise NotPossible(
            "In dit overleg zetelt nog niemand die kan antwoorden. Voeg eerst leden toe."
        )
    poll.state, poll.changed_at_utc = PollState.OPEN, now
    record(
        Verb.POLL_OPENED,
        poll,
        by=by,
        now=now,
        from_state=PollState.DRAFT,
        to_state=PollState.OPEN,
    )
    return _ask(poll, asked_people(poll, now), notices.ASKED, now)


def discard_poll(poll: DatePoll, *, by: Actor, now: datetime) -> None:
    """Throw away a poll that nobody was told of. Raises ``NotPossible`` once it was sent."""
    hold(poll)
    if poll.state is not PollState.DRAFT:
        raise NotPossible("Deze datumprikker is al verstuurd. Sluiten kan wel, met een reden.")
    record(Verb.POLL_DISCARDED, poll, by=by, now=now)
    session().delete(poll)


def remind_poll(poll: DatePoll, *, by: Actor, now: datetime) -> list[Person]:
    """Mail again who did not answer on every moment; returns them.

    Raises ``NotPossible`` when it is over, or when everybody answered.
    """
    hold(poll)
    refuse_when_ended(poll)
    if poll.state is PollState.DRAFT or poll.is_too_late(local_date(now)):
        raise NotPossible("Herinneren kan zolang er antwoorden kunnen komen.")
    people = answers_on(poll, now).reminded
    if not people:
        raise NotPossible("Iedereen die een mail kan krijgen, antwoordde al.")
    names = ", ".join(person.name for person in people)
    record(Verb.POLL_REMINDED, poll, by=by, now=now, reason=f"Aan {names}.")
    return _ask(poll, people, notices.REMINDED, now)


def asked_people(poll: DatePoll, now: datetime) -> list[Person]:
    """Who holds a seat today and can be mailed, in the order of the table."""
    return [
        voter.person for voter in voters_of(poll.body_id, local_date(now)) if voter.can_be_mailed
    ]


def answers_on(poll: DatePoll, now: datetime) -> Board:
    """The answers of who holds a seat today, without what is expected of the others."""
    voters = voters_of(poll.body_id, local_date(now))
    return make_board(poll, voters, replies_of(poll), {})


def people_who_answered(poll: DatePoll, now: datetime) -> list[Person]:
    """Who can be mailed and answered on some moment."""
    replies = replies_of(poll)
    return [person for person in asked_people(poll, now) if person.id in replies]


def refuse_when_ended(poll: DatePoll) -> None:
    """Raise ``NotPossible`` when a date was picked or it was closed."""
    if poll.state is PollState.PICKED:
        raise NotPossible("Er is al een datum gekozen. De vergadering zelf kunt u nog wijzigen.")
    if poll.state is PollState.CLOSED:
        raise NotPossible("Deze datumprikker is gesloten. Maak een nieuwe als het weer nodig is.")


def _ask(poll: DatePoll, people: Sequence[Person], subject: str, now: datetime) -> list[Person]:
    links = links_for(poll, people, now=now)
    for person in people:
        notices.ask_to_answer(links[person.id], subject, now=now)
    return list(people)


def _add_slots(poll: DatePoll, given: Sequence[GivenSlot], now: datetime) -> list[DatePollSlot]:
    """Those that are new to who answered: added, back again, or at another place."""
    there = {(slot.starts_at_utc, slot.ends_at_utc): slot for slot in poll.all_slots}
    new = []
    for each in given:
        if each.starts_at < now:
            raise Refused("Een moment is al voorbij. Kies een dag en uur die nog komen.")
        slot = there.get((each.starts_at, each.ends_at))
        if slot is None:
            slot = DatePollSlot(
                id=new_id(),
                starts_at_utc=each.starts_at,
                ends_at_utc=each.ends_at,
                place=each.place,
                added_at_utc=now,
            )
            poll.all_slots.append(slot)
            there[each.starts_at, each.ends_at] = slot
        elif slot.dropped_at_utc is None and slot.place == each.place:
            continue
        slot.place, slot.dropped_at_utc = each.place, None
        new.append(slot)
    return new


def _refuse_number(poll: DatePoll) -> None:
    if not poll.slots:
        raise Refused("Stel minstens één moment voor.")
    if len(poll.slots) > MOST_SLOTS:
        raise Refused(f"Stel hoogstens {MOST_SLOTS} momenten voor.")


def _what_changed(poll: DatePoll, new: Sequence[DatePollSlot], dropped: Collection[str]) -> str:
    gone = [slot for slot in poll.all_slots if slot.id in dropped and slot.dropped_at_utc]
    parts = [f"Erbij: {slot.in_words}." for slot in sorted(new, key=_start)]
    return " ".join([*parts, *(f"Weg: {slot.in_words}." for slot in gone)])


def _start(slot: DatePollSlot) -> datetime:
    return slot.starts_at_utc
