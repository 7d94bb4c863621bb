"""Taking away an outcome that was noted by mistake, and putting it back."""

from datetime import datetime

from sqlalchemy import exists, select

from overleg.agenda.workflow.order import lock_agenda, read_anew
from overleg.agenda.workflow.treatment import await_treatment, went_elsewhere
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import session
from overleg.decisions.models import DroppedOutcome, Outcome, OutcomeVote, PositionSending
from overleg.decisions.queries.outcomes import last_noted
from overleg.decisions.states import OutcomeState
from overleg.decisions.workflow.holding import hold_outcome
from overleg.decisions.workflow.outcomes import settle
from overleg.decisions.workflow.votes import Agreement, put_vote_back
from overleg.lib.errors import NotPossible, Refused


def drop_outcome(outcome: Outcome, *, reason: str, by: Actor, now: datetime) -> DroppedOutcome:
    """Take an outcome away; what it said is kept, to read and to put back.

    Its point is then what the last of its other outcomes makes of it; without any it waits again to
    be treated. Raises ``NotPossible`` once it is ready, was released or was sent as a position,
    ``Refused`` without a reason.
    """
    item = outcome.item
    lock_agenda(item.meeting)
    read_anew(item)
    hold_outcome(outcome)
    check_droppable(outcome)
    if not reason.strip():
        raise Refused("Zeg waarom deze uitkomst geschrapt wordt: dat blijft in de historiek.")
    vote = session().get(OutcomeVote, outcome.id)
    dropped = DroppedOutcome(
        id=outcome.id,
        item=item,
        kind=outcome.kind,
        title=outcome.title,
        text_html=outcome.text_html,
        agreement=Agreement.of(vote).as_json() if vote is not None else "",
        noted_by_name=outcome.noted_by_name,
        noted_at_utc=outcome.noted_at_utc,
        reason=reason.strip(),
        dropped_by_name=by.name,
        dropped_at_utc=now,
    )
    record(Verb.OUTCOME_DROPPED, outcome, by=by, now=now, reason=dropped.reason)
    if vote is not None:
        session().delete(vote)
        session().flush()
    session().delete(outcome)
    session().add(dropped)
    session().flush()
    last = last_noted(item)
    if last is None:
        await_treatment(item, by=by, now=now)
    elif not went_elsewhere(item):
        settle(item, last.kind, by=by, now=now)
    return dropped


def restore_outcome(dropped: DroppedOutcome, *, by: Actor, now: datetime) -> Outcome:
    """Put an outcome back as it was noted, with how the table came to it.

    What was noted after it still says what came of its point.
    """
    item = dropped.item
    lock_agenda(item.meeting)
    read_anew(item)
    outcome = Outcome(
        id=dropped.id,
        item=item,
        kind=dropped.kind,
        title=dropped.title,
        text_html=dropped.text_html,
        state=OutcomeState.DRAFT,
        noted_by_name=dropped.noted_by_name,
        noted_at_utc=dropped.noted_at_utc,
    )
    session().delete(dropped)
    session().add(outcome)
    session().flush()
    if dropped.agreement:
        put_vote_back(outcome, Agreement.from_json(dropped.agreement))
    last = last_noted(item) or outcome
    settle(item, last.kind, by=by, now=now)
    record(Verb.OUTCOME_RESTORED, outcome, by=by, now=now)
    return outcome


def check_droppable(outcome: Outcome) -> None:
    """Raise ``NotPossible`` for what others were told of, or are about to be."""
    if outcome.state is OutcomeState.RELEASED:
        raise NotPossible(
            "Deze uitkomst is vrijgegeven: de gemeenten beslissen erover. Wat wel kan: een "
            "verbeterde tekst uitgeven, of gemeenten laten uitstappen met de reden."
        )
    if outcome.state is OutcomeState.READY:
        raise NotPossible(
            "Deze uitkomst staat klaar om vrij te geven. Neem ze eerst terug om ze te schrappen."
        )
    sent = exists().where(PositionSending.outcome_id == outcome.id)
    if session().scalar(select(sent)):
        raise NotPossible("Dit standpunt werd al verstuurd en blijft staan.")
