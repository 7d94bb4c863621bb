"""What the trekker says to all municipalities about their remarks."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome, RemarkReply
from overleg.decisions.notices import tell_reply
from overleg.decisions.states import FollowUpState, OutcomeState
from overleg.lib.errors import NotPossible, Refused


def reply(
    outcome: Outcome, text: str, *, to: FollowUp | None, by: Person, now: datetime
) -> RemarkReply:
    """Reply to the remark in a row, or (``to`` is None) say something to all, for all to read.

    Raises ``NotPossible`` before the release or where there is no remark, ``Refused`` without text.
    """
    if outcome.state is not OutcomeState.RELEASED:
        raise NotPossible("Antwoorden kan zodra de uitkomst vrijgegeven is.")
    if to is not None and not to.remark:
        raise NotPossible(f"{to.organisation.name} maakte geen opmerking.")
    if not text.strip():
        raise Refused("Schrijf een antwoord.")
    said = RemarkReply(
        outcome=outcome,
        organisation=to.organisation if to else None,
        remark=to.remark if to else "",
        text=text.strip(),
        replied_by_name=by.name,
        replied_at_utc=now,
    )
    session().add(said)
    where = f" ({to.organisation.name})" if to else ""
    record(Verb.REMARK_REPLIED, outcome, by=by, now=now, reason=said.text + where)
    taking_part = {
        row.organisation_id: row.organisation
        for row in outcome.follow_ups
        if row.state is not FollowUpState.STEPPED_OUT
    }
    told = [to.organisation] if to else list(taking_part.values())
    tell_reply(outcome, said, told, now=now)
    return said
