"""Making a shared position known: to whom it was sent, and what came back."""

from datetime import date, datetime

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.decisions.models import Outcome, PositionSending
from overleg.decisions.states import OutcomeKind
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused


def send_position(
    outcome: Outcome, addressee: str, address: str, sent_on: date, *, by: Actor, now: datetime
) -> PositionSending:
    """Note that a position goes, or went, to somebody; ``sent_on`` is a day in Brussels.

    Raises ``NotPossible`` for what is no position, ``Refused`` for a day before the meeting.
    """
    if outcome.kind is not OutcomeKind.POSITION:
        raise NotPossible("Alleen een standpunt wordt aan anderen bekendgemaakt.")
    if sent_on < outcome.held_on:
        raise Refused("Die datum valt vóór het overleg. Kijk het jaar na.")
    sending = PositionSending(
        id=new_id(),
        outcome=outcome,
        addressee=addressee,
        address=address,
        sent_on=sent_on,
        noted_by_name=by.name,
        noted_at_utc=now,
    )
    session().add(sending)
    record(Verb.POSITION_SENT, sending, by=by, now=now)
    return sending


def note_answer(
    sending: PositionSending,
    answer: str,
    answered_on: date,
    *,
    revision: int,
    by: Actor,
    now: datetime,
) -> None:
    """Note what came back, and on which day; what was noted before is replaced.

    Raises ``EditConflict`` when somebody noted one since ``revision``, ``Refused`` for a day before
    it was sent or in the future.
    """
    refuse_stale(sending, revision, "dit antwoord")
    if not sending.sent_on <= answered_on <= local_date(now):
        raise Refused("Kies een datum tussen de verzending en vandaag.")
    sending.answer, sending.answered_on = answer, answered_on
    record(Verb.POSITION_ANSWERED, sending, by=by, now=now, reason=answer)
