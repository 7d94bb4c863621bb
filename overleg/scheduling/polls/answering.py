"""What members do with a poll: answer; and the links with which they do so without an account."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, new_id, revision_of, session
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import EditConflict, NotPossible, Refused
from overleg.scheduling.models import (
    DatePoll,
    DatePollAnswer,
    DatePollLink,
    DatePollReply,
    DatePollSlot,
)
from overleg.scheduling.polls import notices
from overleg.scheduling.polls.queries import reply_of, sits_at
from overleg.scheduling.states import Availability, PollState


def hold(poll: DatePoll) -> None:
    """Hold a poll until the commit, and read it anew: who comes second sees what the first did."""
    hold_until_commit(DatePoll, DatePoll.id == poll.id)
    session().refresh(poll)
    anew = select(DatePollSlot).where(DatePollSlot.poll_id == poll.id)
    session().scalars(anew.execution_options(populate_existing=True)).all()
    session().expire(poll, ["all_slots"])


def answer_poll(
    poll: DatePoll,
    person: Person,
    answers: Mapping[str, Availability],
    *,
    remark: str,
    revision: int,
    by: Actor,
    now: datetime,
    with_link: DatePollLink | None = None,
) -> DatePollReply:
    """Keep what one person answers, by the id of each moment; all moments need an answer.

    ``revision`` is that of the reply the page showed, ``NO_ROW`` without one. ``by`` is
    another than the person when support staff fills it in. Answers on dropped moments stay.
    Raises ``NotPossible`` once the poll is over or the last day has passed, ``EditConflict`` when
    this person answered elsewhere in between, ``Refused`` when a moment has no answer.
    """
    hold(poll)
    refuse_when_over(poll, now)
    if not sits_at(poll.body_id, person, local_date(now)):
        raise NotPossible(f"{person.name} zetelt niet meer in {poll.body.the_name}.")
    reply = reply_of(poll, person)
    if reply is not None:
        session().refresh(reply)
    if revision != revision_of(reply):
        raise EditConflict("Intussen is er al een ander antwoord bewaard.")
    if any(slot.id not in answers for slot in poll.slots):
        raise Refused("Antwoord op elk moment: ja, liever niet of nee.")
    if reply is None:
        reply = DatePollReply(
            id=new_id(),
            poll_id=poll.id,
            person=person,
            answered_by_name=by.name,
            answered_at_utc=now,
        )
        session().add(reply)
    reply.remark, reply.answered_by_name, reply.answered_at_utc = remark.strip(), by.name, now
    flag_modified(reply, "answered_at_utc")  # so that the revision counts up each time
    session().flush()
    there = {answer.slot_id: answer for answer in reply.answers}
    for slot in poll.slots:
        if slot.id in there:
            there[slot.id].availability = answers[slot.id]
        else:
            reply.answers.append(DatePollAnswer(slot_id=slot.id, availability=answers[slot.id]))
    how = f"Voor {person.name}." if by.id != person.id else ""
    if with_link is not None:
        with_link.used_at_utc = now
        how = "Met de link uit de mail."
    record(Verb.POLL_ANSWERED, poll, by=by, now=now, reason=how)
    session().flush()
    return reply


def refuse_when_over(poll: DatePoll, now: datetime) -> None:
    """Raise ``NotPossible``, saying why, when no answer is taken at this moment."""
    if poll.state is PollState.DRAFT:
        raise NotPossible("Deze datumprikker is nog niet verstuurd.")
    if poll.state is PollState.PICKED:
        raise NotPossible("Er is al een datum gekozen. Antwoorden kan niet meer.")
    if poll.state is PollState.CLOSED:
        raise NotPossible("Deze datumprikker is gesloten. Antwoorden kan niet meer.")
    if poll.is_too_late(local_date(now)) and poll.answer_by:
        raise NotPossible(
            f"Antwoorden kon tot en met {format_date(poll.answer_by)}. "
            "Laat de ondersteuner van het overleg weten wanneer u kunt."
        )


def links_for(
    poll: DatePoll, people: Iterable[Person], *, now: datetime
) -> dict[str, DatePollLink]:
    """The link of each person by their id, made where there is none that holds."""
    people = list(people)
    found = {
        link.person_id: link
        for link in session().scalars(
            select(DatePollLink).where(
                DatePollLink.poll_id == poll.id, DatePollLink.ended_at_utc.is_(None)
            )
        )
    }
    for person in people:
        if person.id not in found:
            found[person.id] = _new_link(poll, person, now)
    session().flush()
    return {person.id: found[person.id] for person in people}


def replace_link(link: DatePollLink, *, by: Actor, now: datetime) -> DatePollLink:
    """End a link and mail its person a new one; the old one opens nothing any more.

    Raises ``NotPossible`` when it was ended before, when the poll is over, or without a seat.
    """
    refuse_when_over(link.poll, now)
    if not sits_at(link.poll.body_id, link.person, local_date(now)):
        raise NotPossible(f"{link.person.name} zetelt niet meer in {link.poll.body.the_name}.")
    _end(link, by, now)
    made = _new_link(link.poll, link.person, now)
    session().flush()
    told = f"van {link.person.name}"
    record(Verb.POLL_LINK_REPLACED, link.poll, by=by, now=now, reason=told)
    notices.ask_to_answer(made, notices.RENEWED, now=now)
    return made


def revoke_link(link: DatePollLink, *, by: Actor, now: datetime) -> None:
    """End a link. Raises ``NotPossible`` when it was ended before."""
    _end(link, by, now)
    told = f"van {link.person.name}"
    record(Verb.POLL_LINK_REVOKED, link.poll, by=by, now=now, reason=told)


def _new_link(poll: DatePoll, person: Person, now: datetime) -> DatePollLink:
    link = DatePollLink(id=new_id(), poll=poll, person=person, made_at_utc=now)
    session().add(link)
    return link


def _end(link: DatePollLink, by: Actor, now: datetime) -> None:
    if link.ended_at_utc is not None:
        raise NotPossible("Deze link werkt al niet meer.")
    link.ended_at_utc, link.ended_by_name = now, by.name
    session().flush()
