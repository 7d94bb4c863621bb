"""Many outcomes released to every municipality of the biggest region."""

from datetime import datetime, timedelta

from sqlalchemy import insert, select

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import Asked, ItemKind, ItemState
from overleg.db import db, new_id
from overleg.decisions.models import FollowUp, Outcome
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind, OutcomeState
from overleg.documents.states import Circle
from overleg.organisations.models import Membership, Organisation
from overleg.organisations.states import OrganisationKind
from overleg.scheduling.models import Meeting

REGION = "limburg"
STATES = (FollowUpState.TO_SCHEDULE, FollowUpState.SCHEDULED, FollowUpState.APPROVED)


def towns_of(region: str, now: datetime) -> list[Organisation]:
    """The municipalities of a region today, by name."""
    return list(
        db.session.scalars(
            select(Organisation)
            .join(Membership, Membership.member_id == Organisation.id)
            .where(
                Membership.group.has(slug=region, kind=OrganisationKind.REGION),
                Membership.valid_on(now.date()),
                Organisation.valid_on(now.date()),
            )
            .order_by(Organisation.name)
        )
    )


def add_released(meeting: Meeting, count: int, now: datetime) -> int:
    """So many outcomes of a meeting, each asked of every college of the region; returns of how
    many municipalities that is.
    """
    towns = [town.id for town in towns_of(REGION, now)]
    items = [new_id() for _ in range(count)]
    outcomes = [new_id() for _ in range(count)]
    db.session.execute(insert(AgendaItem), [_item(*one, meeting, now) for one in enumerate(items)])
    db.session.execute(
        insert(Outcome),
        [
            {
                "id": outcome_id,
                "item_id": item_id,
                "kind": OutcomeKind.AGREEMENT,
                "title": f"Afspraak {number} van de meting",
                "text_html": "<p>Het overleg gaat akkoord.</p>",
                "state": OutcomeState.RELEASED,
                "noted_by_name": "Ondersteuner",
                "noted_at_utc": now,
                "released_at_utc": now,
            }
            for number, (outcome_id, item_id) in enumerate(zip(outcomes, items, strict=True), 1)
        ],
    )
    day = now.date()
    db.session.execute(
        insert(FollowUp),
        [
            {
                "id": new_id(),
                "outcome_id": outcome_id,
                "organisation_id": town,
                "organ": Organ.COLLEGE,
                "due_on": day + timedelta(days=30),
                "state": state,
                "scheduled_on": day if state is FollowUpState.SCHEDULED else None,
                "decided_on": day if state is FollowUpState.APPROVED else None,
                "opened_at_utc": now,
            }
            for row, outcome_id in enumerate(outcomes)
            for column, town in enumerate(towns)
            for state in (STATES[(row + column) % len(STATES)],)
        ],
    )
    return len(towns)


def _item(number: int, item_id: str, meeting: Meeting, now: datetime) -> dict[str, object]:
    return {
        "id": item_id,
        "meeting_id": meeting.id,
        "kind": ItemKind.OWN,
        "position": number + 1,
        "title": f"Punt {number + 1} van de meting",
        "asked": Asked.DECIDE,
        "circle": Circle.ADMINISTRATIONS,
        "state": ItemState.TREATED,
        "added_at_utc": now,
    }
