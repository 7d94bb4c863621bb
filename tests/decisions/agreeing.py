"""An agreement on a point, as many tests begin with."""

from datetime import datetime

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.decisions.models import Outcome
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome


def agree(item: AgendaItem, *, by: Person, now: datetime, title: str = "Energie") -> Outcome:
    """Note an agreement; nobody prepares its release yet."""
    agreed = Agreed(OutcomeKind.AGREEMENT, title, "<p>Samen.</p>")
    return note_outcome(item, agreed, by=by, now=now)


def agree_and_prepare(
    item: AgendaItem, *, by: Person, now: datetime, title: str = "Energie"
) -> Outcome:
    """Note an agreement that is ready to be released."""
    outcome = agree(item, by=by, now=now, title=title)
    make_ready(outcome, by=by, now=now)
    return outcome
