"""Municipalities to choose from, with the labels that choose several at once."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import false, or_, select
from sqlalchemy.orm import joinedload, selectinload

from overleg.db import session
from overleg.decisions.models import FollowUp, MunicipalityTag, Outcome
from overleg.decisions.states import FollowUpState
from overleg.lib.errors import NotFound
from overleg.organisations.models import Body, Organisation
from overleg.organisations.queries.bodies import voting_municipalities
from overleg.organisations.queries.organisations import successors
from overleg.organisations.states import OrganisationKind


def towns_to_ask(body: Body, meeting_day: date, today: date) -> list[Organisation]:
    """Who had a voting seat on the day of the meeting, by name; for who merged since, who follows.

    Days are calendar days in Brussels.
    """
    found = {}
    for town in voting_municipalities(body, meeting_day):
        following = [town, *successors(town)]
        now = next((one for one in following if one.valid_on(today)), town)
        found[now.id] = now
    return sorted(found.values(), key=lambda town: town.name)


def towns_taking_part(outcome: Outcome) -> list[Organisation]:
    """The municipalities of a released outcome that did not step out, by name."""
    return towns_by_name(
        row.organisation_id
        for row in outcome.follow_ups
        if row.state is not FollowUpState.STEPPED_OUT
    )


def towns_by_name(ids: Iterable[str]) -> list[Organisation]:
    """These municipalities, each once and by name; one statement."""
    found = session().scalars(select(Organisation).where(Organisation.id.in_(sorted(set(ids)))))
    return sorted(found, key=lambda town: town.name)


def towns_to_step_in(outcome: Outcome, today: date) -> list[Organisation]:
    """Who takes no part (any more) and could: the table's municipalities of today and of then."""
    meeting = outcome.item.meeting
    table = {
        town.id: town
        for day in (meeting.day, today)
        for town in towns_to_ask(meeting.body, day, today)
    }
    out = session().scalars(
        select(Organisation)
        .join(FollowUp, FollowUp.organisation_id == Organisation.id)
        .where(
            FollowUp.outcome_id == outcome.id,
            FollowUp.state == FollowUpState.STEPPED_OUT,
            Organisation.valid_on(today),
        )
    )
    table |= {town.id: town for town in out}
    taking_part = {town.id for town in towns_taking_part(outcome)}
    left = [town for town in table.values() if town.id not in taking_part]
    return sorted(left, key=lambda town: town.name)


def all_municipalities() -> Sequence[Organisation]:
    """Every municipality, also those that merged away, with who follows it; by name."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.kind == OrganisationKind.MUNICIPALITY)
            .options(joinedload(Organisation.successor))
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def tags_of(body: Body) -> Sequence[MunicipalityTag]:
    """The labels of a body and of its region, by name, with their municipalities."""
    region = MunicipalityTag.region_id == body.region_id if body.region_id else false()
    return (
        session()
        .scalars(
            select(MunicipalityTag)
            .where(or_(MunicipalityTag.body_id == body.id, region))
            .options(selectinload(MunicipalityTag.municipalities))
            .order_by(MunicipalityTag.name, MunicipalityTag.id)
        )
        .all()
    )


def tag_of(body: Body, tag_id: str) -> MunicipalityTag:
    """A label that this body can use. Raises ``NotFound``."""
    found = next((tag for tag in tags_of(body) if tag.id == tag_id), None)
    if found is None:
        raise NotFound
    return found
