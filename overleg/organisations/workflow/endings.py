"""When an organisation ends, what ends with it; and when its days cannot be what is asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import InstrumentedAttribute, joinedload

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.dates import ONE_DAY, format_date
from overleg.lib.errors import Refused
from overleg.lib.text import count_of, join_words, upper_first
from overleg.organisations.models import Membership, Organisation, Period, RoleAssignment, Seat
from overleg.organisations.periods import FLOOR
from overleg.organisations.states import GROUP_KINDS, ONE_GROUP_AT_A_TIME
from overleg.organisations.workflow.memberships import note_membership
from overleg.organisations.workflow.seats import end_with_organisation


@dataclass(frozen=True)
class Ended:
    """What ended with an organisation, and who went along to its successor."""

    seats: int = 0
    roles: int = 0
    memberships: int = 0
    moved: int = 0

    @property
    def in_words(self) -> str:
        """How much of each, in a sentence; empty for nothing."""
        parts = [
            count_of(self.seats, "zetel", "zetels") if self.seats else "",
            count_of(self.roles, "rol", "rollen") if self.roles else "",
            count_of(self.memberships, "lidmaatschap", "lidmaatschappen")
            if self.memberships
            else "",
        ]
        told = join_words(filter(None, parts))
        ended = f"Eindigt mee: {told}." if told else ""
        moved = count_of(self.moved, "lid gaat", "leden gaan")
        return " ".join(
            filter(None, [ended, f"{moved} mee naar de opvolger." if self.moved else ""])
        )


@dataclass(frozen=True)
class Held:
    """What belongs to an organisation: its seats, roles, and memberships of either kind."""

    seats: Sequence[Seat]
    roles: Sequence[RoleAssignment]
    memberships: Sequence[Membership]

    @property
    def all(self) -> list[tuple[str, Period]]:
        """Each with what it is called."""
        return [
            *((f"de zetel van {seat.holder} in {seat.body.the_name}", seat) for seat in self.seats),
            *((f"de rol {role.role.label} van {role.person.name}", role) for role in self.roles),
            *((f"{each.member.name} bij {each.group.name}", each) for each in self.memberships),
        ]


def held_after(organisation: Organisation, day: date) -> Held:
    """What an organisation holds that runs on after a day. Three statements."""

    def runs_on(end: InstrumentedAttribute[date | None]) -> ColumnElement[bool]:
        return or_(end.is_(None), end > day)

    return Held(
        session()
        .scalars(
            select(Seat)
            .options(joinedload(Seat.body), joinedload(Seat.person))
            .where(Seat.organisation_id == organisation.id, runs_on(Seat.valid_to))
            .order_by(Seat.id)
        )
        .all(),
        session()
        .scalars(
            select(RoleAssignment)
            .options(joinedload(RoleAssignment.person))
            .where(
                RoleAssignment.organisation_id == organisation.id,
                runs_on(RoleAssignment.valid_to),
            )
            .order_by(RoleAssignment.id)
        )
        .all(),
        session()
        .scalars(
            select(Membership)
            .options(joinedload(Membership.group), joinedload(Membership.member))
            .where(
                or_(
                    Membership.group_id == organisation.id, Membership.member_id == organisation.id
                ),
                runs_on(Membership.valid_to),
            )
            .order_by(Membership.id)
        )
        .all(),
    )


def refuse_later_begin(organisation: Organisation, first: date) -> None:
    """Raise ``Refused`` when something of an organisation, or who went up in it, is earlier."""
    for what, period in held_after(organisation, FLOOR).all:
        if FLOOR < period.valid_from < first:
            raise Refused(
                f"{upper_first(what)} geldt al vanaf {format_date(period.valid_from)}. "
                f"Kies voor {organisation.name} een eerdere eerste dag, of verbeter dat eerst."
            )
    before = session().scalars(
        select(Organisation)
        .where(Organisation.successor_id == organisation.id)
        .order_by(Organisation.valid_to)
    )
    for each in before:
        if each.valid_to is not None and each.valid_to + ONE_DAY < first:
            raise Refused(
                f"{each.name} ging op {format_date(each.valid_to + ONE_DAY)} op in "
                f"{organisation.name}, dat dan al bestond. Kies een eerdere eerste dag."
            )


def refuse_earlier_end(organisation: Organisation, last: date | None) -> None:
    """Raise ``Refused`` when something of an organisation would begin after its last day."""
    if last is None:
        return
    for what, period in held_after(organisation, last).all:
        if period.valid_from > last:
            raise Refused(
                f"{upper_first(what)} begint pas op {format_date(period.valid_from)}. "
                f"Kies voor {organisation.name} een latere laatste dag, of verbeter dat eerst."
            )
    late = session().scalar(
        select(Organisation)
        .where(Organisation.successor_id == organisation.id, Organisation.valid_to >= last)
        .limit(1)
    )
    if late is not None and late.valid_to is not None:
        raise Refused(
            f"{late.name} gaat op {format_date(late.valid_to + ONE_DAY)} op in "
            f"{organisation.name}, dat er dan nog moet zijn. Kies een latere laatste dag."
        )


def end_with(organisation: Organisation, *, by: Actor, now: datetime) -> Ended:
    """End with an organisation what would run on after it; its members go to the successor."""
    last = organisation.valid_to
    if last is None:
        return Ended()
    held = held_after(organisation, last)
    why = f"met {organisation.name}"
    for seat in held.seats:
        end_with_organisation(seat, on=last, why=why, by=by, now=now)
    for role in held.roles:
        role.valid_to = last
        told = f"laatste dag {format_date(last)}, {why}"
        record(Verb.ROLE_ENDED, role, by=by, now=now, reason=told, about=role.concerns)
    moved = 0
    for membership in held.memberships:
        ran_until, membership.valid_to = membership.valid_to, last
        session().flush()
        note_membership(Verb.MEMBER_ENDED, membership, by=by, now=now, why=why)
        if membership.group_id == organisation.id:
            moved += _carry_on(membership, ran_until, by=by, now=now)
    session().flush()
    return Ended(len(held.seats), len(held.roles), len(held.memberships), moved)


def _carry_on(membership: Membership, until: date | None, *, by: Actor, now: datetime) -> bool:
    """Let a member of a group that ended belong to its successor from the day after."""
    group, member = membership.group.successor, membership.member
    if group is None or membership.valid_to is None or group.kind not in GROUP_KINDS:
        return False
    first = membership.valid_to + ONE_DAY
    kinds = ONE_GROUP_AT_A_TIME & {group.kind}
    taken = (
        select(Membership.id)
        .join(Membership.group)
        .where(
            Membership.member_id == member.id,
            or_(Membership.group_id == group.id, Organisation.kind.in_(kinds)),
            or_(Membership.valid_to.is_(None), Membership.valid_to >= first),
        )
    )
    if session().scalar(taken.limit(1)) is not None:
        return False
    following = Membership(
        id=new_id(), group=group, member=member, valid_from=first, valid_to=until
    )
    session().add(following)
    session().flush()
    why = f"ging mee uit {membership.group.name}"
    note_membership(Verb.MEMBER_ADDED, following, by=by, now=now, why=why)
    return True
