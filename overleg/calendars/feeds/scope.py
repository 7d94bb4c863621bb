"""How far a feed reaches, asked anew at every poll: rights of today, as if its person signed in."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select

from overleg.calendars.models import Feed
from overleg.db import session
from overleg.decisions.queries.outcomes import MUNICIPAL_ROLES
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.states import OrganisationKind, Role
from overleg.organisations.viewer import Viewer

OWN_TOWN_ROLES = (*MUNICIPAL_ROLES, Role.COUNCILLOR)


@dataclass(frozen=True)
class Scope:
    """The bodies a feed shows, in a fixed order, and whose college and council."""

    body_ids: Sequence[str]
    towns: Sequence[str]
    """Ids of the municipalities whose follow-up it can show."""
    is_whole: bool = False
    """Whether it shows all there is for its person; then what lies elsewhere counts too."""
    has_actions: bool = True
    """Whether the action items of its person belong in it."""


def scope_of(feed: Feed, viewer: Viewer) -> Scope:
    """What a feed shows today; at most one statement.

    Raises ``NotFound`` when its person lost the body, every body of the region, or every body of a
    municipality that is not the person's own.
    """
    own_towns = sorted(viewer.organisations_as(*MUNICIPAL_ROLES))
    if feed.organisation is not None:
        return _of_group(feed.organisation, viewer, own_towns)
    if feed.body_id is None:
        return Scope(sorted(viewer.body_ids), own_towns, is_whole=True)
    if feed.body_id not in viewer.body_ids:
        raise NotFound
    return Scope([feed.body_id], own_towns)


def _of_group(organisation: Organisation, viewer: Viewer, own_towns: Sequence[str]) -> Scope:
    if organisation.kind is OrganisationKind.MUNICIPALITY:
        body_ids = bodies_of_municipality(viewer, organisation)
        if not body_ids and organisation.id not in viewer.organisations_as(*OWN_TOWN_ROLES):
            raise NotFound
        return Scope(body_ids, [organisation.id], has_actions=False)
    body_ids = bodies_of_region(viewer, organisation)
    if not body_ids:
        raise NotFound
    return Scope(body_ids, own_towns)


def bodies_of_region(viewer: Viewer, region: Organisation) -> list[str]:
    """The bodies of a region that exist for the viewer; one statement."""
    return list(
        session().scalars(
            select(Body.id)
            .where(Body.region_id == region.id, is_one_of(Body.id, viewer.body_ids))
            .order_by(Body.id)
        )
    )


def bodies_of_municipality(viewer: Viewer, municipality: Organisation) -> list[str]:
    """The viewer's bodies at whose table a municipality sits on the viewer's day; one statement."""
    return list(
        session().scalars(
            select(Seat.body_id)
            .where(
                Seat.organisation_id == municipality.id,
                is_one_of(Seat.body_id, viewer.body_ids),
                Seat.valid_on(viewer.on),
            )
            .distinct()
            .order_by(Seat.body_id)
        )
    )


def groups_to_follow(viewer: Viewer) -> tuple[list[Organisation], list[Organisation]]:
    """The regions, and the municipalities, that this person can follow, by name; one statement."""
    body_ids = sorted(viewer.body_ids)
    regions = select(Body.region_id).where(Body.id.in_(body_ids))
    seated = select(Seat.organisation_id).where(
        Seat.body_id.in_(body_ids), Seat.valid_on(viewer.on)
    )
    own = sorted(viewer.organisations_as(*OWN_TOWN_ROLES))
    found = session().scalars(
        select(Organisation)
        .where(
            or_(
                Organisation.id.in_(regions),
                (Organisation.kind == OrganisationKind.MUNICIPALITY)
                & or_(Organisation.id.in_(seated), Organisation.id.in_(own)),
            ),
            Organisation.valid_on(viewer.on),
        )
        .order_by(Organisation.name, Organisation.id)
    )
    groups: tuple[list[Organisation], list[Organisation]] = ([], [])
    for organisation in found:
        groups[organisation.kind is OrganisationKind.MUNICIPALITY].append(organisation)
    return groups
