"""Who belongs to a group (region, zone, transport region, association): from when, until when.

What held on a day stays: a membership ends, and only a mistake is corrected, with its reason in the
journal.
"""

from datetime import date, datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.lib.dates import format_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Membership, Organisation
from overleg.organisations.periods import FLOOR
from overleg.organisations.states import GROUP_KINDS, ONE_GROUP_AT_A_TIME, OrganisationKind
from overleg.organisations.wording import period_in_words
from overleg.organisations.workflow.seats import merged_away


def add_member(
    group: Organisation,
    member: Organisation,
    *,
    valid_from: date,
    source: str,
    by: Actor,
    now: datetime,
) -> Membership:
    """Let an organisation belong to a group from a day (in Brussels); open-ended.

    Raises ``Refused`` when the group takes no such members, when one of the two does not exist on
    that day (naming a successor), or when the member belongs to it, or to another group of which
    it can have only one, then or later.
    """
    if group.kind not in GROUP_KINDS or member.kind is not OrganisationKind.MUNICIPALITY:
        raise Refused(f"{member.name} kan geen lid zijn van {group.name}: kies een gemeente.")
    membership = Membership(
        id=new_id(),
        group_id=group.id,
        member_id=member.id,
        valid_from=valid_from,
        valid_to=member.valid_to,
        source=source,
    )
    _check(membership, group, member)
    session().add(membership)
    session().flush()
    note_membership(Verb.MEMBER_ADDED, membership, by=by, now=now, why=source)
    return membership


def end_membership(membership: Membership, *, on: date, by: Actor, now: datetime) -> None:
    """Let a membership end after a day, its last; what held before stays as it was.

    Raises ``Refused`` for a day before its first, ``NotPossible`` when it ended earlier already.
    """
    member, group = membership.member, membership.group
    if on < membership.valid_from:
        began = format_date(membership.valid_from)
        raise Refused(
            f"{member.name} hoort pas sinds {began} bij {group.name}. Kies een latere dag."
        )
    if membership.valid_to is not None and membership.valid_to <= on:
        raise NotPossible(
            f"{member.name} hoorde bij {group.name} tot en met {format_date(membership.valid_to)}. "
            "Klopt die dag niet, verbeter hem dan met een reden."
        )
    membership.valid_to = on
    session().flush()
    note_membership(Verb.MEMBER_ENDED, membership, by=by, now=now)


def correct_membership(
    membership: Membership,
    *,
    valid_from: date | None,
    valid_to: date | None,
    reason: str,
    revision: int,
    by: Actor,
    now: datetime,
) -> None:
    """Correct the days of a membership that were noted wrongly, with the reason why.

    Without ``valid_from`` it was so before 2023 already. Raises ``EditConflict`` when somebody
    saved since ``revision``, ``Refused`` without a reason, and as :func:`add_member` does.
    """
    refuse_stale(membership, revision, "dit lidmaatschap")
    if not reason.strip():
        raise Refused("Zeg waarom u dit verbetert: het komt in de historiek.")
    wanted = Membership(
        id=membership.id,
        group_id=membership.group_id,
        member_id=membership.member_id,
        valid_from=valid_from or FLOOR,
        valid_to=valid_to,
    )
    _check(wanted, membership.group, membership.member)
    before = period_in_words(membership)
    membership.valid_from, membership.valid_to = wanted.valid_from, wanted.valid_to
    session().flush()
    note_membership(
        Verb.MEMBER_CORRECTED,
        membership,
        by=by,
        now=now,
        why=f"eerst {before}; {reason.strip()}",
    )


def withdraw_membership(membership: Membership, *, reason: str, by: Actor, now: datetime) -> None:
    """Take back a membership that never was, a mistake; the journal keeps it and the reason.

    Raises ``Refused`` without a reason.
    """
    if not reason.strip():
        raise Refused("Zeg waarom dit lidmaatschap nooit bestond: het komt in de historiek.")
    note_membership(Verb.MEMBER_WITHDRAWN, membership, by=by, now=now, why=reason.strip())
    session().delete(membership)
    session().flush()


def note_membership(
    verb: Verb, membership: Membership, *, by: Actor, now: datetime, why: str = ""
) -> None:
    """Add a row about a member to the journal of its group; it mentions the member."""
    member = membership.member
    told = f"{member.name}, {period_in_words(membership)}"
    reason = f"{told} ({why})" if why else told
    record(verb, membership.group, by=by, now=now, reason=reason, about=[member.id])


def _check(wanted: Membership, group: Organisation, member: Organisation) -> None:
    """Refuse a period in which the two cannot belong together."""
    start, end = wanted.valid_from, wanted.valid_to
    for one in (group, member):
        if start < one.valid_from and one.start_is_known:
            raise Refused(f"{one.name} bestaat pas sinds {format_date(one.valid_from)}.")
        if one.valid_to is not None and (start > one.valid_to or end is None or end > one.valid_to):
            raise Refused(merged_away(one, "Kies"))
    if end is not None and end < start:
        raise Refused("De laatste dag ligt voor de eerste. Kies een latere laatste dag.")
    others = (
        select(Membership)
        .join(Membership.group)
        .options(joinedload(Membership.group))
        .where(
            Membership.member_id == member.id,
            Membership.id != wanted.id,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= start),
            or_(
                Membership.group_id == group.id,
                Organisation.kind.in_(ONE_GROUP_AT_A_TIME & {group.kind}),
            ),
        )
        .order_by(Membership.valid_from, Membership.id)
    )
    if end is not None:
        others = others.where(Membership.valid_from <= end)
    for other in session().scalars(others):
        if other.group_id == group.id:
            raise Refused(f"{member.name} hoort al bij {group.name}: {period_in_words(other)}.")
        raise Refused(
            f"{member.name} hoort in die periode bij {other.group.name} "
            f"({period_in_words(other)}). Een gemeente hoort bij één {group.kind.label}: beëindig "
            "dat lidmaatschap eerst."
        )
