"""Who takes no part in one item, mostly for a conflict of interest."""

from collections.abc import Mapping
from datetime import datetime

from overleg.agenda.models import AgendaItem
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import session
from overleg.lib.text import join_words
from overleg.minutes.models import ItemAbsence
from overleg.minutes.queries.attendance import absences_by_item, table_of
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final


def note_absences(
    item: AgendaItem, reasons: Mapping[str, str], *, by: Actor, now: datetime
) -> None:
    """Note who takes no part in an item: a reason, which may be empty, by the id of each seat.

    What was noted before and is left out is taken away; a seat of another table does not count.
    Raises ``NotPossible`` after approval or for a cancelled meeting.
    """
    minutes = hold_minutes(item.meeting, now=now)
    refuse_when_final(item.meeting, minutes)
    noted = absences_by_item([item.id]).get(item.id, [])
    names = {line.seat.id: line.name for line in table_of(item.meeting).seats}
    wanted = {seat_id: why.strip() for seat_id, why in reasons.items() if seat_id in names}
    if wanted == {absence.seat_id: absence.reason for absence in noted}:
        return
    for absence in noted:
        session().delete(absence)
    session().flush()
    made = [
        ItemAbsence(item_id=item.id, seat_id=seat_id, name=names[seat_id], reason=why)
        for seat_id, why in wanted.items()
    ]
    session().add_all(made)
    session().flush()
    told = join_words(absence.label for absence in made)
    record(Verb.ITEM_ABSENCE_NOTED, item, by=by, now=now, reason=told)
