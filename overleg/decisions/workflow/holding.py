"""Holding an outcome, so that two who change it at once come one after the other."""

from sqlalchemy.exc import InvalidRequestError

from overleg.db import hold_until_commit, session
from overleg.decisions.models import Outcome
from overleg.lib.errors import NotFound

DROPPED_MEANWHILE = (
    "Iemand anders schrapte deze uitkomst intussen. "
    "Bij de uitkomsten van de vergadering staat ze onderaan, en kunt u ze terugzetten."
)


class OutcomeDropped(NotFound):
    """An outcome that was there when its page was asked for; its form is not drawn again."""

    status = 409


def hold_outcome(outcome: Outcome) -> None:
    """Hold an outcome until the commit, and read it anew with its text, its costs and its request.

    Who holds the agenda as well does that first. Raises ``OutcomeDropped``.
    """
    hold_until_commit(Outcome, Outcome.id == outcome.id)
    try:
        session().refresh(outcome)
    except InvalidRequestError:
        raise OutcomeDropped(DROPPED_MEANWHILE) from None
    if outcome.request is not None:
        session().refresh(outcome.request)
