"""Municipalities, regions and the others, on a day. Public facts: everybody may read them."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, func, or_, select, true
from sqlalchemy.orm import aliased, contains_eager, joinedload

from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.lib.text import slugify
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, BodySupporter, Membership, Organisation, Seat
from overleg.organisations.reference import read_table
from overleg.organisations.states import OrganisationKind, Role
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer


def members_of(group: Organisation, on: date) -> Sequence[Organisation]:
    """Who belonged to a region, zone or association on a day, by name; one statement."""
    return (
        session()
        .scalars(
            select(Organisation)
            .join(Membership, Membership.member_id == Organisation.id)
            .where(Membership.group_id == group.id, Membership.valid_on(on))
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def memberships_of(group: Organisation) -> Sequence[Membership]:
    """Every membership of a group that has an end or a dated start, with its member."""
    return (
        session()
        .scalars(
            select(Membership)
            .join(Membership.member)
            .options(joinedload(Membership.member).joinedload(Organisation.successor))
            .where(Membership.group_id == group.id)
            .order_by(Membership.valid_from, Organisation.name, Membership.id)
        )
        .all()
    )


def groups_of(member: Organisation) -> Sequence[Membership]:
    """To which groups an organisation belongs or belonged, by kind and date."""
    return (
        session()
        .scalars(
            select(Membership)
            .join(Membership.group)
            .options(joinedload(Membership.group))
            .where(Membership.member_id == member.id)
            .order_by(Organisation.kind, Membership.valid_from, Organisation.name)
        )
        .all()
    )


def membership_of(group: Organisation, membership_id: str) -> Membership:
    """A membership of this group; raises ``NotFound``."""
    found = session().scalar(
        select(Membership)
        .options(joinedload(Membership.member), joinedload(Membership.group))
        .where(Membership.id == membership_id, Membership.group_id == group.id)
    )
    if found is None:
        raise NotFound
    return found


def shares_a_region(group: Organisation, body_ids: Collection[str], on: date) -> bool:
    """Whether a group is the region of one of these bodies, or has a member in it from a day on."""
    regions = select(Body.region_id).where(Body.id.in_(body_ids))
    towns = select(Membership.member_id).where(
        Membership.group_id.in_(regions), Membership.valid_on(on)
    )
    shared = select(Membership.id).where(
        Membership.group_id == group.id,
        Membership.member_id.in_(towns),
        or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
    )
    own = select(Body.id).where(Body.id.in_(body_ids), Body.region_id == group.id)
    return session().scalar(select(or_(own.exists(), shared.exists()))) or False


def regions_of_bodies(body_ids: Collection[str]) -> Sequence[Organisation]:
    """The regions of these bodies, by name."""
    regions = select(Body.region_id).where(Body.id.in_(body_ids))
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.id.in_(regions), Organisation.kind == OrganisationKind.REGION)
            .order_by(Organisation.name)
        )
        .all()
    )


def regions_open_to(viewer: Viewer, on: date) -> Sequence[Organisation]:
    """The regions in which somebody may place a body, by name; one statement.

    A body brings rights over the municipalities of its region. So administrators place it in any,
    others in a region of a body they support, or in one that has no body of ours yet.
    """
    taken = select(Body.region_id).where(Body.region_id.is_not(None), Body.is_external.is_(False))
    own = select(Body.region_id).where(Body.id.in_(sorted(viewer.bodies_as(Role.SUPPORT))))
    theirs = or_(Organisation.id.in_(own), Organisation.id.not_in(taken))
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                Organisation.kind == OrganisationKind.REGION,
                Organisation.valid_on(on),
                true() if viewer.is_administrator else theirs,
            )
            .order_by(Organisation.name)
        )
        .all()
    )


def belongs_to_region_of(town: Organisation, body_ids: Collection[str], on: date) -> bool:
    """Whether a municipality is, or when it ended was, of the region of one of these bodies."""
    towns = towns_of_regions_of(body_ids, on).where(Membership.member_id == town.id)
    return session().scalar(select(towns.exists())) or False


def towns_of_regions_of(body_ids: Collection[str], on: date) -> Select[str]:
    """The ids of all that are, or when they ended were, of the regions of these bodies."""
    regions = select(Body.region_id).where(Body.id.in_(body_ids))
    return (
        select(Membership.member_id)
        .join(Membership.member)
        .where(
            Membership.group_id.in_(regions),
            or_(
                Membership.valid_to.is_(None),
                Membership.valid_to >= on,
                Membership.valid_to == Organisation.valid_to,
            ),
        )
    )


def municipality_by_nis(nis: str) -> Organisation:
    """The municipality with this NIS code of five digits, also one that merged away.

    Raises ``NotFound``.
    """
    found = session().scalar(select(Organisation).where(Organisation.nis_code == nis))
    if found is None:
        raise NotFound
    return found


def find_municipality(name: str, on: date) -> Organisation | None:
    """The municipality called so on a day, however it is spelled in common lists; or None.

    For importers: capitals, accents and hyphens don't matter, and known slips are understood.
    """
    slips = {slugify(row["as_written"]): row["nis_code"] for row in read_table("common_slips")}
    wanted = slugify(name)
    towns = session().scalars(
        select(Organisation)
        .where(Organisation.kind == OrganisationKind.MUNICIPALITY, Organisation.valid_on(on))
        .order_by(Organisation.name)
    )
    nis = slips.get(wanted)
    return next((t for t in towns if t.nis_code == nis or slugify(t.name) == wanted), None)


def successors(organisation: Organisation) -> list[Organisation]:
    """The organisations that carry on after this one, the nearest first; mostly none or one."""
    found: list[Organisation] = []
    following = organisation.successor
    while following is not None and following not in found:
        found.append(following)
        following = following.successor
    return found


def predecessors(organisation: Organisation) -> Sequence[Organisation]:
    """The organisations that went up in this one, by name."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.successor_id == organisation.id)
            .order_by(Organisation.name)
        )
        .all()
    )


def organisation_by_id(organisation_id: str) -> Organisation:
    """The organisation with this id; raises ``NotFound``."""
    found = session().get(Organisation, organisation_id)
    if found is None:
        raise NotFound
    return found


def organisations_by_id(ids: Collection[str]) -> Sequence[Organisation]:
    """The organisations with these ids, by name; unknown ids are left out."""
    return (
        session()
        .scalars(select(Organisation).where(Organisation.id.in_(ids)).order_by(Organisation.name))
        .all()
    )


def region_by_slug(slug: str) -> Organisation:
    """The reference region with this slug; raises ``NotFound``."""
    found = session().scalar(
        select(Organisation).where(
            Organisation.kind == OrganisationKind.REGION, Organisation.slug == slug
        )
    )
    if found is None:
        raise NotFound
    return found


def organisations_of_kind(*kinds: OrganisationKind, on: date) -> Sequence[Organisation]:
    """The organisations of these kinds on a day, by kind and name."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(Organisation.kind.in_(kinds), Organisation.valid_on(on))
            .order_by(Organisation.kind, Organisation.name, Organisation.id)
        )
        .all()
    )


def organisations_from(kind: OrganisationKind, on: date) -> Sequence[Organisation]:
    """The organisations of a kind that are there on a day or come later, by name."""
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                Organisation.kind == kind,
                or_(Organisation.valid_to.is_(None), Organisation.valid_to >= on),
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )


def find_organisations(
    text: str, kind: OrganisationKind | None, *, offset: int = 0, limit: int = 50
) -> tuple[Sequence[Organisation], int]:
    """A page of organisations whose name or NIS code holds the text, and how many there are."""
    condition = [Organisation.kind == kind] if kind else []
    if text:
        condition.append(
            or_(
                Organisation.name.icontains(text, autoescape=True),
                Organisation.short_name.icontains(text, autoescape=True),
                Organisation.nis_code == text,
            )
        )
    total = session().scalar(select(func.count(Organisation.id)).where(*condition)) or 0
    rows = session().scalars(
        select(Organisation)
        .options(joinedload(Organisation.successor))
        .where(*condition)
        .order_by(Organisation.name, Organisation.valid_from, Organisation.id)
        .offset(offset)
        .limit(limit)
    )
    return rows.all(), total


def organisations_by_group(
    kind: OrganisationKind | None,
) -> list[tuple[str, list[Organisation]]]:
    """All organisations, or those of one kind, by name under a title per kind.

    Municipalities stand under one title per province. One statement.
    """
    province = aliased(Organisation)
    rows = session().scalars(
        select(Organisation)
        .outerjoin(province, Organisation.province_id == province.id)
        .options(
            contains_eager(Organisation.province.of_type(province)),
            joinedload(Organisation.successor),
        )
        .where(*([Organisation.kind == kind] if kind else []))
        .order_by(Organisation.name, Organisation.valid_from, Organisation.id)
    )
    found: dict[tuple[OrganisationKind, str], list[Organisation]] = {}
    for each in rows:
        where = each.province.short_name if each.province is not None else ""
        found.setdefault((each.kind, where), []).append(each)
    kinds = list(OrganisationKind)
    return [
        (f"{kind.plural} in {where}" if where else kind.plural, found[kind, where])
        for kind, where in sorted(found, key=lambda pair: (kinds.index(pair[0]), pair[1]))
    ]


def count_by_kind() -> dict[OrganisationKind, int]:
    """How many organisations there are of each kind."""
    rows = session().execute(
        select(Organisation.kind, func.count(Organisation.id)).group_by(Organisation.kind)
    )
    return {kind: number for kind, number in rows}  # noqa: C416 - a row is no pair to mypy


def organisations_to_propose_for(viewer: Viewer) -> Sequence[Organisation]:
    """For whom this person may propose, by name.

    The organisations they are mayor, director or partner of, those whose seat they hold, and for
    support staff those that support the body.
    """
    held = select(Seat.organisation_id).where(
        Seat.person_id == viewer.person_id, Seat.valid_on(viewer.on)
    )
    supported = select(BodySupporter.organisation_id).where(
        is_one_of(BodySupporter.body_id, viewer.bodies_as(Role.SUPPORT))
    )
    return (
        session()
        .scalars(
            select(Organisation)
            .where(
                or_(
                    is_one_of(Organisation.id, viewer.organisations_as(*PROPOSING_ROLES)),
                    Organisation.id.in_(held),
                    Organisation.id.in_(supported),
                ),
                Organisation.valid_on(viewer.on),
            )
            .order_by(Organisation.name, Organisation.id)
        )
        .all()
    )
