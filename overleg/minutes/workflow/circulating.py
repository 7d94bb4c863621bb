"""A verslag on its way to approval: to the chair, round for remarks, and back."""

from datetime import date, datetime

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.dates import format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.minutes.models import Minutes, Remark
from overleg.minutes.notices import tell_chair, tell_members, tell_remarker
from overleg.minutes.states import MINUTES_MOVES, MinutesState, RemarkState
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


def give_to_chair(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """Lay the draft before the chair, who is told by mail; the chair can remark on each item.

    Raises ``NotPossible`` before the meeting was closed and from where the verslag can't go there.
    """
    minutes = _move(meeting, MinutesState.WITH_CHAIR, Verb.MINUTES_TO_CHAIR, by=by, now=now)
    tell_chair(minutes, by=by, now=now)
    return minutes


def circulate(meeting: Meeting, until: date, *, by: Actor, now: datetime) -> Minutes:
    """Send the verslag round for remarks until a day in Brussels, that day included.

    The members are told by mail. Raises ``Refused`` for a day that is over, ``NotPossible`` as
    ``give_to_chair``.
    """
    if until < local_date(now):
        raise Refused("Die datum is voorbij. Geef de leden minstens tot vandaag.")
    minutes = hold_minutes(meeting, now=now)
    minutes.remarks_until = until
    _move(
        meeting,
        MinutesState.CIRCULATED,
        Verb.MINUTES_CIRCULATED,
        by=by,
        now=now,
        reason=f"opmerkingen tot {format_date(until)}",
    )
    tell_members(minutes, until, now=now)
    return minutes


def take_back(meeting: Meeting, *, by: Actor, now: datetime) -> Minutes:
    """Take the verslag back as a draft; remarks that were made stay."""
    return _move(meeting, MinutesState.DRAFT, Verb.MINUTES_TAKEN_BACK, by=by, now=now)


def make_remark(item: AgendaItem, text: str, *, by: Person, now: datetime) -> Remark:
    """Remark on one item of a verslag that is with the chair or was sent round.

    Raises ``Refused`` without words, ``NotPossible`` when remarks are not asked (any longer).
    """
    minutes = hold_minutes(item.meeting, now=now)
    refuse_remarks_not_asked(minutes, local_date(now))
    refuse_when_final(item.meeting, minutes)
    if not text.strip():
        raise Refused("Schrijf uw opmerking.")
    remark = Remark(
        id=new_id(),
        minutes=minutes,
        item=item,
        person_id=by.id,
        person_name=by.name,
        text=text.strip(),
        made_at_utc=now,
        state=RemarkState.OPEN,
    )
    session().add(remark)
    session().flush()
    record(Verb.REMARK_MADE, remark, by=by, now=now)
    return remark


def refuse_remarks_not_asked(minutes: Minutes, today: date) -> None:
    """Raise ``NotPossible`` unless remarks are welcome on this day in Brussels."""
    if minutes.state is MinutesState.DRAFT:
        raise NotPossible("Het verslag is nog niet rondgestuurd: opmerkingen kunnen daarna.")
    if minutes.state is MinutesState.APPROVED:
        raise NotPossible(
            "Het verslag is goedgekeurd en ligt vast: opmerkingen kunnen niet meer. "
            "Wat wel kan: breng ze op de volgende vergadering."
        )
    late = minutes.remarks_until is not None and minutes.remarks_until < today
    if minutes.state is MinutesState.CIRCULATED and late and minutes.remarks_until:
        raise NotPossible(
            f"Opmerkingen konden tot {format_date(minutes.remarks_until)}. "
            "Wat wel kan: breng ze op de volgende vergadering, bij de goedkeuring van het verslag."
        )


def settle_remark(
    remark: Remark, state: RemarkState, answer: str, *, by: Actor, now: datetime
) -> None:
    """Say that a remark was taken into the text, or why not; who made it is told.

    Raises ``NotPossible`` when it was settled already, ``Refused`` for a refusal without a reason.
    """
    hold_minutes(remark.minutes.meeting, now=now)
    session().refresh(remark)
    if remark.state is not RemarkState.OPEN:
        answered = f" “{remark.answer}”" if remark.answer else ""
        raise NotPossible(
            f"{remark.settled_by_name} behandelde deze opmerking al: "
            f"{remark.state.label}.{answered}"
        )
    if state is RemarkState.DECLINED and not answer.strip():
        raise Refused("Zeg waarom de opmerking niet overgenomen wordt.")
    remark.state, remark.answer = state, answer.strip()
    remark.settled_at_utc, remark.settled_by_name = now, by.name
    record(
        Verb.REMARK_SETTLED,
        remark,
        by=by,
        now=now,
        from_state=RemarkState.OPEN,
        to_state=state,
        reason=remark.answer,
    )
    tell_remarker(remark, now=now)


def _move(
    meeting: Meeting,
    to: MinutesState,
    verb: Verb,
    *,
    by: Actor,
    now: datetime,
    reason: str = "",
) -> Minutes:
    minutes = hold_minutes(meeting, now=now)
    refuse_when_final(meeting, minutes)
    if meeting.state is not MeetingState.MINUTES:
        raise NotPossible(
            f"De vergadering is {meeting.state.label}. Sluit ze eerst: dan is het verslag klaar "
            "om na te lezen."
        )
    before = minutes.state
    if to not in MINUTES_MOVES[before]:
        raise NotPossible(f"Het verslag staat nu op “{before.label}”.")
    minutes.state = to
    record(verb, minutes, by=by, now=now, from_state=before, to_state=to, reason=reason)
    return minutes
