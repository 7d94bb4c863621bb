"""Rows of a municipality that ends go to its successor on that day. A job runs this daily."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, System, record
from overleg.db import new_id, session
from overleg.decisions.models import FollowUp, FollowUpMove, Outcome
from overleg.decisions.states import OPEN_FOLLOW_UP, FollowUpState
from overleg.lib.dates import format_date, local_date
from overleg.one_of import is_one_of
from overleg.organisations.models import Organisation


def follow_mergers(now: datetime) -> None:
    """Move the open rows of every municipality that is no more, at a moment (UTC)."""
    today = local_date(now)
    ended = session().scalars(
        select(Organisation)
        .where(
            Organisation.valid_to < today,
            Organisation.successor_id.is_not(None),
            Organisation.id.in_(
                select(FollowUp.organisation_id).where(is_one_of(FollowUp.state, OPEN_FOLLOW_UP))
            ),
        )
        .options(joinedload(Organisation.successor))
        .order_by(Organisation.valid_to, Organisation.id)
    )
    for municipality in ended.all():
        move_rows(municipality, by=System(), now=now)


def move_rows(municipality: Organisation, *, by: Actor, now: datetime) -> int:
    """Give the open rows of a municipality that ended to its successor; how many there were.

    The day of the move is the first one on which the municipality was no more. Closed rows stay.
    Where the successor answers the same outcome already, the old row ends as not applicable.
    """
    successor = municipality.successor
    if successor is None or municipality.valid_to is None:
        return 0
    day = municipality.valid_to + timedelta(days=1)
    rows = (
        session()
        .scalars(
            select(FollowUp)
            .where(
                FollowUp.organisation_id == municipality.id,
                is_one_of(FollowUp.state, OPEN_FOLLOW_UP),
            )
            .options(joinedload(FollowUp.outcome).joinedload(Outcome.item))
            .order_by(FollowUp.id)
        )
        .all()
    )
    taken = {
        (outcome_id, organ)
        for outcome_id, organ in session().execute(
            select(FollowUp.outcome_id, FollowUp.organ).where(
                FollowUp.organisation_id == successor.id
            )
        )
    }
    for row in rows:
        why = f"{municipality.name} ging op {format_date(day)} op in {successor.name}"
        if (row.outcome_id, row.organ) in taken:
            _end(row, f"{why}, dat hierover zelf meldt.", by=by, now=now)
            continue
        taken.add((row.outcome_id, row.organ))
        row.organisation = successor
        session().add(
            FollowUpMove(
                id=new_id(),
                follow_up=row,
                from_organisation_id=municipality.id,
                to_organisation_id=successor.id,
                moved_on=day,
            )
        )
        record(Verb.FOLLOW_UP_MOVED, row, by=by, now=now, reason=f"{why}.")
    session().flush()
    return len(rows)


def _end(row: FollowUp, why: str, *, by: Actor, now: datetime) -> None:
    before = row.state
    row.state = FollowUpState.NOT_APPLICABLE
    row.scheduled_on = None
    row.remark = " ".join(filter(None, [row.remark, why]))
    row.reported_at_utc, row.reported_by_name = now, by.name
    record(
        Verb.FOLLOW_UP_REPORTED,
        row,
        by=by,
        now=now,
        from_state=before,
        to_state=row.state,
        reason=why,
    )
