"""Who takes no part in one item, mostly for a conflict of interest."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm.attributes import flag_modified

from overleg.agenda.models import AgendaItem
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import refuse_stale, session
from overleg.lib.errors import NotPossible
from overleg.lib.text import join_words
from overleg.minutes.models import AbsenceList, ItemAbsence
from overleg.minutes.permissions import NOTES_OPEN
from overleg.minutes.queries.attendance import absence_list, absences_by_item, table_of
from overleg.minutes.workflow.holding import hold_minutes, refuse_when_final


def note_absences(
    item: AgendaItem, reasons: Mapping[str, str], *, revision: int, by: Actor, now: datetime
) -> None:
    """Note who takes no part in an item: a reason, which may be empty, by the id of each seat.

    What was noted before and is left out is taken away; a seat of another table does not count.
    ``revision`` is that of the list the writer started from, ``NO_ROW`` when there was none. Raises
    ``EditConflict`` when somebody else noted another list in between, ``NotPossible`` before the
    meeting has begun, after approval, or when it was cancelled.
    """
    minutes = hold_minutes(item.meeting, now=now)
    refuse_when_final(item.meeting, minutes)
    if item.meeting.state not in NOTES_OPEN:
        raise NotPossible(
            f"De vergadering is {item.meeting.state.label}. "
            "Wie niet deelneemt, noteert u zodra u de vergadering start."
        )
    noted = absences_by_item([item.id]).get(item.id, [])
    names = {line.seat.id: line.name for line in table_of(item.meeting).seats}
    wanted = {seat_id: why.strip() for seat_id, why in reasons.items() if seat_id in names}
    if wanted == {absence.seat_id: absence.reason for absence in noted}:
        return
    noted_as = absence_list(item)
    refuse_stale(noted_as, revision, "wie niet deelneemt")
    if noted_as is None:
        session().add(AbsenceList(item_id=item.id))
    else:
        flag_modified(noted_as, "item_id")  # so that the revision counts up
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
